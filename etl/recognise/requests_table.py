"""Reads the table of section 三: 23 or 25 rows of seven applicants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.form import Edition, Head, all_items, load_form
from etl.recognise.labels import head_index, line_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import (
    NATURAL_PERSON,
    TableReading,
    join_cells,
    last_label,
    pick_window,
    regroup,
)

_HEADS: tuple[Head, ...] = load_form("2021").section_heads(3)
_ORGANISATIONS = tuple(head.party for head in _HEADS if head.group == "organisation")
_TELLING = {NATURAL_PERSON, *_ORGANISATIONS[:-1]}
"""Parties whose heads no row's label can be taken for, unlike 其他 and 总计."""


@dataclass(frozen=True, slots=True)
class _DataRow:
    """A row of the table with its item, the position of its label, and the heads above it."""

    row: Row
    item: str
    position: int
    heads: HeadColumns

    @property
    def after(self) -> tuple[RowCell, ...]:
        return self.row.printed[self.position + 1 :]

    @property
    def fits_heads(self) -> bool:
        """Whether the label stands left of the heads and no figure stands left of them too."""
        before = self.heads.first
        label = self.row.printed[self.position]
        strays = (c for c in self.row.filled if c.column < before and is_value(c.text))
        return label.end <= before and not any(strays)


def read_requests(rows: Sequence[Row]) -> TableReading:
    """The cells of section 3, by the printed heads where columns are known, else by count.

    A row whose figures can't be told apart for certain is refused as a whole.
    """
    table = TableReading(3, place=rows[0].place)
    found = list(_data_rows(table, rows))
    headed = [row for row in found if row.row.aligned and row.heads.complete]
    by_heads = all(row.fits_heads for row in headed)
    if not by_heads:
        stray = next(row for row in headed if not row.fits_heads)
        table.doubt("by-count", stray.row.place, join_cells(stray.row.filled))
    order = -1
    for row in found:
        rank = all_items(3).index(row.item)
        if rank <= order:
            table.refuse_row("row-order", row.item, _HEADS, row.after, row.row.place)
            continue
        order = rank
        _read_row(table, row, by_heads and row.row.aligned and row.heads.complete)
    table.edition = _edition(table)
    return table


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


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """Where the heads of the applicants stand, party → column, and columns with other heads."""

    columns: dict[str, int] = field(default_factory=dict)
    extra: frozenset[int] = frozenset()

    def take(self, row: Row) -> HeadColumns | None:
        """These heads with those of one more row; None when it isn't a row of heads.

        A table that goes on after a page break repeats its heads: 自然人 starts them afresh.
        """
        filled = row.filled
        parties = [(head_index(3).exact(cell.text), cell) for cell in filled]
        known = {party for party, _ in parties if party}
        if not known & _TELLING or any(is_value(cell.text) for cell in filled):
            return None
        before = HeadColumns() if NATURAL_PERSON in known else self
        if not row.aligned:
            return before
        columns = {party: cell.column for party, cell in reversed(parties) if party}
        extra = {c.column for party, c in parties if not party and c.column_span == 1}
        others = extra if len(known) > 1 else frozenset()
        return HeadColumns(columns | before.columns, before.extra | others)

    @property
    def complete(self) -> bool:
        """Whether every applicant but perhaps the total has a column of its own."""
        distinct = len(set(self.columns.values())) == len(self.columns)
        return distinct and set(self.columns) >= {NATURAL_PERSON, *_ORGANISATIONS}

    @property
    def first(self) -> int:
        return min(self.columns.values())


def _read_row(table: TableReading, data: _DataRow, by_heads: bool) -> None:
    cells = _cells_by_heads(data) if by_heads else None
    if cells is not None:
        table.put_row(data.item, _known_heads(data.heads), cells)
        return
    window = pick_window(data.after, len(_HEADS))
    if window is None or (data.row.aligned and any(c.column_span > 1 for c in window)):
        table.refuse_row("cell-count", data.item, _HEADS, data.after, data.row.place)
        return
    table.put_row(data.item, _HEADS, window)


def _known_heads(heads: HeadColumns) -> list[Head]:
    return [head for head in _HEADS if head.party in heads.columns]


def _cells_by_heads(data: _DataRow) -> list[RowCell] | None:
    """The cells under the heads; None when the row's figures stand anywhere else too."""
    wanted = [data.heads.columns[head.party] for head in _known_heads(data.heads)]
    cells = [cell for column in wanted if (cell := data.row.at(column)) is not None]
    single = all(c.fresh and c.column_span == 1 and c.row_span == 1 for c in cells)
    if len(cells) != len(wanted) or not single:
        return None
    inside = {*wanted, *data.heads.extra}
    right = (c for c in data.row.filled if c.column > data.heads.first and c.column not in inside)
    return None if any(right) else cells


def _note_unknown(table: TableReading, row: Row, heads: HeadColumns) -> None:
    """A row with figures under a label that the form doesn't have."""
    if any(is_value(cell.text) for cell in row.filled) and (heads.columns or not row.aligned):
        table.doubt("unknown-row", row.place, join_cells(row.filled))


def _edition(table: TableReading) -> Edition | None:
    items = {item for item, _ in table.cells}
    if "other" in items:
        return "2019" if not items & {"other_uncorrected", "other_unpaid"} else None
    return "2021" if items & {"other_uncorrected", "other_unpaid", "other_misc"} else None
