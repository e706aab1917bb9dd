"""The address holds the view: for a copied link, over the menu, back and forward."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.driver import Server, wait_until_drawn
from tests.browser.steps import (
    choose_filter,
    expect_in_address,
    expect_menu,
    expect_page,
    filter_field,
    follow_menu,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def parameters(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def shown(tab: Page) -> tuple[str, str]:
    """The words on the page and in its sidebar."""
    return tab.get_by_test_id("stMain").inner_text(), tab.get_by_test_id("stSidebar").inner_text()


def test_first_visit_to_a_deep_link(
    fresh_server: Server, visitor: Visitor, colleague: Visitor
) -> None:
    view = {"lang": "en", "from": "2021", "to": "2023", "kind": "部门"}
    tab = visitor.open(fresh_server.url("requests", **view))

    expect_page(tab, "requests", "en")
    expect_menu(tab, "en")
    expect(tab.get_by_role("radio", name="English")).to_be_checked()
    expect(filter_field(tab, "From")).to_have_value("2021")
    expect(filter_field(tab, "To")).to_have_value("2023")
    expect(tab.get_by_role("button", name="Remove Department")).to_be_visible()
    assert parameters(tab) == {name: [value] for name, value in view.items()}

    copied = colleague.open(tab.url)
    expect_page(copied, "requests", "en")
    assert shown(copied) == shown(tab)


def test_first_visitor_chooses_on_the_overview(fresh_server: Server, visitor: Visitor) -> None:
    tab = visitor.open(fresh_server.url("overview"))

    choose_filter(tab, "起始年度", "2021", "from=2021")
    expect_page(tab, "overview")
    expect(filter_field(tab, "起始年度")).to_have_value("2021")

    # Nothing is printed but the address, however many files are asked for.
    printed = fresh_server.log.read_text("utf-8").splitlines()
    assert len(printed) == 1, printed
    assert fresh_server.address in printed[0]


def test_filters_follow_the_menu(
    visitor: Visitor, server: Server, sample_warehouse: DuckDBPyConnection
) -> None:
    tab = visitor.open(server.url("overview"))
    choose_filter(tab, "起始年度", "2021", "from=2021")
    follow_menu(tab, "requests")
    expect_in_address(tab, "from=2021")
    expect(filter_field(tab, "起始年度")).to_have_value("2021")
    follow_menu(tab, "overview")

    counted = sample_warehouse.execute(
        "select count(*) from report where scope = 'agency' and year >= 2021"
    ).fetchone()
    assert counted is not None
    reports = tab.get_by_test_id("stMetric").filter(has_text="已读入报告")
    expect(reports.get_by_test_id("stMetricValue")).to_have_text(str(counted[0]))

    tab.get_by_role("button", name="清除筛选").click()
    expect(filter_field(tab, "起始年度")).to_have_value("2019")
    assert parameters(tab) == {}


def test_back_and_forward(visitor: Visitor, server: Server) -> None:
    tab = visitor.open(server.url("disclosure", to="2022"))
    follow_menu(tab, "litigation")
    choose_filter(tab, "起始年度", "2020", "from=2020")

    tab.go_back()
    expect(filter_field(tab, "起始年度")).to_have_value("2019")
    expect_page(tab, "litigation")
    tab.go_back()
    expect_page(tab, "disclosure")
    expect(filter_field(tab, "截止年度")).to_have_value("2022")
    tab.go_forward()
    expect_page(tab, "litigation")
    tab.go_forward()
    expect(filter_field(tab, "起始年度")).to_have_value("2020")
    wait_until_drawn(tab)
    assert parameters(tab) == {"from": ["2020"], "to": ["2022"]}


def test_nonsense_in_the_address_is_left_out(visitor: Visitor, server: Server) -> None:
    nonsense = {"from": "__import__('os')", "kind": "<b>部门</b>", "agency": "1e9", "lang": "xx"}
    tab = visitor.open(server.url("requests", **nonsense))

    expect_page(tab, "requests")
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    expect(filter_field(tab, "起始年度")).to_have_value("2019")
