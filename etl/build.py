"""Builds the warehouse: reads what is new, keeps what is known, checks all, publishes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from etl import __version__
from etl.checks import run_checks
from etl.given import NOTHING_GIVEN, Given, store_given
from etl.sources import FileResult, SourceFile, find_files, read_file
from etl.warehouse.agencies import resolve_reports
from etl.warehouse.connect import fetch_one, open_for_writing
from etl.warehouse.corrections import apply_corrections, match_corrections
from etl.warehouse.incremental import (
    carry_over,
    drop_orphans,
    keep_other_sources,
    store_results,
)
from etl.warehouse.publish import building, new_snapshot_id, published_file
from etl.warehouse.schema import create_schema, schema_version
from etl.warehouse.star import fill_star_tables

BATCH = 500
"""Files whose readings are written to the warehouse at once; bounds the parent's memory."""
LEAST_FOR_PROCESSES = 8
"""Fewer files are read sooner than processes start."""


class Progress(Protocol):
    """What a build tells of its way; the command line draws it."""

    def start(self, stage: str, total: int | None = None) -> None:
        """A stage begins, of ``total`` steps when that is known."""

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that was not loaded, and why."""

    path: str
    code: str
    reason_zh: str
    reason_en: str
    place: str | None


@dataclass
class Summary:
    """What a build did, and what the warehouse holds now, as ``gouji build`` prints it.

    ``files`` to ``rejected`` count the files of this build's sources, archive members one by one;
    the rest counts the whole warehouse, other sources included.
    """

    snapshot_id: str
    files: int = 0
    read: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    loaded: int = 0
    superseded: int = 0
    duplicate: int = 0
    rejected_in_all: int = 0
    reports: int = 0
    agencies: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    settled_corrections: list[str] = field(default_factory=list)
    """Kept corrections that were dropped, as the reports now print their figures themselves."""


def build(
    sources: Sequence[Path],
    warehouse: Path,
    progress: Progress,
    given: Given = NOTHING_GIVEN,
    workers: int | None = None,
    rebuild: bool = False,
) -> Summary:
    """Read every report under ``sources`` into ``warehouse``, run every check and publish.

    Contents already in the warehouse are not read again, and reports from other sources stay;
    files gone from a source given here are dropped. With ``rebuild`` everything is read anew and
    nothing else stays. What isn't ``given`` stays as it was given before. Raises UsageError before
    anything is touched; after any error the published warehouse is the one from before.
    """
    files = find_files(sources)
    summary = Summary(new_snapshot_id())
    with building(warehouse, summary.snapshot_id) as path:
        previous = None if rebuild else published_file(warehouse)
        with closing(open_for_writing(path, workers)) as connection:
            create_schema(connection)
            known = carry_over(connection, previous) if previous else frozenset()
            _read_all(connection, files, known, progress, workers, summary)
            summary.rejected = _rejections(connection)
            if previous:
                summary.removed = keep_other_sources(connection, sources)
                drop_orphans(connection)
            store_given(connection, given)
            given_now = given.corrections is not None
            summary.settled_corrections = derive(connection, progress, given_now)
            _finish(connection, summary)
    return summary


def derive(
    connection: DuckDBPyConnection, progress: Progress, corrections_given: bool = False
) -> list[str]:
    """Everything that follows from the readings and the roster: reports, star tables, checks.

    Gives back the corrections that were dropped as settled, worded.
    """
    progress.start("agencies")
    resolve_reports(connection)
    settled = match_corrections(connection, given_now=corrections_given)
    progress.start("tables")
    fill_star_tables(connection)
    progress.start("checks")
    run_checks(connection)
    apply_corrections(connection)
    return settled


def _read_all(
    connection: DuckDBPyConnection,
    files: Sequence[SourceFile],
    known: frozenset[str],
    progress: Progress,
    workers: int | None,
    summary: Summary,
) -> None:
    progress.start("reading", len(files))
    batch: list[FileResult] = []
    met: set[str] = set()
    for results in _results(files, known, workers):
        batch.extend(results)
        summary.files += len(results)
        summary.unchanged += sum(result.known for result in results)
        progress.advance()
        if len(batch) >= BATCH:
            store_results(connection, batch, met)
            batch.clear()
    store_results(connection, batch, met)
    summary.read = summary.files - summary.unchanged


def _results(
    files: Sequence[SourceFile], known: frozenset[str], workers: int | None
) -> Iterator[list[FileResult]]:
    """Results in the order of the files, from as many processes as there are cores."""
    count = workers or os.cpu_count() or 1
    read = partial(read_file, known=known)
    if count == 1 or len(files) < LEAST_FOR_PROCESSES:
        yield from map(read, files)
        return
    with ProcessPoolExecutor(count, initializer=_leave_interrupts_to_parent) as pool:
        yield from pool.map(read, files, chunksize=max(1, min(16, len(files) // (4 * count))))


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _rejections(connection: DuckDBPyConnection) -> list[Rejection]:
    rows = connection.execute(
        "select path, reason, reason_zh, reason_en, reason_place from source "
        "where status = 'rejected' order by path"
    ).fetchall()
    return [Rejection(*row) for row in rows]


def _finish(connection: DuckDBPyConnection, summary: Summary) -> None:
    """Write the snapshot row and fill the summary from what the warehouse now holds."""
    connection.execute(
        "insert into snapshot select ?, ?, ?, (select count(*) from report), "
        "(select count(*) from source), ?",
        [
            summary.snapshot_id,
            datetime.now(UTC).replace(tzinfo=None),
            __version__,
            schema_version(),
        ],
    )
    connection.execute("checkpoint")  # close() would not say that it failed
    statuses = dict(
        connection.execute("select status, count(*) from source group by status").fetchall()
    )
    summary.loaded = statuses.get("loaded", 0)
    summary.superseded = statuses.get("superseded", 0)
    summary.duplicate = statuses.get("duplicate", 0)
    summary.rejected_in_all = statuses.get("rejected", 0)
    summary.findings = dict(
        connection.execute(
            "select severity::varchar, count(*) from finding group by severity order by severity"
        ).fetchall()
    )
    summary.reports, summary.agencies = fetch_one(
        connection, "select (select count(*) from report), (select count(*) from agency)"
    )
