"""Which cells of a row are its figures: by columns that the table's rows share, or by count.

A row that lost or gained a cell must never be read one column over. So a row is read by columns
only when it reaches as far as the others, and by count only when it has the exact number of cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell


@dataclass(frozen=True)
class LabelledRow:
    """A row with the item that its label names; ``position`` is the label's among the printed."""

    row: Row
    item: str
    position: int

    @property
    def after(self) -> tuple[RowCell, ...]:
        """The cells printed behind the label."""
        return self.row.printed[self.position + 1 :]

    @property
    def has_figure_before(self) -> bool:
        """Whether a figure stands before the label: a cell may be out of its place."""
        return any(is_value(cell.text) for cell in self.row.printed[: self.position])

    @property
    def label_end(self) -> int:
        return self.row.printed[self.position].end


@dataclass(frozen=True)
class Columns:
    """Columns of figures, in the order of their heads, and where the rows of the table end.

    A column is where it starts and ends: one drawn askew in Word takes two columns of the grid.
    ``extra`` columns have heads that the form doesn't know (小计); figures in them are passed over.
    """

    known: tuple[tuple[int, int], ...]
    end: int
    extra: frozenset[int] = frozenset()

    def cells(self, row: LabelledRow) -> list[RowCell] | None:
        """The row's cells in these columns; None when it is broken, or has figures elsewhere."""
        first, inside = self._first, self._inside
        if row.label_end > first or row.row.end != self.end:
            return None
        starting = {cell.column: cell for cell in row.row.cells}
        found: list[RowCell] = []
        for start, end in self.known:
            cell = starting.get(start)
            if cell is None or cell.end != end or not cell.fresh or cell.row_span != 1:
                return None
            found.append(cell)
        for cell in row.row.filled:
            if cell.column not in inside and (cell.column > first or is_value(cell.text)):
                return None
        return found

    @cached_property
    def _first(self) -> int:
        return min(self.known)[0]

    @cached_property
    def _inside(self) -> frozenset[int]:
        """Where the columns start, those with unknown heads among them."""
        return self.extra.union(start for start, _ in self.known)


@dataclass(frozen=True)
class Layout:
    """How the rows of a table without usable heads hold their ``width`` figures.

    ``end`` is where most rows end, and ``deepest`` where the label furthest right in these ends.
    """

    rows: Sequence[LabelledRow]
    width: int
    end: int
    deepest: int

    @classmethod
    def of(cls, rows: Sequence[LabelledRow], width: int) -> Layout:
        """The layout of a table's rows; there must be one row at least."""
        end = Counter(row.row.end for row in rows).most_common(1)[0][0]
        deepest = max(row.label_end for row in rows if row.row.end == end)
        return cls(rows, width, end, deepest)

    def columns(self) -> Columns | None:
        """The neighbouring columns in which the figures of all rows stand.

        None where merged cells are lost, so that rows with fewer labels are shorter or padded at
        their end, and where blank columns leave it open which ones these are.
        """
        whole = [row for row in self.rows if row.row.end == self.end]
        filled = {cell.column for row in whole for cell in row.after if cell.text}
        first = max(filled, default=0) + 1 - self.width
        if first != self.deepest:
            return None
        columns = Columns(
            tuple((column, column + 1) for column in range(first, first + self.width)), self.end
        )
        shallow = [row for row in self.rows if row.label_end < first]
        if shallow and not self._padded_before(columns, shallow):
            return None
        fitting = sum(columns.cells(row) is not None for row in self.rows)
        return columns if 2 * fitting > len(self.rows) else None

    def _padded_before(self, columns: Columns, shallow: Sequence[LabelledRow]) -> bool:
        """Whether rows with fewer labels have their blanks before the figures, not behind them."""
        first, last = columns.known[0][0], columns.known[-1][0]
        if 2 * sum(row.row.end == self.end for row in shallow) <= len(shallow):
            return False
        shallow = [row for row in shallow if row.row.end == self.end]
        if any(cell.column < first and cell.text for row in shallow for cell in row.after):
            return False
        return any(cell.column == last and cell.text for row in shallow for cell in row.after)

    def counted_cells(self, row: LabelledRow) -> Sequence[RowCell] | None:
        """The ``width`` cells behind the label; None when their number leaves a doubt.

        A row with fewer labels than others may be as long as they are only because it is padded:
        then its figures must be all there, and its blanks behind them.
        """
        figures, padding = row.after[: self.width], row.after[self.width :]
        if len(figures) < self.width or any(cell.row_span > 1 for cell in figures):
            return None
        if row.has_figure_before:
            return None
        if not all(cell.text or cell.single for cell in figures):
            return None
        if row.row.end != self.end or row.label_end == self.deepest:
            return None if padding else figures
        behind = self.end == self.deepest + self.width and not any(cell.text for cell in padding)
        return figures if padding and behind and all(cell.text for cell in figures) else None

    def is_longer_by_labels(self, row: LabelledRow) -> bool:
        """Whether a row of flattened text is longer than others by just the labels before its own.

        Blanks among its figures stand in their place then: none of its cells was lost.
        """
        more = row.label_end - self.deepest
        before = row.row.printed[: row.position]
        whole = row.row.end == self.end + more and len(row.after) == self.width
        named = all(cell.text and not is_value(cell.text) for cell in before)
        return not row.row.aligned and 0 < more <= len(before) and whole and named


def is_in_order(found: Iterable[str], order: Sequence[str]) -> bool:
    """Whether ``found`` names members of ``order`` one after the other, some left out."""
    rest = iter(order)
    return all(any(one == other for other in rest) for one in found)
