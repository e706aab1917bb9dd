"""An office's record of misprints: the figure that a printed cell should have shown, and why.

Nothing here edits what a report prints. The printed figure stays beside the corrected one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.checks.labels import item_labels, party_labels
from etl.errors import UsageError
from etl.form import EDITIONS, load_form
from etl.office_csv import Row, read_office_csv
from etl.reading import Scope

COLUMNS = (
    "agency",
    "year",
    "item",
    "party",
    "value",
    "reason",
    "who",
    "when",
    "section",
    "scope",
    "printed",
)
REQUIRED = COLUMNS[:8]

Position = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure put right; ``printed`` is the text that the office saw there, where it says so."""

    line: int
    agency: str
    year: int
    scope: Scope
    section: int
    item: str
    party: str
    value: float
    printed: str | None
    reason: str
    who: str
    recorded_on: date


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a CSV file, one a line.

    ``item`` and ``party`` are codes or the labels that the findings use; ``when`` is a date as
    2024-03-01. UsageError that names the line when a text is missing or won't do, when no cell or
    more than one of the form is meant, or when a cell is corrected twice.
    """
    rows = read_office_csv(path, COLUMNS, REQUIRED)
    found = tuple(_correction(row, f"{path}:{line}", line) for line, row in rows)
    lines: dict[tuple[object, ...], int] = {}
    for one in found:
        cell = (one.agency, one.year, one.scope, one.section, one.item, one.party)
        first = lines.setdefault(cell, one.line)
        if first != one.line:
            raise UsageError(
                f"{path}:{one.line}: 与第 {first} 行更正同一格 / the cell of line {first} again"
            )
    return found


def _correction(row: Row, where: str, line: int) -> Correction:
    if empty := [column for column in REQUIRED if row[column] is None]:
        raise UsageError(f"{where}: {', '.join(empty)} 为空 / is empty")
    text = {column: value or "" for column, value in row.items()}
    if text["scope"] not in ("", "agency", "rollup"):
        raise UsageError(f"{where}: scope 应为 / should be agency, rollup: {text['scope']!r}")
    section, item, party = _position(text, where)
    return Correction(
        line,
        text["agency"],
        _year(text["year"], where),
        "rollup" if text["scope"] == "rollup" else "agency",
        section,
        item,
        party,
        _figure(text["value"], where),
        row["printed"],
        text["reason"],
        text["who"],
        _day(text["when"], where),
    )


def _position(text: dict[str, str], where: str) -> Position:
    meant = _cells(text["item"], text["party"])
    if text["section"]:
        meant = {cell for cell in meant if str(cell[0]) == text["section"]}
    if len(meant) == 1:
        return meant.pop()
    spot = f"{text['item']} × {text['party']}"
    if meant:
        sections = ", ".join(str(section) for section, _, _ in sorted(meant))
        raise UsageError(
            f"{where}: {spot} 不止一格，请写明 section / write the section: {sections}"
        )
    raise UsageError(f"{where}: 表式中没有这一格 / the form has no such cell: {spot}")


def _cells(item: str, party: str) -> set[Position]:
    items, parties = _named()
    return {
        cell
        for cell in _every_cell()
        if (cell[0], item, cell[1]) in items and (cell[0], party, cell[2]) in parties
    }


@cache
def _named() -> tuple[set[Position], set[Position]]:
    """Section, name and code of every item and of every party, a name being a code or a label."""
    return _names(item_labels(), "item"), _names(party_labels(), "party")


def _names(rows: Iterable[dict[str, Any]], code: str) -> set[Position]:
    return {
        (row["section"], row[name], row[code])
        for row in rows
        for name in (code, "label_zh", "label_en")
    }


@cache
def _every_cell() -> tuple[Position, ...]:
    return tuple(_positions())


def _positions() -> Iterator[Position]:
    for edition in EDITIONS:
        for cell in load_form(edition).cells:
            yield cell.section, cell.item, cell.party


def _year(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UsageError(f"{where}: 年份应为四位数字 / a year has four digits: {text!r}")
    return int(text)


def _figure(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{where}: value 不是数字 / is no number: {text!r}") from None


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{where}: when 应如 2024-03-01 / should be like 2024-03-01: {text!r}"
        ) from None
