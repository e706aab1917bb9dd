"""Formatting by place in the main stream: pages of 512 bytes that list runs and their modifiers."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator

from etl.readers.limits import MAX_LINES
from etl.reading import Refused

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
_PARAGRAPH_ENTRY = 13

Run = tuple[int, int, bytes]
"""Start and end of a run in the main stream, and its modifiers."""


class Runs:
    """Runs in the order of the main stream, found by the place of a character."""

    def __init__(self, runs: Iterator[Run]) -> None:
        self.runs = sorted(runs)
        self._starts = [start for start, _, _ in self.runs]

    def at(self, offset: int) -> bytes:
        """The modifiers of the run at a place, none when no run covers it."""
        found = bisect_right(self._starts, offset) - 1
        if found < 0 or self.runs[found][1] <= offset:
            return b""
        return self.runs[found][2]

    def between(self, start: int, end: int) -> Iterator[Run]:
        """The runs that touch a stretch of the main stream, cut to it."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while at < len(self.runs) and self.runs[at][0] < end:
            first, last, modifiers = self.runs[at]
            if last > start:
                yield max(first, start), min(last, end), modifiers
            at += 1


def paragraph_runs(document: bytes, table: bytes) -> Runs:
    """Paragraphs and their modifiers; Refused ``too-large`` beyond reason, ``truncated``."""
    return Runs(_runs(document, table, _PARAGRAPH_ENTRY, _paragraph_modifiers))


def character_runs(document: bytes, table: bytes) -> Runs:
    """Runs of characters and their modifiers; Refused ``too-large``, ``truncated``."""
    return Runs(_runs(document, table, 1, _character_modifiers))


def _runs(
    document: bytes, table: bytes, entry: int, modifiers: Callable[[bytes, int], bytes]
) -> Iterator[Run]:
    count = max(len(table) - 4, 0) // 8
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    if count * 20 > MAX_LINES:
        raise Refused("too-large", "WordDocument", f"{count} pages of formatting")
    for number in dict.fromkeys(numbers):
        start = (number & _PAGE_NUMBER) * _PAGE
        page = document[start : start + _PAGE]
        if len(page) < _PAGE:
            raise Refused("truncated", "WordDocument", f"formatting at {start}")
        length = page[-1]
        if 4 * (length + 1) + entry * length >= _PAGE:
            raise Refused("corrupt", "WordDocument", f"formatting at {start}")
        bounds = struct.unpack_from(f"<{length + 1}I", page)
        for run in range(length):
            place = 2 * page[4 * (length + 1) + entry * run]
            yield bounds[run], bounds[run + 1], modifiers(page, place) if place else b""


def _paragraph_modifiers(page: bytes, place: int) -> bytes:
    """Behind the length stands the number of the paragraph's style, which is passed over."""
    size = 2 * page[place] - 1
    if size < 0:
        place, size = place + 1, 2 * page[place + 1] if place + 1 < _PAGE else 0
    return page[place + 3 : place + 1 + size]


def _character_modifiers(page: bytes, place: int) -> bytes:
    return page[place + 1 : place + 1 + page[place]]
