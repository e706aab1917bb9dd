"""Ten thousand mixed files built into a warehouse: the time and memory of the whole tree."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter, sleep

from benchmarks.measure import Table
from etl.sample import write_sample

YEARS = (2019, 2024)
WORKERS = 2
AIM_SECONDS, AIM_MEGABYTES = 180, 1_500
_EVERY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class BuildCost:
    """What one build took; megabytes are the tree's memory at its largest, shared pages once."""

    files: int
    seconds: float
    processor: float
    """Seconds of processor time over all processes."""
    megabytes: float


def measure_building(files: int, scratch: Path) -> list[Table]:
    """Write a corpus of about so many files below ``scratch`` and build it, each timed apart."""
    corpus = scratch / "corpus"
    agencies = -(-files // (YEARS[1] - YEARS[0] + 1))
    start = perf_counter()
    write_sample(corpus, agencies, YEARS, seed=1)
    writing = perf_counter() - start
    cost = measure_build(corpus, scratch / "built.duckdb")
    scale = cost.files / 10_000
    rows = [
        ("time, s", f"{cost.seconds:,.0f}", *_verdict(cost.seconds, AIM_SECONDS * scale)),
        ("processor time, s", f"{cost.processor:,.0f}", "", ""),
        ("peak memory, MB", f"{cost.megabytes:,.0f}", *_verdict(cost.megabytes, AIM_MEGABYTES)),
        ("files a second", f"{cost.files / cost.seconds:,.0f}", "", ""),
    ]
    return [
        Table(
            f"Building {cost.files:,} mixed files on {WORKERS} processes",
            ("", "measured", "aim", ""), rows,
            f"`gouji build` as a user runs it, with its roster. Writing the corpus took "
            f"{writing:,.0f} s before. Memory: the proportional set size of all processes added "
            f"up, read every {_EVERY_SECONDS} s.",
        )
    ]  # fmt: skip


def measure_build(corpus: Path, warehouse: Path) -> BuildCost:
    """Build a corpus in a process of its own and watch its tree; RuntimeError when it fails."""
    command = [
        sys.executable, "-c", "from etl.cli import main; main()", "build", str(corpus / "reports"),
        "--warehouse", str(warehouse), "--agencies", str(corpus / "roster.csv"),
        "--workers", str(WORKERS), "--json",
    ]  # fmt: skip
    start, peak = perf_counter(), 0.0
    with TemporaryFile() as summary:
        used = _processor_of_children()
        process = subprocess.Popen(command, stdout=summary, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, tree_megabytes(process.pid))
            sleep(_EVERY_SECONDS)
        taken = perf_counter() - start
        if process.returncode:
            raise RuntimeError(f"the build failed with status {process.returncode}")
        summary.seek(0)
        used = _processor_of_children() - used
        return BuildCost(json.load(summary)["files"], taken, used, peak)


def tree_megabytes(pid: int) -> float:
    """The proportional set size of a process and all below it; 0 where the system doesn't tell."""
    return sum(_proportional(one) for one in _tree(pid)) * 1024 / 1e6


def _processor_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [(task / "children").read_text("ascii").split() for task in tasks]
    except OSError:  # it has ended meanwhile, or the system has no such files
        return
    for child in chain.from_iterable(children):
        yield from _tree(int(child))


def _verdict(measured: float, aim: float) -> tuple[str, str]:
    return f"≤ {aim:,.0f}", "reached" if measured <= aim else "**missed**"
