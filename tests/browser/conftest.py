"""One server and one browser for all tests here; each test starts without a tab."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
)

from etl.build import Summary
from tests.browser.driver import CHROMIUM, HOST, PATIENCE_MS, Server, browsing, open_page, serving

PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit's page looks for its server beside the page's own path first, and gets a 404 there."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitor:
    """A browser profile that notes what it asks for elsewhere and what its console complains of."""

    context: BrowserContext
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_message)
        self.context.on("weberror", self._note_error)

    def open(self, url: str) -> Page:
        """A new tab with the page, drawn to the end."""
        return open_page(self.context, url)

    def leave(self) -> None:
        """Close every tab; AssertionError when something was asked for elsewhere or complained."""
        for tab in self.context.pages:
            tab.close()
        self.context.remove_listener("request", self._note_request)
        self.context.remove_listener("console", self._note_message)
        self.context.remove_listener("weberror", self._note_error)
        assert self.elsewhere == []
        assert self.complaints == []

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != HOST:
            self.elsewhere.append(request.url)

    def _note_error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def _note_message(self, message: ConsoleMessage) -> None:
        source = str(message.location.get("url", ""))
        is_probe = "404" in message.text and urlsplit(source).path.endswith(PROBES)
        if message.type == "error" and not is_probe:
            self.complaints.append(f"{message.text} ({source})")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, or fail where it is required."""
    if not CHROMIUM.exists():
        if os.environ.get("GOUJI_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing and GOUJI_REQUIRE_BROWSER is set")
        pytest.skip(f"{CHROMIUM} is missing")
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="package")
def server(
    sample_build: tuple[Path, Summary], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The dashboard over the sample warehouse, shared by the tests."""
    with serving(sample_build[0], tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture
def fresh_server(sample_build: tuple[Path, Summary], tmp_path: Path) -> Iterator[Server]:
    """A dashboard over the sample warehouse that nobody has visited yet."""
    with serving(sample_build[0], tmp_path / "log.txt") as running:
        yield running


def _new_profile(chromium: Browser) -> BrowserContext:
    return chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})


@pytest.fixture(scope="package")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A profile that the tests share, as an empty cache costs each one seconds of scripts."""
    with closing(_new_profile(chromium)) as context:
        yield context


@pytest.fixture
def visitor(profile: BrowserContext) -> Iterator[Visitor]:
    """Someone with no tab open; on leaving, nothing has gone elsewhere, the console was quiet."""
    visitor = Visitor(profile)
    yield visitor
    visitor.leave()


@pytest.fixture
def colleague(chromium: Browser) -> Iterator[Visitor]:
    """Someone else, with a browser that was never here."""
    with closing(_new_profile(chromium)) as context:
        visitor = Visitor(context)
        yield visitor
        visitor.leave()
