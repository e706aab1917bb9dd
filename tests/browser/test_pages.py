"""Every page is drawn to the end in both languages."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from dashboard.frame import PAGES
from dashboard.texts import Language, text
from tests.browser.conftest import Visitor
from tests.browser.driver import Server
from tests.browser.steps import expect_menu

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHINESE = re.compile("[\u4e00-\u9fff]")


def expect_painted(tab: Page, page: str) -> None:
    """The page's charts, or what it has in their place, take up room on the screen."""
    if page == "compare":
        shown = tab.get_by_test_id("stDataFrame").locator("canvas").first
    else:
        shown = tab.locator(".js-plotly-plot .main-svg").first
    box = shown.bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert box["height"] > 100
    if page == "agency":
        expect(tab.locator("table.g-form")).to_have_count(3)


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("page", PAGES)
def test_page_is_drawn(visitor: Visitor, server: Server, page: str, language: Language) -> None:
    tab = visitor.open(server.url(page, **({"lang": "en"} if language == "en" else {})))

    expect(tab.get_by_role("heading", level=1)).to_have_text(text(f"page.{page}", language))
    expect_menu(tab, language)
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    expect_painted(tab, page)
    headings = tab.get_by_role("heading").all_inner_texts()
    assert all(bool(CHINESE.search(heading)) == (language == "zh") for heading in headings if
               re.search(r"[^\W\d]", heading)), headings  # fmt: skip
    assert "Traceback" not in server.log.read_text("utf-8")


def test_language_is_switched_in_place(visitor: Visitor, server: Server) -> None:
    tab = visitor.open(server.url("litigation"))

    tab.get_by_role("radiogroup", name="语言").get_by_text("English", exact=True).click()

    expect(tab.get_by_role("heading", level=1)).to_have_text(text("page.litigation", "en"))
    expect(tab).to_have_url(server.url("litigation", lang="en"))
    expect_menu(tab, "en")
