"""Delimited text (CSV): one grid, its delimiter told by which splits the lines most evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from etl.document import Document
from etl.readers.cut_end import mark_cut_end
from etl.readers.encoding import decode
from etl.readers.grids import has_text, rectangle
from etl.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES
from etl.readers.page import describe
from etl.readers.text_tools import join_broken
from etl.reading import Refused

_DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 100


def read(data: bytes, name: str) -> Document:
    """The document of a delimited file: one grid with places ``R5 C3``, counted from 1.

    Refused ``too-large``, ``undecodable``, ``corrupt``.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("too-large", detail=f"{len(data)} bytes")
    text = decode(data).replace("\0", " ")
    rows = _rows(text, _delimiter(text))
    grid = rectangle(rows, "R1", lambda row, column: f"R{row + 1} C{column + 1}")
    return describe("csv", mark_cut_end([grid], text) if has_text(grid) else [])


def _delimiter(text: str) -> str:
    """The delimiter under which most rows have one and the same number of fields above one."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    sample = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
    try:
        widths = Counter(len(row) for row in sample if len(row) > 1)
    except csv.Error:
        return 0, 0
    width, times = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return times, width


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for fields in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if len(rows) >= MAX_ROWS or len(fields) > MAX_COLUMNS:
            raise Refused("too-large", f"R{len(rows) + 1}", f"{len(fields)} fields")
        rows.append([join_broken(field) for field in fields])
    return rows
