"""The head of a Word 97 document (FIB): which parts the text has and where its tables lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from etl.readers.limits import MAX_TEXT_BYTES
from etl.reading import Refused

_WORD97 = 0xA5EC
_OLDER = frozenset((0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699))
"""Word 2, 6 and 95, and the Chinese, Japanese and Korean editions of the last."""

_SECOND_TABLE, _ENCRYPTED = 0x0200, 0x0100
_SHORTEST = 0x01AA
_FLAGS, _COUNTS = 0x0A, 0x4C
_PLACES = {
    "characters": 0xFA,
    "paragraphs": 0x102,
    "pieces": 0x1A2,
    "anchors": 0x1DA,
    "boxes": 0x25A,
}


@dataclass(frozen=True, slots=True)
class Header:
    """Lengths of the parts in characters, and (offset, length) of tables in the table stream."""

    table_stream: str
    body_length: int
    boxes_start: int
    boxes_length: int
    places: dict[str, tuple[int, int]]

    def part(self, table: bytes, name: str) -> bytes:
        """The bytes of one table; Refused ``truncated`` when the stream ends before it."""
        start, length = self.places[name]
        if start + length > len(table):
            raise Refused("truncated", name, f"{start + length} bytes of {len(table)}")
        return table[start : start + length]


def is_older(document: bytes) -> bool:
    """Whether the main stream is one of Word 95 or before."""
    return len(document) >= _SHORTEST and _word(document, 0) in _OLDER


def read_header(document: bytes) -> Header:
    """The head of the main stream; Refused ``corrupt``, ``encrypted``, ``too-large``."""
    if len(document) < _SHORTEST or _word(document, 0) != _WORD97:
        raise Refused("corrupt", "WordDocument", "not Word's")
    flags = _word(document, _FLAGS)
    if flags & _ENCRYPTED:
        raise Refused("encrypted")
    body, notes, heads, remarks, endnotes, boxes = struct.unpack_from("<3I4x3I", document, _COUNTS)
    boxes_start = body + notes + heads + remarks + endnotes
    if boxes_start + boxes > MAX_TEXT_BYTES:
        raise Refused("too-large", "WordDocument", f"{boxes_start + boxes} characters")
    places = {
        name: struct.unpack_from("<2I", document, at) if at + 8 <= len(document) else (0, 0)
        for name, at in _PLACES.items()
    }
    stream = "1Table" if flags & _SECOND_TABLE else "0Table"
    return Header(stream, body, boxes_start, boxes, places)


def _word(data: bytes, at: int) -> int:
    return data[at] | data[at + 1] << 8
