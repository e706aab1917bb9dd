"""The page follows the warehouse: none yet, then one, then a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etl.build import build
from etl.given import read_given
from tests.browser.conftest import Visitor
from tests.browser.driver import Server, serving, wait_until_drawn
from tests.browser.steps import expect_menu
from tests.conftest import SAMPLE, Silent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def pointer(tmp_path: Path) -> Path:
    return tmp_path / "office" / "warehouse.duckdb"


@pytest.fixture
def own_server(pointer: Path, tmp_path: Path) -> Iterator[Server]:
    with serving(pointer, tmp_path / "log.txt") as running:
        yield running


def test_without_a_warehouse_the_page_says_what_to_run(
    own_server: Server, visitor: Visitor, pointer: Path
) -> None:
    tab = visitor.open(own_server.url("requests"))

    expect(tab.get_by_role("heading", name="还没有数据")).to_be_visible()
    main = tab.get_by_test_id("stMain")
    expect(main.get_by_text("gouji build reports/")).to_be_visible()
    expect(main.get_by_text("gouji demo")).to_be_visible()
    expect(main.get_by_text(str(pointer))).to_be_visible()
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    expect_menu(tab, "zh")


def test_a_new_build_shows_at_the_next_rerun(
    own_server: Server, visitor: Visitor, pointer: Path
) -> None:
    given = read_given(SAMPLE / "roster.csv")
    first = build([SAMPLE / "reports" / "2019"], pointer, Silent(), given, workers=1)
    tab = visitor.open(own_server.url("overview"))
    sidebar = tab.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text(f"报告 {first.reports} 份")).to_be_visible()

    second = build([SAMPLE / "reports"], pointer, Silent(), given, workers=1)
    tab.get_by_role("radiogroup", name="语言").get_by_text("English", exact=True).click()

    expect(sidebar.get_by_text(f"{second.reports} reports")).to_be_visible()
    wait_until_drawn(tab)
    assert second.reports > first.reports
    expect(sidebar.get_by_role("combobox", name="To", exact=True)).to_have_value("2024")
