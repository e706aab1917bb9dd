"""The sample corpus as a warehouse, built the way a user builds one."""

from __future__ import annotations

from pathlib import Path

from benchmarks.parsing import CORPUS
from etl.build import build
from etl.given import read_given


class Silent:
    def start(self, stage: str, total: int | None = None) -> None:
        del stage, total

    def advance(self, steps: int = 1) -> None:
        del steps


def build_sample(scratch: Path) -> Path:
    """Build the sample's warehouse below ``scratch`` and give its path."""
    warehouse = scratch / "sample.duckdb"
    build([CORPUS], warehouse, Silent(), read_given(CORPUS.parent / "roster.csv"))
    return warehouse.resolve()
