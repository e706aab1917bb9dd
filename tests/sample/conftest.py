from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.sample import SampleSummary, write_sample

Row = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """The default corpus, written once, with its truth read back."""

    out: Path
    summary: SampleSummary
    cells: list[Row]
    reports: list[Row]
    faults: list[Row]
    oddities: list[Row]
    rejected: list[Row]

    def cells_of(self, report: Row) -> dict[tuple[int, str, str], Row]:
        return {
            (row["section"], row["item"], row["party"]): row for row in _about(report, self.cells)
        }

    def faults_of(self, report: Row) -> list[Row]:
        return _about(report, self.faults)

    def beside(self, report: Row) -> list[Row]:
        """The other reports in the same file."""
        return [row for row in self.reports if row["path"] == report["path"] and row != report]


def _about(report: Row, rows: list[Row]) -> list[Row]:
    names = ("agency", "year", "scope")
    return [row for row in rows if all(row[name] == report[name] for name in names)]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    out = tmp_path_factory.mktemp("sample")
    summary = write_sample(out)
    truth = {
        name: pq.read_table(out / "truth" / f"{name}.parquet").to_pylist()
        for name in ("cells", "reports", "faults", "oddities", "rejected")
    }
    return Corpus(out, summary, **truth)
