"""Warehouses for the tests of the dashboard, and an app to run on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.known import build_empty_warehouse, build_known_warehouse

APP = Path(__file__).parents[2] / "app.py"

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def known_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_known_warehouse(tmp_path_factory.mktemp("known") / "warehouse.duckdb")


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_empty_warehouse(tmp_path_factory.mktemp("empty") / "warehouse.duckdb")


@pytest.fixture
def in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A host eight hours ahead of UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "CST-8")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Run a page on a warehouse: ``open_page("findings", warehouse, lang="en")``."""

    def opened(page: str, warehouse: Path, **address: str) -> AppTest:
        monkeypatch.setenv("GOUJI_WAREHOUSE", str(warehouse))
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(f"pages/{page}.py")
        return app.run()

    return opened
