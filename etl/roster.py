"""The roster: who must report, under which names, from which year to which."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

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
    rows = list(csv.DictReader(_decode(path).splitlines()))
    if not rows or "agency" not in rows[0]:
        raise UsageError(
            f"{path}: 名录缺少 agency 列，首行应为：{','.join(COLUMNS)} / "
            f"no column 'agency'; the first line should be: {','.join(COLUMNS)}"
        )
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
    return RosterEntry(
        agency,
        text["short_name"],
        text["level"],
        text["kind"],
        text["region"],
        text["parent"],
        tuple(alias.strip() for alias in (text["aliases"] or "").split(";") if alias.strip()),
        _year(text["reports_from"], path, line),
        _year(text["reports_to"], path, line),
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
