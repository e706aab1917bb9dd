"""What the comparison hands out holds the warehouse's figures, and a mark where there is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection
from openpyxl import load_workbook
from playwright.sync_api import Page

from etl.export.marks import mark
from tests.browser.conftest import Visitor
from tests.browser.driver import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ITEMS = {"received": "新收申请", "carried_out": "结转下年"}
Figures = dict[tuple[str, int, str], int | str]
"""(agency, year, item) → the number, or the mark of what stands in its place."""


def known_figures(warehouse: DuckDBPyConnection) -> Figures:
    rows = warehouse.execute(
        """
        select agency.agency, report.year, cell.item, cell.value, cell.state
        from cell join report using (report_id) join agency using (agency_id)
        where report.scope = 'agency' and cell.party = 'total' and cell.item in ?
        """,
        [list(ITEMS)],
    ).fetchall()
    return {
        (agency, year, item): int(value) if state == "number" else mark(state, "zh")
        for agency, year, item, value, state in rows
    }


def download(tab: Page, button: str) -> tuple[str, bytes]:
    """The name and the content of the file behind a button."""
    with tab.expect_download() as started:
        tab.get_by_role("button", name=button).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def read_figures(heads: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Figures:
    """Figures by agency, year and item of a table that has a row per agency and year."""
    places = {
        item: next(n for n, head in enumerate(heads) if str(head).startswith(title))
        for item, title in ITEMS.items()
    }
    agency, year = heads.index("机关"), heads.index("年度")
    return {
        (row[agency], int(row[year]), item): row[place]
        for row in rows
        for item, place in places.items()
    }


def open_comparison(visitor: Visitor, server: Server) -> Page:
    return visitor.open(server.url("compare", measures=",".join(ITEMS), layout="report_rows"))


def test_csv(visitor: Visitor, server: Server, sample_warehouse: DuckDBPyConnection) -> None:
    name, content = download(open_comparison(visitor, server), "CSV 文件")

    assert name == "gouji-对比表-2019-2024.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    known = known_figures(sample_warehouse)
    assert read_figures(heads, rows) == {key: str(figure) for key, figure in known.items()}
    assert "空白" in known.values()


def test_xlsx(visitor: Visitor, server: Server, sample_warehouse: DuckDBPyConnection) -> None:
    name, content = download(open_comparison(visitor, server), "Excel 文件")

    assert name == "gouji-对比表-2019-2024.xlsx"
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["对比表", "数据说明"]
    heads, *rows = book["对比表"].iter_rows(values_only=True)
    figures = read_figures(heads, rows)
    assert figures == known_figures(sample_warehouse)
    assert {type(figure) for figure in figures.values()} == {int, str}
