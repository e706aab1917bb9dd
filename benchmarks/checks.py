"""The time of every rule as the number of reports grows."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import duckdb

from benchmarks.measure import THREADS, Table, median_seconds, run_apart, seconds, times
from benchmarks.synthetic import build_synthetic
from etl.checks import rules, run_checks

SIZES = (10_000, 100_000, 1_000_000)
YEARS = (2019, 2028)
COPIES = ("figures-repeated", "text-repeated", "text-copied")
"""Rules that hold whole reports against each other; measured by themselves."""

MEMORY = "3GB"
"""What DuckDB may use; it writes to disk what goes beyond."""

FLOOR = "plain scan (floor)"
IDENTITIES = "identities together, preparation included"
ALL = "all rules but those, preparation included"
COPIED = "rules of copies, preparation included"
_SHARED = "sums"

Found = dict[str, float]


def measure_checks(path: Path | None, largest: int, scratch: Path, seed: int = 1) -> list[Table]:
    """Measure every rule at each size up to ``largest``; ``path`` is a warehouse of that size."""
    sizes = [size for size in SIZES if size < largest] + [largest]
    found: dict[int, Found] = {}
    peaks: dict[int, tuple[float, float]] = {}
    load = os.getloadavg()[0]
    for size in sizes:
        copy = scratch / f"checks-{size}.duckdb"
        if path is not None and size == largest:
            shutil.copyfile(path, copy)
        else:
            build_synthetic(copy, size // 10, YEARS, seed)
        most, peak = run_apart(measure_most, copy)
        copied, copies_peak = run_apart(measure_copies, copy)
        found[size], peaks[size] = most | copied, (peak, copies_peak)
        copy.unlink()
    return [_table(found, peaks, load)]


def measure_most(path: Path) -> Found:
    """Give the seconds of a plain scan and of each step and rule but those of copies."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"set threads = {THREADS}")
        scan = "select sum(len(cell_values)), sum(list_sum(cell_values)) from reading"
        floor = median_seconds(lambda: connection.execute(scan).fetchall(), 3)
    chosen = [rule for rule in rules() if rule.slug not in COPIES]
    whole, steps = _run(path, [rule.slug for rule in chosen])
    sums = steps[_SHARED] + sum(steps[rule.slug] for rule in chosen if rule.sums)
    return {FLOOR: floor, IDENTITIES: sums, ALL: whole, **steps}


def measure_copies(path: Path) -> Found:
    """Give the seconds of the rules of copies, and of the steps that they alone ask for."""
    whole, steps = _run(path, COPIES)
    alone = {name: duration for name, duration in steps.items() if name in (*COPIES, "text_copy")}
    return {COPIED: whole, **alone}


def _run(path: Path, slugs: Sequence[str]) -> tuple[float, Found]:
    """Run these rules in one transaction: seconds in all, and of each step."""
    steps: Found = defaultdict(float)

    @contextmanager
    def book(name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        steps[name] += perf_counter() - start

    with duckdb.connect(str(path)) as connection:
        connection.execute(f"set threads = {THREADS}")
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.begin()
        whole = seconds(lambda: run_checks(connection, slugs, book))
        connection.commit()
    return whole, steps


def _table(found: dict[int, Found], peaks: dict[int, tuple[float, float]], load: float) -> Table:
    sizes = list(found)
    largest = found[sizes[-1]]
    rows = [
        (name, *(f"{found[size][name]:.2f}" for size in sizes),
         _growth([found[size][name] for size in sizes]), times(largest[name], largest[FLOOR]))
        for name in largest
    ]  # fmt: skip
    memory = [
        (f"peak memory{words}, MB", *(f"{peaks[size][place]:,.0f}" for size in sizes), "", "")
        for place, words in enumerate(("", ", rules of copies"))
    ]
    return Table(
        "Checks",
        ("step or rule", *(f"{size:,} reports, s" for size in sizes), "growth", "÷ floor"),
        [*rows, *memory],
        "One run in one transaction; the rules of copies (figures-repeated, text-repeated, "
        "text-copied) in a run of their own. Steps that are no rule are what several rules draw "
        "on, or what is worked out from all findings. Growth: the time at the largest size over "
        f"that at the size before it, which holds a tenth of the reports. {THREADS} threads; "
        f"DuckDB's memory limited to {MEMORY}. Floor: adding up every list of printed values once. "
        f"Load of the machine before: {load:.1f}; above 0 other work took its share.",
    )


def _growth(durations: list[float]) -> str:
    return times(durations[-1], durations[-2]) if len(durations) > 1 else "—"
