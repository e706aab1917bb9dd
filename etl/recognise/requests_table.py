"""Reads the table of section 三: 23 or 25 rows of seven applicants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from etl.form import NEWEST, Edition, Head, all_items, load_form
from etl.reading import CellReading
from etl.recognise.columns import Columns, LabelledRow, Layout, is_in_order
from etl.recognise.labels import group_index, head_index, line_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import NATURAL_PERSON, TableReading, join_cells, last_label, regroup

_HEADS: tuple[Head, ...] = load_form(NEWEST).section_heads(3)
_PARTIES = tuple(head.party for head in _HEADS)
_TOTAL_FIRST = (_PARTIES[-1], *_PARTIES[:-1])
_ORGANISATIONS = tuple(head.party for head in _HEADS if head.group == "organisation")
_TELLING = {NATURAL_PERSON, *_ORGANISATIONS[:-1]}
"""Parties whose heads no row's label can be taken for, unlike 其他 and 总计."""


def read_requests(rows: Sequence[Row]) -> TableReading:
    """The cells of section 3, by the printed heads where columns are known, else by count.

    A row whose figures can't be told apart for certain is refused as a whole.
    """
    table = TableReading(3, place=rows[0].place)
    order = -1
    data = list(_data_rows(table, rows))
    for _, part in groupby(data, key=lambda row: (row.row.block, row.heads)):
        segment = list(part)
        reading = _reading(table, segment)
        for number, row in enumerate(segment):
            rank = all_items(3).index(row.item)
            if rank <= order:
                table.refuse_row("row-order", row.item, _HEADS, row.after, row.row.place)
                continue
            order = rank
            _read_row(table, row, reading, number)
    _refuse_other_of_parts(table)
    table.edition = _edition(table)
    return table


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
        table.cells.update({("other", head.party): refused for head in _HEADS})


@dataclass(frozen=True)
class HeadColumns:
    """Where the heads of the applicants stand, party → column, and columns with other heads.

    ``printed`` are the parties row by row, which is all that flattened text tells.
    """

    columns: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra: tuple[tuple[int, str], ...] = ()
    end: int = 0
    printed: tuple[tuple[str, ...], ...] = ()

    def take(self, row: Row) -> HeadColumns | None:
        """These heads with those of one more row; None when it isn't a row of heads.

        A table that goes on after a page break repeats its heads: 自然人 starts them afresh.
        """
        parties = [(head_index(3).exact(cell.text), cell) for cell in row.filled]
        known = [party for party, _ in parties if party]
        if not _TELLING.intersection(known) or any(is_value(cell.text) for cell in row.filled):
            return None
        before = HeadColumns() if NATURAL_PERSON in known else self
        printed = (*before.printed, tuple(known))
        if not row.aligned:
            return HeadColumns(printed=printed)
        columns = {party: (cell.column, cell.end) for party, cell in reversed(parties) if party}
        beside = tuple((c.column, c.text) for p, c in parties if not p and c.column_span == 1)
        others = (*before.extra, *beside) if len(known) > 1 else ()
        return HeadColumns(before.columns | columns, others, max(before.end, row.end), printed)

    @property
    def complete(self) -> bool:
        """Whether every applicant but perhaps the total has a column of its own.

        Heads in one row may stand in any order. Over two rows their columns hang on the spans of
        法人或其他组织; where that cell is lost, the total slips in among its parts.
        """
        distinct = len({start for start, _ in self.columns.values()}) == len(self.columns)
        if not distinct or not set(self.columns) >= {NATURAL_PERSON, *_ORGANISATIONS}:
            return False
        order = sorted(self.columns, key=self.columns.__getitem__)
        one_row = any(len(row) == len(self.columns) for row in self.printed)
        return one_row or is_in_order(order, _PARTIES) or is_in_order(order, _TOTAL_FIRST)

    @property
    def in_order(self) -> bool:
        """Whether figures may be taken by their order, as far as the printed heads tell.

        The total is printed beside 法人或其他组织, in the row above its parts.
        """
        return all(is_in_order(row, _PARTIES) for row in self.printed)

    @property
    def as_printed(self) -> bool:
        """Whether all seven heads stand in the form's order with none beside them."""
        return self.in_order and len(self.columns) == len(_PARTIES) and not self.extra

    def as_columns(self) -> Columns:
        """The known columns in the form's order."""
        known = tuple(self.columns[party] for party in _PARTIES if party in self.columns)
        return Columns(known, self.end, frozenset(column for column, _ in self.extra))

    def unknown(self) -> list[str]:
        """Heads of single columns among the applicants' that the form doesn't have."""
        first = min(start for start, _ in self.columns.values())
        beside = [text for column, text in self.extra if column > first]
        return [text for text in beside if group_index().exact(text) is None]

    def known_heads(self) -> list[Head]:
        return [head for head in _HEADS if head.party in self.columns]


@dataclass(frozen=True)
class _DataRow(LabelledRow):
    """A row of the table with the heads above it."""

    heads: HeadColumns


def _data_rows(table: TableReading, rows: Sequence[Row]) -> Iterator[_DataRow]:
    heads = HeadColumns()
    started = False
    for row in regroup(rows, lambda text: line_index(3).match(text) is not None):
        if (taken := heads.take(row)) is not None:
            heads = taken
            continue
        label = last_label(row.printed, line_index(3).match)
        if label is None:
            _note_unknown(table, row, heads)
        elif started or row.in_grid or len(row.cells) > 1:
            # else a head that is a row's label too (其他, 总计), printed on a line of its own
            started = True
            yield _DataRow(row, label[1], label[0], heads)


@dataclass(frozen=True)
class _Reading:
    """How the rows of a segment are read: in columns if these are known, else by their order."""

    heads: Sequence[Head]
    found: Sequence[list[RowCell] | None] | None
    """Row by row the cells in the known columns; None where there are no such columns."""
    by_order: Layout | None


def _reading(table: TableReading, segment: Sequence[_DataRow]) -> _Reading:
    """Heads are trusted when most rows stand under them, or else the rows' own common columns.

    Heads that aren't printed in the form's order let nothing be taken by order.
    """
    heads, row = segment[0].heads, segment[0].row
    layout = Layout.of(segment, len(_HEADS))
    if row.aligned and heads.complete:
        columns = heads.as_columns()
        found = [columns.cells(row) for row in segment]
        if 2 * found.count(None) < len(segment):
            for text in heads.unknown():
                table.doubt("unknown-head", row.place, text)
            return _Reading(heads.known_heads(), found, layout if heads.as_printed else None)
        table.doubt("by-count", row.place, join_cells(row.filled))
    if row.in_grid and not heads.printed:
        table.doubt("no-heads", row.place, join_cells(row.filled))
    if not heads.in_order:
        return _Reading(_HEADS, None, None)
    common = layout.columns()
    shared = None if common is None else [common.cells(row) for row in segment]
    return _Reading(_HEADS, shared, layout)


def _read_row(table: TableReading, row: _DataRow, reading: _Reading, number: int) -> None:
    """Read the row of this number in its segment, or refuse it."""
    cells = reading.found[number] if reading.found else None
    if cells is not None:
        table.put_row(row.item, reading.heads, cells)
        return
    if reading.by_order is None:
        code = "cell-count" if reading.found else "head-order"
        table.refuse_row(code, row.item, _HEADS, row.after, row.row.place)
        return
    counted = reading.by_order.counted_cells(row)
    if counted is None or (reading.found and not all(cell.text for cell in counted)):
        table.refuse_row("cell-count", row.item, _HEADS, row.after, row.row.place)
        return
    if reading.found:
        table.doubt("by-count", row.row.place, join_cells(row.row.filled), row.item)
    table.put_row(row.item, _HEADS, counted)


def _note_unknown(table: TableReading, row: Row, heads: HeadColumns) -> None:
    """A row with figures under a label that the form doesn't have."""
    if any(is_value(cell.text) for cell in row.filled) and (heads.printed or not row.aligned):
        table.doubt("unknown-row", row.place, join_cells(row.filled))


def _edition(table: TableReading) -> Edition | None:
    items = {item for item, _ in table.cells}
    if "other" in items:
        return "2019" if not items & {"other_uncorrected", "other_unpaid"} else None
    return "2021" if items & {"other_uncorrected", "other_unpaid", "other_misc"} else None
