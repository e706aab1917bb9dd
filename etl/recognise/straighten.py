"""Rows as the report prints them: line numbers left out, lines run together taken apart.

A sheet may number its own lines in a column beside everything, and a text may have lost its line
breaks, so that a table or the whole report is one line. Nothing else is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from etl.recognise.labels import line_index, section_of
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import LONGEST_HEADING

_LEAST_NUMBERED = 10
_LEAST_HEADINGS = 3
_LEAST_ROWS = 2
_NUMBERED = re.compile(r"[（(]?[一二三四五六]")


def straightened(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows without line numbers, and a row for each line or cell that was run together."""
    for _, block in groupby(rows, key=attrgetter("block")):
        for row in _without_line_numbers(tuple(block)):
            pieces = _cells_of_report(row) or _cells_of_table(row)
            yield from (_line(piece, row.block) for piece in pieces) if pieces else (row,)


def _without_line_numbers(rows: Sequence[Row]) -> Sequence[Row]:
    """A grid without its first column where this numbers every line without a gap."""
    if len(rows) < _LEAST_NUMBERED or not rows[0].in_grid:
        return rows
    first = [row.cells[0] if row.cells else None for row in rows]
    if not all(cell and cell.single and cell.column == 0 for cell in first):
        return rows
    numbers = [cell.text.strip() for cell in first if cell]
    if not numbers[0].isdecimal():
        return rows
    start = int(numbers[0])
    if numbers != [str(number) for number in range(start, start + len(numbers))]:
        return rows
    return [
        Row.of(row.cells[1:], aligned=row.aligned, in_grid=True, block=row.block) for row in rows
    ]


def _cells_of_report(row: Row) -> Sequence[RowCell]:
    """The cells of a line that holds a whole report; none where it doesn't."""
    if len(row.filled) < 2 * _LEAST_HEADINGS:
        return ()
    numbered = (cell.text for cell in row.filled if _NUMBERED.match(cell.text))
    headings = [h for text in numbered if len(text) <= LONGEST_HEADING and (h := section_of(text))]
    if len(headings) < _LEAST_HEADINGS or headings != sorted(set(headings)):
        return ()
    return row.filled if len(row.filled) >= 2 * len(headings) else ()


def _cells_of_table(row: Row) -> Sequence[RowCell]:
    """The pieces of a paragraph that holds rows of a table, each a label and figures behind it."""
    if row.in_grid or len(row.filled) != 1 or " " not in row.filled[0].text:
        return ()
    cell = row.filled[0]
    pieces = cell.text.split()
    labelled = sum(
        is_value(behind) and not is_value(piece) and _is_label(piece)
        for piece, behind in pairwise(pieces)
    )
    return [cell._replace(text=piece) for piece in pieces] if labelled >= _LEAST_ROWS else ()


def _is_label(text: str) -> bool:
    return any(line_index(section).exact(text) for section in (2, 3))


def _line(cell: RowCell, block: int) -> Row:
    alone = cell._replace(column=0, column_span=1, row_span=1)
    return Row.of((alone,), aligned=False, in_grid=False, block=block)
