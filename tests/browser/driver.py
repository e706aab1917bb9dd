"""The real dashboard in a headless Chromium: for the browser tests and for ``docs.screenshots``.

Streamlit draws in the background and says when a run has ended, not when the charts and grids are
painted; ``wait_until_drawn`` waits for all of it, so that nobody sleeps for a guessed time.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip
HOST = "127.0.0.1"
PATIENCE_MS = 15_000
SERVER_PATIENCE_S = 40.0
DEFAULT_PAGE = "overview"
GRID_HEAD_PX = 35
"""Height of the heads of Streamlit's data grids."""

_DRAWN = """() => {
    const found = (selector) => [...document.querySelectorAll(`[data-testid="${selector}"]`)];
    const painted = (selector, inside) => found(selector).every(
        (element) => element.querySelector(inside) || element.closest('details:not([open])')
    );
    return found('stApp')[0]?.dataset.testScriptState === 'notRunning'
        && document.querySelector('h1, h3')
        && !document.querySelector('[data-stale="true"]')
        && found('stSkeleton').length === 0
        && painted('stPlotlyChart', '.js-plotly-plot .main-svg')
        && painted('stDataFrame', 'canvas');
}"""
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, and the file that takes what it prints."""

    address: str
    log: Path

    def url(self, page: str, **parameters: str) -> str:
        """The address of a page with query parameters, as a user would copy it."""
        path = "" if page == DEFAULT_PAGE else page
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self.address}/{path}{query}"


@contextmanager
def serving(warehouse: Path, log: Path) -> Iterator[Server]:
    """``gouji serve`` on a free port, stopped on leaving; the warehouse may be missing.

    Raises RuntimeError with the end of its output when it stops or doesn't answer in time.
    """
    port = _free_port()
    server = Server(f"http://{HOST}:{port}", log)
    command = [sys.executable, "-c", "from etl.cli import main; main()", "serve",
               "--warehouse", str(warehouse), "--port", str(port)]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name != "GOUJI_WAREHOUSE"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_it_answers(server, process)
            yield server
        finally:
            process.terminate()
            _stop(process)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium without a window, closed on leaving."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def open_page(context: BrowserContext, url: str) -> Page:
    """A new tab with a page of the dashboard, drawn to the end."""
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(url)
    wait_until_drawn(tab)
    return tab


def wait_until_drawn(tab: Page) -> None:
    """Return once the run has ended and every chart and grid of the page is painted.

    After a click, expect what the click should change first: the run that it starts may not have
    begun yet, and the page as it was counts as drawn.
    """
    tab.wait_for_function(_DRAWN, timeout=PATIENCE_MS)
    tab.evaluate(_TWO_FRAMES)


def read_grid(grid: Locator) -> list[list[str]]:
    """The cells of a data grid, row by row, without its heads.

    A grid is a canvas; the table that it keeps for screen readers is read, once it is there.
    """
    cells = grid.locator("canvas [role=row]:has([role=gridcell])")
    cells.first.wait_for(state="attached")
    rows: list[list[str]] = cells.evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('[role=gridcell]')]"
        ".map(cell => cell.textContent))"
    )
    return rows


def select_row(grid: Locator, *texts: str) -> None:
    """Select the one row that has all these cells, in a data grid as high as its rows.

    ValueError when no row or more than one has them. What is a canvas can only be clicked by
    position: the box before the row's first cell.
    """
    rows = read_grid(grid)
    places = [place for place, row in enumerate(rows) if set(texts) <= set(row)]
    if len(places) != 1:
        raise ValueError(f"{len(places)} rows with {texts}, among {rows}")
    body = grid.get_by_test_id("stDataFrameResizable")
    height = int(body.evaluate("element => element.clientHeight"))
    row = (height - GRID_HEAD_PX) / len(rows)
    body.click(position={"x": GRID_HEAD_PX / 2, "y": GRID_HEAD_PX + row * (places[0] + 0.5)})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SERVER_PATIENCE_S
    while not _answers(f"{server.address}/healthz"):
        if process.poll() is not None or time.monotonic() > deadline:
            tail = server.log.read_text("utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"the dashboard didn't start: {tail}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:  # a page that is still open may hold the server back
        process.kill()
        process.wait()
