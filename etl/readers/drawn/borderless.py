"""Tables without ruled lines: columns where figures stand one below the other, rows where they do.

A table is taken only when it can be read in one way: each figure in a column of its own, each
label beside the figures of one row. Else its lines stay rows of texts in order, or paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.readers.drawn.free_table import free_table
from etl.readers.drawn.lines import Line
from etl.readers.drawn.page_table import PageTable
from etl.readers.drawn.text_rows import TextRow, parted_by_figures, text_row
from etl.readers.page_layout import Box, Word

_APART = 4.0
"""Type heights between two lines of one table at most."""
_CLOSE = 0.5
"""Type heights between two lines of one cell at most."""
_MAX_HEAD = 12
"""Lines of a head at most."""


def borderless_tables(
    page: int, lines: Sequence[Line], across: Sequence[Box]
) -> tuple[list[PageTable], list[Word]]:
    """The tables among the lines, and the words of none; ``across`` are level lines or edges."""
    rows = parted_by_figures([text_row(line) for line in lines])
    tables, free, done = list[PageTable](), list[Word](), 0
    while (start := _next_start(rows, done)) is not None:
        end = _end(rows, start)
        top = _top(rows, start, end, done)
        table, rest = free_table(page, rows[top:end], start - top, across)
        free.extend(word for row in rows[done:top] for word in row.line.words)
        free.extend(rest)
        tables.append(table)
        done = end
    free.extend(word for row in rows[done:] for word in row.line.words)
    return tables, free


def _next_start(rows: Sequence[TextRow], start: int) -> int | None:
    """The next line that holds a figure apart from what stands before it."""
    found = (n for n in range(start, len(rows)) if len(rows[n].pieces) > 1 and rows[n].figures)
    return next(found, None)


def _end(rows: Sequence[TextRow], start: int) -> int:
    """Behind the last line of the table: figures, words in their columns, labels left of all."""
    figures = [piece.box for piece in rows[start].figures]
    end = start + 1
    while end < len(rows):
        row, gap = rows[end], rows[end].line.box.y0 - rows[end - 1].line.box.y1
        edge = min(box.x0 for box in figures)
        over = [piece.box for piece in row.labels if piece.box.x1 > edge]
        if gap > _APART * row.line.box.height or (over and not row.figures):
            break
        if not all(_in_one_column(box, figures) for box in over):
            break
        figures.extend(piece.box for piece in row.figures)
        end += 1
    return end


def _in_one_column(box: Box, figures: Sequence[Box]) -> bool:
    """Whether figures stand above a word that are all above each other."""
    above = [figure for figure in figures if figure.x0 < box.x1 and box.x0 < figure.x1]
    return bool(above) and max(f.x0 for f in above) < min(f.x1 for f in above)


def _top(rows: Sequence[TextRow], start: int, end: int, done: int) -> int:
    """The first line of the head: every text stands over labels or over figures, not over both.

    Lines over labels alone belong to the head only close above it: a heading stands apart.
    """
    edge = min(piece.box.x0 for row in rows[start:end] for piece in row.figures)
    ends = [piece.box.x1 for row in rows[start:end] for piece in row.labels]
    labels, has_labels = max(ends, default=float("-inf")), bool(ends)
    top = tried = start
    while tried > max(done, start - _MAX_HEAD):
        row, below = rows[tried - 1], rows[tried].line.box
        height = row.line.box.height
        if below.y0 - row.line.box.y1 > _APART * height:
            break
        if any(p.box.x0 < labels - height and p.box.x1 > edge for p in row.pieces):
            break
        if not has_labels and len(row.pieces) == 1:
            break
        tried -= 1
        over_figures = any(piece.box.x1 > edge for piece in row.pieces)
        close = top == tried + 1 and below.y0 - row.line.box.y1 < _CLOSE * height
        if over_figures or close:
            top = tried
    return top
