"""Opens DuckDB the way gouji uses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

MEMORY_LIMIT = "3GB"
"""What DuckDB may hold while a warehouse is built; it spills to disk beyond that. A million reports
are then checked in under 4 GB."""

CHECKPOINT_AFTER = "4GB"
"""Size of the write-ahead log at which DuckDB writes the database file itself."""


def open_for_writing(path: Path | None = None, threads: int | None = None) -> DuckDBPyConnection:
    """A connection to a new database file, or to one in memory without ``path``."""
    connection = _configure(duckdb.connect(":memory:" if path is None else str(path)), threads)
    # A checkpoint between batches rewrites the part-filled row group: five times slower, twice
    # the size. The file is new, so that nothing is lost by leaving it to the end.
    connection.execute(f"set wal_autocheckpoint = '{CHECKPOINT_AFTER}'")
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    return connection


def open_for_reading(path: Path, threads: int | None = None) -> DuckDBPyConnection:
    """A read-only connection to a published file; give the file itself, not the pointer to it."""
    return _configure(duckdb.connect(str(path), read_only=True), threads)


def fetch_one(
    connection: DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> tuple[Any, ...]:
    """The only row that a query gives; ValueError when it gives none or more.

    All rows are fetched: DuckDB 2 does nothing else on a connection with rows left to fetch.
    """
    (row,) = connection.execute(sql, list(values)).fetchall()
    found: tuple[Any, ...] = row
    return found


def insert_rows(
    connection: DuckDBPyConnection, table: str, schema: pa.Schema, rows: Sequence[Sequence[Any]]
) -> None:
    """Add rows, their values in the order of the table's columns, which ``schema`` gives types.

    In one piece: row by row DuckDB takes about a millisecond each.
    """
    if not rows:
        return
    columns = [
        pa.array(column, field.type)
        for column, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    connection.register("incoming", pa.Table.from_arrays(columns, schema=schema))
    connection.execute(f"insert into {table} select * from incoming")
    connection.unregister("incoming")


def _configure(connection: DuckDBPyConnection, threads: int | None) -> DuckDBPyConnection:
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set enable_progress_bar = false")  # gouji draws its own
    if threads:
        connection.execute(f"set threads = {int(threads)}")
    if duckdb.__version__.startswith("2."):
        # 2.0.0 pre-aggregates a million groups below a 1:1 join; measured 25 times slower
        connection.execute("set disabled_optimizers = 'partial_aggregate_pushdown'")
    return connection
