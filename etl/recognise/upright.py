"""Tables drawn with rows and columns exchanged, turned as the form has them.

Only section 三 is drawn so that it needs turning: an item a column, an applicant a row. Its cells
keep their places and spans, so that whatever refuses a broken table refuses a turned one too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from etl.document import Document, Grid, Slot
from etl.form import NEWEST, load_form
from etl.recognise.labels import head_index, line_index
from etl.recognise.tables import NATURAL_PERSON

_LEAST_ITEMS = 6
"""Labels of items side by side: far more than any row of the form's own table names."""
_LEAST_PARTIES = 3
_LABELS = 3
"""Cells that may stand before a row's figures: the applicant's and those it belongs to."""


def upright(document: Document) -> Document:
    """The document with every table of section 三 that has its applicants as rows turned.

    A sheet may hold it between other tables: it becomes a table of its own then.
    """
    blocks = tuple(
        part
        for block in document.blocks
        for part in (_upright(block) if isinstance(block, Grid) else (block,))
    )
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _upright(grid: Grid) -> tuple[Grid, ...]:
    if _lies(grid):
        return (_turned(grid),)
    start, end = _lying_rows(grid)
    lying = _own_columns(_cut(grid, start, end)) if end - start < len(grid.rows) else None
    if lying is None or not _names_everyone(lying) or not _lies(lying):
        return (grid,)
    around = _cut(grid, 0, start), _turned(lying), _cut(grid, end, len(grid.rows))
    return tuple(part for part in around if part.rows)


def _lying_rows(grid: Grid) -> tuple[int, int]:
    """Where a row of items starts, and where the rows of applicants right below it end.

    Each has one row; what names an applicant again stands in another table.
    """
    start = next((n for n, row in enumerate(grid.rows) if _names_items(row)), len(grid.rows))
    named: set[str] = set()
    for end, row in enumerate(grid.rows[start + 1 :], start + 1):
        parties = {party for slot in row[:_LABELS] if (party := head_index(3).exact(slot.text))}
        if not parties or parties & named:
            return start, end
        named |= parties
    return start, len(grid.rows)


def _names_everyone(grid: Grid) -> bool:
    """Whether every applicant has a row: none may stand further down in its sheet."""
    named = {head_index(3).exact(slot.text) for row in grid.rows for slot in row[:_LABELS]}
    return named.issuperset(head.party for head in load_form(NEWEST).section_heads(3))


def _cut(grid: Grid, start: int, end: int) -> Grid:
    """The rows of a grid from ``start`` to before ``end``, counted from 0 again."""
    rows = (tuple(s._replace(row=s.row - start) for s in row) for row in grid.rows[start:end])
    return replace(grid, rows=tuple(rows))


def _own_columns(grid: Grid) -> Grid | None:
    """The grid with no more columns than its own cells need; None where it tells no columns.

    In a sheet the columns of other tables lie across it.
    """
    if not grid.aligned:
        return None
    slots = [slot for row in grid.rows for slot in row]
    edges = {edge for s in slots for edge in (s.column, s.column + s.column_span)}
    at = {edge: column for column, edge in enumerate(sorted(edges))}
    rows = (tuple(_between(slot, at) for slot in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _between(slot: Slot, at: dict[int, int]) -> Slot:
    """The slot where its first and last edge are ``at``."""
    start, end = at[slot.column], at[slot.column + slot.column_span]
    return slot._replace(column=start, column_span=end - start)


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
