"""A document as one stream of rows, so that a table is found wherever its rows stand.

Reports break a table over pages, print three tables as one sheet, or put a title row between;
row by row none of this matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from etl.document import Document, Grid


class RowCell(NamedTuple):
    """One printed cell as a row sees it; ``fresh`` is false where it started in a row above."""

    text: str
    column: int
    column_span: int
    row_span: int
    place: str
    fresh: bool

    @property
    def end(self) -> int:
        return self.column + self.column_span

    @property
    def single(self) -> bool:
        """Whether the cell starts here and is merged with no other."""
        return self.fresh and self.column_span == 1 and self.row_span == 1


class Row(NamedTuple):
    """A row of a grid or a paragraph (``block`` says which of the document's blocks).

    ``aligned`` tells whether ``column`` is a true column, as in ``Grid``; it is the cell's ordinal
    where it isn't.
    """

    cells: tuple[RowCell, ...]
    aligned: bool
    in_grid: bool
    block: int
    printed: tuple[RowCell, ...]
    """The cells that start in this row."""
    filled: tuple[RowCell, ...]
    """The cells that start in this row and hold text."""
    end: int
    """The column behind the rightmost cell, blank ones counted."""

    @classmethod
    def of(cls, cells: Iterable[RowCell], *, aligned: bool, in_grid: bool, block: int) -> Row:
        """A row of these cells, in printed order."""
        own = tuple(cells)
        printed = tuple([cell for cell in own if cell.fresh])
        filled = tuple([cell for cell in printed if cell.text])
        end = max([cell.column + cell.column_span for cell in own], default=0)
        return cls(own, aligned, in_grid, block, printed, filled, end)

    @property
    def place(self) -> str:
        own = self.printed or self.cells
        return own[0].place if own else ""

    def at(self, column: int) -> RowCell | None:
        """The cell that covers a column; the last one where cells overlap."""
        for cell in reversed(self.cells):
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None


def document_rows(document: Document) -> Iterator[Row]:
    """Every row of the document in reading order; a paragraph is a row of one cell."""
    for block, content in enumerate(document.blocks):
        if isinstance(content, Grid):
            yield from _grid_rows(content, block)
        else:
            cell = RowCell(content.text, 0, 1, 1, content.place, fresh=True)
            yield Row.of((cell,), aligned=False, in_grid=False, block=block)


def _grid_rows(grid: Grid, block: int) -> Iterator[Row]:
    hanging: list[tuple[int, RowCell]] = []
    for number, slots in enumerate(grid.rows):
        starting = [
            RowCell(slot.text, slot.column, slot.column_span, slot.row_span, slot.place, True)
            for slot in slots
        ]
        cells = starting
        if hanging:
            hanging = [(bottom, cell) for bottom, cell in hanging if bottom > number]
            cells = [*(cell for _, cell in hanging), *starting]
            if grid.aligned:
                cells.sort(key=_column)
        yield Row.of(cells, aligned=grid.aligned, in_grid=True, block=block)
        hanging += [
            (slot.row + slot.row_span, cell._replace(fresh=False))
            for slot, cell in zip(slots, starting, strict=True)
            if slot.row_span > 1
        ]


_column = attrgetter("column")
