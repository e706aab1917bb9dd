"""Other physical models of the same rows, to see whether another type or order would pay."""

from __future__ import annotations

import statistics
from collections import defaultdict
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from benchmarks.measure import (
    REPEATS,
    THREADS,
    Table,
    median_seconds,
    milliseconds,
    seconds,
    times,
)
from etl.form import Form, Identity, all_items, load_form

BLOCK_BYTES = 262_144
AS_BUILT = "party, year, region, report_id"
BY_AGENCY = "party, region, agency_id, year"

VARIANTS = {
    "as built (double, varchar, by year)": ("{0}", AS_BUILT, False),
    "figures as integer": ("{0}::integer", AS_BUILT, False),
    "dimensions as enum": ("{0}", AS_BUILT, True),
    "figures as integer, dimensions as enum": ("{0}::integer", AS_BUILT, True),
    "ordered by region, agency, year": ("{0}", BY_AGENCY, False),
}
"""Variant → how a figure is stored, the order of the rows, whether dimensions are enums."""

_SUMS = ", ".join(f"sum({item}), count({item})" for item in all_items(3))
PROBES = {
    "by year": "select year, sum(received), sum(concluded) from {0} where party = 'total' "
    "group by year",
    "all outcomes, region × year": f"select region, year, {_SUMS} from {{0}} "
    "where party = 'total' group by all",
    "largest of one year": "select agency_id, sum(concluded) as s from {0} where party = 'total' "
    "and year = 2025 group by agency_id order by s desc limit 50",
    "one agency": "select * from {0} where agency_id = {1} order by year",
    "one region": "select year, sum(received) from {0} where party = 'total' "
    "and region = (select min(region) from {0}) group by year",
}


def measure_variants(path: Path, scratch: Path) -> Table:
    """Give build time, size and query times of ``requests`` in each variant, run in turns."""
    file = scratch / "variants.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"set threads = {THREADS}")
        connection.execute(f"attach '{path}' as built (read_only)")
        builds = [_build(connection, n, *v) for n, v in enumerate(VARIANTS.values())]
        probes = _probe(connection)
    file.unlink()
    rows = [
        (name, *builds[n], *(milliseconds(statistics.median(probes[n, p])) for p in PROBES))
        for n, name in enumerate(VARIANTS)
    ]
    return Table(
        "Variants of `requests`",
        ("variant", "build s", "MB", *(f"{p} ms" for p in PROBES)),
        rows,
        f"Medians of {REPEATS * 2} rounds in which the variants take turns, warm.",
    )


def measure_arithmetic(path: Path) -> Table:
    """Give the time of the form's sums on the star table and on the lists of printed values."""
    form = load_form("2021")
    rows = []
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"set threads = {THREADS}")
        floor = _time(connection, "select sum(list_count(cell_values)) from reading")
        rows.append(("plain scan of the lists", milliseconds(floor), "—", "—"))
        for identity in form.identities:
            if identity.section == 3:
                on_list = _time(connection, _list_sql(form, identity))
                on_star = _time(connection, _star_sql(form, identity))
                rows.append((f"`{identity.rule}`", milliseconds(on_list), milliseconds(on_star),
                             times(on_list, on_star)))  # fmt: skip
    return Table(
        "Sums on lists and on the star table",
        ("identity, all reports of the 2021 form", "lists ms", "star ms", "lists ÷ star"),
        rows,
    )


def _build(
    connection: DuckDBPyConnection, number: int, figure: str, order: str, enums: bool
) -> tuple[str, str]:
    names = [
        row[0]
        for row in connection.execute("describe built.requests").fetchall()
        if row[0] not in {"region", "level", "kind", "form"}
    ]
    figures = set(all_items(3))
    picks = [f"{figure.format(n)} as {n}" if n in figures else n for n in names]
    for name in ("region", "level", "kind", "form"):
        if enums:
            connection.execute(
                f"create type {name}_{number} as enum (select distinct {name} from built.requests)"
            )
        picks.append(f"{name}::{name}_{number} as {name}" if enums else name)
    statement = (
        f"create table variant{number} as select {', '.join(picks)} "
        f"from built.requests order by {order}"
    )
    built = seconds(lambda: connection.execute(statement) and connection.execute("checkpoint"))
    found = connection.execute(
        f"select count(distinct block_id) from pragma_storage_info('variant{number}') "
        "where persistent"
    ).fetchone()
    return f"{built:.1f}", f"{(found[0] if found else 0) * BLOCK_BYTES / 1e6:,.0f}"


def _probe(connection: DuckDBPyConnection) -> dict[tuple[int, str], list[float]]:
    found = connection.execute("select max(agency_id) // 2 from built.agency").fetchone()
    agency = found[0] if found else 1
    durations: dict[tuple[int, str], list[float]] = defaultdict(list)
    for _ in range(REPEATS * 2):
        for number in range(len(VARIANTS)):
            for name, template in PROBES.items():
                sql = template.format(f"variant{number}", agency)
                durations[number, name].append(_time(connection, sql, 1))
    return durations


def _list_sql(form: Form, identity: Identity) -> str:
    cells = form.section_cells(3)
    across = dict.fromkeys(c.party if identity.axis == "item" else c.item for c in cells)
    breaks = (
        f"({_list_side(form, identity.left, other, identity)}) <> "
        f"({_list_side(form, identity.right, other, identity)})"
        for other in across
    )
    return f"select count(*) from reading where form = '2021' and ({' or '.join(breaks)})"


def _list_side(form: Form, codes: tuple[str, ...], other: str, identity: Identity) -> str:
    keys = [(code, other) if identity.axis == "item" else (other, code) for code in codes]
    return " + ".join(f"cell_values[{form.cell(3, *key).number}]" for key in keys)


def _star_sql(form: Form, identity: Identity) -> str:
    if identity.axis == "item":
        sides = (" + ".join(side) for side in (identity.left, identity.right))
        return f"select count(*) from requests where form = '2021' and {' <> '.join(sides)}"
    items = [line.item for line in form.section_lines(3)]
    (total,) = identity.right
    broken = " or ".join(
        f"sum({i}) filter (party <> '{total}') <> sum({i}) filter (party = '{total}')"
        for i in items
    )
    return (
        "select count(*) from (select report_id from requests where form = '2021' "
        f"group by report_id having {broken})"
    )


def _time(connection: DuckDBPyConnection, sql: str, repeats: int = REPEATS) -> float:
    return median_seconds(lambda: connection.execute(sql).fetchall(), repeats)
