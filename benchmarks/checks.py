"""The time of every rule as the number of reports grows."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any, cast

import duckdb
from duckdb import DuckDBPyConnection

from benchmarks.measure import THREADS, Table, median_seconds, run_apart, seconds, times
from benchmarks.synthetic import build_synthetic
from etl.checks import rules, run_checks

SIZES = (10_000, 100_000, 1_000_000)
YEARS = (2019, 2028)
ALL = "all rules, preparation included"
PREPARATION = "preparation (shared)"
FLOOR = "plain scan (floor)"

_INSERT = re.compile(r"insert into (?:check_result|finding)\b")


def measure_checks(path: Path | None, largest: int, scratch: Path, seed: int = 1) -> list[Table]:
    """Measure every rule at each size up to ``largest``; ``path`` is a warehouse of that size."""
    sizes = [size for size in SIZES if size < largest] + [largest]
    found, peaks = {}, {}
    for size in sizes:
        copy = scratch / f"checks-{size}.duckdb"
        if path is not None and size == largest:
            shutil.copyfile(path, copy)
        else:
            build_synthetic(copy, size // 10, YEARS, seed)
        found[size], peaks[size] = run_apart(measure_rules, copy)
        copy.unlink()
    return [_table(found, peaks)]


class TimedConnection:
    """A connection that books the time of every statement on the rule whose rows it inserts."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        """Time the statements that go to ``connection``."""
        self._connection = connection
        self._rule = re.compile("'(" + "|".join(re.escape(rule.slug) for rule in rules()) + ")'")
        self.seconds: dict[str, float] = defaultdict(float)

    def execute(self, statement: str, *values: object) -> DuckDBPyConnection:
        """Run a statement and book its time."""
        start = perf_counter()
        result = self._connection.execute(statement, *values)
        self.seconds[self._booked_on(statement)] += perf_counter() - start
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def _booked_on(self, statement: str) -> str:
        inserts = _INSERT.search(statement)
        found = self._rule.search(statement, inserts.end()) if inserts else None
        return found.group(1) if found else PREPARATION


def measure_rules(path: Path) -> dict[str, float]:
    """Give the seconds of each rule, of the preparation, of the whole run and of a plain scan."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"set threads = {THREADS}")
        scan = "select sum(len(cell_values)), sum(list_sum(cell_values)) from reading"
        floor = median_seconds(lambda: connection.execute(scan).fetchall(), 3)
        timed = TimedConnection(connection)
        connection.begin()
        whole = seconds(lambda: run_checks(cast("DuckDBPyConnection", timed)))
        connection.commit()
    named = {rule.slug: timed.seconds[rule.slug] for rule in rules()}
    return {FLOOR: floor, ALL: whole, PREPARATION: timed.seconds[PREPARATION], **named}


def _table(found: dict[int, dict[str, float]], peaks: dict[int, float]) -> Table:
    sizes = list(found)
    largest = found[sizes[-1]]
    rows = [
        (name, *(f"{found[size][name]:.2f}" for size in sizes),
         _growth([found[size][name] for size in sizes]), times(largest[name], largest[FLOOR]))
        for name in largest
    ]  # fmt: skip
    memory = ("peak memory, MB", *(f"{peaks[size]:,.0f}" for size in sizes), "", "")
    return Table(
        "Checks",
        ("rule", *(f"{size:,} reports, s" for size in sizes), "growth", "÷ floor"),
        [*rows, memory],
        "One run in one transaction. Preparation: what several rules draw on. Growth: the time at "
        "the largest size over that at the size before it, which holds a tenth of the reports. "
        f"{THREADS} threads. Floor: adding up every list of printed values once.",
    )


def _growth(durations: list[float]) -> str:
    return times(durations[-1], durations[-2]) if len(durations) > 1 else "—"
