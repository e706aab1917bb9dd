"""Scratch relations that the rules' queries share; they live for one run on one connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.checks.labels import Row, doubt_labels, item_labels, party_labels, section_labels
from etl.form import FIRST_YEAR

PREFIX = "check_"
MACROS = (
    "figure_text", "term_facts", "term_words", "claim_margin", "claim_fits", "claim_text",
    "breaks_kind", "told_word", "may_be_short_for", "is_office_of",
)  # fmt: skip


@contextmanager
def scratch(connection: DuckDBPyConnection) -> Iterator[None]:
    """The scratch relations that every run has, from entering to leaving; relations.py has more.

    ================  ==============================================================
    check_previous    report → its agency's report of the year before, same scope
    check_body        agency → what kind of body it is, by the roster or its name
    check_span        first_year, last_year, last_ended_year, first_form_year; one row
    check_item, check_party, check_section    labels for messages
    check_doubt       code, label_zh, label_en: what each doubt means
    ================  ==============================================================
    """
    try:
        connection.execute(script("macros.sql"))
        connection.execute(script("scratch.sql").replace("{first_form_year}", str(FIRST_YEAR)))
        connection.execute(script("body.sql"))
        keep_rows(connection, "check_item", item_labels())
        keep_rows(connection, "check_party", party_labels())
        keep_rows(connection, "check_section", section_labels())
        keep_rows(connection, "check_doubt", doubt_labels())
        yield
    finally:
        _drop_all(connection)


def keep_rows(connection: DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    """A scratch table of this name with these rows; ``rows`` is not empty."""
    connection.register(f"{name}_rows", pa.Table.from_pylist(list(rows)))
    connection.execute(f"create or replace temp table {name} as select * from {name}_rows")
    connection.unregister(f"{name}_rows")


def script(name: str) -> str:
    """The text of an SQL file beside this module."""
    return resources.files("etl.checks").joinpath(name).read_text("utf-8")


def _drop_all(connection: DuckDBPyConnection) -> None:
    for kind in ("view", "table"):
        kept = connection.execute(
            f"select {kind}_name from duckdb_{kind}s()"
            f" where temporary and starts_with({kind}_name, $1)",
            [PREFIX],
        ).fetchall()
        for (name,) in kept:
            connection.execute(f"drop {kind} if exists temp.{name}")
    for name in MACROS:
        connection.execute(f"drop macro if exists temp.{name}")
