"""Tables from cells with spans: every cell gets its true row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from etl.document import Grid, Slot
from etl.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_SLOTS
from etl.reading import Refused

NEAR = 45
"""Twips, 0.8 mm: edges nearer to each other are one edge drawn askew; no figure fits between."""


@dataclass(slots=True)
class Placed:
    """A cell whose row and column (from 0) the file itself gives."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Cell(NamedTuple):
    """A cell as its file gives it; ``row_span`` 0 reaches to the last row of the table."""

    text: str
    row_span: int = 1
    column_span: int = 1


def lay_out(rows: Sequence[Sequence[Cell]], place: str) -> Grid:
    """The grid of ``rows``, each cell put into the next column that no merged cell covers.

    Spans are cut at the table's last row and at ``MAX_COLUMNS``. Places read ``T3 R5 C2``, counted
    from 1. Refused ``too-large`` beyond the limits.
    """
    check_size(place, len(rows), sum(map(len, rows)))
    covered_until: list[int] = []
    laid = [
        tuple(_lay_row(cells, row, len(rows), covered_until, place))
        for row, cells in enumerate(rows)
    ]
    return Grid(tuple(laid), place)


def _lay_row(
    cells: Sequence[Cell], row: int, height: int, covered_until: list[int], place: str
) -> list[Slot]:
    laid = []
    start = f"{place} R{row + 1} C"
    column = 0
    for text, row_span, column_span in cells:
        while column < len(covered_until) and covered_until[column] > row:
            column += 1
        if column >= MAX_COLUMNS:
            raise Refused("too-large", place, f"more than {MAX_COLUMNS} columns")
        end = column + 1 if column_span == 1 else min(column + max(column_span, 1), MAX_COLUMNS)
        bottom = row + 1
        if row_span != 1:
            bottom = min(row + row_span, height) if row_span > 0 else height
            covered_until.extend([0] * (end - len(covered_until)))
            for covered in range(column, end):
                covered_until[covered] = max(covered_until[covered], bottom)
        laid.append(Slot(text, row, column, f"{start}{column + 1}", bottom - row, end - column))
        column = end
    return laid


def place_cells(rows: Sequence[Sequence[Placed]], place: str, *, aligned: bool = True) -> Grid:
    """The grid of cells already placed, ``aligned`` as of ``Grid``. Places read ``T3 R5 C2``."""
    check_size(place, len(rows), sum(map(len, rows)))
    placed = [tuple([_slot(cell, place) for cell in row]) for row in rows]
    return Grid(tuple(placed), place, aligned)


def _slot(cell: Placed, place: str) -> Slot:
    where = f"{place} R{cell.row + 1} C{cell.column + 1}"
    return Slot(cell.text, cell.row, cell.column, where, cell.row_span, cell.column_span)


def columns_at(edges: Iterable[int]) -> dict[int, int]:
    """Edge (in twips) → column from 0; edges within ``NEAR`` of each other are one."""
    columns: dict[int, int] = {}
    column, last = -1, 0
    for edge in sorted(set(edges)):
        if column < 0 or edge - last > NEAR:
            column += 1
        columns[edge] = column
        last = edge
    return columns


def without_slivers(grid: Grid, widths: Sequence[int]) -> Grid:
    """The grid without columns too narrow for a figure; ``widths`` are the columns' in twips.

    Word processors write such columns where rows are drawn a little askew. The grid stays as it is
    where a cell with text would be lost: the widths can't be true then.
    """
    if not any(width <= NEAR for width in widths):
        return grid
    edges = [0, *accumulate(widths)]
    columns = columns_at(edges)
    at = [columns[edge] for edge in edges]
    end = max((s.column + s.column_span for row in grid.rows for s in row), default=0)
    at += range(at[-1] + 1, at[-1] + 1 + end - len(widths))
    rows = []
    for slots in grid.rows:
        moved = [_between(slot, at, grid.place) for slot in slots]
        if any(slot.text and not slot.column_span for slot in moved):
            return grid
        rows.append(tuple(slot for slot in moved if slot.column_span))
    return replace(grid, rows=tuple(rows))


def _between(slot: Slot, at: Sequence[int], place: str) -> Slot:
    """The slot where its first and last edge are ``at``."""
    start, end = at[slot.column], at[slot.column + slot.column_span]
    where = f"{place} R{slot.row + 1} C{start + 1}"
    return slot._replace(column=start, column_span=end - start, place=where)


def rectangle(
    rows: Sequence[Sequence[str]], place: str, slot_place: Callable[[int, int], str]
) -> Grid:
    """The aligned grid of plain rows, one slot a value; ``slot_place`` takes row and column."""
    check_size(place, len(rows), sum(map(len, rows)))
    placed = [
        tuple([Slot(text, r, c, slot_place(r, c)) for c, text in enumerate(row)])
        for r, row in enumerate(rows)
    ]
    return Grid(tuple(placed), place)


def check_size(place: str, rows: int, slots: int) -> None:
    """Refuses a table beyond the limits with ``too-large``."""
    if rows > MAX_ROWS or slots > MAX_SLOTS:
        raise Refused("too-large", place, f"{rows} rows, {slots} cells")


def has_text(grid: Grid) -> bool:
    """Whether any slot of the grid prints something."""
    return any(slot.text for row in grid.rows for slot in row)


def frames_text(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table only frames text: one cell in all, or one column with sentences in it."""
    filled = [row for row in rows if row]
    if any(len(row) > 1 for row in filled):
        return False
    return len(filled) <= 1 or any(is_prose(row[0]) for row in filled)


def is_prose(text: str) -> bool:
    """Whether a text reads as a sentence rather than as a label or figure of a table."""
    return len(text) > 25 and text[-1] in "。；：！？"
