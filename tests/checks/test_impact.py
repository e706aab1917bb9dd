"""The order of findings by what of the published totals they put in doubt."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.impact import REMAINDER
from tests.checks.warehouses import Agency, Report, build

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
