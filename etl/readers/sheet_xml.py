"""What a sheet's XML holds beyond its values: its extent, errors, formulas, what is hidden.

The spreadsheet library gives an error and a formula without a stored result as an empty cell, and
sets aside memory for every cell up to the farthest one. A cell that shows ``#DIV/0!`` isn't blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from etl.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_SLOTS
from etl.readers.package import Element, Package
from etl.readers.text_tools import clean
from etl.reading import Refused

_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TRUE = frozenset(("1", "true"))
BLANK_TAIL = 5
"""Rows of formatted blank cells that still belong to the table above them."""


@dataclass(slots=True)
class SheetNotes:
    """One sheet: its extent, what of it is hidden, and the cells whose text is no stored value.

    Rows and columns count from 0.
    """

    rows: int = 0
    columns: int = 0
    unprinted: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def note_sheets(package: Package) -> dict[str, SheetNotes]:
    """Sheet name → notes, for every worksheet of the file.

    Refused ``too-large`` for a sheet with a cell far away, ``corrupt`` for what is no XML.
    """
    main = package.main_part(_WORKBOOK)
    workbook = package.parse(main)
    relations = package.relations(main)
    notes: dict[str, SheetNotes] = {}
    for sheet in workbook.iter("{*}sheet") if workbook is not None else ():
        relation = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""
        kind, part = relations.get(relation, ("", ""))
        root = package.parse(part) if kind.endswith("/worksheet") else None
        if root is not None:
            notes[sheet.get("name", "")] = _note(root, sheet.get("name", ""))
    return notes


@lru_cache(maxsize=MAX_COLUMNS)
def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _note(root: Element, sheet: str) -> SheetNotes:
    notes = SheetNotes(hidden_columns=_hidden_columns(root))
    formatted = row = column = -1
    for node in root.iter("{*}row", "{*}c"):
        if str(node.tag).endswith("}row"):
            row, column = _row_number(node, row + 1, sheet), -1
            if node.get("hidden") in _TRUE:
                notes.hidden_rows.add(row)
            continue
        row, column = _position(node, row, column + 1, sheet)
        _check(row, column, sheet)
        if len(node):
            if row >= notes.rows:
                notes.rows = row + 1
            if column >= notes.columns:
                notes.columns = column + 1
            if text := _unprinted(node):
                notes.unprinted[row, column] = text
        elif row > formatted:
            formatted = row
    if notes.rows < formatted + 1 <= notes.rows + BLANK_TAIL:
        notes.rows = formatted + 1
    return notes


def _hidden_columns(root: Element) -> set[int]:
    hidden: set[int] = set()
    for node in root.iterfind("{*}cols/{*}col"):
        first, last = node.get("min", ""), node.get("max", "")
        if node.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
            hidden.update(range(int(first) - 1, min(int(last), MAX_COLUMNS)))
    return hidden


def _row_number(node: Element, expected: int, sheet: str) -> int:
    number = node.get("r")
    if number is None:
        return expected
    if not re.fullmatch(r"[1-9]\d{0,6}", number, re.ASCII):
        raise Refused("corrupt", sheet, f"row {number}")
    _check(int(number) - 1, 0, sheet)
    return int(number) - 1


def _position(node: Element, row: int, column: int, sheet: str) -> tuple[int, int]:
    reference = node.get("r")
    if reference is None:
        return row, column
    coordinates = _coordinates(reference)
    if coordinates is None:
        raise Refused("corrupt", sheet, f"cell {reference}")
    return coordinates


@lru_cache(maxsize=50_000)
def _coordinates(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a cell's name such as ``AB12``."""
    found = _REFERENCE.match(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _check(row: int, column: int, sheet: str) -> None:
    if row >= MAX_ROWS or column >= MAX_COLUMNS or row * column > MAX_SLOTS * 10:
        raise Refused("too-large", sheet, f"a cell in row {row + 1}, column {column + 1}")


def _unprinted(cell: Element) -> str:
    """The text of an error, or of a formula that was stored without its result."""
    if len(cell) == 1 and cell.get("t") != "e" and str(cell[0].tag).endswith("}v"):
        return ""  # nearly every cell
    value, formula = cell.find("{*}v"), cell.find("{*}f")
    stored = value.text if value is not None else None
    if cell.get("t") == "e":
        return clean(stored or "#ERROR")
    if formula is not None and not stored and cell.get("t") != "str":
        return clean("=" + (formula.text or ""))
    return ""
