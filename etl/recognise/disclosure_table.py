"""Reads the table of section 二: blocks with heads of their own, one to three figures a row."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from etl.form import Edition, Head, load_form
from etl.recognise.labels import edition_index, head_index, line_index
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import TableReading, join_cells, last_label, pick_window, regroup


def read_disclosure(rows: Sequence[Row]) -> TableReading:
    """The cells of section 2; the edition is told by the heads that only one edition prints."""
    table = TableReading(2, place=rows[0].place)
    table.edition = _edition(rows)
    if table.edition is None:
        table.doubt("edition-unknown", table.place)
        return table
    form = load_form(table.edition)
    items = {line.item: line for line in form.section_lines(2)}
    head_row: Row | None = None
    for row in regroup(rows, lambda text: line_index(2).match(text) is not None):
        if _is_head_row(row):
            head_row = row
            continue
        found = last_label(row.printed, line_index(2).match)
        if found is None or found[1] not in items:
            _note_unknown(table, row)
            continue
        position, item = found
        heads = form.section_heads(2, items[item].group)
        if any((item, head.party) in table.cells for head in heads):
            table.refuse_row("repeated-row", item, heads, row.printed[position + 1 :], row.place)
            continue
        _read_row(table, heads, head_row, row, position, item)
    return table


def _read_row(
    table: TableReading,
    heads: Sequence[Head],
    head_row: Row | None,
    row: Row,
    position: int,
    item: str,
) -> None:
    after = row.printed[position + 1 :]
    values = _cells_by_heads(table.edition, heads, head_row, row, position)
    if values is None:
        window = pick_window(after, len(heads))
        if window is None:
            table.refuse_row("cell-count", item, heads, after, row.place)
            return
        values = list(window)
    units = _printed_units(table.edition, heads, head_row)
    for head, cell in zip(heads, values, strict=True):
        unit = units.get(head.party, "")
        table.cells[item, head.party] = read_cell(cell.text, head.kind, cell.place, unit)


def _cells_by_heads(
    edition: Edition | None, heads: Sequence[Head], head_row: Row | None, row: Row, position: int
) -> list[RowCell] | None:
    """The cells under the block's heads; None when a head is lost or a figure stands elsewhere."""
    if head_row is None or not row.aligned or not head_row.aligned:
        return None
    columns = _head_columns(edition, heads, head_row)
    if len(columns) != len(heads):
        return None
    runs = [_cells_at(row, columns[head.party]) for head in heads]
    cells = [cell for run in runs if (cell := _one_cell(run)) is not None]
    inside = [cell for run in runs for cell in run]
    if len({cell.column for cell in cells}) != len(heads):
        return None
    others = [c for c in row.printed[position + 1 :] if c.text and c not in inside]
    before = [c for c in row.printed[:position] if is_value(c.text)]
    return None if others or before else cells


def _head_columns(
    edition: Edition | None, heads: Sequence[Head], row: Row
) -> dict[str, tuple[int, ...]]:
    """Party → its columns: one, or neighbouring ones where a merged head's text is repeated."""
    index = head_index(2, edition, heads[0].group)
    found: dict[str, tuple[int, ...]] = {}
    for cell in row.filled:
        if party := index.match(cell.text):
            found[party] = (*found.get(party, ()), cell.column)
    return {party: run for party, run in found.items() if run[-1] - run[0] == len(run) - 1}


def _cells_at(row: Row, columns: Sequence[int]) -> list[RowCell]:
    return [cell for column in columns if (cell := row.at(column)) is not None]


def _one_cell(run: Sequence[RowCell]) -> RowCell | None:
    """The cell that a run of columns prints: its only one, or one that is repeated as merged."""
    own = [cell for cell in run if cell.fresh and cell.row_span == 1]
    texts = {cell.text for cell in own}
    return own[0] if own and len(own) == len(run) and len(texts) == 1 else None


def _printed_units(
    edition: Edition | None, heads: Sequence[Head], head_row: Row | None
) -> dict[str, str]:
    """The money unit that a head prints, where it prints one: 本年收费金额（单位：元）."""
    if head_row is None:
        return {}
    index = head_index(2, edition, heads[0].group)
    units: dict[str, str] = {}
    for cell in head_row.filled:
        text = unicodedata.normalize("NFKC", cell.text)
        if (party := index.match(cell.text)) and "元" in text:
            units[party] = "万元" if "万元" in text else "元"
    return units


def _is_head_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    if any(is_value(text) for text in texts) or not texts:
        return False
    heads = sum(head_index(2).match(text) is not None for text in texts)
    return heads >= 1 and line_index(2).exact(texts[0]) is None


def _edition(rows: Sequence[Row]) -> Edition | None:
    """The edition that more heads speak for; None when they are even or there are none."""
    votes = Counter(
        code for row in rows for cell in row.filled if (code := edition_index().exact(cell.text))
    )
    if not votes or votes["2019"] == votes["2021"]:
        return None
    return "2019" if votes["2019"] > votes["2021"] else "2021"


def _note_unknown(table: TableReading, row: Row) -> None:
    """A row with figures under a label that the edition doesn't have."""
    if any(is_value(cell.text) for cell in row.filled):
        table.doubt("unknown-row", row.place, join_cells(row.filled))
