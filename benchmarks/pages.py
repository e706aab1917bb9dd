"""How long the dashboard's pages take: the server's run, and click to drawn page in a browser."""

from __future__ import annotations

import os
import statistics
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Table, milliseconds, run_apart, seconds

ROOT = Path(__file__).parent.parent
RUNS = 20
CLICKS = 7
PATIENCE_MS = 60_000
CHROMIUM = Path("/usr/bin/chromium")
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
OTHER_HEADING = """before => {
    const heading = document.querySelector('h1')?.innerText;
    return heading && heading !== before;
}"""
DRAWN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const count = (selector) => document.querySelectorAll(selector).length;
    return app?.dataset.testScriptState === 'notRunning'
        && !count('[data-testid="stSkeleton"]')
        && count('[data-testid="stPlotlyChart"]') <= count('.js-plotly-plot .main-svg');
}"""


def measure_pages(warehouse: Path, label: str) -> list[Table]:
    """Measure every page on a warehouse; the browser's table is left out without Chromium."""
    tables = [_server_table(warehouse, label)]
    if CHROMIUM.exists() and find_spec("playwright"):
        tables.append(_browser_table(warehouse, label))
    return tables


def page_stems() -> tuple[str, ...]:
    """List the pages that there are, in the order of the menu."""
    from dashboard.frame import PAGES  # noqa: PLC0415 - streamlit is imported only where needed

    return tuple(stem for stem in PAGES if (ROOT / "pages" / f"{stem}.py").is_file())


def measure_runs(warehouse: Path, page: str) -> list[float]:
    """Give the seconds of the first run of a page and of each later one."""
    os.environ["GOUJI_WAREHOUSE"] = str(warehouse)
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.switch_page(f"pages/{page}.py")
    durations = [seconds(app.run) for _ in range(RUNS + 1)]
    if app.exception:
        raise RuntimeError(f"{page}: {app.exception[0].message}")
    return durations


def _server_table(warehouse: Path, label: str) -> Table:
    rows = []
    for page in page_stems():
        (first, *later), peak = run_apart(measure_runs, warehouse, page)
        tail = statistics.quantiles(later, n=20)[-1]
        rows.append((page, milliseconds(first), milliseconds(statistics.median(later)),
                     milliseconds(tail), f"{peak:,.0f}"))  # fmt: skip
    return Table(
        f"Server's run of each page, {label}",
        ("page", "first run ms", "rerun p50 ms", "rerun p95 ms", "peak MB"),
        rows,
        f"Streamlit's AppTest, {RUNS} reruns without a change. The first run includes imports, "
        "opening the warehouse and every query.",
    )


def _browser_table(warehouse: Path, label: str) -> Table:
    from tests.browser.driver import serving  # noqa: PLC0415 - needs playwright

    with TemporaryDirectory() as scratch, serving(warehouse, Path(scratch) / "log.txt") as server:
        clicks = _click_through(server.address)
    rows = [
        (page, milliseconds(durations[0]), milliseconds(statistics.median(durations[1:])),
         milliseconds(max(durations[1:])))
        for page, durations in clicks.items()
    ]  # fmt: skip
    return Table(
        f"From click to drawn page in Chromium, {label}",
        ("page", "first visit ms", "later median ms", "later worst ms"),
        rows,
        "A click on the menu until the page's own heading stands, the script has ended and every "
        f"chart is drawn; {CLICKS} rounds through the menu on a warm server.",
    )


def _click_through(address: str) -> dict[str, list[float]]:
    from tests.browser.driver import browsing  # noqa: PLC0415 - needs playwright

    pages = page_stems()
    durations: dict[str, list[float]] = {page: [] for page in pages}
    with browsing() as browser:
        tab = browser.new_context(locale="zh-CN").new_page()
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(f"{address}/{pages[-1]}")
        tab.wait_for_selector(SETTLED)
        for _ in range(CLICKS):
            for page in pages:
                before = tab.locator("h1").first.inner_text()
                start = time.perf_counter()
                tab.locator(
                    f'[data-testid="stSidebarNav"] a[href*="{_path(page, pages)}"]'
                ).first.click()
                tab.wait_for_function(OTHER_HEADING, arg=before)
                tab.wait_for_function(DRAWN)
                durations[page].append(time.perf_counter() - start)
    return durations


def _path(page: str, pages: tuple[str, ...]) -> str:
    return "/" if page == pages[0] else f"/{page}"
