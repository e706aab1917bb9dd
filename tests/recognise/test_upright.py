"""Tables that lie on their side are turned; those that can't be read leave a word of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Grid, Paragraph
from etl.form import TABLE_SECTIONS, load_form
from etl.readers.grids import Cell, lay_out
from etl.reading import ReportReading
from etl.recognise import recognise
from etl.recognise.upright import upright
from tests.recognise.grids import disclosure_rows, document, grid, proceedings_rows, requests_rows
from tests.recognise.layouts import (
    HEADINGS,
    expand,
    figures,
    of_section,
    read_cells,
    section_3,
    tables,
)

KNOWN = figures("2021")
HEADING_3 = Paragraph(HEADINGS[3], "P2")
OTHERS = [lay_out(rows, f"T{n}") for n, rows in tables("2021", KNOWN).items() if n != 3]


def _on_its_side(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _turned(table: Grid) -> Grid:
    """A table with its rows and columns exchanged, merged cells and all."""
    slots = sorted((slot for row in table.rows for slot in row), key=lambda s: (s.column, s.row))
    width = max(slot.column for slot in slots) + 1
    swapped = [
        [
            slot._replace(
                row=slot.column, column=slot.row,
                row_span=slot.column_span, column_span=slot.row_span,
            )
            for slot in slots
            if slot.column == column
        ]
        for column in range(width)
    ]  # fmt: skip
    return Grid(tuple(map(tuple, swapped)), table.place)


def _rows_of(known: dict[tuple[int, str, str], int]) -> list[list[str]]:
    form = load_form("2021")
    heads = form.section_heads(3)
    rows = [["", *(head.label for head in heads)]]
    for line in form.section_lines(3):
        rows.append([line.label, *(str(known[3, line.item, head.party]) for head in heads)])
    return rows


@pytest.mark.parametrize("heading", [(), (HEADING_3,)], ids=["no heading", "heading"])
def test_applicants_as_rows_are_read_under_their_items(heading: tuple[Paragraph, ...]) -> None:
    lying = grid(_on_its_side(_rows_of(KNOWN)))
    reading = recognise(document(*heading, lying, *OTHERS), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)
    assert reading.doubts == ()


def test_the_form_with_its_merged_cells_is_read_on_its_side() -> None:
    lying = _turned(lay_out(section_3("2021", KNOWN), "T3"))
    reading = recognise(document(HEADING_3, lying, *OTHERS), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)


def test_a_figure_keeps_its_place_when_its_table_is_turned() -> None:
    lying = grid(_on_its_side(requests_rows("2021")))
    reading = recognise(document(HEADING_3, lying), "x")
    cell = reading.cells[load_form("2021").numbers[3, "received", "business"] - 1]
    assert (cell.value, cell.place) == (102, "R3 C2")


def _sheet(rows: list[list[str]], behind: str = "备注", width: int = 2) -> Grid:
    """A lying table in a sheet, each column ``width`` wide, and a row labelled ``behind`` below."""
    sheet = [Cell("某局", 1, 26 * width)]
    lying = [[Cell(text, 1, width) for text in row] for row in rows]
    after = [Cell(behind, 1, 3), Cell("12", 1, 5)]
    return lay_out([sheet, *lying, after, [Cell("", 1, 1)]], "T3")


def test_a_lying_table_within_a_sheet_is_read() -> None:
    sheet = _sheet(_on_its_side(_rows_of(KNOWN)))
    reading = recognise(document(HEADING_3, sheet, *OTHERS), "x")
    assert read_cells(reading, 3) == of_section(KNOWN, 3)


def test_what_names_an_applicant_below_a_lying_table_is_none_of_its_rows() -> None:
    sheet = _sheet(_on_its_side(_rows_of(KNOWN)), "其他")
    reading = recognise(document(HEADING_3, sheet, *OTHERS), "x")
    read, printed = read_cells(reading, 3), of_section(KNOWN, 3)
    assert {item for _, item, _ in printed.keys() - read.keys()} == {"other_misc"}
    assert read.items() <= printed.items()
    assert any(doubt.item == "other_misc" for doubt in reading.doubts)


@pytest.mark.parametrize("row", range(1, 8))
def test_a_lying_table_within_a_sheet_that_lacks_an_applicant_is_told(row: int) -> None:
    rows = _on_its_side(_rows_of(KNOWN))
    rows.insert(row, [""] * len(rows[0]))
    reading = recognise(document(HEADING_3, _sheet(rows), *OTHERS), "x")
    read, printed = read_cells(reading, 3), of_section(KNOWN, 3)
    assert all(value in (None, printed[key]) for key, value in read.items())
    assert read == printed or any(doubt.section == 3 for doubt in reading.doubts)


@pytest.mark.parametrize("padding", [(), ("",)], ids=["short", "padded"])
@pytest.mark.parametrize("row", range(1, 8))
def test_an_applicant_that_lost_a_figure_shifts_nothing(row: int, padding: tuple[str]) -> None:
    rows = _on_its_side(_rows_of(KNOWN))
    del rows[row][5]
    rows[row] += padding
    reading = recognise(document(HEADING_3, grid(rows), *OTHERS), "x")
    read, printed = read_cells(reading, 3), of_section(KNOWN, 3)
    assert all(value in (None, printed[key]) for key, value in read.items())
    assert any(doubt.section == 3 for doubt in reading.doubts)


def test_a_table_on_its_side_with_a_gap_is_told_as_a_whole() -> None:
    rows = _on_its_side(_rows_of(KNOWN))
    del rows[3][5]
    reading = recognise(document(HEADING_3, grid(rows), *OTHERS), "x")
    assert ("unread-table", "R1 C2") in {(doubt.code, doubt.place) for doubt in reading.doubts}


def test_a_lying_table_whose_heads_are_lost_is_told_as_a_whole() -> None:
    rows = _on_its_side(_rows_of(KNOWN))
    rows[0] = ["", *(text[-2:] for text in rows[0][1:])]
    reading = recognise(document(HEADING_3, grid(rows), *OTHERS), "x")
    assert not any(value is not None for value in read_cells(reading, 3).values())
    assert any(doubt.section == 3 and doubt.item is None for doubt in reading.doubts)


def test_tables_as_the_form_has_them_are_left_alone() -> None:
    standing = document(*(lay_out(rows, f"T{n}") for n, rows in tables("2021", KNOWN).items()))
    unmerged = document(*(grid(expand(rows)) for rows in tables("2021", KNOWN).values()))
    assert upright(standing) is standing
    assert upright(unmerged) is unmerged


def _is_told(reading: ReportReading, section: int) -> bool:
    """Whether a section has cells, or a doubt that says why it hasn't."""
    cells = zip(load_form(reading.edition).cells, reading.cells, strict=True)
    read = any(cell.section == section and found.state != "absent" for cell, found in cells)
    return read or any(doubt.section == section for doubt in reading.doubts)


SHEETS = {2: disclosure_rows("2021"), 3: requests_rows("2021"), 4: proceedings_rows()}
DRAWINGS = ("sideways", "pairs", "one row", "without heads")


def _drawn(section: int, drawing: str, start: int) -> Grid:
    """A section's labels and figures in a shape that nobody foresaw."""
    rows = SHEETS[section]
    width = max(map(len, rows))
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    match drawing:
        case "sideways":
            return grid(_on_its_side(whole[start:] + whole[:start]))
        case "pairs":
            flat = [text for row in whole for text in row if text]
            return grid([flat[n : n + 2] for n in range(start, len(flat), 2)])
        case "one row":
            return lay_out([[Cell(text) for row in whole for text in row]], "T1")
        case _:
            return grid(whole[1 + start :])


@settings(max_examples=60)
@given(st.sampled_from(TABLE_SECTIONS), st.sampled_from(DRAWINGS), st.integers(0, 3), st.booleans())
def test_no_section_is_absent_in_silence_whose_labels_stand_in_a_table(
    section: int, drawing: str, start: int, headed: bool
) -> None:
    drawn = _drawn(section, drawing, start)
    labels = sum(any(sign >= "一" for sign in s.text) for row in drawn.rows for s in row)
    if labels < 8:
        return  # a row of figures with hardly a label may be any table
    others = [lay_out(r, f"T{n}") for n, r in tables("2021", KNOWN).items() if n != section]
    headings = [Paragraph(HEADINGS[section], "P2")] if headed else []
    reading = recognise(document(*others, *headings, drawn), "x")
    assert _is_told(reading, section)


def test_a_table_that_stands_under_no_heading_is_told_with_section_and_place() -> None:
    pairs = [[line.label, "7"] for line in load_form("2021").section_lines(4)]
    others = [lay_out(r, f"T{n}") for n, r in tables("2021", KNOWN).items() if n != 4]
    reading = recognise(document(*others, grid(pairs)), "x")
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.section, doubt.place) == ("unread-table", 4, "R1 C1")
