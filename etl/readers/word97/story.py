"""Paragraphs in order, put into the tables and cells that they say they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from etl.readers.limits import MAX_LINES
from etl.readers.word97.rows import RowShape, row_shape
from etl.readers.word97.sprms import sprms
from etl.reading import Refused

_END = re.compile("[\r\x07\x0c]")
_CELL_MARK = "\x07"
_IN_TABLE, _ROW_END = 0x2416, 0x2417
_LEVEL, _INNER_CELL, _INNER_ROW_END = 0x6649, 0x244B, 0x244C
_DEEPEST = 32


@dataclass(slots=True)
class Cell:
    """A cell's paragraphs and the tables nested in it, in order."""

    content: list[str | Table] = field(default_factory=list)


@dataclass(slots=True)
class TableRow:
    """A row as printed; without ``shape`` only the order of its cells is known."""

    cells: list[Cell]
    shape: RowShape | None = None


@dataclass(slots=True)
class Table:
    """A table as it grows: rows, and the cells of the row that isn't closed yet."""

    rows: list[TableRow] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: Cell = field(default_factory=Cell)


class Format(NamedTuple):
    """What a paragraph's modifiers say of tables; level 0 is outside any."""

    level: int
    row_end: bool
    inner_cell: bool
    inner_row_end: bool


@lru_cache(maxsize=4096)
def paragraph_format(modifiers: bytes) -> Format:
    """The place of a paragraph among tables; Refused ``corrupt`` when nested beyond reason."""
    found = {sprm.code: sprm.value for sprm in sprms(modifiers)}
    level = found.get(_LEVEL, 1 if found.get(_IN_TABLE) else 0)
    if level > _DEEPEST:
        raise Refused("corrupt", "WordDocument", f"tables nested {level} deep")
    return Format(
        level if found.get(_IN_TABLE) else 0,
        bool(found.get(_ROW_END)),
        bool(found.get(_INNER_CELL)),
        bool(found.get(_INNER_ROW_END)),
    )


def paragraph_ends(characters: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, closing mark) of every paragraph; the last may have none.

    Refused ``too-large`` beyond reason.
    """
    for number, mark in enumerate(_END.finditer(characters, start, end)):
        if number == MAX_LINES:
            raise Refused("too-large", "WordDocument", f"more than {MAX_LINES} paragraphs")
        yield start, mark.start(), mark[0]
        start = mark.end()
    if start < end:
        yield start, end, ""


class Story:
    """One text of a document, its body or a text box, as it is put together."""

    def __init__(self) -> None:
        self.content: list[str | Table] = []
        self._open: list[Table] = []

    def add(self, text: str, place: Format, mark: str, modifiers: bytes, kept: bool) -> None:
        """Adds a paragraph; ``kept`` false takes away the row that it closes if that is empty.

        Some programs mark the end of a row as deleted when only the text behind it is.
        """
        self._reach(place.level)
        if not self._open:
            self.content.append(text)
            return
        table = self._open[-1]
        inner = place.level > 1
        if place.inner_row_end if inner else place.row_end and mark == _CELL_MARK:
            if kept or _prints(table.cells):
                table.rows.append(TableRow(table.cells, row_shape(modifiers)))
            table.cells, table.cell = [], Cell()
            return
        table.cell.content.append(text)
        if place.inner_cell if inner else mark == _CELL_MARK:
            table.cells.append(table.cell)
            table.cell = Cell()

    def append(self, content: list[str | Table]) -> None:
        """Adds what hangs on the last paragraph, such as a text box."""
        (self._open[-1].cell.content if self._open else self.content).extend(content)

    def close(self) -> list[str | Table]:
        """The whole content, every table closed."""
        self._reach(0)
        return self.content

    def _reach(self, level: int) -> None:
        while len(self._open) > level:
            table = self._open.pop()
            if table.cell.content:
                table.cells.append(table.cell)
            if table.cells:
                table.rows.append(TableRow(table.cells))
            inside = self._open[-1].cell.content if self._open else self.content
            if table.rows:
                inside.append(table)
        while len(self._open) < level:
            self._open.append(Table())


def _prints(cells: Iterable[Cell]) -> bool:
    parts = (part for cell in cells for part in cell.content)
    return any(isinstance(part, Table) or part.strip() for part in parts)
