"""The cells of one sheet: values, results of formulas, errors, merged ranges."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from etl.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_SLOTS
from etl.readers.xls.book import Book
from etl.readers.xls.records import Record
from etl.readers.xlsx import as_printed
from etl.reading import Refused

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_UNCOMPUTED = "=…"
"""Stands for a formula that was stored without its result, so that it isn't taken for blank."""

_STRING = 0x0207
_BESIDE_FORMULA = frozenset((0x04BC, 0x0221, 0x0236))
_TO_COMPUTE = 2
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01

Position = tuple[int, int]


@dataclass(slots=True)
class SheetCells:
    """One sheet: text by row and column, how far it reaches, what is merged and what is hidden."""

    book: Book
    name: str
    texts: dict[Position, str] = field(default_factory=dict)
    merged: dict[Position, Position] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formatted: int = 0
    """Rows down to the last blank cell that has a format."""
    _awaiting: Position | None = None
    """The formula whose result, a string, is in one of the next records."""

    def take(self, record: Record) -> None:
        """Notes what a record says; Refused ``too-large`` for a cell far away."""
        if self._awaiting and record.kind not in _BESIDE_FORMULA:
            if record.kind == _STRING:
                self._put(*self._awaiting, as_printed(self.book.text(record, 0)))
            self._awaiting = None
        handler = _HANDLERS.get(record.kind)
        if handler:
            handler(self, record)

    def number(self, record: Record) -> None:
        row, column, look, value = struct.unpack_from("<3Hd", record.data)
        self._put_number(row, column, look, value)

    def short_number(self, record: Record) -> None:
        row, column, look, value = struct.unpack_from("<3HI", record.data)
        self._put_number(row, column, look, _short(value))

    def short_numbers(self, record: Record) -> None:
        row, first = struct.unpack_from("<2H", record.data)
        cells = struct.iter_unpack("<HI", record.data[4 : 4 + (len(record.data) - 6) // 6 * 6])
        for column, (look, value) in enumerate(cells, start=first):
            self._put_number(row, column, look, _short(value))

    def shared_string(self, record: Record) -> None:
        row, column, _, number = struct.unpack_from("<3HI", record.data)
        if number >= len(self.book.strings):
            raise Refused("corrupt", self.name, f"string {number} of {len(self.book.strings)}")
        self._put(row, column, as_printed(self.book.strings[number]))

    def label(self, record: Record) -> None:
        row, column = struct.unpack_from("<2H", record.data)
        self._put(row, column, as_printed(self.book.text(record, 6)))

    def truth_or_error(self, record: Record) -> None:
        row, column, _, value, is_error = struct.unpack_from("<3HBB", record.data)
        self._put(row, column, _error(value) if is_error else as_printed(bool(value)))

    def formula(self, record: Record) -> None:
        row, column, look = struct.unpack_from("<3H", record.data)
        result, flags = record.data[6:14], int.from_bytes(record.data[14:16], "little")
        if result[6:8] != b"\xff\xff":
            self._put_number(row, column, look, struct.unpack("<d", result)[0])
            return
        kind, value = result[0], result[2]
        if kind == 0:
            self._put(row, column, _UNCOMPUTED)
            self._awaiting = (row, column)
        elif kind == 1:
            self._put(row, column, as_printed(bool(value)))
        elif kind == 2:
            self._put(row, column, _error(value))
        else:
            self._put(row, column, _UNCOMPUTED if flags & _TO_COMPUTE else "")

    def blank(self, record: Record) -> None:
        row = int.from_bytes(record.data[:2], "little")
        self.formatted = max(self.formatted, row + 1)

    def row(self, record: Record) -> None:
        number, flags = struct.unpack_from("<H10xH", record.data)
        if flags & _HIDDEN_ROW:
            self.hidden_rows.add(number)

    def columns_format(self, record: Record) -> None:
        first, last, flags = struct.unpack_from("<2H4xH", record.data)
        if flags & _HIDDEN_COLUMN:
            self.hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))

    def merge(self, record: Record) -> None:
        for top, bottom, left, right in struct.iter_unpack("<4H", record.data[2:][: _even(record)]):
            if (bottom, right) > (top, left):
                self.merged[top, left] = (bottom, right)

    def _put_number(self, row: int, column: int, look: int, value: float) -> None:
        moment: Any = self.book.moment(value, look)
        self._put(row, column, as_printed(value if moment is None else moment))

    def _put(self, row: int, column: int, text: str) -> None:
        if row >= MAX_ROWS or column >= MAX_COLUMNS or len(self.texts) > MAX_SLOTS:
            raise Refused("too-large", self.name, f"a cell in row {row + 1}, column {column + 1}")
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        self.texts[row, column] = text


def _even(record: Record) -> int:
    """How many bytes of a record of ranges are whole ranges."""
    return (len(record.data) - 2) // 8 * 8


def _error(code: int) -> str:
    return _ERRORS.get(code, "#ERROR")


def _short(packed: int) -> float:
    """A number packed into four bytes: an integer or the upper half of a double, maybe a 100th."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value


_HANDLERS: dict[int, Callable[[SheetCells, Record], None]] = {
    0x0208: SheetCells.row,
    0x007D: SheetCells.columns_format,
    0x0203: SheetCells.number,
    0x027E: SheetCells.short_number,
    0x00BD: SheetCells.short_numbers,
    0x00FD: SheetCells.shared_string,
    0x0204: SheetCells.label,
    0x00D6: SheetCells.label,
    0x0205: SheetCells.truth_or_error,
    0x0006: SheetCells.formula,
    0x0201: SheetCells.blank,
    0x00BE: SheetCells.blank,
    0x00E5: SheetCells.merge,
}
