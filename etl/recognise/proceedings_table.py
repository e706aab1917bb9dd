"""Reads the table of section 四: one row of fifteen figures under three routes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from etl.form import NEWEST, load_form
from etl.recognise.columns import is_in_order
from etl.recognise.labels import head_index, line_index
from etl.recognise.loose import Words, regroup
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.proceedings_layouts import (
    OUTCOMES,
    ROUTES,
    Found,
    is_body_row,
    read_matrix,
    read_stacked,
    read_under_routes,
)
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import WHOLE_TABLE, TableReading, from_heads, heading_section, join_cells

_CELLS = load_form(NEWEST).section_cells(4)
_KIND = _CELLS[0].head.kind


def read_proceedings(rows: Sequence[Row]) -> TableReading:
    """The cells of section 4; the same in both editions, so that ``edition`` stays None."""
    rows = from_heads(rows, lambda row: len(_outcomes_and_routes(row)) > 1)
    table = TableReading(4, place=rows[0].place)
    rows = [row for row in rows if heading_section(row) is None]
    regrouped = regroup(rows, Words(None, _is_head))
    heads = [row for row in regrouped if _is_head_row(row)]
    body = [row for row in regrouped if not _is_head_row(row) and is_body_row(row)]
    for read in (read_stacked, read_matrix):
        if found := read(regrouped):
            _put(table, found)
            return table
    _read_one_row(table, heads, body)
    return table


def _read_one_row(table: TableReading, heads: Sequence[Row], body: list[Row]) -> None:
    codes = [(cell.item, cell.party) for cell in _CELLS]
    filled = [row for row in body if row.filled]
    if len(filled) > 1:
        for one in filled[:2]:
            table.doubt("two-rows", one.place, join_cells(one.filled))
        both = [printed for one in filled for printed in one.filled]
        table.fill_unreadable(codes, both, filled[0].place)
        return
    row = _figures_row([_unlabelled(row) for row in body])
    if row is None:
        return
    if not _in_order(heads):
        if found := read_under_routes(heads, row):
            table.unordered.update(OUTCOMES)
            _put(table, found)
            return
        table.doubt("head-order", row.place, join_cells(c for head in heads for c in head.filled))
        table.fill_unreadable(codes, row.printed, row.place)
        return
    row = _without_margin(table, heads, row)
    values = _cells_by_heads(heads, row) or _cells_by_count(heads, row)
    if values is None:
        table.doubt("cell-count", row.place, join_cells(row.printed))
        table.refused[WHOLE_TABLE] = tuple(cell.text for cell in row.printed)
        table.fill_unreadable(codes, row.printed, row.place)
        return
    if not row.aligned and _may_be_moved(values, padded=any(map(_is_padded, body))):
        table.doubt("no-total-fits", row.place, join_cells(row.printed))
        table.fill_unreadable(codes, row.printed, row.place)
        return
    if row.in_grid and not heads:
        table.doubt("no-heads", row.place, join_cells(row.printed))
    _put(table, dict(zip(codes, values, strict=True)))


def _put(table: TableReading, found: Found) -> None:
    for code, cell in found.items():
        table.cells[code] = read_cell(cell.text, _KIND, cell.place)


def _without_margin(table: TableReading, heads: Sequence[Row], row: Row) -> Row:
    """The row without figures right of a blank column behind its fifteen heads, with a doubt."""
    columns = _outcome_heads(heads)
    if not (row.aligned and _are_aligned(heads) and len(columns) == len(_CELLS)):
        return row
    end = max(end for _, end, _ in columns)
    beyond = [cell for cell in row.filled if cell.column >= end]
    if not beyond or beyond[0].column == end:
        return row
    table.doubt("unknown-head", beyond[0].place, join_cells(beyond))
    cells = (cell._replace(text="") if cell in beyond else cell for cell in row.cells)
    return Row.of(cells, aligned=True, in_grid=row.in_grid, block=row.block)


def _is_head(text: str) -> bool:
    return bool(line_index(4).exact(text) or head_index(4).exact(text))


def _is_head_row(row: Row) -> bool:
    return sum(is_value(cell.text) for cell in row.filled) <= 1 and bool(_outcomes_and_routes(row))


def _outcomes_and_routes(row: Row) -> list[str]:
    told = (line_index(4).exact(c.text) or head_index(4).exact(c.text) for c in row.filled)
    return [code for code in told if code]


def _unlabelled(row: Row) -> Row:
    """The row without a label of its own (件数) before its fifteen figures, or text's padding."""
    cells = row.printed
    if row.filled and not row.aligned and len(cells) > len(_CELLS):
        cells = cells[cells.index(row.filled[0]) : cells.index(row.filled[-1]) + 1]
    if len(cells) == len(_CELLS) + 1 and cells[0].text and not is_value(cells[0].text):
        cells = cells[1:]
    if len(cells) != len(_CELLS):
        return row
    return Row.of(cells, aligned=row.aligned, in_grid=row.in_grid, block=row.block)


def _figures_row(body: list[Row]) -> Row | None:
    """The row of figures, or the last one that is all blank."""
    filled = [row for row in body if row.filled]
    blank = [row for row in body if len(row.printed) >= len(_CELLS)]
    return filled[0] if filled else (blank[-1] if blank else None)


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
    return is_in_order(outcomes, OUTCOMES * len(ROUTES)) and is_in_order(routes, ROUTES)


def _cells_by_heads(heads: Sequence[Row], row: Row) -> list[RowCell] | None:
    """The cells under outcome heads that stand in the form's order; None when they don't."""
    if not heads or not row.aligned or not _are_aligned(heads):
        return None
    if row.end != max(head.end for head in heads):
        return None
    columns = _outcome_heads(heads)
    if [outcome for _, _, outcome in columns] != list(OUTCOMES) * len(ROUTES):
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
    expected = dict(zip(ROUTES, columns[:: len(OUTCOMES)], strict=True))
    return all(expected[route] == column for column, route in _route_heads(heads))


def _cells_by_count(heads: Sequence[Row], row: Row) -> Sequence[RowCell] | None:
    """The row's cells when there are fifteen as there are heads; none blank in known columns."""
    cells = row.printed
    if len(cells) != len(_CELLS) or any(cell.row_span > 1 for cell in cells):
        return None
    outcomes = len(_outcome_heads(heads))
    printed = sum(line_index(4).exact(cell.text) is not None for h in heads for cell in h.filled)
    if not {outcomes, printed} & {0, len(_CELLS)}:
        return None
    told = row.aligned and _are_aligned(heads) and outcomes == len(_CELLS)
    certain = all(cell.text or not (told or cell.column_span > 1) for cell in cells)
    return cells if certain else None


def _is_padded(row: Row) -> bool:
    """Whether text has blanks before its figures that are one too many for a cell."""
    return not row.aligned and len(row.printed) > len(_CELLS) and not row.printed[0].text


def _may_be_moved(cells: Sequence[RowCell], *, padded: bool) -> bool:
    """Whether a figure too many or too few may have moved the others, by the routes' totals.

    That no route adds up, of two or more that tell, says so; behind blanks that may be a cell's
    every route has to add up, and one has to tell.
    """
    values = [read_cell(cell.text, _KIND, cell.place).value for cell in cells]
    size = len(OUTCOMES)
    routes = [values[start : start + size] for start in range(0, len(values), size)]
    told = [[v for v in route if v is not None] for route in routes if None not in route]
    fits = [sum(route[:-1]) == route[-1] for route in told if any(route)]
    if padded:
        return any(values) and not (fits and all(fits))
    return len(fits) > 1 and not any(fits)
