from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from etl.sample.assemble import make_reports
from etl.sample.faults import Plan, misstate
from etl.sample.misprint import misprint
from etl.sample.model import Agency, SampleReport, StatedFigure
from etl.sample.oracle import ERROR_RULES, find_faults
from etl.sample.prose import Said
from etl.sample.roster import make_roster

YEARS = (2021, 2023)
AGENCY = make_roster(3, YEARS)[2]
CELL_RULES = [
    "balance",
    "applicant-total",
    "outcome-total",
    "case-total",
    "carry-over",
    "in-force-ledger",
    "all-zero",
    "all-blank",
    "disclosure-all-zero",
    "requests-all-zero",
    "blank-cells",
    "unreadable-cell",
    "not-a-count",
    "table-missing",
]


@pytest.fixture(scope="module")
def housing() -> tuple[Agency, list[SampleReport]]:
    """One busy agency whose three reports have nothing wrong with them."""
    roster = make_roster(28, YEARS)
    for seed in range(50):
        reports, plans = make_reports(roster, YEARS, seed)
        own = [r for r in reports if r.agency.short_name == "县住建局"]
        spots = {(r.agency.agency, r.year) for r in own}
        if len(own) == 3 and not spots & plans.keys() and not find_faults([own[0].agency], own):
            return own[0].agency, own
    raise AssertionError("no seed leaves the agency clean")


def rules(agency: Agency, reports: list[SampleReport]) -> set[str]:
    return {fault.rule for fault in find_faults([agency], reports)}


@pytest.mark.parametrize("rule", CELL_RULES)
@pytest.mark.parametrize("variant", [0, 1, 2])
def test_a_misprint_is_found(
    housing: tuple[Agency, list[SampleReport]], rule: str, variant: int
) -> None:
    agency, reports = housing
    cells = misprint(Plan(rule, variant), reports[1].cells, Random(variant))
    sections = frozenset(key[0] for key, cell in cells.items() if cell.state != "absent")
    spoilt = replace(reports[1], cells=cells, printed_sections=sections)
    found = find_faults([agency], [reports[0], spoilt, reports[2]])
    assert rule in {fault.rule for fault in found if fault.year == reports[1].year}


def test_a_missing_middle_year_is_a_gap(housing: tuple[Agency, list[SampleReport]]) -> None:
    agency, reports = housing
    assert rules(agency, [reports[0], reports[2]]) == {"report-missing", "year-gap"}
    assert rules(agency, reports[:2]) == {"report-missing"}


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("requests_received", 9999.0, {"claim-received"}),
        ("requests_received", 0.0, {"claim-received", "claim-contradiction"}),
        ("requests_concluded", 0.0, set()),
    ],
)
def test_claims_are_held_against_the_table(
    housing: tuple[Agency, list[SampleReport]], measure: str, value: float, expected: set[str]
) -> None:
    agency, reports = housing
    claim = StatedFigure(measure, None, value)  # type: ignore[arg-type]
    telling = replace(reports[0].telling, claims=(claim,), all_handled=False)
    spoilt = replace(reports[0], telling=telling)
    assert rules(agency, [spoilt, *reports[1:]]) == expected


def test_all_three_readings_of_a_requests_claim_fit(
    housing: tuple[Agency, list[SampleReport]],
) -> None:
    agency, reports = housing
    value = {item: reports[1].cells[3, item, "total"].value for item in ("received", "carried_in")}
    assert value["received"] is not None
    assert value["carried_in"] is not None
    for stated in (value["received"], value["received"] + value["carried_in"]):
        telling = replace(
            reports[1].telling, claims=(StatedFigure("requests_received", None, stated),)
        )
        spoilt = replace(reports[1], telling=telling)
        assert "claim-received" not in rules(agency, [reports[0], spoilt, reports[2]])


def test_a_blank_leaves_the_sums_undecided(housing: tuple[Agency, list[SampleReport]]) -> None:
    agency, reports = housing
    cells = misprint(Plan("all-blank", 0), reports[1].cells, Random(0))
    found = rules(agency, [reports[0], replace(reports[1], cells=cells), reports[2]])
    assert found & ERROR_RULES == {"all-blank"}


def test_false_prose_differs_from_every_reading_of_the_table() -> None:
    said = Said(
        items=900,
        website=600,
        wechat=300,
        last_items=800,
        received=12,
        carried_in=2,
        concluded=13,
        granted=5,
        partial=1,
        refused=2,
        carried_out=1,
        reconsideration=1,
        litigation=0,
    )
    wrong = misstate(Plan("claim-received", 0), said, AGENCY).received
    assert wrong not in (said.received, said.load, said.concluded)
    assert misstate(Plan("claim-contradiction", 0), said, AGENCY).received == 0
    assert misstate(Plan("claim-contradiction", 1), said, AGENCY).all_handled is True
    assert misstate(Plan("claim-contradiction", 2), said, AGENCY).deny_cases
    assert misstate(None, said, AGENCY) == said
