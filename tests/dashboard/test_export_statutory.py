"""Reports exported in the statutory layout: the form's labels, spans and order, legible rows."""

from __future__ import annotations

import io
import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from etl.export import Selection, statutory_bytes
from etl.export.comparison import query_of
from etl.form import EDITIONS, TABLE_SECTIONS, Edition, load_form, section_headings
from etl.form.layout import Label, table_layout
from etl.measures import Language
from tests.dashboard.printed import build_printed

YEARS: dict[Edition, int] = {"2019": 2020, "2021": 2022}
WITH_UNIT = {
    "采购总金额": "采购总金额（万元）",
    "Procurement amount": "Procurement amount (10,000 yuan)",
}
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one report in each edition, every cell printing its own number."""
    reports = {
        ("甲局", year): {(c.item, c.party): float(c.number) for c in load_form(edition).cells}
        for edition, year in YEARS.items()
    }
    return build_printed(tmp_path_factory.mktemp("numbered") / "warehouse.duckdb", reports)


def open_sheet(warehouse: Path, year: int, language: Language = "zh") -> Worksheet:
    """The sheet of the first report of a year in the statutory layout."""
    where = Selection(years=(year, year)).where()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        content = statutory_bytes(query_of(connection), where, language)
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def place(sheet: Worksheet, words: str) -> str:
    """The one cell, or the merged cells, where these words stand."""
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == words)
    ranges = (str(cells) for cells in sheet.merged_cells.ranges if cell.coordinate in cells)
    return next(ranges, cell.coordinate)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_and_figures_stand_in_the_forms_order(
    numbered: Path, edition: Edition, language: Language
) -> None:
    sheet = open_sheet(numbered, YEARS[edition], language)
    rows = [[v for v in row if v is not None] for row in sheet.iter_rows(values_only=True)]
    expected: list[list[str | int]] = [[f"甲局 {YEARS[edition]}"]]
    for section in TABLE_SECTIONS:
        expected.append([section_headings()[section][language == "en"]])
        expected += [
            [
                WITH_UNIT.get(part.wording(language), part.wording(language))
                if isinstance(part, Label)
                else part.cell.number
                for part in row
            ]
            for row in table_layout(edition, section)
        ]
    assert [row for row in rows if row] == expected


def test_merges_what_the_form_merges(numbered: Path) -> None:
    sheet = open_sheet(numbered, YEARS["2021"])
    merged = {
        "第二十条第（一）项": "A{}:F{}",
        "现行有效件数": "F{}",
        "本年收费金额（单位：万元）": "D{}:F{}",
        BALANCE_NOTE: "A{}:C{}",
        "法人或其他组织": "E{}:I{}",
        "自然人": "D{}:D{}",
        "（一）予以公开": "B{}:C{}",
        "1.属于国家秘密": "C{}",
        "行政诉讼": "I{}:R{}",
    }
    assert {words: re.sub(r"\d+", "{}", place(sheet, words)) for words in merged} == merged
    note = CellRange(place(sheet, BALANCE_NOTE))
    outcomes = CellRange(place(sheet, "三、本年度办理结果"))
    assert (note.size["rows"], outcomes.size["rows"]) == (3, 22)
    assert note.max_row + 3 == outcomes.min_row


def test_long_labels_get_the_height_they_need(numbered: Path) -> None:
    sheet = open_sheet(numbered, YEARS["2021"])
    rows = {str(row[2].value): row[2].row for row in sheet.iter_rows() if row[2].value}
    heights = {words: sheet.row_dimensions[row].height for words, row in rows.items()}
    assert heights["1.属于国家秘密"] is None
    assert heights["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"] == 30
