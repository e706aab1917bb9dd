"""Figures of other years are left out where captions say so plainly, and refused elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from etl.document import Document, Grid, Paragraph
from etl.readers.grids import Cell, lay_out
from etl.reading import Refused, ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document
from tests.recognise.layouts import (
    HEADINGS,
    Table,
    figures,
    of_section,
    read_cells,
    section_2,
    section_3,
    section_4,
)

KNOWN = figures("2021")
LAST = figures("2021", seed=9)


def _codes(reading: ReportReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


def _states(reading: ReportReading) -> set[str]:
    return {cell.state for cell in reading.cells}


def _under(*parts: tuple[str, Table]) -> Document:
    """The report with these captions and tables under its third heading."""
    blocks: list[Grid | Paragraph] = [Paragraph(HEADINGS[3], "P3")]
    for number, (caption, rows) in enumerate(parts):
        blocks += [Paragraph(caption, f"C{number}")] if caption else []
        blocks += [lay_out(rows, f"T3-{number}")]
    return document(*blocks, Paragraph(HEADINGS[4], "P4"), lay_out(section_4(KNOWN), "T4"))


OWN, OTHER = section_3("2021", KNOWN), section_3("2021", LAST)


@pytest.mark.parametrize(
    "parts",
    [
        [("2021年申请情况如下：", OTHER), ("2022年申请情况如下：", OWN)],
        [("2022年申请情况如下：", OWN), ("二〇二一年申请情况", OTHER)],
        [("", OWN), ("2021年申请情况如下：", OTHER)],
    ],
    ids=["last year first", "last year second", "the own table without a caption"],
)
def test_the_table_under_the_years_caption_is_read(parts: Sequence[tuple[str, Table]]) -> None:
    reading = recognise(_under(*parts), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)
    assert [(d.code, d.section) for d in reading.doubts] == [("other-year", 3)]


@pytest.mark.parametrize(
    "captions",
    [
        ("", ""),
        ("2021年申请情况如下：", ""),
        ("2021年至2022年情况", "同上"),
        ("上年情况", "本年情况"),
    ],
)
def test_without_plain_captions_neither_table_is_read(captions: tuple[str, str]) -> None:
    reading = recognise(_under((captions[0], OTHER), (captions[1], OWN)), "x")
    assert read_cells(reading, 3) == {}
    assert _codes(reading) == {"repeated-row"}


def test_a_lone_table_under_another_years_caption_stays_as_printed() -> None:
    reading = recognise(_under(("2021年申请情况如下：", OWN)), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)


def _on_sheet(rows: Table, sheet: str) -> Grid:
    laid = lay_out(rows, "T")
    return Grid(
        tuple(tuple(s._replace(place=f"{sheet}!A{s.row + 1}") for s in row) for row in laid.rows),
        sheet,
    )


def test_a_sheet_of_another_year_makes_no_second_report() -> None:
    whole = _under(("", OWN))
    blocks = (*whole.blocks, _on_sheet(OTHER, "2021年申请情况"))
    reading = recognise(replace(whole, blocks=blocks), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)
    assert _codes(reading) == {"other-year"}


@pytest.mark.parametrize("sheet", ["Sheet2", "2021年政府信息公开年报"])
def test_a_sheet_that_names_no_table_of_another_year_still_makes_two(sheet: str) -> None:
    whole = _under(("", OWN))
    with pytest.raises(Refused, match="two-reports"):
        recognise(replace(whole, blocks=(*whole.blocks, _on_sheet(OTHER, sheet))), "x")


def _years_in_4(*labels: str) -> ReportReading:
    rows = section_4(KNOWN)
    heads = [[Cell("年度", 3, 1), *rows[0]], *rows[1:3]]
    body = [rows[3], section_4(LAST)[3]]
    labelled = [[Cell(text), *row] for text, row in zip(labels, body, strict=True)]
    blocks = Paragraph(HEADINGS[4], "P4"), lay_out([*heads, *labelled], "T4")
    return recognise(document(lay_out(section_2("2021", KNOWN), "T2"), *blocks), "x")


def test_the_row_of_the_reports_year_is_read_in_section_4() -> None:
    reading = _years_in_4("2022年", "2021年")
    assert read_cells(reading, 4) == of_section(KNOWN, 4)
    assert _codes(reading) == {"other-year"}


@pytest.mark.parametrize("labels", [("2020年", "2021年"), ("2022年", "2022年"), ("本年", "上年")])
def test_rows_of_no_certain_year_are_unreadable_not_absent(labels: tuple[str, str]) -> None:
    reading = _years_in_4(*labels)
    assert read_cells(reading, 4) == {}
    assert "two-rows" in _codes(reading)
    assert {cell.state for cell in reading.cells[-15:]} == {"unreadable"}


def _with_margin(table: Table, gap: int, *, only: int | None = None) -> Table:
    """The table with a column of figures to its right, ``gap`` blank ones between."""
    blank = [Cell("")] * gap
    return [
        [*row, *blank, Cell("7" if n > 2 and only in (None, n) else "")]
        for n, row in enumerate(table)
    ]  # fmt: skip


def test_last_years_column_beyond_a_blank_one_is_left_out() -> None:
    reading = recognise(_under(("", _with_margin(OWN, 2))), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)
    assert _codes(reading) == {"unknown-head"}


def test_a_column_without_a_head_right_beside_the_figures_is_not_trusted() -> None:
    reading = recognise(_under(("", _with_margin(OWN, 0))), "x")
    assert read_cells(reading, 3) == {}


def test_one_figure_in_the_margin_costs_its_row() -> None:
    reading = recognise(_under(("", _with_margin(OWN, 2, only=5))), "x")
    assert len(read_cells(reading, 3)) == 24 * 7
