"""What both writers of spreadsheets share: sizes for print, and figures as a sheet keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

from etl.sample.layout import Placed
from etl.sample.notation import number

PROSE_COLUMNS = 10
COLUMN_WIDTH = 12
"""Of every column, in narrow characters."""
COLUMNS = 15
"""Of the widest table."""
A4 = 9
"""The sheet's size in both formats."""
_LINE = 15
"""Points of a row from one line of text to the next."""
_HIGHEST = 409
"""Points of the highest row there can be."""
_FREE = 2
"""Narrow characters that a line leaves free at its ends."""


def prose_height(text: str) -> float:
    """Points of a row that shows a paragraph whole."""
    return _height(_lines(text, PROSE_COLUMNS))


def row_height(row: Iterable[Placed]) -> float:
    """Points of a row of a table in which each cell finds its share of the lines it needs."""
    boxes = [cell.box for cell in row]
    return _height(max(ceil(_lines(box.text, box.column_span) / box.row_span) for box in boxes))


def _height(lines: int) -> float:
    return min(_LINE * lines, _HIGHEST)


def _lines(text: str, columns: int) -> int:
    room = COLUMN_WIDTH * columns - _FREE
    return sum(max(1, ceil(_width(line) / room)) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def as_number(text: str) -> str | float:
    """A figure as the sheet's number where that prints the same text, else the text."""
    try:
        value = float(text)
    except ValueError:
        return text
    return value if number(value).raw == text else text
