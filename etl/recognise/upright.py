"""Tables drawn with rows and columns exchanged, turned as the form has them.

Only section 三 is drawn so that it needs turning: an item a column, an applicant a row. Its cells
keep their places and spans, so that whatever refuses a broken table refuses a turned one too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from etl.document import Document, Grid, Slot
from etl.recognise.labels import head_index, line_index
from etl.recognise.tables import NATURAL_PERSON

_LEAST_ITEMS = 6
"""Labels of items side by side: far more than any row of the form's own table names."""
_LEAST_PARTIES = 3
_LABELS = 3
"""Cells that may stand before a row's figures: the applicant's and those it belongs to."""


def upright(document: Document) -> Document:
    """The document with every table of section 三 that has its applicants as rows turned."""
    blocks = tuple(
        _turned(block) if isinstance(block, Grid) and _lies(block) else block
        for block in document.blocks
    )
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _lies(grid: Grid) -> bool:
    """Whether items stand side by side in one row, and applicants below each other in a column.

    A grid with a gap, or an applicant with a blank, may have lost a figure and moved the next ones
    under other items; it is left as it is, for the table's reader to refuse.
    """
    wide = [row[:_LABELS] for row in grid.rows if len(row) >= _LEAST_ITEMS]
    if not any(head_index(3).exact(slot.text) == NATURAL_PERSON for row in wide for slot in row):
        return False  # by far the most grids, told at little cost
    below = [row for row in grid.rows if not _names_items(row)]
    if len(below) == len(grid.rows):
        return False
    columns: dict[int, set[str]] = defaultdict(set)
    for row in below:
        parties = [(slot, party) for slot in row if (party := head_index(3).exact(slot.text))]
        for slot, party in parties:
            columns[slot.column].add(party)
        if parties and not all(slot.text for slot in row):
            return False
    named = set[str]().union(*columns.values())
    most = max(map(len, columns.values()), default=0)
    return NATURAL_PERSON in named and most >= _LEAST_PARTIES and _is_gapless(grid)


def _is_gapless(grid: Grid) -> bool:
    """Whether the cells cover the whole grid, each place once."""
    if not grid.aligned:
        return False
    covered = Counter(
        (row, column)
        for slot in (slot for row in grid.rows for slot in row)
        for row in range(slot.row, slot.row + slot.row_span)
        for column in range(slot.column, slot.column + slot.column_span)
    )
    width = max(column for _, column in covered) + 1
    return len(covered) == covered.total() == width * len(grid.rows)


def _names_items(row: tuple[Slot, ...]) -> bool:
    if len(row) < _LEAST_ITEMS:
        return False
    return len({item for slot in row if (item := line_index(3).exact(slot.text))}) >= _LEAST_ITEMS


def _turned(grid: Grid) -> Grid:
    slots = sorted((slot for row in grid.rows for slot in row), key=lambda s: (s.column, s.row))
    rows: list[list[Slot]] = [[] for _ in range(slots[-1].column + 1)]
    for slot in slots:
        rows[slot.column].append(
            slot._replace(
                row=slot.column,
                column=slot.row,
                row_span=slot.column_span,
                column_span=slot.row_span,
            )
        )
    return replace(grid, rows=tuple(map(tuple, rows)))
