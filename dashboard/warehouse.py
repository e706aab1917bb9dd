"""The published warehouse, opened read only. One object a snapshot file, shared by all sessions."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec

import duckdb
import pandas as pd

from dashboard.kept import Kept
from etl.warehouse import DEFAULT_PATH, ENVIRONMENT
from etl.warehouse.connect import open_for_reading
from etl.warehouse.schema import schema_version

KEPT_ANSWERS = 256
KEPT_ROWS = 50_000
"""An answer with more rows than this is not kept in memory."""

Arguments = ParamSpec("Arguments")
Failing = Literal["missing", "unreadable"]


class NoWarehouseError(Exception):
    """No warehouse to show; ``reason`` is ``missing`` or ``unreadable``."""

    def __init__(self, reason: Failing, path: Path) -> None:
        super().__init__(f"{reason}: {path}")
        self.reason = reason
        self.path = path


@dataclass(frozen=True)
class Snapshot:
    """The build that a warehouse file holds."""

    snapshot_id: str
    built_at: datetime
    gouji_version: str
    reports: int
    sources: int


class Warehouse:
    """One snapshot file. Answers are kept per object, so a new build never shows old ones."""

    def __init__(self, path: Path) -> None:
        """Open ``path`` read only.

        NoWarehouseError when it is missing, no warehouse, or one of other relations than today's.
        """
        self.path = path
        self._answers: Kept[pd.DataFrame] = Kept(KEPT_ANSWERS)
        if not path.is_file():
            raise NoWarehouseError("missing", path)
        try:
            self._connection = open_for_reading(path)
            self.snapshot = self._read_snapshot()
        except duckdb.Error as error:
            raise NoWarehouseError("unreadable", path) from error

    @property
    def snapshot_id(self) -> str:
        """The build's id, which every cache of answers has to know."""
        return self.snapshot.snapshot_id

    def query(self, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
        """The rows of ``sql`` with its ``?`` filled from ``params``; safe from several threads.

        The frame is the caller's to change: pandas copies on write.
        """
        key = (sql, tuple(tuple(p) if isinstance(p, list) else p for p in params))
        return self.keep(key, lambda: self._run(sql, params))

    def keep(self, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The frame kept for ``key``, else the one that ``make`` gives; the caller's to change."""
        frame = self._answers.get(key, make, worth=lambda made: len(made) <= KEPT_ROWS)
        return frame.copy(deep=False)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _run(self, sql: str, params: Sequence[object]) -> pd.DataFrame:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(params)).df()

    def _read_snapshot(self) -> Snapshot:
        row = self._connection.execute(
            "select schema_version, snapshot_id, built_at, gouji_version, reports, sources "
            "from snapshot order by built_at desc limit 1"
        ).fetchone()
        if row is None or row[0] != schema_version():
            raise NoWarehouseError("unreadable", self.path)
        return Snapshot(*row[1:])


def kept_answer(
    build: Callable[Concatenate[Warehouse, Arguments], pd.DataFrame],
) -> Callable[Concatenate[Warehouse, Arguments], pd.DataFrame]:
    """``build`` with its frames kept in the warehouse, by its other arguments; all must hash.

    For frames that take longer to finish in pandas than to look up.
    """

    @wraps(build)
    def kept(
        warehouse: Warehouse, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> pd.DataFrame:
        key = (build.__module__, build.__qualname__, args, *sorted(kwargs.items()))
        return warehouse.keep(key, lambda: build(warehouse, *args, **kwargs))

    return kept


def warehouse_pointer() -> Path:
    """Where the published warehouse is looked for: ``GOUJI_WAREHOUSE`` or the default."""
    return Path(os.environ.get(ENVIRONMENT) or DEFAULT_PATH)


def current_file(pointer: Path) -> Path:
    """The snapshot file that ``pointer`` names now.

    A build publishes a new file and turns the pointer; opening the real path keeps DuckDB, which
    knows open databases by path, from handing out the old snapshot again.
    """
    return Path(os.path.realpath(pointer))
