"""Heads out of the form's order: figures whose order alone tells them apart are never misread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.document import Paragraph
from etl.form import load_form
from etl.readers.grids import Cell, lay_out
from etl.reading import ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document, grid
from tests.recognise.layouts import (
    FLATTENED,
    HEADINGS,
    Table,
    expand,
    figures,
    of_section,
    read_cells,
    read_text,
    report_text,
    section_3,
    tables,
)

KNOWN = figures("2021")
TRUTH = of_section(KNOWN, 3)
LABELS = 3
LOOSE = ["a cell a line", "cells with blank lines between", "spaces", "word"]


def _total_first(rows: Table, *, heads: bool = True, body: bool = True) -> Table:
    """Section 3 with 总计 before 自然人, among its heads, among its figures, or both."""
    person, organisation, total = rows[1]
    above = [total, person, organisation] if heads else rows[1]
    below = [[*row[:-7], row[-1], *row[-7:-1]] if body else row for row in rows[3:]]
    return [rows[0], above, rows[2], *below]


def _swapped(rows: Table) -> Table:
    """Section 3 with its second and third applicant exchanged, heads and figures alike."""
    body = [[*row[:-6], row[-5], row[-6], *row[-4:]] for row in rows[3:]]
    return [*rows[:2], [rows[2][1], rows[2][0], *rows[2][2:]], *body]


def _read(kind: str, rows: Table) -> ReportReading:
    sections = tables("2021", KNOWN) | {3: rows}
    return read_text(report_text("2021", sections, FLATTENED[kind]))


def _codes(reading: ReportReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


@pytest.mark.parametrize("kind", LOOSE)
@pytest.mark.parametrize("body", [True, False], ids=["with its figures", "its head alone"])
def test_a_total_printed_first_in_text_goes_by_the_sums(kind: str, body: bool) -> None:
    reading = _read(kind, _total_first(section_3("2021", KNOWN), body=body))
    assert read_cells(reading, 3) == TRUTH


@pytest.mark.parametrize("kind", LOOSE)
def test_applicants_that_changed_places_are_refused_in_text(kind: str) -> None:
    reading = _read(kind, _swapped(section_3("2021", KNOWN)))
    assert read_cells(reading, 3) == {}
    assert "head-order" in _codes(reading)
    assert not any(doubt.alternative for doubt in reading.doubts)


@pytest.mark.parametrize("kind", LOOSE)
def test_a_total_printed_first_that_no_row_confirms_is_refused(kind: str) -> None:
    rows = section_3("2021", KNOWN)
    alone = [Cell(text) for text in ("3", "0", "0", "0", "0", "0", "3")]
    rows[3:] = [[*row[:-7], *alone] for row in rows[3:]]
    reading = _read(kind, _total_first(rows, body=False))
    assert read_cells(reading, 3) == {}
    assert "head-order" in _codes(reading)


def test_a_total_printed_first_over_equal_figures_is_read() -> None:
    rows = section_3("2021", KNOWN)
    rows[3:] = [[*row[:-7], *[Cell("0")] * 7] for row in rows[3:]]
    reading = _read("a cell a line", _total_first(rows))
    assert set(read_cells(reading, 3).values()) == {0}
    assert len(read_cells(reading, 3)) == len(TRUTH)


def test_a_total_that_is_first_among_the_heads_alone_is_refused_in_true_columns() -> None:
    rows = _total_first(section_3("2021", KNOWN), body=False)
    reading = recognise(document(lay_out(rows, "T1")), "x")
    assert read_cells(reading, 3) == {}
    assert _codes(reading) == {"head-order"}
    assert not any(doubt.alternative for doubt in reading.doubts)


@pytest.mark.parametrize("kind", FLATTENED)
@pytest.mark.parametrize(
    "change",
    [
        _swapped,
        _total_first,
        lambda rows: _total_first(rows, body=False),
        lambda rows: _total_first(rows, heads=False),
    ],
    ids=["swapped", "total first", "its head first", "its figures first"],
)
def test_no_way_of_flattening_puts_a_figure_under_another_head(
    kind: str, change: Callable[[Table], Table]
) -> None:
    reading = _read(kind, change(section_3("2021", KNOWN)))
    assert read_cells(reading, 3).items() <= TRUTH.items()


def test_heads_that_are_there_but_unknown_are_refused() -> None:
    rows = expand(section_3("2021", KNOWN))[3:]
    unknown = ["", "", "", *(f"甲{n}乙" for n in range(7))]
    blocks = Paragraph(HEADINGS[3], "P2"), grid([unknown, *rows])
    reading = recognise(document(*blocks), "x")
    assert read_cells(reading, 3) == {}
    assert _codes(reading) == {"head-order"}


def test_figures_below_an_unknown_head_are_no_absent_ones() -> None:
    rows = section_3("2021", KNOWN)
    rows[2][2] = Cell(f"申请人情况{rows[2][2].text}之类")
    reading = recognise(document(lay_out(rows, "T1")), "x")
    assert read_cells(reading, 3) == {c: v for c, v in TRUTH.items() if c[2] != "nonprofit"}
    states = [
        (cell.item, found.state, found.raw)
        for cell, found in zip(load_form("2021").cells, reading.cells, strict=True)
        if cell.section == 3 and cell.party == "nonprofit"
    ]
    assert states == [
        (item, "unreadable", str(TRUTH[3, item, "nonprofit"])) for item, _, _ in states
    ]
    assert _codes(reading) == {"unknown-head"}


def test_one_wrong_sum_contradicts_no_heads() -> None:
    rows = section_3("2021", KNOWN)
    alone = [Cell(text) for text in ("3", "0", "0", "0", "0", "0", "3")]
    rows[3:] = [[*row[:-7], *alone] for row in rows[3:]]
    rows[5] = [*rows[5][:-7], *[Cell(text) for text in ("2", "0", "0", "0", "1", "0", "1")]]
    for kind in ("a cell a line", "tabs"):
        assert len(read_cells(_read(kind, rows), 3)) == len(TRUTH)


def test_outcomes_that_changed_places_are_refused_in_text() -> None:
    sections = tables("2021", KNOWN)
    heads = sections[4][1]
    heads[0], heads[1] = heads[1], heads[0]
    reading = read_text(report_text("2021", sections, FLATTENED["a cell a line"]))
    assert read_cells(reading, 4) == {}
    assert _codes(reading) == {"head-order"}


def test_columns_of_section_2_that_changed_places_are_refused_in_text() -> None:
    sections = tables("2021", KNOWN)
    heads = sections[2][1]
    heads[1], heads[2] = heads[2], heads[1]
    reading = read_text(report_text("2021", sections, FLATTENED["a cell a line"]))
    assert {item for _, item, _ in read_cells(reading, 2)} == {
        "licence", "penalty", "coercion", "fee",
    }  # fmt: skip


def _without_last(row: list[str]) -> list[str]:
    return [*row[:-3], *row[-2:], ""]


def _split(row: list[str]) -> list[str]:
    return [*row[:LABELS], *[""] * 7]


@pytest.mark.parametrize(("change", "code"), [(_without_last, "short-row"), (_split, "split-row")])
def test_a_row_whose_figures_may_stand_elsewhere_is_refused(
    change: Callable[[list[str]], list[str]], code: str
) -> None:
    rows = expand(section_3("2021", KNOWN))
    own = rows[5]
    rows[5] = change(own)
    if code == "split-row":
        rows.insert(6, [*[""] * LABELS, *own[LABELS:]])
    reading = recognise(document(grid(rows)), "x")
    assert read_cells(reading, 3) == {c: v for c, v in TRUTH.items() if c[1] != "granted"}
    assert code in _codes(reading)


def test_a_column_of_serial_numbers_is_no_figure() -> None:
    rows = expand(section_3("2021", KNOWN))
    numbered = [[str(n - 2) if n > 2 else "", *row] for n, row in enumerate(rows)]
    reading = recognise(document(grid(numbered)), "x")
    assert read_cells(reading, 3) == TRUTH
    numbered[5][0] = "9"
    assert read_cells(recognise(document(grid(numbered)), "x"), 3) != TRUTH


def _laid(section: int, rows: Table) -> ReportReading:
    return recognise(document(lay_out(rows, f"T{section}")), "x")


@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 1, 3)])
def test_applicants_in_any_order_are_read_by_heads_in_true_columns(order: tuple[int, ...]) -> None:
    rows = section_3("2021", KNOWN)
    rows[2:] = [
        [rows[2][n] for n in order],
        *([*row[:-6], *(row[-6:-1][n] for n in order), row[-1]] for row in rows[3:]),
    ]
    reading = _laid(3, rows)
    assert read_cells(reading, 3) == TRUTH
    assert not reading.doubts


@pytest.mark.parametrize("span", [4, 6])
def test_swapped_applicants_under_a_head_that_spans_other_columns_are_refused(span: int) -> None:
    rows = _swapped(section_3("2021", KNOWN))
    rows[1][1] = Cell("法人或其他组织", 1, span)
    assert read_cells(_laid(3, rows), 3).items() <= TRUTH.items()
    assert read_cells(_laid(3, rows), 3) == {}


def test_a_misspelt_head_among_swapped_ones_is_refused() -> None:
    rows = _swapped(section_3("2021", KNOWN))
    rows[2][3] = Cell("法律服务机枸")
    assert read_cells(_laid(3, rows), 3) == {}


def test_a_row_refused_under_swapped_heads_is_offered_nothing() -> None:
    rows = _swapped(section_3("2021", KNOWN))
    rows[8] = [*rows[8][:-7], Cell(""), *rows[8][-7:]]
    reading = _laid(3, rows)
    assert len(read_cells(reading, 3)) == len(TRUTH) - 7
    assert not any(doubt.alternative for doubt in reading.doubts)


def _routes_swapped() -> Table:
    rows = tables("2021", KNOWN)[4]
    above = [rows[0][1], rows[0][0]]
    between = [*rows[1][5:], *(Cell(cell.text, 2, 1) for cell in rows[1][:5])]
    return [above, between, rows[2], [*rows[3][5:], *rows[3][:5]]]


def test_routes_in_another_order_are_read_under_clean_spans() -> None:
    reading = _laid(4, _routes_swapped())
    assert read_cells(reading, 4) == of_section(KNOWN, 4)
    assert not reading.doubts


@pytest.mark.parametrize("change", ["span", "figure", "outcome"])
def test_swapped_routes_with_anything_unclear_are_refused(change: str) -> None:
    rows = _routes_swapped()
    if change == "span":
        rows[1][0], rows[1][1] = Cell(rows[1][0].text, 1, 4), Cell(rows[1][1].text, 1, 6)
    elif change == "figure":
        del rows[3][4]
    else:
        rows[2][0] = Cell("维持")
    assert read_cells(_laid(4, rows), 4) == {}
