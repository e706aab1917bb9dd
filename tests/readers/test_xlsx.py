from __future__ import annotations

import datetime
import re
import zipfile
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from etl.readers import read_bytes
from etl.readers.sheet_xml import column_name
from etl.readers.xlsx import as_printed
from tests.readers.build import grids, refusal, spans, texts, xlsx_bytes, zipped


def _with_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with a piece of its first sheet's XML put in place of another."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in members[sheet]
    members[sheet] = members[sheet].replace(old, new, 1)
    return zipped(dict(members))


def _small(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("第一")
    sheet.write_row(0, 0, ["甲", 3, 0])


def test_merges_blanks_and_places() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("数据")
        sheet.merge_range(1, 1, 2, 1, "甲")
        sheet.merge_range(1, 2, 1, 3, "乙")
        sheet.write_row(2, 2, [0, None])
        sheet.write(3, 3, "本年新\n制作")

    (grid,) = grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))
    assert grid.aligned
    assert grid.place == "数据"
    assert spans(grid)[1, 1] == ("甲", 2, 1)
    assert spans(grid)[1, 2] == ("乙", 1, 2)
    assert [(slot.text, slot.place) for slot in grid.rows[2]] == [
        ("", "数据!A3"),
        ("0", "数据!C3"),
        ("", "数据!D3"),
    ]
    assert grid.rows[3][3].text == "本年新制作"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (59237.2449, "59237.2449"),
        (1234567890123456.0, "1234567890123460"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (datetime.datetime(2024, 1, 2), "2024-01-02"),
        (datetime.time(10, 5), "10:05:00"),
        (" 3 ", "3"),
    ],
)
def test_values_as_printed(value: object, text: str) -> None:
    assert as_printed(value) == text


def test_errors_and_formulas_without_result_are_not_blank() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 1, "=SUM(C1:D1)", None, "")
        sheet.write_formula(0, 2, "=1+1", None, 2)
        sheet.write(0, 3, 5)

    (grid,) = grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))
    assert texts(grid) == [["#DIV/0!", "=SUM(C1:D1)", "2", "5"]]


def test_hidden_and_empty_sheets_are_left_out() -> None:
    def fill(workbook: Workbook) -> None:
        workbook.add_worksheet("空")
        workbook.add_worksheet("见").write(0, 0, "甲")
        hidden = workbook.add_worksheet("藏")
        hidden.write(0, 0, "乙")
        hidden.hide()

    assert [grid.place for grid in grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))] == ["见"]


def _fill_with_hidden_lines(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("A")
    sheet.merge_range(0, 0, 0, 3, "题名")
    sheet.merge_range(1, 0, 3, 0, "甲")
    for row in (1, 2, 3, 4):
        sheet.write_row(row, 1, [10 * row + column for column in (1, 2, 3, 4)])
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    for row in (1, 4):
        sheet.set_row(row, None, None, {"hidden": True})


def test_hidden_rows_and_columns_are_left_out() -> None:
    (grid,) = grids(read_bytes(xlsx_bytes(_fill_with_hidden_lines), "a.xlsx"))
    assert texts(grid) == [["题名"], ["21", "23"], ["31", "33"]]
    assert spans(grid)[0, 0] == ("题名", 1, 2)
    assert [(slot.column, slot.place) for slot in grid.rows[1]] == [(0, "A!B3"), (1, "A!D3")]


def test_a_merged_cell_is_there_while_one_of_its_lines_is() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.merge_range(0, 0, 2, 0, "甲")
        sheet.merge_range(0, 1, 1, 1, "乙")
        sheet.write_column(0, 2, [1, 2, 3])
        for row in (0, 1):
            sheet.set_row(row, None, None, {"hidden": True})

    (grid,) = grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))
    assert [(slot.text, slot.place) for slot in grid.rows[0]] == [
        ("甲", "A!A1"), ("", "A!B3"), ("3", "A!C3"),
    ]  # fmt: skip


def test_a_sheet_of_which_all_is_hidden_is_left_out() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.write(0, 0, "甲")
        sheet.set_column(0, 16383, None, None, {"hidden": True})
        workbook.add_worksheet("B").write(0, 0, "乙")

    assert [grid.place for grid in grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))] == ["B"]


def test_blank_formatted_row_under_a_table_is_kept() -> None:
    def fill(workbook: Workbook) -> None:
        border = workbook.add_format({"border": 1})
        sheet = workbook.add_worksheet("A")
        sheet.write_row(0, 0, ["甲", "乙"])
        for column in range(2):
            sheet.write_blank(1, column, None, border)

    (grid,) = grids(read_bytes(xlsx_bytes(fill), "a.xlsx"))
    assert texts(grid) == [["甲", "乙"], ["", ""]]


@pytest.mark.parametrize("cell", [b"XFD1048576", b"A1048576", b"XFD1"])
def test_a_cell_far_away_is_refused_before_memory_is_taken(cell: bytes) -> None:
    row = re.sub(rb"\D", b"", cell)
    far = b'<row r="%b"><c r="%b"><v>1</v></c></row></sheetData>' % (row, cell)
    data = _with_sheet(xlsx_bytes(_small), b"</sheetData>", far)
    assert refusal(data, "a.xlsx") == "too-large"


def test_broken_sheet_is_corrupt() -> None:
    data = _with_sheet(xlsx_bytes(_small), b"</sheetData>", b"")
    assert refusal(data, "a.xlsx") == "corrupt"


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_column_names(column: int, name: str) -> None:
    assert column_name(column) == name
