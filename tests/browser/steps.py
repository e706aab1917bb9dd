"""What a user does on any page: follow the menu, choose in a list."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from dashboard.frame import PAGES
from dashboard.texts import Language, text
from tests.browser.driver import wait_until_drawn


def titles(language: Language) -> list[str]:
    """The titles of the pages in the order of the menu."""
    return [text(f"page.{page}", language) for page in PAGES]


def menu(tab: Page) -> Locator:
    return tab.get_by_role("navigation", name="App pages")


def expect_menu(tab: Page, language: Language) -> None:
    """Wait until the menu has the pages' titles in the language, not the stems of their files."""
    expect(menu(tab).get_by_role("paragraph")).to_have_text(titles(language))


def expect_page(tab: Page, page: str, language: Language = "zh") -> None:
    """Wait for the page's own heading, and until it is drawn to the end."""
    expect(tab.get_by_role("heading", level=1)).to_have_text(text(f"page.{page}", language))
    wait_until_drawn(tab)


def follow_menu(tab: Page, page: str, language: Language = "zh") -> None:
    menu(tab).get_by_role("link", name=text(f"page.{page}", language), exact=True).click()
    expect_page(tab, page, language)


def choose_filter(tab: Page, label: str, option: str, parameter: str) -> None:
    """Choose in a list of the sidebar and wait until the address names the choice."""
    tab.get_by_test_id("stSidebar").get_by_role("combobox", name=label, exact=True).click()
    tab.get_by_role("option", name=option, exact=True).click()
    expect_in_address(tab, parameter)
    tab.keyboard.press("Escape")
    wait_until_drawn(tab)


def expect_in_address(tab: Page, parameter: str) -> None:
    expect(tab).to_have_url(re.compile(rf"[?&]{re.escape(parameter)}(&|$)"))


def filter_field(tab: Page, label: str) -> Locator:
    return tab.get_by_test_id("stSidebar").get_by_role("combobox", name=label, exact=True)
