"""The findings of a report standing alone, from a warehouse in memory that holds only it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.checks import rules, run_checks
from etl.reading import ReportReading
from etl.warehouse.agencies import resolve_reports
from etl.warehouse.connect import open_for_writing
from etl.warehouse.readings import insert_readings, pack
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables

_FINDINGS = """
select rule, severity::varchar as severity, attribution, section, item, party,
       left_value, right_value, message_zh, message_en, evidence::varchar as evidence
from finding
order by severity, rule, section, item, party
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A cell that a sum adds up; ``weight`` is 1 or -1, ``value`` None where it is no number."""

    section: int
    item: str
    party: str
    value: float | None
    weight: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What fails within one report, with both sides where two figures are compared."""

    rule: str
    severity: str
    attribution: str
    section: int | None
    item: str | None
    party: str | None
    left_value: float | None
    right_value: float | None
    message_zh: str
    message_en: str
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()


def find_within(reading: ReportReading, path: str) -> tuple[Finding, ...]:
    """What the checks that need no other report find, the gravest first.

    ``path`` may speak of another year than the report does.
    """
    alone = {rule.slug for rule in rules() if rule.needs == "report"}
    with closing(open_for_writing(threads=1)) as connection:  # one report: no work to share
        create_schema(connection)
        _insert(connection, reading, path)
        resolve_reports(connection)
        fill_star_tables(connection)
        run_checks(connection, only=alone)
        found = connection.execute(_FINDINGS)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tuple(map(_finding, rows))


def _finding(row: dict[str, Any]) -> Finding:
    facts = json.loads(row.pop("evidence"))
    sides = facts if isinstance(facts, dict) else {}
    return Finding(**row, left=_terms(sides.get("left")), right=_terms(sides.get("right")))


def _terms(facts: Any) -> tuple[Term, ...]:
    """The terms of one side; none for checks that add nothing up."""
    if not isinstance(facts, Sequence) or isinstance(facts, str):
        return ()
    return tuple(
        Term(int(f["section"]), f["item"], f["party"], f["value"], int(f["weight"])) for f in facts
    )


def _insert(connection: DuckDBPyConnection, reading: ReportReading, path: str) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(
        "insert into source (source_id, path, bytes, status, read_at, reader_version, root, "
        "reading_key) values ('one', ?, 0, 'loaded', ?, '', '', 'one')",
        [path, now],
    )
    insert_readings(connection, [pack(reading, "one", "one")])
