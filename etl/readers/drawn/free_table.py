"""One table without ruled lines: its columns, its head, its rows of figures and their labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from etl.readers.drawn.page_table import PageCell, PageTable
from etl.readers.drawn.row_labels import match_labels
from etl.readers.drawn.text_rows import Piece, TextRow, parted_by_columns
from etl.readers.page_layout import Box, Word, around

_RULED = 0.6
"""Part of the figures' width over which a line between rows is drawn."""
_CLOSE = 0.8
"""Type heights between two lines of one cell at most."""
_TOLD = 0.2
"""Type heights by which the lines of one head stand closer than two heads."""
_BESIDE = 1.1
"""Type heights by which a label of several rows is above or below one of a single row."""
_NEAR = 3.0
"""The same, where no figure is beside it."""

Span = tuple[float, float]


def free_table(
    page: int, rows: Sequence[TextRow], first: int, across: Sequence[Box]
) -> tuple[PageTable, list[Word]]:
    """The table that these lines make, and words left over; its figures begin in row ``first``.

    Not aligned, a row for each line, when columns or labels can be told in no way or in several.
    """
    rows = [*rows[:first], *parted_by_columns(rows[first:])]
    parts = _Parts(rows, first)
    beside = _between_lines(parts, across) or _by_levels(parts)
    if beside is None or not all(parts.in_columns(row.figures) for row in beside):
        return _by_lines(page, rows), []
    table = _laid_out(page, parts, beside)
    taken = {id(word) for cell in table.cells for word in cell.words}
    words = [word for row in rows for word in row.line.words]
    return table, [word for word in words if id(word) not in taken]


class _Beside(NamedTuple):
    """What stands beside each other in one row."""

    labels: Sequence[Piece]
    figures: Sequence[Piece]


class _Parts:
    """What stands where: figures, heads over them, labels left of them."""

    def __init__(self, rows: Sequence[TextRow], first: int) -> None:
        body = [row for row in rows[first:] if row.figures]
        figures = [piece.box for row in body for piece in row.figures]
        self.edge = min(box.x0 for box in figures)
        self.height = sum(box.height for box in figures) / len(figures)
        self.columns = _merged((box.x0, box.x1) for box in figures)
        self.body = [[p for p in row.pieces if p.is_figure or self.covered(p.box)] for row in body]
        over = [p for row in rows[:first] for p in row.pieces if p.box.x1 > self.edge]
        self.head_end = max((piece.box.middle for piece in over), default=float("-inf"))
        self.columns = self._with_empty(over)
        self.head = [head for piece in over for head in self._heads(piece)]
        self.leading = min(_gaps([piece.box for piece in self.head]), default=0.0)
        left = [
            p
            for row in rows
            for p in row.pieces
            if p.box.x1 <= self.edge and not (p.is_figure or self.covered(p.box))
        ]
        self.corner = [piece for piece in left if piece.box.middle <= self.head_end]
        labels = [piece for piece in left if piece.box.middle > self.head_end]
        levels = [row[0].box.middle for row in self.body]
        self.outer = _labels_of_several_rows(labels, levels)
        self.labels = [piece for piece in labels if piece not in self.outer]

    def _with_empty(self, heads: Sequence[Piece]) -> list[Span]:
        """The columns with those that hold no figure: under heads with no other head below."""
        empty = [
            (piece.box.x0, piece.box.x1)
            for piece in heads
            if not self.covered(piece.box)
            and not any(_is_over(piece.box, other.box) for other in heads)
        ]
        return _merged([*self.columns, *empty])

    def _heads(self, piece: Piece) -> list[Piece]:
        """A head, or its words one by one where heads of several columns stand close."""
        if len(piece.words) == 1 or len(self.covered(piece.box)) <= 1:
            return [piece]
        return [Piece((word,), word.box, is_figure=False) for word in piece.words]

    def is_close(self, above: Box, below: Box) -> bool:
        """Whether two lines of the head stand as near as those of one cell."""
        gap = below.y0 - above.y1
        return gap < _CLOSE * above.height and gap < self.leading + _TOLD * above.height

    def is_head_of(self, box: Box, column: int) -> bool:
        """Whether a head stands over this column alone: no head of another one is below it."""
        return self.covered(box) == [column] and all(
            self.covered(other.box) in ([column], [])
            for other in self.head
            if _is_over(box, other.box)
        )

    def in_columns(self, figures: Sequence[Piece]) -> bool:
        """Whether each figure has a column of its own."""
        columns = [self.column(piece.box) for piece in figures]
        return len(set(columns)) == len(columns)

    def covered(self, box: Box) -> list[int]:
        """The columns that a box stands over."""
        return [n for n, (x0, x1) in enumerate(self.columns) if x0 < box.x1 and box.x0 < x1]

    def column(self, box: Box) -> int:
        """The column nearest to the middle of a box."""
        middles = [(x0 + x1) / 2 for x0, x1 in self.columns]
        return min(range(len(middles)), key=lambda n: abs(middles[n] - box.centre))


def _labels_of_several_rows(labels: Sequence[Piece], figures: Sequence[float]) -> list[Piece]:
    """The labels that stand before others: on their level, or below with no figure beside."""
    outer = []
    for piece in labels:
        box, height = piece.box, piece.box.height
        alone = all(abs(level - box.middle) > height / 2 for level in figures)
        above, below = (_NEAR if alone else _BESIDE) * height, _BESIDE * height
        if any(
            other.box.x0 >= box.x1 and -above < other.box.middle - box.middle < below
            for other in labels
        ):
            outer.append(piece)
    return outer


def _is_over(box: Box, below: Box) -> bool:
    return below.middle > box.y1 and box.x0 < below.x1 and below.x0 < box.x1


def _gaps(heads: Sequence[Box]) -> Iterator[float]:
    """The distances between heads and what stands next below each."""
    for head in heads:
        below = [other.y0 - head.y1 for other in heads if _is_over(head, other)]
        if below:
            yield min(below)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans, those that overlap made one."""
    found: list[Span] = []
    for x0, x1 in sorted(spans):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _between_lines(parts: _Parts, across: Sequence[Box]) -> list[_Beside] | None:
    """The rows between level lines drawn under figures; None if two rows have none between."""
    cuts = _levels(parts, across)
    if not cuts:
        return None
    labels: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    figures: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    for row in parts.body:
        band = bisect_right(cuts, row[0].box.middle)
        if figures[band]:
            return None
        figures[band] = row
    for piece in parts.labels:
        labels[bisect_right(cuts, piece.box.middle)].append(piece)
    found = [_Beside(*row) for row in zip(labels, figures, strict=True) if any(row)]
    # What stands under the last line, or over the first one, is text around the table.
    closed = cuts and not figures[-1]
    return found[:-1] if closed and labels[-1] else found


def _levels(parts: _Parts, across: Sequence[Box]) -> list[float]:
    """Where lines, or the edges of coloured areas, are drawn under most of the figures' width."""
    left, right = parts.columns[0][0], parts.columns[-1][1]
    drawn: list[tuple[float, float]] = []
    for line in sorted(across, key=lambda line: line.middle):
        length = max(min(line.x1, right) - max(line.x0, left), 0.0)
        if drawn and line.middle - drawn[-1][0] < parts.height / 2:
            drawn[-1] = (drawn[-1][0], drawn[-1][1] + length)
        else:
            drawn.append((line.middle, length))
    wide = [level for level, length in drawn if length >= _RULED * (right - left)]
    return [level for level in wide if level > parts.head_end]


def _by_levels(parts: _Parts) -> list[_Beside] | None:
    """The rows told by the levels of labels and figures alone."""
    lines = _lines_of_pieces(parts.labels, parts.height / 2)
    if not lines:
        return [_Beside([], row) for row in parts.body]
    levels = [around([piece.box for piece in line]).middle for line in lines]
    rows = [around([piece.box for piece in row]).middle for row in parts.body]
    matched = match_labels(levels, rows, parts.height)
    if matched is None:
        return None
    return [
        _Beside([piece for n in own for piece in lines[n]], row)
        for own, row in zip(matched, parts.body, strict=True)
    ]


def _lines_of_pieces(pieces: Iterable[Piece], slack: float) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.middle):
        if not lines or piece.box.middle - lines[-1][0].box.middle > slack:
            lines.append([])
        lines[-1].append(piece)
    return lines


def _laid_out(page: int, parts: _Parts, rows: Sequence[_Beside]) -> PageTable:
    """The aligned table: labels of several rows, labels, figures; under the rows of its head."""
    before = bool(parts.outer) + bool(parts.labels or parts.corner)
    cells = _head_cells(parts, before)
    start = max((cell.row for cell in cells), default=-1) + 1
    levels = []
    for number, row in enumerate(rows, start):
        own: list[list[Word]] = [[] for _ in range(before + len(parts.columns))]
        if before:
            own[before - 1] = [word for piece in row.labels for word in piece.words]
        for piece in row.figures:
            own[before + parts.column(piece.box)] = list(piece.words)
        cells.extend(PageCell(number, column, words=words) for column, words in enumerate(own))
        levels.append(around([piece.box for piece in (*row.labels, *row.figures)]).middle)
    _put_outer(parts.outer, levels, cells, start)
    whole = around([word.box for cell in cells for word in cell.words])
    xs = [whole.x0] * before + [*(x0 for x0, _ in parts.columns), whole.x1]
    ys = [whole.y0, *([whole.y0] * start), *levels[1:], whole.y1]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return PageTable(page, xs, ys, cells, ruled=False)


def _head_cells(parts: _Parts, before: int) -> list[PageCell]:
    """The head of each column in one row, and what stands over several in rows above."""
    rest = list(parts.head)
    heads = []
    for column in range(len(parts.columns)):
        stack: list[Piece] = []
        own = [piece for piece in rest if parts.is_head_of(piece.box, column)]
        for piece in sorted(own, key=lambda piece: -piece.box.middle):
            if not stack or parts.is_close(piece.box, stack[-1].box):
                stack.append(piece)
        rest = [piece for piece in rest if piece not in stack]
        heads.append([word for piece in stack for word in piece.words])
    over = _lines_of_pieces(rest, parts.height / 2)
    cells = [
        PageCell(row, before + parts.column(piece.box), words=list(piece.words))
        for row, pieces in enumerate(over)
        for piece in pieces
    ]
    if any(heads):
        cells.extend(PageCell(len(over), before + n, words=own) for n, own in enumerate(heads))
    if parts.corner:
        words = [word for piece in parts.corner for word in piece.words]
        cells.append(PageCell(len(over), before - 1, words=words))
    return cells


def _put_outer(
    outer: Sequence[Piece], levels: Sequence[float], cells: Sequence[PageCell], start: int
) -> None:
    """Puts labels of several rows whole beside the row where each begins."""
    blocks: list[list[Piece]] = []
    for piece in sorted(outer, key=lambda piece: piece.box.middle):
        for block in blocks:
            last = block[-1].box
            beside = last.x0 < piece.box.x1 and piece.box.x0 < last.x1
            if beside and piece.box.y0 - last.y1 < _CLOSE * last.height:
                block.append(piece)
                break
        else:
            blocks.append([piece])
    first = {cell.row: cell for cell in cells if cell.column == 0}
    for block in blocks:
        top = block[0].box.middle
        row = min(range(len(levels)), key=lambda n: abs(levels[n] - top))
        first[start + row].words.extend(word for piece in block for word in piece.words)


def _by_lines(page: int, rows: Sequence[TextRow]) -> PageTable:
    """The lines as rows of texts in order."""
    whole = around([row.line.box for row in rows])
    cells = [
        PageCell(n, column, words=list(piece.words))
        for n, row in enumerate(rows)
        for column, piece in enumerate(row.pieces)
    ]
    ys = [*(row.line.box.y0 for row in rows), whole.y1]
    return PageTable(page, [whole.x0, whole.x1], ys, cells, ruled=False, aligned=False)
