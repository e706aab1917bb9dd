"""The part of a table that stands on one page, and the rows that only its drawing has."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.readers.page_layout import Box, Word


@dataclass(slots=True)
class PageCell:
    """A cell on a page: its place in the table's rows and columns, and the words in it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class PageTable:
    """The part of a table that stands on one page.

    ``xs`` and ``ys`` are the lines between columns and rows, the outer ones included. The table is
    open where no line is drawn under its last row, or above its first one.
    """

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[PageCell]
    open_top: bool = False
    open_bottom: bool = False
    ruled: bool = True
    """Whether ``xs`` and ``ys`` are drawn lines, by which the parts of a table fit together."""
    aligned: bool = True
    """Whether cells have true columns; in a table of lines they have only their order."""

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def tidy(table: PageTable) -> None:
    """Takes out rows that are none: stubs at a page break, and lines that part no text.

    A row of which the page break left only blank stubs stands whole on the other page. A line is
    taken out when texts reach across it in most columns and on one side of it nothing stands.
    """
    if table.open_bottom and not any(c.words for c in table.cells if c.row == len(table.ys) - 2):
        _merge_rows(table, len(table.ys) - 2)
        table.open_bottom = False
    if table.open_top and not any(c.words for c in table.cells if c.row + c.row_span == 1):
        _merge_rows(table, 1)
        table.open_top = False
    for line in range(len(table.ys) - 2, 0, -1):
        if _parts_nothing(table, line):
            _merge_rows(table, line)


def _parts_nothing(table: PageTable, line: int) -> bool:
    across = sum(
        cell.column_span
        for cell in table.cells
        if cell.words and cell.row < line < cell.row + cell.row_span
    )
    if 2 * across < len(table.xs) - 1:
        return False
    above = any(cell.words for cell in table.cells if cell.row + cell.row_span == line)
    below = any(cell.words for cell in table.cells if cell.row == line)
    return not (above and below)


def _merge_rows(table: PageTable, line: int) -> None:
    """Makes the rows above and below a line one; of two cells in a column the filled one stays."""
    if not 0 < line < len(table.ys) - 1:
        return
    above = any(cell.words for cell in table.cells if cell.row + cell.row_span == line)
    cells = []
    for cell in table.cells:
        start, end = cell.row, cell.row + cell.row_span
        if (start if above else end) == line:
            continue
        end -= end > line
        start -= start >= line
        cell.row, cell.row_span = start, end - start
        cells.append(cell)
    table.cells = cells
    del table.ys[line]
