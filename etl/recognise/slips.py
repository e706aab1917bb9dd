"""A second look at the rows of a table: doubts, and what a row may have meant.

A row that lost a figure looks alike in a workbook and in a PDF, where its last cell is blank, and
in HTML or Word, where the cell is missing: the figures behind the gap stand one column over, and
nothing printed says where the gap is. So such a row is refused in every format, by its number of
cells (``cell-count``) or, where its columns are all there, once it begins or ends in a blank as
other rows don't and fails its own sum (``short-row``). Blanks that are the table's custom, and
blank cells that break no sum, stay as printed. What a row may have meant is offered, never
applied; see ``alternatives``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from etl.form import Edition, FormCell, load_form
from etl.reading import CellReading, Doubt
from etl.recognise.alternatives import Alternatives, Cells, Values
from etl.recognise.tables import WHOLE_TABLE, TableReading


def reviewed(table: TableReading, edition: Edition) -> tuple[Cells, tuple[Doubt, ...]]:
    """The table's cells and doubts, those of unread rows with their alternative.

    Rows that are refused on a second look are ``unreadable`` among the cells.
    """
    rows = _rows(edition, table.section)
    if not rows or not _invites_a_look(table):
        return table.cells, tuple(table.doubts)
    others = Alternatives(edition, table.section, table.cells, table.unordered)
    cells = dict(table.cells)
    doubts: list[Doubt] = []
    found = {
        item: others.of_refused(row, table.refused[item])
        for item, row in rows
        if item in table.refused
    }
    for doubt in table.doubts:
        doubts.extend(_offered(doubt, found.get(doubt.item or WHOLE_TABLE, {})))
    usual = _ends_filled(table, rows)
    for item, row in rows:
        printed = [cell for c in row if (cell := table.cells.get((c.item, c.party))) is not None]
        if item in table.refused or len(printed) < len(row) or _is_plain(printed):
            continue
        for doubt in _doubts_of_read(table, others, row, printed, usual):
            doubts.append(doubt)
            if doubt.code == "short-row":
                refused = CellReading("unreadable", None, doubt.detail, doubt.place)
                cells.update({(cell.item, cell.party): refused for cell in row})
    return cells, tuple(doubts)


def _ends_filled(
    table: TableReading, rows: Sequence[tuple[str, list[FormCell]]]
) -> tuple[bool, bool]:
    """Whether most rows print their first figure and their last, so that one without stands out.

    Where a section is printed as one row this is whether its other cells are filled.
    """
    texts = [_texts(table, row) for _, row in rows]
    if len(texts) == 1:
        return all(texts[0][1:]), all(texts[0][:-1])
    first, last = (sum(bool(row[end]) for row in texts) for end in (0, -1))
    return 2 * first > len(rows), 2 * last > len(rows)


def _texts(table: TableReading, row: Sequence[FormCell]) -> list[str]:
    found = (table.cells.get((cell.item, cell.party)) for cell in row)
    return [cell.raw if cell else "" for cell in found]


@cache
def _rows(edition: Edition, section: int) -> list[tuple[str, list[FormCell]]]:
    """The rows of a section with sums along them, by item; section 4 is one row."""
    cells = load_form(edition).section_cells(section)
    if section == 3:
        return [(item, list(row)) for item, row in groupby(cells, lambda cell: cell.item)]
    return [(WHOLE_TABLE, list(cells))] if section == 4 else []


def _invites_a_look(table: TableReading) -> bool:
    """Whether anything was refused, left unreadable or printed as a blank."""
    return bool(table.refused) or any(
        cell.state in ("blank", "unreadable") for cell in table.cells.values()
    )


def _is_plain(cells: Sequence[CellReading]) -> bool:
    """Whether nothing invites a second look: every figure read, and none missing at either end."""
    if not cells[0].raw or not cells[-1].raw:
        return not any(cell.raw for cell in cells)
    return all(cell.state != "unreadable" for cell in cells)


def _doubts_of_read(
    table: TableReading,
    others: Alternatives,
    row: Sequence[FormCell],
    cells: Sequence[CellReading],
    usual: tuple[bool, bool],
) -> Iterator[Doubt]:
    """What a second look at a row says; ``usual`` whether rows print their first and last cell."""
    item = row[0].item if table.section == 3 else None
    texts = [cell.raw for cell in cells]
    detail, place = " | ".join(texts), cells[0].place
    if unread := [cell.raw for cell in cells if cell.state == "unreadable"]:
        is_broken = any(" " in raw for raw in unread)  # else what lacks is a head
        if is_broken and (found := others.of_refused(row, texts)):
            doubt = Doubt("broken-figure", place, detail, table.section, item)
            yield from _offered(doubt, found)
        return
    found = others.of_read(row, texts)
    stands_out = (usual[0] and not texts[0]) or (usual[1] and not texts[-1])
    if stands_out and others.fails_alone(row, texts):
        yield from _offered(Doubt("short-row", place, detail, table.section, item), found)
    elif found:
        yield from _offered(Doubt("moved-row", place, detail, table.section, item), found)


def _offered(doubt: Doubt, found: Values) -> Iterator[Doubt]:
    """The doubt with its alternative; one for each item where the doubt is of several."""
    if not found or doubt.item is not None:
        pairs = tuple((party, value) for (_, party), value in found.items())
        yield replace(doubt, alternative=pairs)
        return
    for item in dict.fromkeys(item for item, _ in found):
        pairs = tuple((party, value) for (own, party), value in found.items() if own == item)
        yield replace(doubt, item=item, alternative=pairs)
