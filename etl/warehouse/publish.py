"""Publishing: each build writes a file of its own, and a pointer is moved to it at the end.

``warehouse.duckdb`` is a symbolic link to ``warehouse-<snapshot>.duckdb`` beside it. A reader
opens the file behind the link and keeps it as long as it likes; a build that fails leaves the link
where it was. DuckDB hands out one instance per path within a process, so that a path must never
be given a second content: hence a new name for each build.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.errors import UsageError

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
    a file that gouji didn't write.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with _lock(warehouse):
        _require_ours(warehouse)
        target = warehouse.with_name(f"{warehouse.stem}-{snapshot_id}{warehouse.suffix}")
        work = target.with_name(f".{target.name}.building")
        try:
            yield work
            _flush(work)
            work.replace(target)
            _point(warehouse, target)
        finally:
            work.unlink(missing_ok=True)
            work.with_name(work.name + ".wal").unlink(missing_ok=True)
        _drop_old(warehouse)


def _point(warehouse: Path, target: Path) -> None:
    link = warehouse.with_name(f".{warehouse.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(warehouse)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _drop_old(warehouse: Path) -> None:
    files = sorted(warehouse.parent.glob(f"{warehouse.stem}-2*Z-*{warehouse.suffix}"))
    current = warehouse.resolve()
    for file in files[:-KEPT_SNAPSHOTS]:
        if file.resolve() != current:
            file.unlink(missing_ok=True)


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


def _require_ours(warehouse: Path) -> None:
    file = published_file(warehouse)
    if file is None:
        return
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            connection.execute("select snapshot_id from snapshot")
    except duckdb.Error as error:
        raise UsageError(
            f"{warehouse}: 不是 gouji 的数据仓库，请换一个路径 / "
            f"not a gouji warehouse; choose another path ({error})"
        ) from error
