"""Figures too wide for their cell, which a program breaks over two lines: ``1507`` above ``4``.

Two lines of digits are one number only where the drawing proves it; else they stay two texts,
which no reader takes for a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from etl.readers.drawn.lines import Line, lines_of
from etl.readers.drawn.page_table import PageCell, PageTable

_WIDEST_MARGIN = 0.75
"""Type heights that a cell keeps free at a side at most."""
_SAME_TYPE = 0.05
"""Part of its height by which the type of two lines differs at most."""
_LEADING = 0.6
"""Type heights between two lines of one cell at most."""

_DIGITS = ("0123456789", "０１２３４５６７８９")
"""Half-width and full-width ones; a number is written in either."""

Place = tuple[int, int]


def joined_figures(table: PageTable, margin: float) -> dict[Place, str]:
    """(row, column) of each cell with a number broken over two lines → the number.

    ``margin`` is how near to the lines around it any text of the table comes, in points. A row
    joins none where all of its figures stand on two lines, or one does that isn't a broken number:
    it may be two rows with no line drawn between.
    """
    rows = defaultdict[Place, list[tuple[PageCell, list[Line]]]](list)
    for cell in table.cells:
        lines = lines_of(cell.words)
        if lines and any(_is_written(lines, digits) for digits in _DIGITS):
            rows[cell.row, cell.row_span].append((cell, lines))
    found: dict[Place, str] = {}
    for row in rows.values():
        broken = [(cell, lines) for cell, lines in row if len(lines) > 1]
        if len(broken) < len(row) and all(_is_broken(table, margin, *one) for one in broken):
            for cell, lines in broken:
                found[cell.row, cell.column] = "".join(line.text for line in lines)
    return found


def _is_written(lines: Sequence[Line], digits: str) -> bool:
    """Whether all lines are numbers in these digits."""
    return all(line.text and not line.text.strip(digits) for line in lines)


def _is_broken(table: PageTable, margin: float, cell: PageCell, lines: Sequence[Line]) -> bool:
    """Whether the upper line fills the cell, so that the first digit below found no room in it."""
    if len(lines) != 2:
        return False
    upper, lower = lines
    height, digits = upper.box.height, len(upper.text)
    if upper.text.startswith(("0", "０")) or len(lower.text) >= digits:
        return False
    if abs(height - lower.box.height) > _SAME_TYPE * height:
        return False
    if lower.box.y0 - upper.box.y1 > _LEADING * height:
        return False
    width = table.xs[cell.column + cell.column_span] - table.xs[cell.column]
    free = width - upper.box.width - 2 * min(margin, _WIDEST_MARGIN * height)
    return free < upper.box.width / digits
