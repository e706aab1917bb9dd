"""A document as one stream of rows, so that a table is found wherever its rows stand.

Reports break a table over pages, print three tables as one sheet, or put a title row between;
row by row none of this matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.document import Document, Grid, Slot


@dataclass(frozen=True, slots=True)
class RowCell:
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


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid or a paragraph (``block`` says which of the document's blocks).

    ``aligned`` tells whether ``column`` is a true column, as in ``Grid``.
    """

    cells: tuple[RowCell, ...]
    aligned: bool
    in_grid: bool
    block: int

    @property
    def place(self) -> str:
        return self.cells[0].place if self.cells else ""

    @property
    def printed(self) -> tuple[RowCell, ...]:
        """The cells that start in this row."""
        return tuple(cell for cell in self.cells if cell.fresh)

    @property
    def filled(self) -> tuple[RowCell, ...]:
        """The cells that start in this row and hold text."""
        return tuple(cell for cell in self.cells if cell.fresh and cell.text)

    def at(self, column: int) -> RowCell | None:
        """The cell that covers a column."""
        return next((c for c in self.cells if c.column <= column < c.end), None)


def document_rows(document: Document) -> Iterator[Row]:
    """Every row of the document in reading order; a paragraph is a row of one cell."""
    for block, content in enumerate(document.blocks):
        if isinstance(content, Grid):
            yield from _grid_rows(content, block)
        else:
            cell = RowCell(content.text, 0, 1, 1, content.place, fresh=True)
            yield Row((cell,), aligned=False, in_grid=False, block=block)


def _grid_rows(grid: Grid, block: int) -> Iterator[Row]:
    hanging: list[Slot] = []
    for number, slots in enumerate(grid.rows):
        hanging = [slot for slot in hanging if slot.row + slot.row_span > number]
        cells = [_row_cell(slot, number) for slot in (*hanging, *slots)]
        if grid.aligned:
            cells.sort(key=lambda cell: cell.column)
        yield Row(tuple(cells), grid.aligned, in_grid=True, block=block)
        hanging.extend(slot for slot in slots if slot.row_span > 1)


def _row_cell(slot: Slot, row: int) -> RowCell:
    return RowCell(
        slot.text, slot.column, slot.column_span, slot.row_span, slot.place, slot.row == row
    )
