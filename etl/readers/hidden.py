"""Sheets without their hidden rows and columns, which are neither shown nor printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from etl.document import Grid, Slot


def shown_part(grid: Grid, rows: Collection[int], columns: Collection[int]) -> Grid:
    """The grid without these rows and columns, from 0; places keep the names of the sheet.

    A merged cell stays, with what is printed in it, as long as one of its rows and columns does.
    """
    if not rows and not columns:
        return grid
    hidden_rows, hidden_columns = sorted(rows), sorted(columns)
    shown: list[list[Slot]] = [[] for row in range(len(grid.rows)) if row not in rows]
    for slots in grid.rows:
        for slot in slots:
            row, row_span = _shown(slot.row, slot.row_span, hidden_rows)
            column, column_span = _shown(slot.column, slot.column_span, hidden_columns)
            if row_span and column_span:
                shown[row].append(Slot(slot.text, row, column, slot.place, row_span, column_span))
    in_order = (sorted(slots, key=lambda slot: slot.column) for slots in shown)
    return Grid(tuple(map(tuple, in_order)), grid.place, grid.aligned)


def _shown(first: int, span: int, hidden: Sequence[int]) -> tuple[int, int]:
    """Where a stretch of lines starts among those that are shown, and how many of it are."""
    start = first - bisect_left(hidden, first)
    return start, first + span - bisect_left(hidden, first + span) - start
