"""Fixtures that several areas share: the sample corpus and the warehouse built from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import settings

from etl.build import Summary, build
from etl.given import read_given
from etl.warehouse.connect import open_for_reading
from etl.warehouse.publish import published_file
from tests.shared import ROOT

SAMPLE = ROOT / "data" / "sample"

# The same examples on every machine, however busy it is.
settings.register_profile("gouji", deadline=None, derandomize=True)
settings.load_profile("gouji")


class Silent:
    """Progress that nobody watches."""

    def start(self, stage: str, total: int | None = None) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """The pointer to a warehouse built from ``data/sample``, and the build's summary."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    given = read_given(SAMPLE / "roster.csv")
    return warehouse, build([SAMPLE / "reports"], warehouse, Silent(), given, workers=1)


@pytest.fixture(scope="session")
def sample_warehouse(sample_build: tuple[Path, Summary]) -> Iterator[DuckDBPyConnection]:
    """A read-only connection to the sample warehouse."""
    file = published_file(sample_build[0])
    assert file is not None
    with closing(open_for_reading(file)) as connection:
        yield connection
