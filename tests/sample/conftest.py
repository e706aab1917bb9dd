from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.sample import SampleSummary, write_sample
from etl.sample.assemble import make_reports
from etl.sample.model import Agency, SampleReport
from etl.sample.oracle import find_faults
from etl.sample.roster import make_roster

Row = dict[str, Any]
YEARS = (2021, 2023)


@dataclass(frozen=True)
class Corpus:
    """The default corpus, written once, with its truth read back."""

    out: Path
    summary: SampleSummary
    cells: list[Row]
    reports: list[Row]
    faults: list[Row]
    oddities: list[Row]
    earlier: list[Row]
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
        for name in ("cells", "reports", "faults", "oddities", "earlier", "rejected")
    }
    return Corpus(out, summary, **truth)


@pytest.fixture(scope="session")
def clean() -> tuple[Agency, list[SampleReport]]:
    """One busy agency whose three reports have nothing wrong with them."""
    roster = make_roster(34, YEARS)
    for seed in range(50):
        reports, plans = make_reports(roster, YEARS, seed)
        for agency in roster:
            own = [r for r in reports if r.agency == agency]
            spots = {(agency.titled, r.year) for r in own}
            busy = agency.profile.requests > 15 and agency.profile.licences and len(own) == 3
            if busy and not spots & plans.keys() and not find_faults([agency], own):
                return agency, own
    raise AssertionError("no seed leaves a busy agency clean")


def rules(agency: Agency, reports: list[SampleReport]) -> set[str]:
    """The rules whose findings the oracle lists for these reports of an agency."""
    return {fault.rule for fault in find_faults([agency], reports)}
