"""What a workbook's first part says of all its sheets: names, strings, formats, calendar."""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from etl.readers.xls.records import START, Record, Records
from etl.readers.xls.strings import Strings, shared_strings
from etl.reading import Refused

BIFF5, BIFF8 = 0x0500, 0x0600
_ENCRYPTED, _CODE_PAGE, _CALENDAR = 0x2F, 0x42, 0x22
_SHEET, _FORMAT, _CELL_FORMAT, _STRINGS = 0x85, 0x41E, 0xE0, 0xFC
_LATEST = 2958466  # the day after 9999-12-31

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTER = re.compile("[ymdhs]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet and where its part of the stream starts."""

    name: str
    start: int
    printed: bool
    """Whether it is a visible worksheet, no chart, macro or hidden sheet."""


@dataclass(slots=True)
class Book:
    """A workbook's own facts, and how its values are to be understood."""

    version: int = BIFF8
    encoding: str = "gb18030"
    from_1904: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    date_formats: set[int] = field(default_factory=lambda: set(_DATE_FORMATS))
    cell_formats: list[int] = field(default_factory=list)

    def text(self, record: Record, at: int) -> str:
        """A string with a length of two bytes that starts in a record; Refused ``truncated``."""
        if self.version == BIFF8:
            return Strings(record, at).text()
        size = int.from_bytes(record.data[at : at + 2], "little")
        return self.narrow(record.data[at + 2 :][:size])

    def narrow(self, raw: bytes) -> str:
        """A string of BIFF5, in the workbook's own encoding."""
        return raw.decode(self.encoding, "replace")

    def moment(self, value: float, cell_format: int) -> datetime | date | time | None:
        """The date or time that a number is shown as, None where it is shown as a number."""
        if not 0 <= cell_format < len(self.cell_formats):
            return None
        if self.cell_formats[cell_format] not in self.date_formats or not 0 <= value < _LATEST:
            return None
        if value < 1:
            return (datetime.min + timedelta(days=value)).time().replace(microsecond=0)
        # The calendar from 1900 counts a 29 February 1900 that never was.
        first = datetime(1904, 1, 1) if self.from_1904 else datetime(1899, 12, 30)
        if not self.from_1904 and value < 60:
            first += timedelta(days=1)
        return first + timedelta(seconds=round(value * 86_400))


def read_book(records: Records) -> Book:
    """The workbook's facts; Refused ``encrypted``, ``corrupt``, ``truncated``, ``unsupported``."""
    book = Book()
    for record in records.part(0):
        _note(book, record)
    return book


def _note(book: Book, record: Record) -> None:
    kind, data = record.kind, record.data
    if kind == START:
        book.version = int.from_bytes(data[:2], "little")
        if book.version not in (BIFF5, BIFF8):
            raise Refused("unsupported", detail=f"xls, BIFF {book.version:04X}")
    elif kind == _ENCRYPTED:
        raise Refused("encrypted")
    elif kind == _CODE_PAGE:
        book.encoding = _encoding(int.from_bytes(data[:2], "little"), book.encoding)
    elif kind == _CALENDAR:
        book.from_1904 = data[:1] == b"\1"
    elif kind == _SHEET:
        book.sheets.append(_sheet(book, record))
    elif kind == _STRINGS:
        book.strings = shared_strings(record)
    elif kind == _CELL_FORMAT:
        book.cell_formats.append(int.from_bytes(data[2:4], "little"))
    elif kind == _FORMAT:
        _note_format(book, record)


def _encoding(page: int, otherwise: str) -> str:
    """A code page's encoding; GB18030 holds what 936 does, and 1200 says nothing of BIFF5."""
    try:
        return "gb18030" if page == 936 else codecs.lookup(f"cp{page}").name
    except LookupError:
        return otherwise


def _sheet(book: Book, record: Record) -> SheetEntry:
    start, state, kind, length = struct.unpack_from("<IBBB", record.data)
    rest = record.data[7:]
    if book.version == BIFF5:
        name = book.narrow(rest[:length])
    else:
        wide = rest[:1] == b"\1"
        raw = rest[1 : 1 + length * (2 if wide else 1)]
        name = raw.decode("utf-16-le" if wide else "latin-1", "replace")
    return SheetEntry(name, start, state & 3 == 0 and kind == 0)


def _note_format(book: Book, record: Record) -> None:
    number = int.from_bytes(record.data[:2], "little")
    if book.version == BIFF8:
        text = Strings(record, 2).text()
    else:
        text = book.narrow(record.data[3 : 3 + record.data[2]])
    # Only the format of positive numbers counts.
    shown = _LITERAL.sub("", text).split(";")[0]
    if _DATE_LETTER.search(shown) and "general" not in shown.lower():
        book.date_formats.add(number)
    else:
        book.date_formats.discard(number)
