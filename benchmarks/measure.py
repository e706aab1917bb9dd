"""Time and memory of a piece of work, and tables of them."""

from __future__ import annotations

import os
import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")

THREADS = 2
REPEATS = 5


@dataclass(frozen=True)
class Table:
    """A table of results; cells are written as they stand."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    def markdown(self) -> str:
        """Give the table with its title as a paragraph above it and its note below."""
        rule = "|".join(["---", *["---:"] * (len(self.head) - 1)])
        lines = [f"**{self.title}**", "", _line(self.head), f"|{rule}|", *map(_line, self.rows)]
        return "\n".join([*lines, "", *([self.note, ""] if self.note else [])])


def seconds(action: Callable[[], object]) -> float:
    """Give the wall time of one call."""
    start = perf_counter()
    action()
    return perf_counter() - start


def median_seconds(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the median wall time of several calls."""
    return statistics.median(seconds(action) for _ in range(repeats))


def run_apart(work: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> tuple[Result, float]:
    """Run ``work`` in a fresh process and give its result and the process's peak memory in MB.

    ``work`` and its arguments must be importable or picklable.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = pool.submit(work, *args, **kwargs).result()
        return result, pool.submit(peak_megabytes).result()


def peak_megabytes() -> float:
    """Give the peak resident memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a new process starts at its parent's size
        line = next(x for x in status.read_text("ascii").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def forget_pages(path: Path) -> None:
    """Drop a file from the page cache where the system knows how to, so that a read is cold."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def pin_to_one_core() -> None:
    """Keep this process on one core where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def milliseconds(duration: float) -> str:
    """Write seconds as ms, with a decimal below ten."""
    return f"{duration * 1000:,.1f}" if duration < 0.01 else f"{duration * 1000:,.0f}"


def times(duration: float, floor: float) -> str:
    """Write how many times the floor a duration is."""
    return f"{duration / floor:.1f}×" if floor > 0 else "—"


def _line(cells: Sequence[Any]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
