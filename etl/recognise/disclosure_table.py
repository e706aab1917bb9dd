"""Reads the table of section 二: blocks with heads of their own, one to three figures a row."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from etl.form import NEWEST, Edition, Head, Line, as_edition, load_form
from etl.recognise.columns import LabelledRow, is_in_order
from etl.recognise.labels import edition_index, group_index, head_index, label_key, line_index
from etl.recognise.loose import Words, regroup
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell
from etl.recognise.script import simplified
from etl.recognise.tables import (
    TableReading,
    figures_beside,
    from_heads,
    join_cells,
    last_label,
    without_serials,
)


def read_disclosure(rows: Sequence[Row]) -> TableReading:
    """The cells of section 2; the edition is told by the heads that only one edition prints."""
    rows = from_heads(without_serials(rows), _is_head_row)
    table = TableReading(2, place=rows[0].place)
    table.edition = _edition(rows)
    if table.edition is None:
        table.doubt("edition-unknown", table.place)
        return table
    form = load_form(table.edition)
    items = {line.item: line for line in form.section_lines(2)}
    blocks = list(_blocks(table, rows, items))
    usual_end = Counter(line.row.end for line, _ in blocks).most_common(1)
    for line, head_row in blocks:
        heads = form.section_heads(2, items[line.item].group)
        if any((line.item, head.party) in table.cells for head in heads):
            table.refuse_row("repeated-row", line.item, heads, line.after, line.row.place)
            continue
        _read_row(table, heads, head_row, line, usual_end[0][0])
    return table


def _blocks(
    table: TableReading, rows: Sequence[Row], items: Mapping[str, Line]
) -> Iterator[tuple[LabelledRow, Row | None]]:
    """The rows of figures, each with the row of heads above it."""
    head_row: Row | None = None
    lines = regroup(rows, Words(line_index(2), _is_head))
    for number, row in enumerate(lines):
        if _is_head_row(row):
            head_row = row
            continue
        found = last_label(row.printed, line_index(2).match)
        if found is None or found[1] not in items:
            _note_unknown(table, row)
            continue
        line = LabelledRow(row, found[1], found[0])
        if beside := figures_beside(lines, number, line_index(2)):
            heads = load_form(table.edition or NEWEST).section_heads(2, items[line.item].group)
            table.refuse_row("split-row", line.item, heads, beside, row.place)
        else:
            yield line, head_row


def _read_row(
    table: TableReading,
    heads: Sequence[Head],
    head_row: Row | None,
    line: LabelledRow,
    usual_end: int,
) -> None:
    values = _cells_by_heads(table.edition, heads, head_row, line)
    if values is None:
        values = _cells_by_count(table.edition, heads, head_row, line, usual_end)
    if values is None:
        table.refuse_row("cell-count", line.item, heads, line.after, line.row.place)
        return
    units = _printed_units(table.edition, heads, head_row)
    for head, cell in zip(heads, values, strict=True):
        unit = units.get(head.party, "")
        table.cells[line.item, head.party] = read_cell(cell.text, head.kind, cell.place, unit)


def _cells_by_heads(
    edition: Edition | None, heads: Sequence[Head], head_row: Row | None, line: LabelledRow
) -> Sequence[RowCell] | None:
    """The cells under the block's heads; None when a head is lost or a figure stands elsewhere."""
    row = line.row
    if head_row is None or not row.aligned or not head_row.aligned or row.end != head_row.end:
        return None
    columns = _head_columns(edition, heads, head_row)
    if len(columns) != len(heads):
        return None
    runs = [_cells_at(row, columns[head.party]) for head in heads]
    cells = [cell for run in runs if (cell := _one_cell(run)) is not None]
    inside = [cell for run in runs for cell in run]
    if len({cell.column for cell in cells}) != len(heads):
        return None
    others = [c for c in line.after if c.text and c not in inside]
    return (
        None if others or line.has_figure_before or row.printed[line.position] in inside else cells
    )


def _cells_by_count(
    edition: Edition | None,
    heads: Sequence[Head],
    head_row: Row | None,
    line: LabelledRow,
    usual_end: int,
) -> Sequence[RowCell] | None:
    """The first cells behind the label; None unless their number or their figures leave no doubt.

    A blank cell counts as a figure only in a row as long as its row of heads. More cells than
    figures are the padding of merged cells only in rows as long as the table's others.
    """
    width, cells = len(heads), line.after
    figures, padding = cells[:width], cells[width:]
    if len(figures) < width or any(cell.text for cell in padding):
        return None
    if line.has_figure_before or any(cell.row_span > 1 for cell in figures):
        return None
    if head_row is None:
        return None if padding else figures
    if len(_head_texts(head_row)) != width or not _in_printed_order(edition, heads, head_row):
        return None
    as_heads = line.row.end == head_row.end
    if all(is_value(cell.text) for cell in figures):
        certain = as_heads or not padding or line.row.end == usual_end
    elif padding:
        certain = as_heads and not any(cell.text for cell in figures)
    else:
        certain = as_heads or all(cell.text for cell in figures)
    return figures if certain else None


def _in_printed_order(edition: Edition | None, heads: Sequence[Head], row: Row) -> bool:
    """Whether the heads that are told stand in the form's order, none of them twice.

    One that isn't may have run together with another text, but must not name another place's.
    """
    index = head_index(2, edition, heads[0].group)
    told = [party for cell in row.filled if (party := index.match(cell.text))]
    if not is_in_order(told, [head.party for head in heads]):
        return False
    texts = [label_key(text) for text in _head_texts(row)]
    return len(texts) != len(heads) or not any(
        label_key(other.label) in text
        for text, head in zip(texts, heads, strict=True)
        for other in heads
        if label_key(head.label) not in text and other is not head
    )


def _head_texts(row: Row) -> list[str]:
    """The heads that a row prints beside its corner."""
    return [cell.text for cell in row.filled if group_index().exact(cell.text) is None]


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
        text = "".join(simplified(unicodedata.normalize("NFKC", cell.text)).split())
        if (party := index.match(cell.text)) and "元" in text:
            units[party] = "万元" if "万元" in text else "元"
    return units


def _is_head(text: str) -> bool:
    return group_index().exact(text) == "corner" or head_index(2).match(text) is not None


def _is_head_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    if any(is_value(text) for text in texts) or not texts:
        return False
    if group_index().exact(texts[0]) == "corner":
        return True  # heads broken over two rows may have lost all their names
    heads = sum(head_index(2).match(text) is not None for text in texts)
    return heads >= 1 and line_index(2).exact(texts[0]) is None


def _edition(rows: Sequence[Row]) -> Edition | None:
    """The edition that more heads speak for; None when they are even or there are none."""
    votes = Counter(
        code
        for row in rows
        for cell in row.filled
        for text in ((cell.text,) if row.in_grid else cell.text.split(" "))
        if (code := edition_index().exact(text))
    )
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return as_edition(ranked[0][0])


def _note_unknown(table: TableReading, row: Row) -> None:
    """A row with figures under a label that the edition doesn't have."""
    if any(is_value(cell.text) for cell in row.filled):
        table.doubt("unknown-row", row.place, join_cells(row.filled))
