"""The piece table: where the characters of a document lie in its main stream, and their text."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass

from etl.reading import Refused

_MODIFIERS, _PIECES = 1, 2
_NARROW = 0x40000000
_OFFSET = 0x3FFFFFFF
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the document, from ``offset`` on in the main stream.

    ``width`` is bytes a character; ``modifiers`` change the formatting of the whole piece.
    """

    start: int
    end: int
    offset: int
    width: int
    modifiers: bytes

    def offset_of(self, position: int) -> int:
        """Where a character of this piece starts in the main stream."""
        return self.offset + (position - self.start) * self.width


class Pieces:
    """All pieces of a document in the order of its text."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def at(self, position: int) -> Piece:
        """The piece that holds a character."""
        return self.pieces[bisect_right(self._starts, position) - 1]

    def text(self, document: bytes) -> str:
        """One code unit a character position, so that positions stay what the file says.

        Refused ``truncated`` when the main stream ends before a piece.
        """
        return "".join(_text_of(piece, document) for piece in self.pieces)


def read_pieces(table: bytes, length: int) -> Pieces:
    """The piece table from its bytes, for a document of ``length`` characters.

    Refused ``corrupt`` when it isn't there, out of order or covers less.
    """
    modifiers: list[bytes] = []
    at = 0
    while at + 3 <= len(table) and table[at] == _MODIFIERS:
        size = int.from_bytes(table[at + 1 : at + 3], "little")
        modifiers.append(table[at + 3 : at + 3 + size])
        at += 3 + size
    if at + 5 > len(table) or table[at] != _PIECES:
        raise Refused("corrupt", "piece table", "not there")
    size = int.from_bytes(table[at + 1 : at + 5], "little")
    body = table[at + 5 : at + 5 + size]
    count = (len(body) - 4) // 12
    if count < 1 or len(body) < size:
        raise Refused("corrupt", "piece table", f"{len(body)} of {size} bytes")
    positions = struct.unpack_from(f"<{count + 1}I", body)
    if positions[0] != 0 or positions[-1] < length or list(positions) != sorted(positions):
        raise Refused("corrupt", "piece table", "out of order")
    pieces = []
    for number in range(count):
        _, place, change = struct.unpack_from("<HIH", body, 4 * (count + 1) + 8 * number)
        end = min(positions[number + 1], length)
        if end > positions[number]:
            pieces.append(_piece(positions[number], end, place, _changes(change, modifiers)))
    return Pieces(pieces)


def _piece(start: int, end: int, place: int, modifiers: bytes) -> Piece:
    offset = place & _OFFSET
    if place & _NARROW:
        return Piece(start, end, offset // 2, 1, modifiers)
    return Piece(start, end, offset, 2, modifiers)


# A piece may name one modifier by number instead of listing several.
_SINGLE = {
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x57: 0x0837,
    0x5C: 0x083C,
    0x68: 0x2A48,
    0x73: 0x2A53,
}


def _changes(change: int, modifiers: list[bytes]) -> bytes:
    if change & 1:
        return modifiers[change >> 1] if change >> 1 < len(modifiers) else b""
    code = _SINGLE.get(change >> 1 & 0x7F)
    return struct.pack("<HB", code, change >> 8) if code else b""


def _text_of(piece: Piece, document: bytes) -> str:
    size = (piece.end - piece.start) * piece.width
    raw = document[piece.offset : piece.offset + size]
    if len(raw) < size:
        raise Refused("truncated", "WordDocument", f"{len(raw)} of {size} bytes of text")
    if piece.width == 1:
        return raw.decode("cp1252", "replace")
    text = raw.decode("utf-16-le", "replace")
    if len(text) * 2 == size:
        return text
    # A character beyond the first plane takes two positions.
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def whole(text: str) -> str:
    """The text with its surrogate pairs put together."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
