"""Reads the table of section 四: one row of fifteen figures under three routes."""

from __future__ import annotations

from collections.abc import Sequence

from etl.form import all_items, all_parties, load_form
from etl.recognise.labels import head_index, line_index
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import TableReading, join_cells, pick_window, regroup

_CELLS = load_form("2021").section_cells(4)
_OUTCOMES = all_items(4)
_ROUTES = all_parties(4)


def read_proceedings(rows: Sequence[Row]) -> TableReading:
    """The cells of section 4; the same in both editions, so that ``edition`` stays None."""
    table = TableReading(4, place=rows[0].place)
    regrouped = regroup(rows, lambda _: False)
    heads = [row for row in regrouped if _is_head_row(row)]
    body = [row for row in regrouped if row not in heads and _is_body_row(row)]
    row = _figures_row(table, body)
    if row is None:
        return table
    values = _cells_by_heads(heads, row) or _cells_by_count(row)
    if values is None:
        table.doubt("cell-count", row.place, join_cells(row.printed))
        table.fill_unreadable(((c.item, c.party) for c in _CELLS), row.printed, row.place)
        return table
    for cell, printed in zip(_CELLS, values, strict=True):
        table.cells[cell.item, cell.party] = read_cell(printed.text, cell.head.kind, printed.place)
    return table


def _is_head_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    outcome = any(line_index(4).exact(text) for text in texts)
    return outcome or any(head_index(4).exact(text) for text in texts)


def _is_body_row(row: Row) -> bool:
    """A row of figures and blanks, with at most as many unreadable cells as figures."""
    figures = sum(is_value(cell.text) for cell in row.filled)
    return len(row.printed) >= len(_OUTCOMES) and 2 * figures >= len(row.filled)


def _figures_row(table: TableReading, body: list[Row]) -> Row | None:
    """The one row of figures; a second one with text is a doubt and nothing is read."""
    filled = [row for row in body if row.filled]
    if len(filled) > 1:
        table.doubt("two-rows", filled[1].place, join_cells(filled[1].filled))
        return None
    blank = [row for row in body if len(row.printed) >= len(_CELLS)]
    return filled[0] if filled else (blank[-1] if blank else None)


def _cells_by_heads(heads: Sequence[Row], row: Row) -> list[RowCell] | None:
    """The cells under outcome heads that stand in the form's order; None when they don't."""
    if not row.aligned or not all(head.aligned for head in heads):
        return None
    columns = sorted(
        (cell.column, outcome)
        for head in heads
        for cell in head.filled
        if (outcome := line_index(4).exact(cell.text))
    )
    if [outcome for _, outcome in columns] != list(_OUTCOMES) * len(_ROUTES):
        return None
    if not _routes_in_order(heads, [column for column, _ in columns]):
        return None
    cells = [row.at(column) for column, _ in columns]
    found = [cell for cell in cells if cell is not None and cell.fresh and cell.column_span == 1]
    if len({cell.column for cell in found}) != len(_CELLS):
        return None
    return None if any(cell.text and cell not in found for cell in row.printed) else found


def _routes_in_order(heads: Sequence[Row], columns: list[int]) -> bool:
    """Whether every route printed starts where its five outcomes start."""
    starts = {
        route: cell.column
        for head in heads
        for cell in head.filled
        if (route := head_index(4).exact(cell.text))
    }
    expected = dict(zip(_ROUTES, columns[:: len(_OUTCOMES)], strict=True))
    return all(expected[route] == column for route, column in starts.items())


def _cells_by_count(row: Row) -> list[RowCell] | None:
    window = pick_window(row.printed, len(_CELLS))
    return None if window is None or any(cell.column_span > 1 for cell in window) else list(window)
