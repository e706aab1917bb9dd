"""Publishing: each build writes a file of its own, and a pointer is moved to it at the end.

``warehouse.duckdb`` is a symbolic link to ``warehouse-<snapshot>.duckdb`` beside it. A reader
opens the file behind the link and keeps it as long as it likes; a build that fails leaves the link
where it was. DuckDB hands out one instance per path within a process, so that a path must never
be given a second content: hence a new name for each build.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.errors import UsageError

_UNFINISHED = ".building"
KEPT_SNAPSHOTS = 2
"""The published file and the one before it stay on disk; older ones are deleted."""


def published_file(warehouse: Path) -> Path | None:
    """The database file behind the pointer; None when nothing has been published yet."""
    return warehouse.resolve() if warehouse.exists() else None


def new_snapshot_id() -> str:
    """A snapshot's name: the time in UTC and four random digits, sortable by time."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ") + "-" + secrets.token_hex(2)


@contextmanager
def building(warehouse: Path, snapshot_id: str) -> Iterator[Path]:
    """A path to build in, published when the block ends well and removed when it doesn't.

    Raises UsageError when another build of the same warehouse is running or when ``warehouse`` is
    a file that gouji didn't write, OSError when the disk is full, RuntimeError when what was built
    can't be read back.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with _lock(warehouse):
        require_warehouse(warehouse)
        _remove_unfinished(warehouse)
        target = warehouse.with_name(f"{warehouse.stem}-{snapshot_id}{warehouse.suffix}")
        work = target.with_name(f".{target.name}{_UNFINISHED}")
        try:
            yield work
            _require_whole(work, snapshot_id)
            _flush(work)
            work.replace(target)
            _point(warehouse, target)
        except duckdb.Error as error:
            if os.strerror(errno.ENOSPC) in str(error):
                raise OSError(
                    errno.ENOSPC, os.strerror(errno.ENOSPC), str(warehouse.parent)
                ) from error
            raise
        finally:
            _remove_unfinished(warehouse)
        _drop_old(warehouse)


def require_warehouse(warehouse: Path) -> None:
    """Nothing when there is no file yet or a whole warehouse; else UsageError."""
    file = published_file(warehouse)
    if file is None:
        return
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            connection.execute("select snapshot_id from snapshot").fetchall()
    except duckdb.Error as error:
        raise UsageError(
            f"{warehouse}: 不是完好的 gouji 数据仓库，请换一个路径 / "
            f"no whole gouji warehouse; choose another path ({_first_line(error)})"
        ) from error


def _require_whole(work: Path, snapshot_id: str) -> None:
    """RuntimeError unless the built file holds its own snapshot and nothing is left in a log.

    DuckDB's ``close`` reports no failed checkpoint: on a full disk the file is left without its
    last tables and a log beside it.
    """
    if _log(work).exists():
        raise RuntimeError(f"{work.name}: the database was not written to its end")
    with duckdb.connect(str(work), read_only=True) as connection:
        found = connection.execute("select snapshot_id, reports from snapshot").fetchall()
        (counted,) = connection.execute("select count(*) from report").fetchall()
    if found != [(snapshot_id, *counted)]:
        raise RuntimeError(f"{work.name}: snapshot {found} instead of {snapshot_id}, {counted}")


def _point(warehouse: Path, target: Path) -> None:
    link = warehouse.with_name(f".{warehouse.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(warehouse)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _snapshots(warehouse: Path, prefix: str = "", ending: str = "") -> list[Path]:
    """The files of this warehouse's snapshots, oldest first; others may share its folder."""
    name = re.compile(
        re.escape(prefix + warehouse.stem)
        + r"-\d{8}T\d{6}Z-[0-9a-f]{4}"
        + re.escape(warehouse.suffix + ending)
    )
    return sorted(path for path in warehouse.parent.iterdir() if name.fullmatch(path.name))


def _remove_unfinished(warehouse: Path) -> None:
    """Remove what a build left that was killed; the lock says that none is running."""
    for ending in (_UNFINISHED, _UNFINISHED + ".wal"):
        for path in _snapshots(warehouse, ".", ending):
            path.unlink(missing_ok=True)


def _drop_old(warehouse: Path) -> None:
    current = warehouse.resolve()
    for file in _snapshots(warehouse)[:-KEPT_SNAPSHOTS]:
        if file.resolve() != current:
            file.unlink(missing_ok=True)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


@contextmanager
def _lock(warehouse: Path) -> Iterator[None]:
    path = warehouse.with_name(f".{warehouse.name}.lock")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{warehouse}: 另一个构建正在进行，请稍后再试 / "
                "another build is running; try again later"
            ) from error
        yield
