"""Strings of BIFF8, of one or two bytes a character, and the table that sheets take theirs from."""

from __future__ import annotations

from etl.readers.xls.records import Record
from etl.reading import Refused

_WIDE, _PHONETIC, _RICH = 1, 4, 8


class Strings:
    """Reads strings from a record and its continuations.

    Where characters go on in a continuation, it starts with their width anew.
    """

    def __init__(self, record: Record, at: int) -> None:
        self._blocks = (record.data, *record.more)
        self._block, self._at = 0, at

    def exhausted(self) -> bool:
        """Whether nothing is left to read."""
        while self._block < len(self._blocks) and self._at >= len(self._blocks[self._block]):
            self._block, self._at = self._block + 1, 0
        return self._block >= len(self._blocks)

    def text(self) -> str:
        """The next string, its length in two bytes; Refused ``truncated``."""
        length = self._number(2)
        flags = self._number(1)
        runs = self._number(2) if flags & _RICH else 0
        phonetic = self._number(4) if flags & _PHONETIC else 0
        text = self._characters(length, flags & _WIDE)
        self._skip(4 * runs + phonetic)
        return text

    def _characters(self, length: int, wide: int) -> str:
        read: list[str] = []
        while length:
            if self._at >= len(self._blocks[self._block]):
                wide = self._next_block() & _WIDE
            width = 2 if wide else 1
            block = self._blocks[self._block]
            count = min(length, (len(block) - self._at) // width)
            if not count:
                raise Refused("corrupt", "Workbook", "half a character")
            raw = block[self._at : self._at + count * width]
            read.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += count * width
            length -= count
        return "".join(read)

    def _next_block(self) -> int:
        self._block, self._at = self._block + 1, 1
        if self._block >= len(self._blocks) or not self._blocks[self._block]:
            raise Refused("truncated", "Workbook", "a string without its end")
        return self._blocks[self._block][0]

    def _number(self, size: int) -> int:
        if self.exhausted():
            raise Refused("truncated", "Workbook", "a string without its end")
        start, self._at = self._at, self._at + size
        return int.from_bytes(self._blocks[self._block][start : self._at], "little")

    def _skip(self, size: int) -> None:
        while size and not self.exhausted():
            step = min(size, len(self._blocks[self._block]) - self._at)
            self._at += step
            size -= step


def shared_strings(record: Record) -> list[str]:
    """The workbook's table of strings."""
    strings = Strings(record, 8)
    count = int.from_bytes(record.data[4:8], "little")
    found: list[str] = []
    while len(found) < count and not strings.exhausted():
        found.append(strings.text())
    return found
