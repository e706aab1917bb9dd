"""A warehouse of clean series, and of a clone for every misprint of one of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from benchmarks.proof.misprints import Key, Misprint, misprints
from etl.checks import rules, run_checks
from etl.form import load_form
from etl.reading import Measure
from etl.sample.chance import chance
from etl.sample.figures import make_figures
from etl.sample.model import Agency, Figures
from etl.sample.roster import make_roster
from etl.warehouse.connect import insert_rows
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables

SPAN = (2019, 2024)
MISPRINTED = {"2019": 2020, "2021": 2023}
"""Edition → the year in which a clone has its misprint; the years before and after stand beside."""
_CLAIMED: dict[Measure, tuple[Key, ...]] = {
    "requests_received": ((3, "received", "total"),),
    "granted": ((3, "granted", "total"),),
    "partial": ((3, "partial", "total"),),
    "carried_in": ((3, "carried_in", "total"),),
    "carried_out": ((3, "carried_out", "total"),),
    "reconsideration_cases": ((4, "case_total", "reconsideration"),),
    "litigation_cases": (
        (4, "case_total", "litigation_direct"),
        (4, "case_total", "litigation_after"),
    ),
}
"""What the prose of every clean report says, and the cells that it is the sum of."""


@dataclass(frozen=True, slots=True)
class Clone:
    """A series of which one report has a misprint, or none: an untouched series."""

    number: int
    agency: Agency
    year: int
    misprint: Misprint | None


def checked_clones(seed: int, series: int) -> tuple[list[Clone], DuckDBPyConnection]:
    """The clones of so many clean series, and a warehouse with the checks run over them.

    A clone's number is its ``agency_id``. Only the rules run that need no other agency.
    """
    agencies = [agency for agency in make_roster(series * 3, SPAN) if agency.scope == "agency"]
    figures = make_figures(agencies, SPAN, seed)
    whole = [agency for agency in agencies if (agency.reports_from, agency.reports_to) == SPAN]
    chosen = chance(seed, "proof").sample(whole, series)
    clones = list(_clones(chosen, figures, seed))
    connection = duckdb.connect()
    create_schema(connection)
    fill_agencies(connection, clones)
    fill_readings(connection, clones, figures)
    fill_star_tables(connection)
    run_checks(
        connection, only={rule.slug for rule in rules() if rule.needs in ("report", "series")}
    )
    return clones, connection


def _clones(
    agencies: Sequence[Agency], figures: dict[tuple[str, int], Figures], seed: int
) -> Iterator[Clone]:
    number = 0
    for agency in agencies:
        number += 1
        yield Clone(number, agency, SPAN[0], None)
        for edition, year in MISPRINTED.items():
            true = figures[agency.titled, year]
            assert true.edition == edition
            rng = chance(seed, "misprint", agency.titled, year)
            for misprint in misprints(load_form(true.edition), true.values, rng):
                number += 1
                yield Clone(number, agency, year, misprint)


def _years(clone: Clone) -> range:
    return (
        range(SPAN[0], SPAN[1] + 1)
        if clone.misprint is None
        else range(clone.year - 1, clone.year + 2)
    )


def fill_agencies(connection: DuckDBPyConnection, clones: Sequence[Clone]) -> None:
    text = pa.string()
    schema = pa.schema(
        [
            ("agency_id", pa.int64()), ("agency", text), ("short_name", text), ("level", text),
            ("kind", text), ("region", text), ("region_code", text), ("parent_id", pa.int64()),
            ("on_roster", pa.bool_()), ("reports_from", pa.int16()), ("reports_to", pa.int16()),
        ]
    )  # fmt: skip
    rows = [
        (
            clone.number, f"{clone.agency.agency}{clone.number}", None, clone.agency.level,
            clone.agency.kind, clone.agency.region, None, None, False, None, None,
        )
        for clone in clones
    ]  # fmt: skip
    insert_rows(connection, "agency", schema, rows)


def fill_readings(
    connection: DuckDBPyConnection,
    clones: Sequence[Clone],
    figures: dict[tuple[str, int], Figures],
) -> None:
    """Readings, claims and reports; a reading's number is also its report's."""
    readings: list[tuple[Any, ...]] = []
    claims: list[tuple[Any, ...]] = []
    for clone in clones:
        for year in _years(clone):
            true = figures[clone.agency.titled, year]
            number = len(readings) + 1
            readings.append(_reading(number, clone, year, true))
            claims += [(number, *claim) for claim in _claims(true)]
    _insert_readings(connection, readings)
    schema = pa.schema(
        [("reading_id", pa.int32()), ("measure", pa.string()), ("value", pa.float64())]
    )
    connection.register("claimed", pa.table(list(zip(*claims, strict=True)), schema=schema))
    connection.execute(
        "insert into reading_claim select reading_id, measure, null, value, false, false, '', '' "
        "from claimed"
    )
    connection.execute(
        "insert into report select reading_id, source_id::bigint, agency_printed, year, form, "
        "scope, title, published_on, source_id, reading_id from reading"
    )


def _insert_readings(connection: DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> None:
    schema = pa.schema(
        [
            ("reading_id", pa.int32()), ("clone", pa.int64()), ("agency", pa.string()),
            ("year", pa.int16()), ("form", pa.string()), ("cell_values", pa.list_(pa.float64())),
            ("cell_states", pa.list_(pa.string())),
        ]
    )  # fmt: skip
    connection.register("read", pa.table(list(zip(*rows, strict=True)), schema=schema))
    connection.execute(
        "insert into reading select reading_id, clone::varchar, 1, agency, year, form, "
        "'agency', '', null, [1, 2, 3, 4, 5, 6], cell_values, cell_states, "
        "list_transform(cell_values, lambda value: coalesce(value::varchar, '')), "
        "list_transform(cell_values, lambda value: ''), clone::varchar from read"
    )


def _reading(number: int, clone: Clone, year: int, true: Figures) -> tuple[Any, ...]:
    cells = load_form(true.edition).cells
    values: list[float | None] = [true.values[c.section, c.item, c.party] for c in cells]
    states = ["number"] * len(cells)
    if clone.misprint is not None and year == clone.year:
        spot = clone.misprint.cell.number - 1
        values[spot], states[spot] = clone.misprint.value, clone.misprint.state
    name = f"{clone.agency.agency}{clone.number}"
    return number, clone.number, name, year, true.edition, values, states


def _claims(true: Figures) -> Iterator[tuple[str, float]]:
    for measure, cells in _CLAIMED.items():
        yield measure, sum(true.values[cell] for cell in cells)
