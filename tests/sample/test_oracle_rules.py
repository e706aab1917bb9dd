"""The oracle, rule by rule: a report that breaks it, and one that only just doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from etl.sample.model import Agency, Key, PrintedCell, SampleReport, StatedFigure
from etl.sample.notation import number
from etl.sample.oracle import find_faults
from etl.sample.roster import governments_alone, make_roster
from etl.sample.specimen import make_specimen
from tests.sample.conftest import rules

Clean = tuple[Agency, list[SampleReport]]


def with_values(report: SampleReport, values: Mapping[Key, float]) -> SampleReport:
    cells = {key: number(value) for key, value in values.items()}
    return replace(report, cells={**report.cells, **cells})


def idle(report: SampleReport) -> SampleReport:
    return with_values(report, dict.fromkeys(report.cells, 0))


def silent(report: SampleReport) -> SampleReport:
    """The report without a claim that its figures could belie."""
    return replace(report, telling=replace(report.telling, claims=(), all_handled=False))


def empty_report(year: int, agency: Agency | None = None) -> SampleReport:
    """Nothing but zeros, and no claims."""
    report = silent(idle(make_specimen(5, year)))
    return replace(report, agency=agency) if agency else report


def of(found: set[str], *wanted: str) -> set[str]:
    return found & set(wanted)


@pytest.mark.parametrize(
    ("position", "day", "late"),
    [
        (0, date(2023, 3, 31), False),
        (0, date(2023, 4, 1), True),
        (2, date(2023, 1, 31), False),
        (2, date(2023, 2, 1), True),
        (2, None, False),
        (3, date(2023, 12, 1), False),
    ],
)
def test_each_kind_of_body_has_its_own_deadline(position: int, day: date, late: bool) -> None:
    agency = make_roster(4, (2022, 2022))[position]
    report = replace(empty_report(2022, agency), dated=day)
    assert ("late" in rules(agency, [report])) == late


def test_another_file_with_another_figure_is_a_conflict(clean: Clean) -> None:
    agency, reports = clean
    key = next(key for key, cell in reports[1].cells.items() if cell.value)
    other = with_values(reports[1], {key: 999})
    gap = replace(other, cells={**other.cells, key: PrintedCell("blank", None, "")})
    for earlier, expected in ((other, {"conflicting-copies"}), (gap, set()), (None, set())):
        own = [reports[0], replace(reports[1], earlier=earlier), reports[2]]
        assert rules(agency, own) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (PrintedCell("number", 20.5, "205000元"), True),
        (PrintedCell("number", 20.5, "20.5万元"), False),
        (PrintedCell("number", 200_000, "200000"), True),
        (PrintedCell("number", 2_000, "2000"), False),
        (PrintedCell("number", 0, "0"), False),
    ],
)
def test_an_amount_in_yuan_shows_by_its_unit_or_size(cell: PrintedCell, expected: bool) -> None:
    key = (2, "fee", "amount")
    before, after = (with_values(empty_report(year), {key: 20}) for year in (2021, 2023))
    now = empty_report(2022)
    now = replace(now, cells={**now.cells, key: cell})
    found = rules(now.agency, [replace(r, agency=now.agency) for r in (before, now, after)])
    assert ("fee-unit" in found) == expected


@pytest.mark.parametrize(("in_force", "expected"), [(2, True), (3, False)])
def test_what_was_issued_is_in_force(in_force: float, expected: bool) -> None:
    figures = {"issued": 5, "repealed": 2, "in_force": in_force}
    values = {(2, "normative_document", party): value for party, value in figures.items()}
    report = with_values(empty_report(2022), values)
    assert ("in-force-too-few" in rules(report.agency, [report])) == expected


@pytest.mark.parametrize(
    ("made", "disclosed", "whole", "expected"),
    [(2, 3, 9, True), (4, 3, 2, True), (3, 3, 3, False)],
)
def test_no_more_is_disclosed_than_made_or_there(
    made: float, disclosed: float, whole: float, expected: bool
) -> None:
    figures = {"made": made, "disclosed": disclosed, "disclosed_total": whole}
    values = {(2, "normative_document", party): value for party, value in figures.items()}
    report = with_values(empty_report(2020), values)
    assert ("disclosed-more-than-made" in rules(report.agency, [report])) == expected


@pytest.mark.parametrize(
    ("previous", "change", "decisions", "expected"),
    [
        (61, 36, 97, True),
        (61, 36, 98, False),
        (0, 0, 0, False),
        (900, 101, 1001, False),
    ],
)
def test_decisions_that_are_just_the_items(
    previous: float, change: float, decisions: float, expected: bool
) -> None:
    figures = {"previous": previous, "change": change, "decisions": decisions}
    values = {(2, "licence", party): value for party, value in figures.items()}
    report = with_values(empty_report(2020), values)
    assert ("decisions-look-like-items" in rules(report.agency, [report])) == expected


def test_a_county_makes_no_rules() -> None:
    report = with_values(empty_report(2022), {(2, "regulation", "in_force"): 6})
    assert "rulemaking-power" in rules(report.agency, [report])
    city = replace(report.agency, level="市级")
    assert "rulemaking-power" not in rules(city, [replace(report, agency=city)])


@pytest.mark.parametrize(("previous", "expected"), [(13, False), (10, True)])
def test_items_go_on_from_last_year(previous: float, expected: bool) -> None:
    before = with_values(
        empty_report(2019), {(2, "licence", "previous"): 10, (2, "licence", "change"): 3}
    )
    now = with_values(empty_report(2020, before.agency), {(2, "licence", "previous"): previous})
    assert ("items-ledger" in rules(before.agency, [before, now])) == expected


@pytest.mark.parametrize(("cases", "expected"), [(1, True), (2, False)])
def test_pending_cases_come_again(cases: float, expected: bool) -> None:
    asked = {(3, "received", "total"): 9.0}
    before = with_values(empty_report(2021), {**asked, (4, "pending", "reconsideration"): 2})
    now = with_values(
        empty_report(2022, before.agency), {(4, "case_total", "reconsideration"): cases}
    )
    assert ("pending-cases" in rules(before.agency, [before, now])) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [((0, 0, 0), True), ((1, 0, 0), False), ((0, 0, 1), False), ((0, 0), False)],
)
def test_cases_need_a_request_in_three_years(received: tuple[int, ...], expected: bool) -> None:
    years = range(2024 - len(received), 2024)
    reports = [
        with_values(empty_report(year), {(3, "received", "total"): count})
        for year, count in zip(years, received, strict=True)
    ]
    agency = reports[0].agency
    reports = [replace(report, agency=agency) for report in reports]
    reports[-1] = with_values(reports[-1], {(4, "case_total", "litigation_direct"): 1})
    assert ("dispute-without-request" in rules(agency, reports)) == expected


@pytest.mark.parametrize(("sued", "expected"), [(3, False), (4, True)])
def test_suits_follow_what_was_reconsidered(sued: float, expected: bool) -> None:
    before = with_values(empty_report(2021), {(4, "upheld", "reconsideration"): 1})
    now = with_values(
        empty_report(2022, before.agency),
        {(4, "corrected", "reconsideration"): 2, (4, "case_total", "litigation_after"): sued},
    )
    assert ("cases-exceed-route" in rules(before.agency, [before, now])) == expected
    assert "cases-exceed-route" not in rules(now.agency, [now])


@pytest.mark.parametrize(
    ("measure", "value", "approximate", "rule"),
    [
        ("granted", 40, False, ""),
        ("granted", 41, False, "claim-outcome"),
        ("granted", 41, True, "claim-outcome"),
        ("refused", 7, False, ""),
        ("refused", 6, False, "claim-outcome"),
        ("litigation_cases", 5, False, ""),
        ("litigation_cases", 4, False, ""),
        ("litigation_cases", 3, False, "claim-cases"),
        ("requests_received", 100, True, ""),
        ("requests_received", 200, True, "claim-received"),
        ("requests_received", 109, False, ""),
    ],
)
def test_a_claim_fits_the_table(measure: str, value: float, approximate: bool, rule: str) -> None:
    report = with_values(
        empty_report(2022),
        {
            (3, "received", "total"): 105,
            (3, "carried_in", "total"): 4,
            (3, "granted", "total"): 40,
            (3, "refused_law", "total"): 3,
            (3, "refused_inquiry", "total"): 4,
            (4, "case_total", "litigation_direct"): 2,
            (4, "case_total", "litigation_after"): 3,
            (4, "pending", "litigation_after"): 1,
        },
    )
    claim = StatedFigure(measure, None, value, approximate)  # type: ignore[arg-type]
    report = replace(report, telling=replace(report.telling, claims=(claim,)))
    about_claims = {"claim-outcome", "claim-cases", "claim-received"}
    assert of(rules(report.agency, [report]), *about_claims) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [((), True), (("无。",), True), (("一是解读形式单一。",), False)],
)
def test_section_five_says_something(texts: tuple[str, ...], expected: bool) -> None:
    report = empty_report(2022)
    paragraphs = {**report.telling.paragraphs, 5: texts}
    report = replace(report, telling=replace(report.telling, paragraphs=paragraphs))
    assert ("problems-empty" in rules(report.agency, [report])) == expected


@pytest.mark.parametrize(
    ("unpaid", "text", "expected"),
    [
        (1, "无其他需要报告的事项。", True),
        (1, "发出信息处理费通知1件。", False),
        (0, "无其他需要报告的事项。", False),
    ],
)
def test_an_unpaid_fee_is_explained(unpaid: float, text: str, expected: bool) -> None:
    report = with_values(empty_report(2022), {(3, "other_unpaid", "total"): unpaid})
    paragraphs = {**report.telling.paragraphs, 6: (text,)}
    report = replace(report, telling=replace(report.telling, paragraphs=paragraphs))
    assert ("fee-unexplained" in rules(report.agency, [report])) == expected


def test_a_streak_of_zeros_is_three_years_long() -> None:
    agency = make_roster(3, (2019, 2024))[2]
    own = [empty_report(year, agency) for year in range(2021, 2025)]
    found = find_faults([], own)
    assert [f.year for f in found if f.rule == "zero-streak"] == [2023, 2024]
    broken = [own[0], with_values(own[1], {(2, "fee", "amount"): 1}), *own[2:]]
    assert "zero-streak" not in rules(agency, broken)


def test_last_years_figures_are_no_new_ones(clean: Clean) -> None:
    agency, reports = clean
    again = replace(reports[1], cells=reports[0].cells, edition=reports[0].edition)
    assert "figures-repeated" in rules(agency, [reports[0], again, reports[2]])
    assert "figures-repeated" not in rules(agency, [idle(reports[0]), idle(again)])


def test_a_roll_up_is_the_sum_of_its_parts() -> None:
    county, office, bureau = make_roster(3, (2022, 2022))
    (alone,) = governments_alone([county], (2022, 2022))
    key = (2, "licence", "decisions")
    parts = [with_values(empty_report(2022, each), {key: 10}) for each in (office, bureau)]
    own = with_values(empty_report(2022, alone), {key: 5})

    def sections(total: float, reports: list[SampleReport]) -> list[int | None]:
        whole = with_values(empty_report(2022, county), {key: total})
        found = find_faults([county, office, bureau], [whole, *reports])
        return [fault.section for fault in found if fault.rule == "rollup"]

    assert sections(20, parts) == sections(25, [*parts, own]) == []
    assert sections(21, parts) == sections(20, [*parts, own]) == [2]
    assert sections(99, parts[:1]) == sections(99, [parts[1], own]) == []
