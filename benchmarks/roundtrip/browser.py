"""Chromium as a printer: pages to PDF in several styles."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import CHROMIUM

_RULED = "table { border-collapse: collapse } td, th { border: 1px solid #000; padding: 2px 4px }"
STYLES: dict[str, str] = {
    "bare": "td, th { border: none !important }",
    "ruled": _RULED,
    "rows ruled": "table { border-collapse: collapse; width: 100% } tr { border-bottom: 1px solid }"
    " td, th { border-left: none !important; border-right: none !important }",
    "boxes": "table { border-spacing: 3px } td, th { border: 1px solid #888 }",
    "small": f"{_RULED} * {{ font-size: 8px !important; line-height: 1.1 !important }}",
    "centred": f"{_RULED} td {{ text-align: center; vertical-align: middle; font-size: 11px }}",
    "landscape": f"@page {{ size: A4 landscape }} {_RULED}",
}
"""Name → the sheet that is added to the page's own."""


def available() -> bool:
    """Whether the browser and its driver are installed."""
    return CHROMIUM.exists() and find_spec("playwright") is not None


def print_pages(pages: Mapping[str, bytes], style: str) -> dict[str, bytes]:
    """Each page as an A4 PDF, under its own name."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not installed everywhere

    with TemporaryDirectory(prefix="gouji-print-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        printed = {}
        for name, content in pages.items():
            file = Path(folder) / "page.html"
            file.write_bytes(content)
            page.goto(file.as_uri())
            page.add_style_tag(content=STYLES[style])
            printed[name] = page.pdf(format="A4", prefer_css_page_size=True)
        browser.close()
        return printed
