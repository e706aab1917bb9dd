"""Section 四 as other than one row: a table a route, or routes and outcomes as rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from etl.form import all_items, all_parties
from etl.recognise.labels import head_index, line_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell

OUTCOMES = all_items(4)
ROUTES = all_parties(4)

Found = dict[tuple[str, str], RowCell]
"""(outcome, route) → the cell printed there."""


def is_body_row(row: Row) -> bool:
    """A row of figures and blanks, with at most as many unreadable cells as figures."""
    figures = sum(is_value(cell.text) for cell in row.filled)
    return len(row.printed) >= len(OUTCOMES) and 2 * figures >= len(row.filled)


def read_stacked(rows: Sequence[Row]) -> Found | None:
    """Rows of figures one below the other, each under its own routes and their outcomes.

    None unless it is more than one row and every route is there once, in full.
    """
    routes: list[str] = []
    outcomes: list[str] = []
    found: Found = {}
    parts = 0
    for row in rows:
        named = _codes(row, _route)
        told = _codes(row, _outcome)
        if named or told:
            routes = [*routes, *named]
            outcomes = [*outcomes, *told]
        elif is_body_row(row):
            expected = [(outcome, route) for route in routes for outcome in OUTCOMES]
            fits = outcomes == [outcome for outcome, _ in expected]
            if not fits or len(row.printed) != len(expected) or found.keys() & set(expected):
                return None
            found.update(zip(expected, row.printed, strict=True))
            routes, outcomes, parts = [], [], parts + 1
    return found if parts > 1 and len(found) == len(OUTCOMES) * len(ROUTES) else None


def read_under_routes(heads: Sequence[Row], row: Row) -> Found | None:
    """One row of figures whose routes or outcomes stand in another order than the form's.

    None unless every head is there to the letter over columns of its own, each route over its five
    outcomes alone, and every figure stands right below its outcome.
    """
    outcomes = [(c, code) for head in heads for c in head.filled if (code := _outcome(c.text))]
    routes = [(c, code) for head in heads for c in head.filled if (code := _route(c.text))]
    aligned = row.aligned and all(head.aligned for head in heads)
    as_wide = row.end == max((head.end for head in heads), default=0)
    if not (aligned and as_wide and sorted(code for _, code in routes) == sorted(ROUTES)):
        return None
    own = {(cell.column, cell.end): cell for cell in row.printed if cell.row_span == 1}
    found: Found = {}
    for route, code in routes:
        below = [(c, o) for c, o in outcomes if route.column <= c.column and c.end <= route.end]
        gapless = sum(c.column_span for c, _ in below) == route.column_span
        if not gapless or sorted(outcome for _, outcome in below) != sorted(OUTCOMES):
            return None
        at = {outcome: own.get((cell.column, cell.end)) for cell, outcome in below}
        found |= {(outcome, code): cell for outcome, cell in at.items() if cell is not None}
    width = len(OUTCOMES) * len(ROUTES)
    figures = sum(cell.text != "" for cell in found.values())
    whole = len(found) == len(outcomes) == len(set(found.values())) == width
    return found if whole and figures == len(row.filled) else None


def read_matrix(rows: Sequence[Row]) -> Found | None:
    """Routes as rows under the five outcomes, or outcomes as rows under the three routes.

    None unless every head and label is there once and every row has exactly its figures.
    """
    for row in rows:
        if sorted(_codes(row, _outcome)) == sorted(OUTCOMES):
            return _matrix(rows, row, _outcome, _route, len(ROUTES), swap=False)
        if sorted(_codes(row, _route)) == sorted(ROUTES):
            return _matrix(rows, row, _route, _outcome, len(OUTCOMES), swap=True)
    return None


def _matrix(
    rows: Sequence[Row],
    head_row: Row,
    head_of: Callable[[str], str | None],
    label_of: Callable[[str], str | None],
    height: int,
    *,
    swap: bool,
) -> Found | None:
    heads = [(cell, code) for cell in head_row.filled if (code := head_of(cell.text))]
    found: Found = {}
    for row in rows:
        if not any(is_value(cell.text) for cell in row.filled):
            continue
        last = max((n for n, c in enumerate(row.printed) if label_of(c.text)), default=None)
        label = label_of(row.printed[last].text) if last is not None else None
        if last is None or label is None or len(_codes(row, label_of)) != 1:
            return None
        figures = row.printed[last + 1 :]
        if not _stand_under(row, figures, head_row, [cell for cell, _ in heads]):
            return None
        for (_, code), cell in zip(heads, figures, strict=True):
            pair = (label, code) if swap else (code, label)
            if found.setdefault(pair, cell) is not cell:
                return None
    return found if len(found) == len(heads) * height else None


def _stand_under(
    row: Row, figures: Sequence[RowCell], head_row: Row, heads: Sequence[RowCell]
) -> bool:
    """Whether there is one unmerged figure for each head, in its column where columns are known."""
    if len(figures) != len(heads) or any(cell.row_span > 1 for cell in figures):
        return False
    if not (row.aligned and head_row.aligned):
        return all(cell.text for cell in figures)
    return all(cell.column == head.column for cell, head in zip(figures, heads, strict=True))


def _codes(row: Row, code_of: Callable[[str], str | None]) -> list[str]:
    return [code for cell in row.filled if (code := code_of(cell.text))]


def _route(text: str) -> str | None:
    return head_index(4).exact(text)


def _outcome(text: str) -> str | None:
    return line_index(4).exact(text)
