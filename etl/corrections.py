"""An office's record of misprints: the figure that a printed cell should have shown, and why.

Nothing here edits what a report prints. The printed figure stays beside the corrected one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import process

from etl.checks.labels import item_labels, party_labels
from etl.errors import UsageError
from etl.form import EDITIONS, Kind, load_form
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

_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
# Only these: NFKC would make ordinary digits of raised ones as well, 1² of a footnote into 12.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－−", "0123456789,.--")
_KINDS: dict[Kind, str] = {
    "count": "应为不小于 0 的整数 / should be a whole number, 0 or more",
    "change": "应为整数 / should be a whole number",
    "amount": "应为不小于 0 的数 / should be a number, 0 or more",
}
_LIKELY_MEANT = 50.0
"""Likeness (0–100) to a name of the form from which an unknown one is taken for a slip."""


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

    ``item`` and ``party`` are codes, the labels that the form prints or those that the findings
    use; ``when`` is a date as 2024-03-01, 2024/3/1, 2024.3.1 or 2024年3月1日. UsageError that
    names the line when a text is missing or won't do, when no cell or more than one of the form is
    meant, or when a cell is corrected twice.
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
        _figure(text["value"], _kinds()[section, item, party], where),
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
        cells = ", ".join(f"{section}: {item} × {party}" for section, item, party in sorted(meant))
        raise UsageError(
            f"{where}: {spot} 不止一格，请写明 section 或代码 / is more than one cell, "
            f"write the section or the codes: {cells}"
        )
    hint = "".join(_nearest(axis, text[axis]) for axis in _named())
    raise UsageError(f"{where}: 表式中没有这一格 / the form has no such cell: {spot}{hint}")


def _cells(item: str, party: str) -> set[Position]:
    items, parties = (
        _named()[axis].get(_key(name), set()) for axis, name in (("item", item), ("party", party))
    )
    return {
        cell for cell in _kinds() if (cell[0], cell[1]) in items and (cell[0], cell[2]) in parties
    }


def _nearest(axis: str, name: str) -> str:
    """What ``name`` was probably meant to be; empty where the form knows it, or nothing like it."""
    known = _named()[axis]
    if _key(name) in known:
        return ""
    near = process.extractOne(_key(name), list(known), score_cutoff=_LIKELY_MEANT)
    return f"; {axis} 是否应为 / meant to be {near[0]!r}?" if near else ""


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def _named() -> Mapping[str, Mapping[str, set[tuple[int, str]]]]:
    """Axis → name → section and code of all that it names: by code, by label, as printed."""
    forms = [load_form(edition) for edition in EDITIONS]
    lines = [(line.section, line.item, line.label) for form in forms for line in form.lines]
    heads = [(head.section, head.party, head.label) for form in forms for head in form.heads]
    return {
        "item": _names([*_told(item_labels(), "item"), *lines]),
        "party": _names([*_told(party_labels(), "party"), *heads]),
    }


def _told(rows: Iterable[dict[str, Any]], code: str) -> list[tuple[int, str, str]]:
    return [
        (row["section"], row[code], row[name])
        for row in rows
        for name in (code, "label_zh", "label_en")
    ]


def _names(told: Iterable[tuple[int, str, str]]) -> dict[str, set[tuple[int, str]]]:
    found: dict[str, set[tuple[int, str]]] = {}
    for section, code, name in told:
        found.setdefault(_key(name), set()).add((section, code))
    return found


@cache
def _kinds() -> Mapping[Position, Kind]:
    """Every cell of both editions, with the kind of figure that it takes."""
    return {
        (cell.section, cell.item, cell.party): cell.head.kind
        for edition in EDITIONS
        for cell in load_form(edition).cells
    }


def _year(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UsageError(f"{where}: 年份应为四位数字 / a year has four digits: {text!r}")
    return int(text)


def _figure(text: str, kind: Kind, where: str) -> float:
    plain = text.translate(_FULL_WIDTH)
    if not _NUMBER.fullmatch(plain):
        raise UsageError(f"{where}: value 不是数字 / is no number: {text!r}")
    value = float(plain.replace(",", "")) + 0.0  # -0 is 0
    if (value < 0 and kind != "change") or (kind != "amount" and not value.is_integer()):
        raise UsageError(f"{where}: value {_KINDS[kind]}: {text!r}")
    return value


def _day(text: str, where: str) -> date:
    parts = _DAY.fullmatch(text)
    try:
        if parts:
            return date(*map(int, parts.groups()))
    except ValueError:
        pass
    raise UsageError(f"{where}: when 应如 2024-03-01 / should be like 2024-03-01: {text!r}")
