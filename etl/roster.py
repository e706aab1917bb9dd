"""The roster: who must report, under which names, from which year to which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError
from etl.office_csv import Row, read_office_csv

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
    no roster, names an agency twice or a parent that isn't in it, or puts an agency above itself.
    """
    rows = read_office_csv(path, COLUMNS, required=("agency",))
    entries = tuple(_entry(row, path, line) for line, row in rows)
    _require_unique(entries, path)
    _require_no_cycle(entries, path)
    return entries


def _entry(text: Row, path: Path, line: int) -> RosterEntry:
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


def _require_no_cycle(entries: tuple[RosterEntry, ...], path: Path) -> None:
    parents = {entry.agency: entry.parent for entry in entries}
    cleared: set[str] = set()
    for entry in entries:
        chain: list[str] = []
        above: str | None = entry.agency
        while above and above not in cleared and above not in chain:
            chain.append(above)
            above = parents[above]
        if above in chain:
            cycle = " → ".join([*chain[chain.index(above) :], above])
            raise UsageError(f"{path}: 上级关系成环 / an agency is its own parent: {cycle}")
        cleared.update(chain)
