"""A made-up corpus of annual reports, with the truth about every figure and every fault in it.

Counties, bodies and numbers are invented. The generator shares the statutory form with the rest
of gouji and nothing else, so that it can judge readers, recogniser and checks from outside.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl.form import FIRST_YEAR
from etl.sample.assemble import make_reports
from etl.sample.faults import Plan
from etl.sample.files import (
    FORMATS,
    choose_varieties,
    share_files,
    write_earlier,
    write_refusables,
    write_reports,
)
from etl.sample.model import Fault, Oddity, SampleReport, Spot
from etl.sample.oracle import ERROR_RULES, ORACLE_RULES, find_faults
from etl.sample.roster import make_roster, roster_csv
from etl.sample.tables import read_toml
from etl.sample.truth import write_truth
from etl.sample.varieties import apply_steps

__all__ = ["FORMATS", "SampleSummary", "write_sample"]


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written: counts of agencies, reports, refusable files and findings to be made."""

    out: Path
    agencies: int
    reports: int
    rejected: int
    findings: int
    planted: int
    with_errors: int
    """Reports with at least one finding of severity ``error``."""

    def __str__(self) -> str:
        return (
            f"{self.out}: {self.agencies} 个虚构机构、{self.reports} 份报告，"
            f"应有问题 {self.findings} 条（有意埋设 {self.planted} 条）/ "
            f"{self.agencies} made-up agencies, {self.reports} reports, "
            f"{self.findings} findings to be made ({self.planted} planted)"
        )


def write_sample(
    out: Path,
    agencies: int = 34,
    years: tuple[int, int] = (2019, 2024),
    seed: int = 2026,
    formats: Sequence[str] | None = None,
) -> SampleSummary:
    """Write a corpus under ``out`` and return what it holds.

    ``years`` are the first and last report year; ``formats`` are some of ``FORMATS`` (by default
    those that any machine can write). Equal arguments give equal bytes. The folders ``reports`` and
    ``truth`` of an earlier run are replaced. Raises ValueError for an unknown format, years that
    the form doesn't cover, a count of agencies that the made-up counties can't fill, or a folder
    that holds anything but an earlier sample.
    """
    chosen = _checked(agencies, years, formats)
    _require_free(out)
    roster = make_roster(agencies, years)
    reports, plans = make_reports(roster, years, seed)
    varieties = choose_varieties(reports, plans, chosen, seed)
    shared = share_files(reports, varieties, plans, seed)
    pairs = zip(reports, varieties, strict=True)
    printed = [apply_steps(report, variety, seed) for report, variety in pairs]
    for below in shared.values():  # what a file tells of the day is its first report's
        printed[below] = replace(printed[below], dated=None)
    faults = [_marked(fault, plans) for fault in find_faults(roster, printed)]
    for name in ("reports", "truth"):
        if (out / name).exists():
            shutil.rmtree(out / name)
    out.mkdir(parents=True, exist_ok=True)
    written = write_reports(out, printed, varieties, shared, seed)
    kinds = sorted({variety.ending for variety in varieties})
    earlier = list(write_earlier(out, printed, varieties))
    rejected = list(write_refusables(out, printed[-1], kinds))
    write_truth(out / "truth", written, faults, _oddities(plans, printed), earlier, rejected)
    (out / "roster.csv").write_text(roster_csv(roster), encoding="utf-8")
    (out / "README.md").write_text(_readme(agencies, years, seed, kinds), encoding="utf-8")
    broken = {
        (f.agency, f.year, f.scope) for f in faults if f.rule in ERROR_RULES - {"report-missing"}
    }
    planted = sum(fault.planted for fault in faults)
    return SampleSummary(
        out, len(roster), len(printed), len(rejected), len(faults), planted, len(broken)
    )


def _require_free(out: Path) -> None:
    """ValueError unless ``out`` is new, empty or a sample: its folders will be replaced."""
    if out.exists() and any(out.iterdir()) and not (out / "truth" / "faults.parquet").exists():
        raise ValueError(f"{out} is not empty and holds no sample; choose a new folder")


def _checked(
    agencies: int, years: tuple[int, int], formats: Sequence[str] | None
) -> tuple[str, ...] | None:
    """The formats to write, in the generator's own order; None for the usual ones."""
    if agencies < 1:
        raise ValueError("a corpus needs at least one agency")
    if not FIRST_YEAR <= years[0] <= years[1]:
        raise ValueError(f"years must run upwards from {FIRST_YEAR} at the earliest, not {years}")
    unknown = set(formats or ()) - set(FORMATS)
    if unknown:
        raise ValueError(f"unknown formats {sorted(unknown)}; there are {list(FORMATS)}")
    return tuple(name for name in FORMATS if name in formats) if formats else None


def _marked(fault: Fault, plans: dict[Spot, Plan]) -> Fault:
    plan = plans.get((fault.agency, fault.year))
    return replace(fault, planted=plan is not None and plan.rule == fault.rule)


def _oddities(plans: Mapping[Spot, Plan], reports: Sequence[SampleReport]) -> Iterator[Oddity]:
    """What was put in on purpose for rules that the oracle doesn't work out."""
    sources = {(report.agency.titled, report.year): report.text_from for report in reports}
    for (agency, year), plan in sorted(plans.items()):
        had_no_source = plan.rule.startswith("text-") and not sources[agency, year]
        if plan.rule not in ORACLE_RULES and not had_no_source:
            yield Oddity(agency, year, plan.rule, sources[agency, year])


def _readme(agencies: int, years: tuple[int, int], seed: int, formats: Sequence[str]) -> str:
    text: str = read_toml("wording.toml")["readme"]["text"]
    return text.lstrip().format(
        agencies=agencies, first=years[0], last=years[1], seed=seed, formats=", ".join(formats)
    )
