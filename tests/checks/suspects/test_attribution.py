"""Whose fault a failed identity is, by what the suspect cells and their rows print."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.suspects import judged_rules
from etl.form import load_form
from etl.reading import State
from tests.checks.warehouses import Position, Report, build

HEADS = [head.party for head in load_form("2021").section_heads(3)]
RECEIVED: Position = (3, "received", "natural_person")


def _checked(report: Report) -> DuckDBPyConnection:
    connection = build([report])
    run_checks(connection, only=judged_rules())
    return connection


def _row(item: str, figures: list[float]) -> Mapping[Position, float | State]:
    return {(3, item, party): figure for party, figure in zip(HEADS, figures, strict=True)}


@pytest.mark.parametrize(
    ("stored", "printed", "attribution"),
    [
        (14.0, "14", "report"),
        (14.0, " １４ 件", "report"),
        (1004.0, "1,004", "reading"),  # 4 is meant, and printed
        (14.0, "十四件", "unclear"),
        (40000.0, "4万", "reading"),
    ],
)
def test_the_printed_text_tells(stored: float, printed: str, attribution: str) -> None:
    report = Report(cells={RECEIVED: stored}, printed={RECEIVED: (printed, "T2 R3")})
    found = _checked(report).execute("select distinct attribution from finding").fetchall()
    assert found == [(attribution,)]


@pytest.mark.parametrize(
    ("printed", "attribution"),
    [("-4", "report"), ("－４", "report"), ("- 4", "reading"), ("—4", "reading")],
)
def test_a_minus_that_is_plainly_printed_is_the_reports(printed: str, attribution: str) -> None:
    report = Report(cells={RECEIVED: -4.0}, printed={RECEIVED: (printed, "T2 R3")})
    found = (
        _checked(report)
        .execute("select distinct attribution, evidence ->> 'alternative_ties' from finding")
        .fetchall()
    )
    assert found == [(attribution, "true" if attribution == "reading" else None)]


def test_the_other_reading_is_told_and_applied_nowhere() -> None:
    report = Report(cells={RECEIVED: 1004.0}, printed={RECEIVED: ("1,004", "T2 R3")})
    connection = _checked(report)
    rows = connection.execute("select evidence, message_zh, message_en from finding").fetchall()
    assert len(rows) == 2
    for evidence, zh, en in rows:
        facts = json.loads(evidence)
        assert facts["alternative_ties"] is True
        assert facts["alternative"] == [
            {"item": "received", "party": "natural_person", "value": 4.0, "place": "T2 R3"}
        ]
        assert "另一种读法两边相符" in zh
        assert "would tie out" in en


def test_a_row_with_its_total_first_is_the_readings() -> None:
    report = Report(cells=_row("granted", [18, 3, 3, 3, 3, 3, 3]))
    rows = _checked(report).execute("select rule, attribution, evidence from finding").fetchall()
    assert {attribution for _, attribution, _ in rows} == {"reading"}
    (facts,) = (json.loads(facts) for rule, _, facts in rows if rule == "applicant-total")
    values = {term["party"]: term["value"] for term in facts["alternative"]}
    assert values == {party: 18.0 if party == "total" else 3.0 for party in HEADS}


def test_a_row_that_no_turn_mends_is_the_reports() -> None:
    report = Report(cells=_row("granted", [19, 3, 3, 3, 3, 3, 3]))
    found = _checked(report).execute("select distinct attribution from finding").fetchall()
    assert found == [("report",)]


@pytest.mark.parametrize(("raw", "attribution"), [("1 8", "reading"), ("十八左右", "report")])
def test_an_unreadable_cell_whose_digits_fit_is_the_readings(raw: str, attribution: str) -> None:
    cells: Mapping[Position, float | State] = {(3, "granted", "total"): "unreadable"}
    report = Report(cells=cells, printed={(3, "granted", "total"): (raw, "T2 R5")})
    connection = _checked(report)
    found = connection.execute(
        "select attribution from finding where rule = 'unreadable-cell'"
    ).fetchall()
    assert found == [(attribution,)]
    assert connection.execute("select printed, proposed, slip from suspect").fetchall() == [
        (None, 18.0, "unreadable")
    ]
