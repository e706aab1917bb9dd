"""The warehouse's relations: the fixed ones in ``schema.sql``, the others from the form.

Views over those that follow from the form stand in ``views.sql``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.form import EDITIONS, all_items, all_pairs, all_parties, load_form
from etl.warehouse.connect import insert_rows

DIMENSIONS = (
    "report_id bigint not null",
    "agency_id bigint not null",
    "year smallint not null",
    "form varchar not null",
    "scope report_scope not null",
    "region varchar",
    "level varchar",
    "kind varchar",
)
"""Columns that every star table carries, so that the dashboard's queries need no join."""

STAR_TABLES = {"requests": 3, "disclosure": 2, "proceedings": 4}
"""Star table → the section of the report whose cells it holds."""


def create_schema(connection: DuckDBPyConnection) -> None:
    """Create every relation in an empty database and fill ``form_cell``."""
    connection.execute(_script("schema.sql"))
    for statement in star_tables():
        connection.execute(statement)
    connection.execute(_script("views.sql"))
    _fill_form_cells(connection)


@cache
def schema_version() -> str:
    """A digest of the declarations: warehouses with the same one have the same relations."""
    text = "\n".join((_script("schema.sql"), *star_tables(), _script("views.sql")))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _script(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def star_tables() -> tuple[str, ...]:
    """``create`` statements of requests, disclosure and proceedings, their columns from the form.

    A column is null where the cell is no number (blank, dash, unreadable, absent).

    ============  ==========================  ==========================================
    table         one row per                 columns beside the dimensions
    ============  ==========================  ==========================================
    requests      report and applicant        ``party``, one for each item of section 3
    disclosure    report                      one ``item_party`` for each pair of section 2
    proceedings   report and route            ``party``, one for each item of section 4
    ============  ==========================  ==========================================

    Each has a ``<table>_sums`` beside it: the same columns summed over the reports that share
    year, edition, scope, region, level and kind and lack the same cells, which ``reports`` counts.
    """
    return (
        _table("requests", [_enum("party", all_parties(3)), *_doubles(all_items(3))]),
        _table("disclosure", _doubles(disclosure_column(*pair) for pair in all_pairs(2))),
        _table("proceedings", [_enum("party", all_parties(4)), *_doubles(all_items(4))]),
        *(_sums_table(table, section) for table, section in STAR_TABLES.items()),
    )


def star_columns(section: int) -> tuple[str, ...]:
    """The columns of figures that the star table of a section has."""
    if section == 2:
        return tuple(disclosure_column(*pair) for pair in all_pairs(2))
    return all_items(section)


def disclosure_column(item: str, party: str) -> str:
    """The column of ``disclosure`` that holds this cell of section 2."""
    return f"{item}_{party}"


def _sums_table(table: str, section: int) -> str:
    party = [] if section == 2 else [_enum("party", all_parties(section))]
    columns = [*party, "reports integer not null", *_doubles(star_columns(section))]
    return _table(f"{table}_sums", columns, DIMENSIONS[2:])


def _table(name: str, columns: list[str], dimensions: tuple[str, ...] = DIMENSIONS) -> str:
    body = ",\n    ".join((*dimensions, *columns))
    return f"create table {name} (\n    {body}\n)"


def _enum(name: str, codes: tuple[str, ...]) -> str:
    return f"{name} enum ({', '.join(map(repr, codes))}) not null"


def _doubles(names: Iterable[str]) -> list[str]:
    return [f"{name} double" for name in names]


def _fill_form_cells(connection: DuckDBPyConnection) -> None:
    rows = [
        (
            edition, cell.number, cell.section, cell.item, cell.party,
            cell.line.label, cell.line.label_en, cell.head.label, cell.head.label_en,
            cell.head.unit, cell.head.kind,
        )
        for edition in EDITIONS
        for cell in load_form(edition).cells
    ]  # fmt: skip
    texts = ("item", "party", "item_zh", "item_en", "party_zh", "party_en", "unit", "kind")
    before = [("form", pa.string()), ("cell_no", pa.int16()), ("section", pa.uint8())]
    schema = pa.schema(before + [(name, pa.string()) for name in texts])
    insert_rows(connection, "form_cell", schema, rows)
