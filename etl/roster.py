"""The roster: who must report, under which names, from which year to which."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from etl.errors import UsageError

COLUMNS = (
    "agency",
    "short_name",
    "level",
    "kind",
    "region",
    "parent",
    "aliases",
    "reports_from",
    "reports_to",
)


LEVELS = ("国家级", "省级", "市级", "县级", "乡级")
LIKELY_MISSPELT = 75.0
"""Likeness (0–100) to a known column from which another name is taken for a slip."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One agency of the roster; years are None where its duty is open-ended."""

    agency: str
    short_name: str | None
    level: str | None
    kind: str | None
    region: str | None
    parent: str | None
    aliases: tuple[str, ...]
    reports_from: int | None
    reports_to: int | None


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """The entries of a roster file: CSV in UTF-8 (with or without BOM) or GB18030.

    Only the column ``agency`` is required. Raises UsageError that names the line when the file is
    no roster, names an agency twice, or a parent that isn't in it.
    """
    rows = list(csv.DictReader(io.StringIO(_decode(path), newline="")))
    if not rows or "agency" not in rows[0]:
        raise UsageError(
            f"{path}: 名录缺少 agency 列，首行应为：{','.join(COLUMNS)} / "
            f"no column 'agency'; the first line should be: {','.join(COLUMNS)}"
        )
    _require_known_columns(rows[0], path)
    entries = tuple(_entry(row, path, line) for line, row in enumerate(rows, start=2))
    _require_unique(entries, path)
    return entries


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: 无法打开名录 / can't open the roster: {error.strerror}"
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: 名录不是 UTF-8 或 GB18030 / the roster is neither UTF-8 nor GB18030")


def _entry(row: dict[str, str | None], path: Path, line: int) -> RosterEntry:
    text = {column: (row.get(column) or "").strip() or None for column in COLUMNS}
    agency = text["agency"]
    if agency is None:
        raise UsageError(f"{path}:{line}: agency 为空 / agency is empty")
    if text["level"] and text["level"] not in LEVELS:
        raise UsageError(
            f"{path}:{line}: level {text['level']!r} 应为 / should be one of: {'、'.join(LEVELS)}"
        )
    first, last = (_year(text[column], path, line) for column in ("reports_from", "reports_to"))
    if first and last and first > last:
        raise UsageError(f"{path}:{line}: reports_from 晚于 reports_to / is after reports_to")
    aliases = re.split("[;；]", text["aliases"] or "")
    return RosterEntry(
        agency,
        text["short_name"],
        text["level"],
        text["kind"],
        text["region"],
        text["parent"],
        tuple(alias.strip() for alias in aliases if alias.strip()),
        first,
        last,
    )


def _require_known_columns(row: dict[str, str | None], path: Path) -> None:
    """Refuse a column whose name looks misspelt; what has another name is the office's own."""
    for name in map(str, row):
        if name in COLUMNS:
            continue
        near = process.extractOne(name, COLUMNS, score_cutoff=LIKELY_MISSPELT)
        if near:
            raise UsageError(
                f"{path}: 列名 {name!r} 是否应为 {near[0]!r}？请改正或换个不相近的名称 / "
                f"is column {name!r} meant to be {near[0]!r}? Mend it or give it another name"
            )


def _year(text: str | None, path: Path, line: int) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UsageError(f"{path}:{line}: 年份应为四位数字 / a year has four digits: {text!r}")
    return int(text)


def _require_unique(entries: tuple[RosterEntry, ...], path: Path) -> None:
    owners: dict[str, int] = {}
    for position, entry in enumerate(entries):
        for name in {entry.agency, *entry.aliases}:
            if owners.setdefault(name, position) != position:
                raise UsageError(f"{path}: 名称重复 / the name stands twice: {name}")
    agencies = {entry.agency for entry in entries}
    for entry in entries:
        if entry.parent and entry.parent not in agencies:
            raise UsageError(
                f"{path}: {entry.agency} 的上级不在名录中 / its parent is not in the roster: "
                f"{entry.parent}"
            )
