"""The order of findings by what of the published totals they put in doubt."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.impact import REMAINDER
from etl.reading import Measure
from tests.checks.warehouses import Agency, Report, build, claim, every_cell

RECEIVED = (3, "received", "natural_person")
TIED = ("balance", "applicant-total", "outcome-total", "carry-over")
AGENCIES = tuple(Agency(number) for number in range(1, 7))


def _ranked(connection: DuckDBPyConnection, only: Collection[str]) -> list[tuple[Any, ...]]:
    """agency_id, rule, impact, reason, the most important first."""
    run_checks(connection, only=only)
    rows = connection.execute(
        "select agency_id, rule, impact, impact_reason, finding_id from finding "
        "order by impact desc, finding_id"
    ).fetchall()
    return [(*row[:3], json.loads(row[3]), row[4]) for row in rows]


def test_every_finding_has_an_impact_between_0_and_1_and_its_reason() -> None:
    reports = [Report(agency_id=agency.agency_id) for agency in AGENCIES[1:]]
    odd = Report(cells={RECEIVED: 5000.0, (2, "fee", "amount"): "unreadable"})
    ranked = _ranked(build([odd, *reports], AGENCIES), {*TIED, "unreadable-cell"})
    assert ranked
    for _, _, impact, reason, _ in ranked:
        assert 0 <= impact <= 1
        assert reason["basis"] in ("suspect", "sides", "weight")
        assert 0 < reason["suspicion"] <= 1


def test_the_larger_slip_of_the_same_cell_comes_first() -> None:
    reports = [
        Report(agency_id=1, cells={RECEIVED: 14.0}),
        Report(agency_id=2, cells={RECEIVED: 400.0}),
        Report(agency_id=3, cells={RECEIVED: 40.0}),
    ]
    ranked = _ranked(build(reports, AGENCIES), ["balance"])
    assert [row[0] for row in ranked] == [2, 3, 1]


def test_one_cause_is_counted_once() -> None:
    reports = [Report(agency_id=agency.agency_id) for agency in AGENCIES[1:]]
    connection = build([Report(cells={RECEIVED: 400.0}), *reports], AGENCIES)
    first, *others = _ranked(connection, TIED)
    assert others
    assert first[3]["basis"] == "suspect"
    assert first[3]["difference"] == 396.0
    assert first[3].get("carried_by") is None
    for other in others:
        assert other[3]["carried_by"] == first[4]
        assert other[2] <= REMAINDER * first[2] * 1.0001


def test_a_missing_report_weighs_what_its_other_years_make_expect() -> None:
    large, small = ((Agency(n, reports_from=2021, reports_to=2023)) for n in (1, 2))
    busy = {(3, "received", "total"): 2400.0}
    reports = [
        *(Report(year, agency_id=1, cells=busy) for year in (2021, 2023)),
        *(Report(year, agency_id=2) for year in (2021, 2023)),
        *(Report(year, agency_id=3) for year in (2021, 2022, 2023)),
    ]
    ranked = _ranked(build(reports, (large, small, AGENCIES[2])), ["report-missing", "year-gap"])
    carriers = [row for row in ranked if not row[3].get("carried_by")]
    assert [(agency, rule) for agency, rule, *_ in carriers] == [
        (1, "report-missing"), (2, "report-missing"),
    ]  # fmt: skip
    assert carriers[0][3]["basis"] == "weight"
    assert carriers[0][2] > carriers[1][2] > 0


def test_a_query_weighs_less_than_an_error_of_the_same_size() -> None:
    reports = [
        Report(agency_id=1, cells={(2, "normative_document", "issued"): 900.0}),
        Report(agency_id=2, cells={(4, "case_total", "reconsideration"): 900.0}),
    ]
    ranked = _ranked(build(reports, AGENCIES), ["in-force-too-few", "case-total"])
    assert [row[1] for row in ranked] == ["case-total", "in-force-too-few"]


def _carriers(connection: DuckDBPyConnection, only: Collection[str]) -> list[tuple[str, int]]:
    """Rule and year of the findings that carry a cause."""
    run_checks(connection, only=only)
    return connection.execute(
        "select rule, year from finding where impact_reason ->> 'carried_by' is null "
        "order by year, rule"
    ).fetchall()


def _count(connection: DuckDBPyConnection) -> int:
    ((count,),) = connection.execute("select count(*) from finding").fetchall()
    return int(count)


@pytest.mark.parametrize(
    ("measure", "rules"),
    [
        ("reconsideration_cases", ("claim-cases", "claim-contradiction")),
        ("litigation_cases", ("claim-cases", "claim-contradiction")),
        ("requests_received", ("claim-received", "claim-contradiction")),
        ("carried_out", ("claim-outcome", "claim-contradiction")),
    ],
)
def test_a_sentence_that_two_rules_contradict_counts_once(
    measure: Measure, rules: tuple[str, str]
) -> None:
    connection = build([Report(claims=(claim(measure, 0.0),))])
    assert len(_carriers(connection, rules)) == 1
    assert _count(connection) == 2


def test_claims_about_different_cells_count_each() -> None:
    told = (claim("requests_received", 90.0), claim("carried_out", 50.0))
    connection = build([Report(claims=told)])
    assert [rule for rule, _ in _carriers(connection, ["claim-received", "claim-outcome"])] == [
        "claim-outcome", "claim-received",
    ]  # fmt: skip


def test_a_year_that_does_not_carry_over_counts_once() -> None:
    columns = ("natural_person", "total")
    moved = {
        (3, item, column): figure + (6.0 if column == "total" else 1.0)
        for column in columns
        for item, figure in (("carried_in", 3.0), ("concluded", 6.0))
    }
    connection = build([Report(2021), Report(2022, cells=moved)])
    assert _carriers(connection, ["carry-over"]) == [("carry-over", 2022)]
    assert _count(connection) == 2


@pytest.mark.parametrize(
    ("rule", "odd"),
    [
        ("carry-over", {(3, "carried_in", "total"): 20.0, (3, "carried_out", "total"): 20.0}),
        ("in-force-ledger", {(2, "normative_document", "in_force"): 13.0}),
    ],
)
def test_the_year_that_the_next_takes_back_carries(
    rule: str, odd: dict[tuple[int, str, str], float]
) -> None:
    connection = build([Report(2021), Report(2022, cells=odd), Report(2023)])
    assert _carriers(connection, [rule]) == [(rule, 2022)]
    assert _count(connection) == 2


def test_breaks_of_years_that_take_nothing_back_count_each() -> None:
    later = [
        Report(year, cells={(2, "normative_document", "in_force"): figure})
        for year, figure in ((2022, 13.0), (2023, 17.0))
    ]
    connection = build([Report(2021), *later])
    assert _carriers(connection, ["in-force-ledger"]) == [
        ("in-force-ledger", 2022), ("in-force-ledger", 2023),
    ]  # fmt: skip


def test_what_speaks_against_zeros_carries_them() -> None:
    reports = [Report(year, agency_id=number) for year in (2021, 2023) for number in range(1, 7)]
    zeros = Report(2022, cells=every_cell(0.0), claims=(claim("requests_received", 12.0),))
    connection = build([zeros, *reports], AGENCIES)
    rules = ("all-zero", "zero-against-evidence", "requests-all-zero", "disclosure-all-zero")
    assert _carriers(connection, rules) == [("zero-against-evidence", 2022)]
    assert _count(connection) > 1


def test_zeros_that_nothing_speaks_against_carry_themselves() -> None:
    zeros = Report(2022, cells=every_cell(0.0))
    rules = ("all-zero", "requests-all-zero", "disclosure-all-zero")
    assert _carriers(build([zeros]), rules) == [("all-zero", 2022)]
