"""Other readings are offered when they alone tie out, and never stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.form import load_form
from etl.readers.grids import lay_out
from etl.reading import Doubt, ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document, grid
from tests.recognise.layouts import expand, figures, read_cells, section_2, section_3, section_4

KNOWN = figures("2021")
PARTIES = [head.party for head in load_form("2021").section_heads(3)]
ROW = "granted"
TRUTH = tuple((party, float(KNOWN[3, ROW, party])) for party in PARTIES)
AT = 3 + [line.item for line in load_form("2021").section_lines(3)].index(ROW)
"""The row's number in the printed table."""


def _reading(change: Callable[[list[str]], list[str]]) -> ReportReading:
    """The report with this row's figures changed; its first three cells are labels."""
    rows = expand(section_3("2021", KNOWN))
    rows[AT][3:] = change(rows[AT][3:])
    blocks = lay_out(section_2("2021", KNOWN), "T2"), grid(rows), lay_out(section_4(KNOWN), "T4")
    return recognise(document(*blocks), "x")


def _doubts(reading: ReportReading, item: str | None = ROW) -> list[Doubt]:
    return [doubt for doubt in reading.doubts if doubt.item == item]


def _joined(texts: list[str]) -> list[str]:
    wide = next(n for n, text in enumerate(texts) if len(text) > 1)
    return [*texts[:wide], *texts[wide], *texts[wide + 1 :]]


def test_the_row_under_test_is_worth_testing() -> None:
    values = [value for _, value in TRUTH]
    assert len(set(values)) > 4
    assert 0 not in values


@pytest.mark.parametrize(
    "change",
    [
        _joined,
        lambda texts: [*texts[:3], "", *texts[3:]],
        lambda texts: [*texts[:2], "77", *texts[2:]],
    ],
    ids=["digits over two cells", "a blank too many", "a figure too many"],
)
def test_a_row_too_long(change: Callable[[list[str]], list[str]]) -> None:
    reading = _reading(change)
    (doubt,) = _doubts(reading)
    assert doubt.code == "cell-count"
    assert doubt.alternative == TRUTH
    assert (3, ROW, "total") not in read_cells(reading, 3)


def test_a_broken_figure_that_ties_out_when_joined() -> None:
    reading = _reading(lambda texts: [*texts[:6], " ".join(texts[6])])
    (doubt,) = _doubts(reading)
    assert (doubt.code, doubt.alternative) == ("broken-figure", TRUTH)
    assert (3, ROW, "total") not in read_cells(reading, 3)
    assert read_cells(reading, 3)[3, ROW, "business"] == KNOWN[3, ROW, "business"]


def test_a_broken_figure_that_does_not_tie_out_is_no_alternative() -> None:
    reading = _reading(lambda texts: [*texts[:6], "9 9 9"])
    assert _doubts(reading) == []


def test_a_row_moved_right_with_its_total_outside_is_refused() -> None:
    reading = _reading(lambda texts: ["", *texts])
    (doubt,) = _doubts(reading)
    assert (doubt.code, doubt.alternative) == ("cell-count", TRUTH)


def test_a_row_that_lost_a_zero_and_was_padded() -> None:
    rows = expand(section_3("2021", KNOWN))
    number = next(n for n, row in enumerate(rows) if "0" in row[3:9])
    item = load_form("2021").section_lines(3)[number - 3].item
    at = rows[number].index("0")
    truth = tuple((party, float(KNOWN[3, item, party])) for party in PARTIES)
    rows[number] = [*rows[number][:at], *rows[number][at + 1 :], ""]
    reading = recognise(document(grid(rows)), "x")
    (doubt,) = _doubts(reading, item)
    assert (doubt.code, doubt.alternative) == ("short-row", truth)
    assert (3, item, "total") not in read_cells(reading, 3)


def test_a_row_that_lost_a_figure_and_was_padded_is_named() -> None:
    reading = _reading(lambda texts: [*texts[:2], *texts[3:], ""])
    assert [doubt.code for doubt in _doubts(reading)] == ["short-row"]


def test_tables_whose_totals_are_all_blank_are_not_named() -> None:
    rows = expand(section_3("2021", KNOWN))
    rows[3:] = [[*row[:-1], ""] for row in rows[3:]]
    assert recognise(document(grid(rows)), "x").doubts == ()


def test_two_readings_that_tie_out_are_none() -> None:
    reading = _reading(lambda texts: ["0", "0", "0", "0", "0", "5"])
    (doubt,) = _doubts(reading)
    assert (doubt.code, doubt.alternative) == ("cell-count", ())


def test_sixteen_figures_of_section_4() -> None:
    rows = section_4(KNOWN)
    texts = [cell.text for cell in rows[-1]]
    wide = next(n for n, text in enumerate(texts) if len(text) > 1)
    labels = expand(rows)[:3]
    broken = [*texts[:wide], *texts[wide], *texts[wide + 1 :]]
    reading = recognise(document(grid([*([*row, ""] for row in labels), broken])), "x")
    offered = {
        (4, doubt.item, party): int(value)
        for doubt in reading.doubts
        for party, value in doubt.alternative
    }
    assert offered == {code: value for code, value in KNOWN.items() if code[0] == 4}
    assert read_cells(reading, 4) == {}
