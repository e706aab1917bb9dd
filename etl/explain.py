"""Explains one file: what is read from it, where, and what doesn't tie out within it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from etl.checks import rules, run_checks
from etl.form import load_form
from etl.readers import expand, read_bytes
from etl.reading import Refused, ReportReading
from etl.recognise import recognise
from etl.warehouse.agencies import resolve_reports
from etl.warehouse.connect import open_for_writing
from etl.warehouse.readings import insert_readings, pack
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables


@dataclass(frozen=True, slots=True)
class Finding:
    """What fails within one report."""

    rule: str
    severity: str
    section: int | None
    item: str | None
    party: str | None
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One report of a file: the reading and its findings, or the refusal."""

    path: str
    format: str
    reading: ReportReading | None
    findings: tuple[Finding, ...]
    refused: Refused | None = None


def explain_file(path: Path) -> list[Explanation]:
    """What is read from a file, one explanation for each report or archive member in it.

    Only the checks that need no other report are run. A file that is refused is explained by its
    refusal; only a file that can't be opened raises (OSError).
    """
    return [_explain(str(path.parent / name), load) for name, load in expand(path)]


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values, in the shape that ``gouji explain --json`` prints."""
    reading = explanation.reading
    record: dict[str, Any] = {"path": explanation.path, "format": explanation.format}
    if explanation.refused is not None:
        refused = explanation.refused
        return record | {
            "refused": {"code": refused.code, "place": refused.place, "detail": refused.detail}
        }
    assert reading is not None
    cells = zip(load_form(reading.edition).cells, reading.cells, strict=True)
    return record | {
        "agency": reading.agency,
        "year": reading.year,
        "form": reading.edition,
        "scope": reading.scope,
        "title": reading.title,
        "published_on": reading.published_on.isoformat() if reading.published_on else None,
        "sections": list(reading.sections),
        "cells": [
            {
                "section": cell.section,
                "item": cell.item,
                "party": cell.party,
                "value": printed.value,
                "state": printed.state,
                "raw": printed.raw,
                "place": printed.place,
            }
            for cell, printed in cells
        ],
        "claims": [_plain(claim) for claim in reading.claims],
        "doubts": [_plain(doubt) for doubt in reading.doubts],
        "findings": [_plain(finding) for finding in explanation.findings],
    }


@cache
def doubt_texts() -> dict[str, tuple[str, str]]:
    """Doubt code → what it means, in Chinese and English."""
    text = resources.files(__package__).joinpath("doubts.csv").read_text("utf-8")
    return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}


def _plain(value: object) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def _explain(name: str, load: Callable[[], bytes]) -> Explanation:
    form = ""
    try:
        document = read_bytes(load(), name)
        form = document.format
        reading = recognise(document, name)
    except Refused as refused:
        return Explanation(name, form, None, (), refused)
    return Explanation(name, form, reading, _check(reading))


def _check(reading: ReportReading) -> tuple[Finding, ...]:
    """The findings of a report standing alone, from a warehouse in memory that holds only it."""
    alone = {rule.slug for rule in rules() if rule.needs == "report"}
    with closing(open_for_writing()) as connection:
        create_schema(connection)
        _insert(connection, reading)
        resolve_reports(connection)
        fill_star_tables(connection)
        run_checks(connection, only=alone)
        rows = connection.execute(
            "select rule, severity::varchar, section, item, party, message_zh, message_en "
            "from finding order by severity, rule, section, item, party"
        ).fetchall()
    return tuple(Finding(*row) for row in rows)


def _insert(connection: DuckDBPyConnection, reading: ReportReading) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(
        "insert into source (source_id, path, bytes, status, read_at, reader_version, root, "
        "reading_key) values ('one', 'one', 0, 'loaded', ?, '', '', 'one')",
        [now],
    )
    insert_readings(connection, [pack(reading, "one", "one")])
