"""Reads the table of section 四: one row of fifteen figures under three routes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from etl.form import NEWEST, FormCell, all_items, all_parties, load_form
from etl.recognise.columns import is_in_order
from etl.recognise.labels import head_index, line_index
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import TableReading, heading_section, join_cells, regroup

_CELLS = load_form(NEWEST).section_cells(4)
_OUTCOMES = all_items(4)
_ROUTES = all_parties(4)


def read_proceedings(rows: Sequence[Row]) -> TableReading:
    """The cells of section 4; the same in both editions, so that ``edition`` stays None."""
    table = TableReading(4, place=rows[0].place)
    rows = [row for row in rows if heading_section(row) is None]
    regrouped = [part for row in regroup(rows, lambda _: False) for part in _without_heads(row)]
    heads = [row for row in regrouped if _is_head_row(row)]
    body = [row for row in regrouped if not _is_head_row(row) and _is_body_row(row)]
    if not _read_routes(table, regrouped):
        _read_one_row(table, heads, body)
    return table


def _read_one_row(table: TableReading, heads: Sequence[Row], body: list[Row]) -> None:
    row = _figures_row(table, body)
    if row is None:
        return
    if not _in_order(heads):
        table.doubt("head-order", row.place, join_cells(c for head in heads for c in head.filled))
        table.fill_unreadable(((c.item, c.party) for c in _CELLS), row.printed, row.place)
        return
    values = _cells_by_heads(heads, row) or _cells_by_count(heads, row)
    if values is None:
        table.doubt("cell-count", row.place, join_cells(row.printed))
        table.fill_unreadable(((c.item, c.party) for c in _CELLS), row.printed, row.place)
        return
    if row.in_grid and not heads:
        table.doubt("no-heads", row.place, join_cells(row.printed))
    _put(table, _CELLS, values)


def _put(table: TableReading, cells: Sequence[FormCell], values: Sequence[RowCell]) -> None:
    for cell, printed in zip(cells, values, strict=True):
        table.cells[cell.item, cell.party] = read_cell(printed.text, cell.head.kind, printed.place)


def _without_heads(row: Row) -> list[Row]:
    """The row, or its heads and its figures where one line of text runs them together."""
    texts = [n for n, c in enumerate(row.printed) if c.text and not is_value(c.text)]
    figures = row.printed[texts[-1] + 1 :] if texts else ()
    if len(figures) < len(_CELLS) or not any(line_index(4).exact(c.text) for c in row.filled):
        return [row]
    parts = row.printed[: texts[-1] + 1], figures
    return [Row.of(p, aligned=False, in_grid=row.in_grid, block=row.block) for p in parts]


def _is_head_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    if sum(map(is_value, texts)) > 1:
        return False
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
        table.doubt("two-rows", filled[0].place, join_cells(filled[0].filled))
        table.doubt("two-rows", filled[1].place, join_cells(filled[1].filled))
        return None
    blank = [row for row in body if len(row.printed) >= len(_CELLS)]
    return filled[0] if filled else (blank[-1] if blank else None)


def _read_routes(table: TableReading, rows: Sequence[Row]) -> bool:
    """Reads a table a route, one below the other: its name, its five outcomes, five figures.

    True when all three are there; anything less reads nothing and is told as one row is.
    """
    route, ready = None, False
    found: dict[str, Sequence[RowCell]] = {}
    for row in rows:
        routes = [code for cell in row.filled if (code := head_index(4).exact(cell.text))]
        outcomes = tuple(c for cell in row.filled if (c := line_index(4).exact(cell.text)))
        if routes:
            route, ready = (routes[0] if len(routes) == 1 else None), False
        if outcomes:
            ready = outcomes == _OUTCOMES
        elif route and ready and _is_body_row(row):
            if route in found or len(row.printed) != len(_OUTCOMES):
                return False
            found[route], route = row.printed, None
    if set(found) != set(_ROUTES):
        return False
    for route, values in found.items():
        _put(table, [cell for cell in _CELLS if cell.party == route], values)
    return True


def _outcome_heads(heads: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Each outcome head's start, end and outcome, from left to right where columns are known.

    A merged head that is repeated in the rows below counts once.
    """
    told = [
        [(c.column, c.end, code) for c in head.filled if (code := line_index(4).exact(c.text))]
        for head in heads
    ]
    whole = next((row for row in told if len(row) == len(_CELLS)), None)
    found = whole or [one for row in told for one in row]
    return sorted(set(found)) if _are_aligned(heads) else found


def _route_heads(heads: Sequence[Row]) -> list[tuple[int, str]]:
    """The column where each printed route starts, and the route."""
    found = [
        (cell.column, route)
        for head in heads
        for cell in head.filled
        if (route := head_index(4).exact(cell.text))
    ]
    if _are_aligned(heads):
        found.sort()
    return [next(run) for _, run in groupby(found, key=itemgetter(1))]


def _are_aligned(heads: Sequence[Row]) -> bool:
    return all(head.aligned for head in heads)


def _in_order(heads: Sequence[Row]) -> bool:
    """Whether the heads that are printed leave room for the form's order, as far as they tell."""
    outcomes = [outcome for _, _, outcome in _outcome_heads(heads)]
    routes = [route for _, route in _route_heads(heads)]
    return is_in_order(outcomes, _OUTCOMES * len(_ROUTES)) and is_in_order(routes, _ROUTES)


def _cells_by_heads(heads: Sequence[Row], row: Row) -> list[RowCell] | None:
    """The cells under outcome heads that stand in the form's order; None when they don't."""
    if not heads or not row.aligned or not _are_aligned(heads):
        return None
    if row.end != max(head.end for head in heads):
        return None
    columns = _outcome_heads(heads)
    if [outcome for _, _, outcome in columns] != list(_OUTCOMES) * len(_ROUTES):
        return None
    if not _routes_in_place(heads, [start for start, _, _ in columns]):
        return None
    cells = [row.at(start) for start, _, _ in columns]
    found = [cell for cell in cells if cell is not None and cell.fresh and cell.row_span == 1]
    if [(cell.column, cell.end) for cell in found] != [(start, end) for start, end, _ in columns]:
        return None
    return None if any(cell.text and cell not in found for cell in row.printed) else found


def _routes_in_place(heads: Sequence[Row], columns: list[int]) -> bool:
    """Whether every route printed starts where its five outcomes start."""
    expected = dict(zip(_ROUTES, columns[:: len(_OUTCOMES)], strict=True))
    return all(expected[route] == column for column, route in _route_heads(heads))


def _cells_by_count(heads: Sequence[Row], row: Row) -> Sequence[RowCell] | None:
    """The row's cells when there are fifteen and, under heads with columns, none is blank."""
    cells = row.printed
    if len(cells) != len(_CELLS) or any(cell.row_span > 1 for cell in cells):
        return None
    told = row.aligned and _are_aligned(heads) and len(_outcome_heads(heads)) == len(_CELLS)
    certain = all(cell.text or not (told or cell.column_span > 1) for cell in cells)
    return cells if certain else None
