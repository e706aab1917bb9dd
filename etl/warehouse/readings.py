"""Readings in and out of the warehouse: packed for the way between processes, loaded as Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.reading import ReportReading
from etl.warehouse.connect import fetch_one, insert_rows

Row = tuple[Any, ...]

_TEXT, _INT, _DOUBLE, _FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
_SCHEMAS = {
    "reading": pa.schema(
        {
            "reading_id": _INT,
            "source_id": _TEXT,
            "part": _INT,
            "agency_printed": _TEXT,
            "year": _INT,
            "form": _TEXT,
            "scope": _TEXT,
            "title": _TEXT,
            "published_on": pa.date32(),
            "sections_found": pa.list_(pa.uint8()),
            "cell_values": pa.list_(_DOUBLE),
            "cell_states": pa.list_(_TEXT),
            "cell_raws": pa.list_(_TEXT),
            "cell_places": pa.list_(_TEXT),
            "reading_key": _TEXT,
        }
    ),
    "prose": pa.schema(
        {"reading_id": _INT, "ordinal": _INT, "section": _INT, "text": _TEXT, "place": _TEXT}
    ),
    "reading_claim": pa.schema(
        {
            "reading_id": _INT,
            "measure": _TEXT,
            "channel": _TEXT,
            "value": _DOUBLE,
            "approximate": _FLAG,
            "derived": _FLAG,
            "quote": _TEXT,
            "place": _TEXT,
        }
    ),
    "doubt": pa.schema(
        {
            "reading_id": _INT,
            "code": _TEXT,
            "section": _INT,
            "item": _TEXT,
            "place": _TEXT,
            "detail": _TEXT,
            "alternative": pa.list_(pa.struct({"party": _TEXT, "value": _DOUBLE})),
        }
    ),
    "statement": pa.schema(
        {
            "reading_id": _INT,
            "ordinal": _INT,
            "what": _TEXT,
            "value": _TEXT,
            "told_by": _TEXT,
            "quote": _TEXT,
            "place": _TEXT,
            "used": _FLAG,
        }
    ),
}
READING_TABLES = tuple(_SCHEMAS)
"""The tables that hold what was read, each with a ``reading_id``."""


@dataclass(frozen=True, slots=True)
class PackedReading:
    """A reading as rows of the reading tables, without their ``reading_id``.

    Plain lists cross a process boundary several times faster than two hundred small objects.
    """

    reading: Row
    prose: list[Row]
    claims: list[Row]
    doubts: list[Row]
    stated: list[Row]


def pack(reading: ReportReading, source_id: str, key: str, part: int = 1) -> PackedReading:
    """The rows that a reading fills; ``part`` counts the reports of one file from 1."""
    cells = reading.cells
    return PackedReading(
        (
            source_id,
            part,
            reading.agency,
            reading.year,
            reading.edition,
            reading.scope,
            reading.title,
            reading.published_on,
            list(reading.sections),
            [cell.value for cell in cells],
            [cell.state for cell in cells],
            [cell.raw for cell in cells],
            [cell.place for cell in cells],
            key,
        ),
        [(n, p.section, p.text, p.place) for n, p in enumerate(reading.prose, start=1)],
        [
            (c.measure, c.channel, c.value, c.approximate, c.derived, c.quote, c.place)
            for c in reading.claims
        ],
        [
            (d.code, d.section, d.item, d.place, d.detail, list(map(_struct, d.alternative)))
            for d in reading.doubts
        ],
        [
            (n, s.what, s.value, s.told_by, s.quote, s.place, s.used)
            for n, s in enumerate(reading.stated, start=1)
        ],
    )


def insert_readings(connection: DuckDBPyConnection, readings: Sequence[PackedReading]) -> None:
    """Add readings to the reading tables, numbered on from those already there."""
    first = _next_id(connection)
    numbered = list(enumerate(readings, start=first))
    rows: dict[str, list[Row]] = {
        "reading": [(n, *packed.reading) for n, packed in numbered],
        "prose": [(n, *row) for n, packed in numbered for row in packed.prose],
        "reading_claim": [(n, *row) for n, packed in numbered for row in packed.claims],
        "doubt": [(n, *row) for n, packed in numbered for row in packed.doubts],
        "statement": [(n, *row) for n, packed in numbered for row in packed.stated],
    }
    for table, schema in _SCHEMAS.items():
        insert_rows(connection, table, schema, rows[table])


def _struct(alternative: tuple[str, float]) -> dict[str, str | float]:
    party, value = alternative
    return {"party": party, "value": value}


def _next_id(connection: DuckDBPyConnection) -> int:
    (highest,) = fetch_one(connection, "select max(reading_id) from reading")
    return 1 if highest is None else int(highest) + 1
