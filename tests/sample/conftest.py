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

    def cells_of(self, path: str) -> dict[tuple[int, str, str], Row]:
        return {
            (row["section"], row["item"], row["party"]): row
            for row in self.cells
            if row["path"] == path
        }


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    out = tmp_path_factory.mktemp("sample")
    summary = write_sample(out)
    truth = {
        name: pq.read_table(out / "truth" / f"{name}.parquet").to_pylist()
        for name in ("cells", "reports", "faults", "oddities", "rejected")
    }
    return Corpus(out, summary, **truth)
