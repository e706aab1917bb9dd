"""What a build takes over from the one before, so that only new or changed files are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.errors import UsageError
from etl.refusals import refusal_text
from etl.sources import FileResult, absolute, reading_version
from etl.warehouse.connect import fetch_one, insert_rows
from etl.warehouse.readings import READING_TABLES, insert_readings
from etl.warehouse.schema import schema_version

GIVEN_TABLES = ("roster", "setting", "correction")
"""What the office gave beside the reports; it stays in force until it is given anew."""

_TEXT = pa.string()
_MET = pa.schema({"key": _TEXT, "root": _TEXT, "path": _TEXT})
_SOURCE = pa.schema(
    {
        "source_id": _TEXT,
        "path": _TEXT,
        "format": _TEXT,
        "bytes": pa.int64(),
        "status": _TEXT,
        "reason": _TEXT,
        "read_at": pa.timestamp("us"),
        "reason_zh": _TEXT,
        "reason_en": _TEXT,
        "reason_place": _TEXT,
        "reader_version": _TEXT,
        "root": _TEXT,
        "reading_key": _TEXT,
    }
)


def carry_over(connection: DuckDBPyConnection, previous: Path) -> frozenset[str]:
    """Copy what the office gave and the readings of the previous warehouse; the known keys.

    A content read by another version of the reader isn't known and will be read again when its
    file is met. Raises UsageError when the warehouse has other relations than today's.
    """
    quoted = str(previous).replace("'", "''")
    connection.execute(f"attach '{quoted}' as previous (read_only)")
    _require_same_schema(connection, previous)
    for table in (*GIVEN_TABLES, *READING_TABLES):
        connection.execute(f"insert into {table} select * from previous.{table}")
    connection.execute(
        "create temp table known_source as "
        "select distinct on (reading_key) * from previous.source where reader_version = ?",
        [reading_version()],
    )
    rows = connection.execute("select reading_key from known_source").fetchall()
    return frozenset(key for (key,) in rows)


def _require_same_schema(connection: DuckDBPyConnection, previous: Path) -> None:
    known = "select count(*) from duckdb_columns() where database_name = 'previous'"
    named = known + " and table_name = 'snapshot' and column_name = 'schema_version'"
    if fetch_one(connection, named) == (1,):
        (version,) = fetch_one(connection, "select schema_version from previous.snapshot")
        if version == schema_version():
            return
    raise UsageError(
        f"{previous.name}: 由另一版本的 gouji 建立，请用 --rebuild 并列出全部来源重建 / "
        "written by another version of gouji; build again with --rebuild and all sources"
    )


def keep_other_sources(connection: DuckDBPyConnection, sources: Sequence[Path]) -> int:
    """Keep the files of sources that this build wasn't given; the number of files that are gone.

    A file counts as gone when the last build met it under one of ``sources`` and this one didn't.
    """
    connection.execute("create or replace temp table given (path varchar)")
    connection.executemany(
        "insert into given values (?)", [[str(absolute(source))] for source in sources]
    )
    connection.execute(
        """
        create or replace temp table unmet as
        select old.*, exists (
            from given
            where old.root || '/' || old.path = given.path
               or starts_with(old.root || '/' || old.path, given.path || '/')
               or starts_with(old.root || '/' || old.path, given.path || '!/')
        ) as gone
        from previous.source as old
        where old.root || '/' || old.path not in (select root || '/' || path from source)
        """
    )
    connection.execute("insert into source select * exclude (gone) from unmet where not gone")
    (gone,) = fetch_one(connection, "select count(*) from unmet where gone")
    return int(gone)


def store_results(
    connection: DuckDBPyConnection, results: Sequence[FileResult], met: set[str]
) -> None:
    """Add a batch of results to source and the reading tables.

    ``met`` holds the keys stored by this build so far and is added to: a content met twice brings
    no second reading. One from the last build is replaced when it was read again.
    """
    fresh = {r.key: r for r in reversed(results) if not r.known and r.key not in met}
    met.update(result.key for result in results)
    _delete_readings(connection, list(fresh))
    insert_readings(connection, [part for result in fresh.values() for part in result.readings])
    _insert_known(connection, [result for result in results if result.known])
    new = [_source_row(result) for result in results if not result.known]
    insert_rows(connection, "source", _SOURCE, new)


def drop_orphans(connection: DuckDBPyConnection) -> None:
    """Delete readings whose file is no longer a source."""
    rows = connection.execute(
        "select reading_key from reading where reading_key not in (select reading_key from source)"
    ).fetchall()
    _delete_readings(connection, [key for (key,) in rows])


def _delete_readings(connection: DuckDBPyConnection, keys: Sequence[str]) -> None:
    for table in reversed(READING_TABLES):  # reading itself last: the others are found through it
        connection.execute(
            f"delete from {table} where reading_id in "
            "(select reading_id from reading where reading_key in (select unnest(?::varchar[])))",
            [list(keys)],
        )


def _insert_known(connection: DuckDBPyConnection, results: Sequence[FileResult]) -> None:
    """Files whose reading is known: what the last build said of it, under the path met now."""
    if not results:
        return
    connection.execute("create or replace temp table met (key varchar, root varchar, path varchar)")
    insert_rows(connection, "met", _MET, [(r.key, r.root, r.path) for r in results])
    connection.execute(
        "insert into source select known_source.* replace (met.root as root, met.path as path) "
        "from met join known_source on known_source.reading_key = met.key"
    )


def _source_row(result: FileResult) -> tuple[object, ...]:
    refused = result.refused
    zh, en = refusal_text(refused) if refused else (None, None)
    return (
        result.source_id,
        result.path,
        result.format,
        result.bytes,
        "rejected" if refused else "loaded",
        refused.code if refused else None,
        datetime.now(UTC).replace(tzinfo=None),
        zh,
        en,
        refused.place if refused else None,
        reading_version(),
        result.root,
        result.key,
    )
