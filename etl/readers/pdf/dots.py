"""Dotted lines: a table's sides that a page draws dot by dot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from etl.readers.page_layout import Box, around

_APART = 2.5
"""Points between two dots of one line at most."""
_LEAST = 5
"""Dots that make a line."""
_STRAIGHT = 0.5
"""Points across a line within which its dots stand."""


def dotted_lines(dots: Iterable[Box]) -> list[Box]:
    """The level and upright lines that dots make; a dot where two cross belongs to both."""
    once = list(dict.fromkeys(dots))
    return [line for axis in (0, 1) for line in _along(once, axis)]


def _along(dots: Sequence[Box], axis: int) -> Iterator[Box]:
    rows = defaultdict[int, list[Box]](list)
    for dot in dots:
        rows[round((dot[1 - axis] + dot[3 - axis]) / 2 / _STRAIGHT)].append(dot)
    for row in rows.values():
        row.sort(key=lambda dot: dot[axis])
        start = 0
        for end in range(1, len(row) + 1):
            if end == len(row) or row[end][axis] - row[end - 1][axis + 2] > _APART:
                if end - start >= _LEAST:
                    yield around(row[start:end])
                start = end
