from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from etl.form import Edition
from etl.sample.faults import Plan, planted_steps
from etl.sample.misprint import misprint
from etl.sample.misstatement import misstate
from etl.sample.model import Agency, SampleReport, StatedFigure
from etl.sample.oracle import ERROR_RULES, find_faults
from etl.sample.prose import Said
from etl.sample.roster import governments_alone, make_roster
from etl.sample.specimen import make_specimen
from etl.sample.varieties import apply_steps, find_variety
from tests.sample.conftest import YEARS, rules

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


SPECIMENS_BREAK = {"in-force-too-few", "disclosed-more-than-made", "rulemaking-power"}
"""A specimen fills every cell of section 2, whatever its agency may do."""


def printed_with(report: SampleReport, *steps: str) -> SampleReport:
    return apply_steps(replace(report, steps=steps), find_variety("html", "plain"))


def said_by(report: SampleReport, **changes: object) -> SampleReport:
    return replace(report, telling=replace(report.telling, **changes))  # type: ignore[arg-type]


def specimen_rules(agency: Agency, reports: list[SampleReport]) -> set[str]:
    return rules(agency, reports) - SPECIMENS_BREAK


@pytest.mark.parametrize("rule", CELL_RULES)
@pytest.mark.parametrize("variant", [0, 1, 2])
def test_a_misprint_is_found(
    clean: tuple[Agency, list[SampleReport]], rule: str, variant: int
) -> None:
    agency, reports = clean
    cells = misprint(Plan(rule, variant), reports[1].cells, Random(variant))
    sections = frozenset(key[0] for key, cell in cells.items() if cell.state != "absent")
    spoilt = replace(reports[1], cells=cells, printed_sections=sections)
    found = find_faults([agency], [reports[0], spoilt, reports[2]])
    assert rule in {fault.rule for fault in found if fault.year == reports[1].year}


def test_a_missing_middle_year_is_a_gap(clean: tuple[Agency, list[SampleReport]]) -> None:
    agency, reports = clean
    assert rules(agency, [reports[0], reports[2]]) == {"report-missing", "year-gap"}
    assert rules(agency, reports[:2]) == {"report-missing"}


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("requests_received", 9999.0, {"claim-received"}),
        ("requests_received", 0.0, {"claim-received", "claim-contradiction"}),
        ("requests_concluded", 0.0, {"claim-outcome"}),
    ],
)
def test_claims_are_held_against_the_table(
    clean: tuple[Agency, list[SampleReport]], measure: str, value: float, expected: set[str]
) -> None:
    agency, reports = clean
    claim = StatedFigure(measure, None, value)  # type: ignore[arg-type]
    telling = replace(reports[0].telling, claims=(claim,), all_handled=False)
    spoilt = replace(reports[0], telling=telling)
    assert rules(agency, [spoilt, *reports[1:]]) == expected


def test_all_three_readings_of_a_requests_claim_fit(
    clean: tuple[Agency, list[SampleReport]],
) -> None:
    agency, reports = clean
    value = {item: reports[1].cells[3, item, "total"].value for item in ("received", "carried_in")}
    assert value["received"] is not None
    assert value["carried_in"] is not None
    for stated in (value["received"], value["received"] + value["carried_in"]):
        telling = replace(
            reports[1].telling, claims=(StatedFigure("requests_received", None, stated),)
        )
        spoilt = replace(reports[1], telling=telling)
        assert "claim-received" not in rules(agency, [reports[0], spoilt, reports[2]])


def test_a_blank_leaves_the_sums_undecided(clean: tuple[Agency, list[SampleReport]]) -> None:
    agency, reports = clean
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


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), set()),
        (date(2022, 1, 1), date(2022, 11, 30), {"period"}),
        (date(2021, 12, 1), date(2022, 11, 30), {"period"}),
        (date(2021, 1, 1), date(2021, 12, 31), {"period", "year-mismatch"}),
    ],
)
def test_the_period_is_the_report_year(first: date, last: date, expected: set[str]) -> None:
    report = said_by(make_specimen(5, 2022), period=(first, last))
    assert specimen_rules(report.agency, [report]) == expected


def test_a_file_named_for_another_year_is_a_mismatch_alone() -> None:
    report = printed_with(make_specimen(5, 2022), "misfiled")
    assert report.file_year == 2021
    assert specimen_rules(report.agency, [report]) == {"year-mismatch"}


def test_a_short_name_is_no_other_agency() -> None:
    county, office, bureau = make_roster(3, (2022, 2022))
    report = replace(make_specimen(5, 2022), agency=bureau)
    for name in (bureau.agency, bureau.short_name, *bureau.aliases):
        assert specimen_rules(bureau, [said_by(report, authors=(name,))]) == set()
    for names in ((office.agency,), (bureau.agency, county.agency)):
        assert specimen_rules(bureau, [said_by(report, authors=names)]) == {"other-agency"}
    (alone,) = governments_alone([county], (2022, 2022))
    for agency, author in ((county, office), (office, county), (alone, office)):
        own = replace(make_specimen(5, 2022), agency=agency)
        assert specimen_rules(agency, [said_by(own, authors=(author.agency,))]) == set()


@pytest.mark.parametrize(
    ("step", "section"), [("no-section-5", 5), ("no-section-6", 6), ("no-heading-5", 5)]
)
def test_a_section_without_its_heading_is_missing(step: str, section: int) -> None:
    report = printed_with(make_specimen(5, 2022), step)
    found = find_faults([report.agency], [report])
    found = [fault for fault in found if fault.rule not in SPECIMENS_BREAK]
    assert [(fault.rule, fault.section) for fault in found] == [("section-missing", section)]


def test_without_any_heading_of_prose_nothing_is_concluded() -> None:
    report = printed_with(make_specimen(5, 2022), "no-headings-1-5-6")
    assert specimen_rules(report.agency, [report]) == set()


@pytest.mark.parametrize(
    ("steps", "sections"),
    [
        ("other-documents", [2]),
        ("lost-row", [3]),
        ("other-outcome", [3]),
        ("with-subtotal", [3]),
        ("without-total", [3]),
        ("previous-column", [3]),
        ("unmerged-repeated", []),
        ("block-tables three-tables split-requests", []),
        ("tables-before statistics-after", []),
        ("disclosure-picture", []),
    ],
)
def test_rows_and_columns_are_those_of_the_form(steps: str, sections: list[int]) -> None:
    report = printed_with(make_specimen(5, 2022), *steps.split())
    found = find_faults([report.agency], [report])
    mismatched = [fault.section for fault in found if fault.rule == "heading-mismatch"]
    assert mismatched == sections


@pytest.mark.parametrize(
    ("year", "edition", "odd"),
    [(2020, "2019", False), (2020, "2021", True), (2021, "2019", True), (2021, "2021", False)],
)
def test_the_edition_is_that_of_the_year(year: int, edition: Edition, odd: bool) -> None:
    report = make_specimen(5, year, edition)
    assert specimen_rules(report.agency, [report]) == ({"old-edition"} if odd else set())


def test_steps_take_turns_and_none_may_be_one_of_them() -> None:
    missing = [planted_steps(Plan("section-missing", turn)) for turn in range(4)]
    assert len(set(missing)) == 3
    assert missing[0] == missing[3]
    assert [planted_steps(Plan("year-mismatch", turn)) for turn in (0, 1)] == [(), ("misfiled",)]
    assert planted_steps(Plan("balance", 0)) == planted_steps(None) == ()


def test_a_series_is_of_one_scope() -> None:
    (county,) = make_roster(1, YEARS)
    (alone,) = governments_alone([county], YEARS)
    before, after = (make_specimen(seed, year) for seed, year in ((5, 2021), (6, 2022)))
    across = {"carry-over", "in-force-ledger"}
    reports = [replace(before, agency=county), replace(after, agency=alone)]
    assert not rules(county, reports) & across
    assert rules(county, [reports[0], replace(after, agency=county)]) >= across
