"""The comparison page: preview by page, files of the whole view."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.queries.compare import (
    Comparison,
    agency_page,
    count_agencies,
    file_bytes,
    page_figures,
    statutory_file,
)
from dashboard.warehouse import Warehouse
from etl.export import ExportError
from tests.dashboard.conftest import OpenPage

ALL = Filters((2020, 2023))
CHOSEN = Comparison(("received", "disclosure_rate"), shown=("value", "change"))


def test_pages_of_agencies_in_name_order(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    assert count_agencies(warehouse, ALL) == 3
    pages = [agency_page(warehouse, ALL, page, 2) for page in (0, 1, 2)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert set(pages[0]) | set(pages[1]) == {1, 2, 3}


def test_the_first_year_is_compared_with_the_year_before_the_view(known_warehouse: Path) -> None:
    long = page_figures(Warehouse(known_warehouse), Filters((2021, 2022)), CHOSEN, (1,))
    received = long[long["measure"] == "received"].set_index("year")
    assert received["value"].to_dict() == {2021: 15, 2022: 21}
    assert received["change"].to_dict() == {2021: 5, 2022: 6}


def test_the_file_holds_every_agency_of_the_view(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    view = Filters((2021, 2023), kinds=("部门",))
    book = openpyxl.load_workbook(
        io.BytesIO(file_bytes(warehouse, view, CHOSEN, ".xlsx", "zh", "部门"))
    )
    sheet = book["对比表"]
    names = [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)]
    assert names == ["云泽县公安局", "云泽县民政局"]
    assert "部门" in [cell.value for cell in book["数据说明"]["B"]]
    content = file_bytes(warehouse, view, CHOSEN, ".parquet", "zh", "")
    assert sorted(pd.read_parquet(io.BytesIO(content))["year"].unique()) == [2021, 2022, 2023]


def test_the_page_shows_marks_for_what_is_missing(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page(
        "compare",
        known_warehouse,
        measures="normative_document.issued,disclosure_rate",
        layout="report_rows",
    )
    assert not app.exception
    frame = app.dataframe[0].value.set_index(["机关", "年度"])
    column = "行政规范性文件·本年制发件数（件）"
    assert frame.loc[("澄岭县城关镇人民政府", "2021"), column] == "空白"
    assert frame.loc[("云泽县民政局", "2020"), column] == "本版无"
    assert frame.loc[("云泽县民政局", "2021"), column] == "3"
    assert frame.loc[("澄岭县城关镇人民政府", "2022"), "实质公开率（%）"] == "1/1"
    assert frame.loc[("云泽县公安局", "2022"), "实质公开率（%）"] == "不适用"


def test_nothing_chosen_is_said(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("compare", known_warehouse, measures="none")
    assert [info.value for info in app.info] == ["至少选一项指标。"]


def test_the_choice_goes_into_the_address(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("compare", known_warehouse)
    app.multiselect(key="measures_choice").set_value(["received"]).run()
    assert not app.exception
    assert app.session_state["measures"] == "received"
    assert app.dataframe[0].value.columns[-1] == "新收申请（件） · 2023"


def test_a_view_too_large_is_not_offered(
    open_page: OpenPage, known_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(open_page("compare", known_warehouse).get("download_button")) == 4
    monkeypatch.setattr("dashboard.compare_view.MAX_FIGURES", 10)
    app = open_page("compare", known_warehouse)
    assert len(app.get("download_button")) == 0
    assert "54" in app.warning[0].value


def test_the_statutory_layout_is_what_the_form_prints(known_warehouse: Path) -> None:
    view = Filters((2020, 2022), agencies=(1,))
    content = statutory_file(Warehouse(known_warehouse), view, "zh")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        *(f"云泽县民政局 {year}" for year in (2020, 2021, 2022)),
        "数据说明",
    ]
    sheet = book["云泽县民政局 2022"]
    rows = {
        str(label): number
        for number, row in enumerate(sheet.iter_rows(max_col=3, values_only=True), start=1)
        for label in row
        if label
    }
    received = rows["一、本年新收政府信息公开申请数量"]
    assert [sheet.cell(received, column).value for column in range(4, 11)] == [20, *[0] * 5, 21]
    other = rows["3.其他"]
    shown = [sheet.cell(other, column).value for column in range(4, 11)]
    assert shown == [0, 0, "空白", "短横", "不可读", "未印", 0]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert f"A{received + 2}:A{received + 23}" in merged
    numbers = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
    assert len([n for n in numbers if n is not None]) == 200 - 4


def test_too_many_reports_are_refused(
    known_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.export.statutory.MAX_REPORTS", 2)
    with pytest.raises(ExportError):
        statutory_file(Warehouse(known_warehouse), ALL, "zh")


def test_a_comparison_too_large_is_refused(
    known_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.export.MAX_FIGURES", 17)
    with pytest.raises(ExportError):
        file_bytes(Warehouse(known_warehouse), ALL, CHOSEN, ".csv", "zh", "")
    assert file_bytes(Warehouse(known_warehouse), Filters((2023, 2023)), CHOSEN, ".csv", "zh", "")
