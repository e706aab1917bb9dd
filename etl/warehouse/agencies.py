"""Agencies and reports: names printed in reports resolved to agencies, one report chosen a year."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import PurePosixPath

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.recognise.identity import paths
from etl.roster import COLUMNS, RosterEntry
from etl.warehouse.connect import insert_rows

_ROSTER = pa.schema(
    [(name, pa.string()) for name in COLUMNS[:6]]
    + [("aliases", pa.list_(pa.string())), ("reports_from", pa.int16()), ("reports_to", pa.int16())]
)

_PATH_TOLD = pa.schema(
    {
        "reading_key": pa.string(),
        "year": pa.int16(),
        "told_by": pa.string(),
        "quote": pa.string(),
        "published_on": pa.date32(),
    }
)
_OF_A_TOWN = ("人民政府", "政府", "办事处")
_TOWNS = ("镇", "乡", "街道", "苏木")
_SHORTEST = 3
"""Letters of a name that the roster doesn't list and that is still taken to mean an agency."""


def store_roster(connection: DuckDBPyConnection, entries: Sequence[RosterEntry]) -> None:
    """Replace the warehouse's roster."""
    connection.execute("delete from roster")
    rows = [
        (
            entry.agency, entry.short_name, entry.level, entry.kind, entry.region, entry.parent,
            list(entry.aliases), entry.reports_from, entry.reports_to,
        )
        for entry in entries
    ]  # fmt: skip
    insert_rows(connection, "roster", _ROSTER, rows)


def resolve_reports(connection: DuckDBPyConnection) -> None:
    """Fill agency, report and stated from roster and reading, and set each source's status.

    An agency that is not on the roster is kept under its printed name. Of several readings for one
    agency, year and scope the one published last is the report (then the one with more figures,
    then the first path); the others' sources become ``superseded``. Raises RuntimeError when two
    names share an agency_id.
    """
    connection.register("agency_name", _agency_names(connection))
    connection.register("path_told", _told_by_paths(connection))
    script = resources.files(__package__).joinpath("resolve.sql").read_text("utf-8")
    connection.execute(script)
    connection.unregister("path_told")
    connection.unregister("agency_name")


def agency_id(agency: str) -> int:
    """A stable identifier of an agency: 53 bits of its name's digest, exact in any JSON reader."""
    return int.from_bytes(hashlib.sha256(agency.encode()).digest()[:8]) >> 11


def _agency_names(connection: DuckDBPyConnection) -> pa.Table:
    """``name, agency, agency_id``: every printed or rostered name with the agency it means."""
    roster = connection.execute("select agency, short_name, aliases, region from roster").fetchall()
    printed = connection.execute("select distinct agency_printed from reading").fetchall()
    stated = connection.execute("select distinct value from statement where what = 'agency'")
    means = _rostered_names(roster)
    unlisted = _unlisted_names(roster, means)
    for (name,) in printed:
        means.setdefault(name, unlisted.get(name, name))
    for (name,) in stated.fetchall():
        if name in unlisted:
            means.setdefault(name, unlisted[name])
    ids = {agency: agency_id(agency) for agency in set(means.values())}
    if len(set(ids.values())) != len(ids):
        raise RuntimeError("two agencies share an agency_id; rename one of them in the roster")
    return pa.table(
        {
            "name": pa.array(means.keys(), pa.string()),
            "agency": pa.array(means.values(), pa.string()),
            "agency_id": pa.array([ids[agency] for agency in means.values()], pa.int64()),
        }
    )


Listed = Sequence[tuple[str, str | None, list[str], str | None]]
"""Rows of the roster: agency, short name, aliases, region."""


def _rostered_names(roster: Listed) -> dict[str, str]:
    """The names that the roster lists, each with the agency it means; a shared short name none."""
    means = {agency: agency for agency, _, _, _ in roster}
    for agency, _, aliases, _ in roster:
        means |= dict.fromkeys(aliases, agency)
    return means | _unshared(
        (short, agency) for agency, short, _, _ in roster if short and short not in means
    )


def _unlisted_names(roster: Listed, listed: Mapping[str, str]) -> dict[str, str]:
    """Names that follow from the roster's and mean one agency alone.

    A town without 人民政府 and a subdistrict without 办事处, as reports are often titled, and a
    name with its region in front or without it (教育局 of 云泽县).
    """
    found: list[tuple[str, str]] = []
    for agency, _, _, region in roster:
        names = {agency, *(agency.removesuffix(ending) for ending in _OF_A_TOWN)}
        names = {name for name in names if name == agency or name.endswith(_TOWNS)}
        if region:
            names |= {name.removeprefix(region) for name in names}
            names |= {region + name.removeprefix(region) for name in names}
        found += [(name, agency) for name in sorted(names) if len(name) >= _SHORTEST]
    return {name: agency for name, agency in _unshared(found).items() if name not in listed}


def _unshared(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The names that mean one agency alone."""
    pairs = set(names)
    often = Counter(name for name, _ in pairs)
    return {name: agency for name, agency in pairs if often[name] == 1}


def _told_by_paths(connection: DuckDBPyConnection) -> pa.Table:
    """``reading_key, year, told_by, quote, published_on``: what names of files and folders say.

    A file of several reports says nothing of any one of them.
    """
    rows = connection.execute(
        "select reading_key, path from source where status <> 'rejected' and reading_key in "
        "(select reading_key from reading group by reading_key having count(*) = 1)"
    ).fetchall()
    told = [(key, *_told_by_path(PurePosixPath(path))) for key, path in rows]
    columns = zip(*told, strict=True) if told else ((), (), (), (), ())
    arrays = [
        pa.array(column, field.type) for column, field in zip(columns, _PATH_TOLD, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=_PATH_TOLD)


def _told_by_path(path: PurePosixPath) -> tuple[int | None, str, str, date | None]:
    day = paths.page_day(path)
    if year := paths.file_year(path):
        return year, "file", path.name, day
    return paths.folder_year(path), "folder", str(path.parent), day
