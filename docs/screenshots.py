"""Draws docs/screenshots: every page over the made-up sample, by ``python -m docs.screenshots``.

The pictures are committed, so they are kept small: a palette instead of full colours, and no more
than ``TALLEST`` of a long page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import duckdb
from PIL import Image
from playwright.sync_api import Browser, Page

from etl.build import build
from etl.explain import explain_file
from etl.explain.page import render_page
from etl.given import read_given
from tests.browser.driver import ROOT, Server, browsing, open_page, serving, wait_until_drawn

FOLDER = Path(__file__).parent / "screenshots"
SAMPLE = ROOT / "data" / "sample"
WIDTH, TALLEST = 1440, 2000
"""Pixels; a page that goes on below is cut there."""
LARGEST_BYTES = 250_000
PALETTES = (256, 128, 64, 32)
PAGES = ("overview", "disclosure", "requests", "litigation", "findings", "agency", "compare")


@dataclass(frozen=True)
class Picture:
    """A file to draw: the page, its part of the address, and light or dark."""

    name: str
    page: str
    address: dict[str, str] = field(default_factory=dict)
    scheme: Literal["light", "dark"] = "light"


class _Silent:
    def start(self, stage: str, total: int | None = None) -> None:
        del stage, total

    def advance(self, steps: int = 1) -> None:
        del steps


def main() -> None:
    """Build the sample's warehouse, serve it and draw every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        warehouse = Path(scratch) / "warehouse.duckdb"
        build([SAMPLE / "reports"], warehouse, _Silent(), read_given(SAMPLE / "roster.csv"))
        log = Path(scratch) / "log.txt"
        with serving(warehouse, log) as server, browsing() as browser:
            for picture in pictures(warehouse):
                file = draw_picture(picture, server, browser)
                print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1000:.0f} kB")
            draw_explanation(browser, Path(scratch))


def pictures(warehouse: Path) -> Iterator[Picture]:
    """What is drawn: every page in Chinese, the overview in English, an agency in the dark."""
    finding, agency, year = telling_finding(warehouse)
    chosen = {"agency": {"id": agency, "year": year},
              "findings": {"rule": "applicant-total", "finding": finding}}  # fmt: skip
    for page in PAGES:
        yield Picture(page, page, chosen.get(page, {}))
    yield Picture("overview-en", "overview", {"lang": "en"})
    yield Picture("agency-dark", "agency", chosen["agency"], "dark")


def draw_explanation(browser: Browser, scratch: Path) -> Path:
    """The file drawn: what ``gouji explain --html`` says of a PDF, around the requests table."""
    report = min((SAMPLE / "reports").rglob("*.pdf"))
    page = scratch / "why.html"
    page.write_text(render_page(explain_file(report)), encoding="utf-8")
    with closing(browser.new_context(viewport={"width": WIDTH, "height": 900})) as context:
        tab = context.new_page()
        tab.goto(page.as_uri())
        tab.evaluate("window.scrollTo(0, 1700)")
        content = compress(tab.screenshot())
    file = FOLDER / "explain.png"
    file.write_bytes(content)
    return file


def telling_finding(warehouse: Path) -> tuple[str, str, str]:
    """The id, agency and year of the finding whose figures are furthest apart.

    Of the rule that a total is the sum of its applicants, as anybody sees why it fails.
    """
    with closing(duckdb.connect(str(warehouse.resolve()), read_only=True)) as connection:
        row = connection.execute(
            "select finding_id, agency_id::varchar, year::varchar from finding "
            "where rule = 'applicant-total' and scope = 'agency' order by abs(delta) desc limit 1"
        ).fetchone()
    if row is None:
        raise RuntimeError("the sample has no report whose applicants don't add up")
    return row[0], row[1], row[2]


def draw_picture(picture: Picture, server: Server, browser: Browser) -> Path:
    """The file drawn, at most ``LARGEST_BYTES`` large."""
    context = browser.new_context(
        locale="zh-CN", color_scheme=picture.scheme, device_scale_factor=1,
        viewport={"width": WIDTH, "height": 900},
    )  # fmt: skip
    with closing(context):
        tab = open_page(context, server.url(picture.page, **picture.address))
        show_whole(tab)
        content = compress(tab.screenshot())
    file = FOLDER / f"{picture.name}.png"
    file.write_bytes(content)
    return file


def show_whole(tab: Page) -> None:
    """Make the window as high as the page, up to ``TALLEST``.

    The page scrolls inside its main part, so that a screenshot of the full page has only what is
    in the window.
    """
    height = tab.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    tab.set_viewport_size({"width": WIDTH, "height": min(int(height), TALLEST)})
    wait_until_drawn(tab)


def compress(png: bytes) -> bytes:
    """The picture as a PNG with the largest palette that keeps it below ``LARGEST_BYTES``.

    Raises ValueError when even the smallest palette leaves it too large.
    """
    with Image.open(io.BytesIO(png)) as image:
        full = image.convert("RGB")
    for colours in PALETTES:
        out = io.BytesIO()
        full.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST_BYTES:
            return out.getvalue()
    raise ValueError(f"{out.tell():,} bytes in {PALETTES[-1]} colours")


if __name__ == "__main__":
    main()
