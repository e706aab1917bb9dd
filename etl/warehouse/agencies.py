"""Agencies and reports: names printed in reports resolved to agencies, one report chosen a year."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib import resources

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.roster import COLUMNS, RosterEntry
from etl.warehouse.connect import insert_rows

_ROSTER = pa.schema(
    [(name, pa.string()) for name in COLUMNS[:6]]
    + [("aliases", pa.list_(pa.string())), ("reports_from", pa.int16()), ("reports_to", pa.int16())]
)


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
    """Fill agency and report from roster and reading, and set each source's status.

    An agency that is not on the roster is kept under its printed name. Of several readings for one
    agency, year and scope the one published last is the report (then the one with more figures,
    then the first path); the others' sources become ``superseded``. Raises RuntimeError when two
    names share an agency_id.
    """
    _register_names(connection)
    script = resources.files(__package__).joinpath("resolve.sql").read_text("utf-8")
    connection.execute(script)
    connection.unregister("agency_name")


def agency_id(agency: str) -> int:
    """A stable identifier of an agency: 53 bits of its name's digest, exact in any JSON reader."""
    return int.from_bytes(hashlib.sha256(agency.encode()).digest()[:8]) >> 11


def _register_names(connection: DuckDBPyConnection) -> None:
    """Offer ``agency_name``: every printed or rostered name with the agency it means."""
    roster = connection.execute("select agency, short_name, aliases from roster").fetchall()
    printed = connection.execute("select distinct agency_printed from reading").fetchall()
    means = {agency: agency for agency, _, _ in roster}
    for agency, _, aliases in roster:
        means |= dict.fromkeys(aliases, agency)
    shared = Counter(short for _, short, _ in roster)
    for agency, short, _ in roster:
        if short and short not in means and shared[short] == 1:
            means[short] = agency
    for (name,) in printed:
        means.setdefault(name, name)
    ids = {agency: agency_id(agency) for agency in set(means.values())}
    if len(set(ids.values())) != len(ids):
        raise RuntimeError("two agencies share an agency_id; rename one of them in the roster")
    table = pa.table(
        {
            "name": pa.array(means.keys(), pa.string()),
            "agency": pa.array(means.values(), pa.string()),
            "agency_id": pa.array([ids[agency] for agency in means.values()], pa.int64()),
        }
    )
    connection.register("agency_name", table)
