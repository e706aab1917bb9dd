"""Reads the table of section 三: 23 or 25 rows of seven applicants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from etl.form import NEWEST, Edition, Head, all_items, load_form
from etl.reading import CellReading
from etl.recognise.columns import LabelledRow, Layout
from etl.recognise.labels import label_and_figure, line_index
from etl.recognise.loose import Words, regroup
from etl.recognise.numbers import is_value
from etl.recognise.request_heads import HEADS, SUBTOTAL, HeadColumns, Printed, head_code
from etl.recognise.request_order import Told, told_order
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import (
    TableReading,
    figures_beside,
    from_heads,
    join_cells,
    last_label,
    without_serials,
)

_WITH_PARTS = {line.item for line in load_form("2019").section_lines(3)} - {
    line.item for line in load_form(NEWEST).section_lines(3)
}
_PARTS = {line.item for line in load_form(NEWEST).section_lines(3)} - {
    line.item for line in load_form("2019").section_lines(3)
}


def read_requests(rows: Sequence[Row]) -> TableReading:
    """The cells of section 3, by the printed heads where columns are known, else by count.

    A row whose figures can't be told apart for certain is refused as a whole.
    """
    rows = from_heads(without_serials(rows), lambda row: HeadColumns().take(row) is not None)
    table = TableReading(3, place=rows[0].place)
    data = list(_data_rows(table, rows))
    in_order = _in_order(data)
    times = Counter(row.item for row in data)
    told = _told(data)
    for _, part in groupby(data, key=lambda row: (row.row.block, row.heads)):
        segment = list(part)
        reading = _reading(table, segment, told[_key(segment[0].heads)])
        for number, row in enumerate(segment):
            if id(row) in in_order:
                _read_row(table, row, reading, number)
    for row in data:
        if id(row) not in in_order:
            code = "repeated-row" if times[row.item] > 1 else "row-order"
            table.refuse_row(code, row.item, HEADS, row.after, row.row.place)
    _refuse_other_of_parts(table)
    _note_lone_figures(table, rows)
    table.edition = _edition(table)
    return table


def _in_order(data: Sequence[_DataRow]) -> set[int]:
    """The ids of the rows that stand in the form's order: most of them, the first where it ties.

    A row that is printed twice stands in order nowhere.
    """
    ranks = [all_items(3).index(row.item) for row in data]
    if all(one < other for one, other in pairwise(ranks)):
        return set(map(id, data))
    runs: dict[int, list[int]] = {}  # rank → the longest run of rows that ends in one of this rank
    for rank in ranks:
        before = [run for last, run in runs.items() if last < rank]
        run = [*max(before, key=len, default=()), rank]
        if len(run) > len(runs.get(rank, ())):
            runs[rank] = run
    kept = max(runs.values(), key=len)
    times = Counter(ranks)
    return {
        id(row) for row, rank in zip(data, ranks, strict=True) if rank in kept and times[rank] == 1
    }


_Key = tuple[Printed, bool]
"""What is printed of heads, and whether that is illegible."""


def _key(heads: HeadColumns) -> _Key:
    return heads.printed, heads.illegible


def _told(data: Sequence[_DataRow]) -> dict[_Key, Told]:
    """What the rows tell, by what is printed of the heads above them."""
    below: dict[_Key, list[_DataRow]] = {}
    for row in data:
        below.setdefault(_key(row.heads), []).append(row)
    return {key: told_order(rows[0].heads, rows) for key, rows in below.items()}


def _refuse_other_of_parts(table: TableReading) -> None:
    """Refuses （六）其他处理 beside unknown rows: the labels of its parts may be what is lost.

    It is a row of its own in 2019 and the name of three rows since 2021.
    """
    unknown = next((doubt for doubt in table.doubts if doubt.code == "unknown-row"), None)
    printed = [cell for (item, _), cell in table.cells.items() if item == "other"]
    if unknown and printed:
        raw, place = " | ".join(cell.raw for cell in printed), printed[0].place
        table.doubt("row-order", place, raw, "other")
        refused = CellReading("unreadable", None, raw, place)
        table.cells.update({("other", head.party): refused for head in HEADS})


@dataclass(frozen=True)
class _DataRow(LabelledRow):
    """A row of the table with the heads above it, and figures that may be its own."""

    heads: HeadColumns
    beside: tuple[RowCell, ...]


def _data_rows(table: TableReading, rows: Sequence[Row]) -> Iterator[_DataRow]:
    heads = HeadColumns()
    started = False
    lines = regroup(rows, Words(line_index(3), lambda text: head_code(text) is not None))
    for number, row in enumerate(lines):
        if (taken := heads.take(row)) is not None:
            heads = taken
            continue
        label = last_label(row.printed, line_index(3).match)
        if label is None:
            heads = heads if started else heads.pass_by(row)
            _note_unknown(table, row, heads)
        elif _is_group_label(row, label[1], lines[number + 1 :]):
            continue
        elif started or row.in_grid or len(row.cells) > 1:
            # else a head that is a row's label too (其他, 总计), printed on a line of its own
            started = True
            beside = figures_beside(lines, number, line_index(3))
            yield _DataRow(row, label[1], label[0], heads, beside)


def _is_group_label(row: Row, item: str, below: Sequence[Row]) -> bool:
    """Whether （六）其他处理 stands alone on its line, above the rows that it names since 2021."""
    if item not in _WITH_PARTS or len(row.printed) != 1 or not below:
        return False
    following = last_label(below[0].printed, line_index(3).match)
    return following is not None and following[1] in _PARTS


def _note_lone_figures(table: TableReading, rows: Sequence[Row]) -> None:
    """Rows without columns: a label and one figure in a cell, which may be the total's."""
    for row in rows:
        told = label_and_figure(row.filled[0].text) if len(row.filled) == 1 else None
        item = line_index(3).match(told[0]) if told else None
        if told is None or item is None:
            continue
        if all(cell.state == "unreadable" for (own, _), cell in table.cells.items() if own == item):
            table.doubts = [doubt for doubt in table.doubts if doubt.item != item]
            table.refuse_row("lone-figure", item, HEADS, row.filled, row.place)


@dataclass(frozen=True)
class _Reading:
    """How the rows of a segment are read: in columns if these are known, else by their order."""

    heads: Sequence[Head | None]
    found: Sequence[list[RowCell] | None] | None
    """Row by row the cells in the known columns; None where there are no such columns."""
    by_order: Layout | None
    first: int
    """The column where figures may start, where columns are known."""

    def refused(self, row: LabelledRow) -> list[RowCell]:
        """What a row prints behind its label, without blank cells among the labels' columns."""
        start = self.first if row.row.aligned else 0
        return [cell for cell in row.after if cell.text or cell.column >= start]


def _reading(table: TableReading, segment: Sequence[_DataRow], told: Told) -> _Reading:
    """Heads are trusted when most rows stand under them, or else the rows' own common columns.

    Nothing is taken by order where this can't be told, or under heads that the sums contradict.
    """
    heads, row = segment[0].heads, segment[0].row
    order = told.order
    layout = Layout.of(segment, len(order or HEADS))
    if row.aligned and heads.complete and not told.contradicted:
        columns = heads.as_columns()
        if margin := _margin(segment, heads):
            columns = replace(columns, extra=columns.extra.union(c.column for c in margin))
            table.doubt("unknown-head", margin[0].place, join_cells(margin))
        found = [columns.cells(row) for row in segment]
        if 2 * found.count(None) < len(segment):
            _note_beside(table, row, heads.beside())
            return _Reading(
                heads.known_heads(), found, layout if heads.as_printed else None, layout.deepest
            )
        table.doubt("by-count", row.place, join_cells(row.filled))
    if order is None or (told.contradicted and heads.columns):
        return _Reading(HEADS, None, None, layout.deepest)
    common = layout.columns()
    if not heads.all_applicants:
        if common is not None and not heads.stand_over(order, common):
            return _Reading(HEADS, None, None, layout.deepest)
        _note_no_heads(table, row)
    _note_beside(table, row, [SUBTOTAL for head in order if head is None])
    shared = None if common is None else [common.cells(row) for row in segment]
    return _Reading(order, shared, layout, layout.deepest)


def _margin(segment: Sequence[_DataRow], heads: HeadColumns) -> list[RowCell]:
    """Figures of most rows right of a blank column behind all heads: another year's totals.

    Right behind the heads they may be the rows' own, moved by a cell.
    """
    end = max(end for _, end in heads.columns.values())
    beyond = [[c for c in row.row.filled if c.column >= end] for row in segment]
    cells = [cell for row in beyond for cell in row]
    apart = heads.as_printed and all(c.column > end and is_value(c.text) for c in cells)
    return cells if apart and 2 * sum(map(bool, beyond)) > len(segment) else []


def _note_beside(table: TableReading, row: Row, texts: Sequence[str]) -> None:
    """The word, once a table, of columns whose heads the form doesn't have."""
    known = {doubt.detail for doubt in table.doubts if doubt.code == "unknown-head"}
    for text in texts if known.isdisjoint(texts) else ():
        table.doubt("unknown-head", row.place, text)


def _note_no_heads(table: TableReading, row: Row) -> None:
    """The word, once a grid, that not all heads are known below which figures are read."""
    known = [doubt for doubt in table.doubts if doubt.code == "no-heads"]
    if row.in_grid or not known:
        table.doubt("no-heads", row.place, join_cells(row.filled))


def _read_row(table: TableReading, row: _DataRow, reading: _Reading, number: int) -> None:
    """Read the row of this number in its segment, or refuse it."""
    if row.beside:
        table.refuse_row("split-row", row.item, HEADS, row.beside, row.row.place)
        return
    if not row.heads.in_order:
        table.unordered.add(row.item)
    cells = reading.found[number] if reading.found else None
    if cells is not None:
        table.put_row(row.item, reading.heads, cells)
        _fill_below_unknown(table, row, reading.heads)
        return
    if reading.by_order is None:
        code = "cell-count" if reading.found else "head-order"
        table.unordered.update([row.item] if code == "head-order" else [])
        table.refuse_row(code, row.item, HEADS, reading.refused(row), row.row.place)
        return
    counted = reading.by_order.counted_cells(row)
    longer = reading.by_order.is_longer_by_labels(row)
    if counted is None or (reading.found and not longer and not all(c.text for c in counted)):
        table.refuse_row("cell-count", row.item, HEADS, reading.refused(row), row.row.place)
        return
    if reading.found and not longer:
        table.doubt("by-count", row.row.place, join_cells(row.row.filled), row.item)
    table.put_row(row.item, reading.heads, counted)


def _fill_below_unknown(table: TableReading, row: _DataRow, known: Sequence[Head | None]) -> None:
    """Mark the cells of heads that aren't known as unreadable where unknown heads may be these."""
    if not (row.heads.extra and row.heads.columns and row.heads.unknown()):
        return
    missing = [(row.item, head.party) for head in HEADS if head not in known]
    if missing:
        columns = sorted(row.heads.as_columns().extra)
        cells = [cell for column in columns if (cell := row.row.at(column)) is not None]
        table.fill_unreadable(missing, cells, row.row.place)


def _note_unknown(table: TableReading, row: Row, heads: HeadColumns) -> None:
    """A row with figures under a label that the form doesn't have."""
    if any(is_value(cell.text) for cell in row.filled) and (heads.printed or not row.aligned):
        table.doubt("unknown-row", row.place, join_cells(row.filled))


def _edition(table: TableReading) -> Edition | None:
    """The edition that has these rows; a row of other handling left unread may head its parts."""
    items = {item for item, _ in table.cells}
    read = {item for (item, _), cell in table.cells.items() if cell.state != "unreadable"}
    if items & (_PARTS - {"other_misc"}):
        return None if read & _WITH_PARTS else "2021"
    if items & _WITH_PARTS:
        return "2019" if read & _WITH_PARTS else None
    return "2021" if items & _PARTS else None
