from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.score.aims import hold_against_aims, share
from benchmarks.score.corpus import Score, judge_case, score_cases
from benchmarks.score.tally import Tally, judge
from benchmarks.score.truth import Case, Key, TrueCell, TrueReport, specimen_cases
from etl.form import load_form
from etl.reading import ABSENT, CellReading, Claim, Doubt, Refused, ReportReading
from etl.sample.varieties import find_variety

KEY: Key = (3, "received", "total")
FORM = load_form("2021")


def true_report(**changes: object) -> TrueReport:
    cells = {
        (cell.section, cell.item, cell.party): TrueCell("number", 7.0, "7") for cell in FORM.cells
    }
    plain = TrueReport("某县某局", 2023, "2021", "agency", None, cells)
    return replace(plain, **changes)  # type: ignore[arg-type]


def reading(cell: CellReading | None = None, *doubts: Doubt) -> ReportReading:
    cells = tuple(
        cell if cell and (one.section, one.item, one.party) == KEY else CellReading("number", 7.0)
        for one in FORM.cells
    )
    return ReportReading(
        "某县某局", 2023, "2021", "agency", "", None, cells, doubts=doubts,
    )  # fmt: skip


def count(truth: TrueReport, read: ReportReading) -> dict[str, int]:
    tally, _ = judge(truth, read)
    names = ("silent", "wrong_with_doubt", "unread_with_doubt", "unread_in_silence")
    return {name: getattr(tally, name) for name in names if getattr(tally, name)}


def test_a_reading_like_the_truth_is_right() -> None:
    tally, faults = judge(true_report(), reading())
    assert not [fault for fault in faults if fault.kind != "raw"]
    assert tally.identified == 1
    assert tally.numbers_right == tally.numbers == tally.cells_right == tally.cells == 200


@pytest.mark.parametrize(
    ("doubt", "kind"),
    [
        (None, "silent"),
        (Doubt("cell-count", "", "", 3, "received"), "wrong_with_doubt"),
        (Doubt("by-count", "", "", 3), "wrong_with_doubt"),
        (Doubt("cell-count", "", "", 3, "carried_in"), "silent"),
        (Doubt("cell-count", "", "", 4), "silent"),
        (Doubt("mixed-editions", "", "", 3), "silent"),
    ],
)
def test_a_wrong_number_is_silent_unless_a_doubt_names_its_row(
    doubt: Doubt | None, kind: str
) -> None:
    read = reading(CellReading("number", 8.0), *([doubt] if doubt else []))
    assert count(true_report(), read) == {kind: 1}


@pytest.mark.parametrize("state", ["blank", "dash", "absent", "unreadable"])
def test_a_number_where_the_truth_has_none_is_silent(state: str) -> None:
    truth = true_report()
    truth.cells[KEY] = TrueCell(state, None, "")
    assert count(truth, reading()) == {"silent": 1}


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (CellReading("unreadable", None, "7?"), "unread_with_doubt"),
        (CellReading("blank"), "unread_in_silence"),
        (ABSENT, "unread_in_silence"),
    ],
)
def test_a_number_left_unread_is_told_from_one_lost_in_silence(
    cell: CellReading, kind: str
) -> None:
    assert count(true_report(), reading(cell)) == {kind: 1}


def test_another_edition_puts_figures_where_the_truth_has_no_cell() -> None:
    old = load_form("2019")
    read = replace(
        reading(), edition="2019", cells=tuple(CellReading("number", 7.0) for _ in old.cells)
    )
    tally, faults = judge(true_report(), read)
    assert not tally.identified
    assert tally.silent == sum(not FORM.has(c.section, c.item, c.party) for c in old.cells) > 0
    assert "identity: edition" in {fault.kind for fault in faults}


def test_identity_knows_aliases_and_the_date_only_where_it_is_printed() -> None:
    named = true_report(agency="某县某某局", aliases=frozenset(("某县某局",)))
    assert judge(named, reading())[0].identified
    assert not judge(true_report(agency="别县某局"), reading())[0].identified
    assert not judge(true_report(published_on=date(2024, 1, 9)), reading())[0].identified


def test_claims_count_as_often_as_they_are_made() -> None:
    truth = true_report(claims=Counter({("granted", None, 3.0): 1, ("refused", None, 1.0): 1}))
    claims = tuple(Claim("granted", 3.0, "", "") for _ in range(2))
    tally, _ = judge(truth, replace(reading(), claims=claims))
    assert (tally.claims, tally.claims_read, tally.claims_right) == (2, 2, 1)


def test_readings_are_matched_by_agency_and_year_and_a_missing_one_counts_as_refused() -> None:
    first, second = true_report(year=2022), true_report()
    case = Case(b"", "", "txt", "plain", (first, second))
    (missing, _), (found, _) = judge_case(case, [reading()])[::-1][::-1]
    assert (missing.refused, found.refused) in {(0, 1), (1, 0)}
    refused = judge_case(case, Refused("corrupt"))
    assert [tally.refused for tally, _ in refused] == [1, 1]


def test_shares_are_never_rounded_up_to_all() -> None:
    assert share(99_999, 100_000) == "<100"
    assert share(3, 3) == "100"
    assert share(0, 0) == "—"


def test_one_silent_misassignment_misses_the_aim_wherever_it_is() -> None:
    score = Score(may_refuse={("txt", "x"): Tally(reports=1, silent=1)})
    (aim,) = (a for a in hold_against_aims(score, []) if a.name == "silent misassignments")
    assert not aim.reached


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "txt", "csv"])
def test_plain_specimens_score_full_marks(kind: str) -> None:
    score = score_cases(specimen_cases(3, chosen=[find_variety(kind, "plain")]))
    ((name, tally),) = score.exact.items()
    assert name == (kind, "plain")
    assert tally.cells_right == tally.cells > 0
    assert (tally.identified, tally.silent) == (1, 0)
