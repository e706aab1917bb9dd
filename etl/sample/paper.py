"""A report set on pages: where each line of text and each ruled line stands, in points.

The origin of a page is its top left corner. Widths of text are estimated (a Chinese character is
as wide as it is high, anything of ASCII half of that), so that no font is needed to set a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from etl.sample.blocks import TableBlock, TextBlock, blocks_of
from etl.sample.layout import Box, Table, place, width_of
from etl.sample.model import SampleReport

A4 = (595.0, 842.0)
Area = tuple[float, float, float, float]
"""Left, upper, right and lower edge; or a rule from one corner to the other."""
_MARGIN = 56.0
_LEADING = 1.35
_PADDING = 2.5
_SIZES = {"title": 16.0, "heading": 12.0, "paragraph": 10.5}
_CELL_SIZE = 8.0
_NARROW_LABEL = 3
"""Characters a line of a label that stands beside several rows."""
_WIDEST = 13


@dataclass(frozen=True, slots=True)
class Style:
    """How pages are set."""

    landscape: bool = False
    ruled: bool = True
    repeat_heads: bool = False
    open_ends: bool = False
    """Whether a table that goes on overleaf lacks the rule at the page's end."""
    figures_on: str = "middle"
    """The line of a wrapped label that its figures stand on: first, middle or last."""
    numbered: bool = True
    """Whether pages carry their number at the foot."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``x`` is its left end, ``y`` its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


@dataclass(slots=True)
class Page:
    """A page of ``width`` by ``height`` points; rules are drawn lines."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rules: set[Area] = field(default_factory=set)


def set_pages(report: SampleReport, style: Style) -> list[Page]:
    """The report's pages in order."""
    return _Setter(style).pages_of(report)


def text_width(text: str, size: float) -> float:
    """The estimated width of a text in points."""
    return sum(size / 2 if character.isascii() else size for character in text)


class _Setter:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.width, self.height = reversed(A4) if style.landscape else A4
        self.pages: list[Page] = []
        self.y = self.height

    def pages_of(self, report: SampleReport) -> list[Page]:
        self._turn()
        for block in blocks_of(report):
            if isinstance(block, TableBlock):
                self._table(block.table)
            else:
                self._paragraph(block)
        return self.pages

    @property
    def bottom(self) -> float:
        return self.height - _MARGIN

    def _turn(self) -> None:
        page = Page(self.width, self.height)
        self.pages.append(page)
        self.y = _MARGIN
        if self.style.numbered:
            text = f"- {len(self.pages)} -"
            middle = (self.width - text_width(text, 9)) / 2
            page.lines.append(Line(middle, self.height - _MARGIN / 2, text, 9))

    def _paragraph(self, block: TextBlock) -> None:
        size = _SIZES[block.kind]
        room = self.width - 2 * _MARGIN
        indent = 2 * size if block.kind == "paragraph" else 0.0
        for n, text in enumerate(_wrapped(block.text, size, room, indent)):
            if self.y + size * _LEADING > self.bottom:
                self._turn()
            self.y += size * _LEADING
            x = _MARGIN + (indent if n == 0 else 0)
            if block.kind == "title":
                x = (self.width - text_width(text, size)) / 2
            self.pages[-1].lines.append(Line(x, self.y, text, size, block.kind != "paragraph"))
        self.y += size * 0.6

    def _table(self, table: Table) -> None:
        edges = _column_edges(table, self.width - 2 * _MARGIN)
        heights = _row_heights(table, edges)
        heads = _head_rows(table) if self.style.repeat_heads else 0
        start = 0
        while start < len(table):
            repeated = range(heads) if start else range(0)
            end = self._fitting(heights, start, sum(heights[n] for n in repeated))
            rows = (*repeated, *range(start, end))
            self._part(table, rows, edges, heights, goes_on=end < len(table))
            start = end
            if start < len(table):
                self._turn()
        self.y += 8

    def _fitting(self, heights: Sequence[float], start: int, taken: float) -> int:
        """The row after the last that fits on this page; a new page if not one does."""
        if self.y + taken + heights[start] > self.bottom:
            self._turn()
        end, y = start, self.y + taken
        while end < len(heights) and y + heights[end] <= self.bottom:
            y += heights[end]
            end += 1
        return max(end, start + 1)

    def _part(
        self,
        table: Table,
        rows: Sequence[int],
        edges: Sequence[float],
        heights: Sequence[float],
        goes_on: bool,
    ) -> None:
        """The rows that stand on one page, with the parts of boxes that reach beyond it."""
        top = {n: self.y + sum(heights[m] for m in rows[:i]) for i, n in enumerate(rows)}
        end = self.y + sum(heights[n] for n in rows)
        for box, first, column in _boxes(table):
            here = [n for n in range(first, first + box.row_span) if n in top]
            if not here:
                continue
            upper, lower = top[here[0]], top[here[-1]] + heights[here[-1]]
            left, right = edges[column], edges[column + box.column_span]
            if self.style.ruled:
                self._frame(left, upper, right, lower, goes_on and lower == end)
            above = sum(heights[n] for n in range(first, here[0]))
            lines = _cell_lines(box, right - left)
            if len(here) < box.row_span:
                lines = _share(lines, above, lower - upper)
            self._cell(box, lines, (left, upper, right, lower))
        self.y = end

    def _frame(self, left: float, upper: float, right: float, lower: float, open_end: bool) -> None:
        sides = {(left, upper, right, upper), (left, upper, left, lower)}
        sides |= {(right, upper, right, lower)}
        if not (open_end and self.style.open_ends):
            sides.add((left, lower, right, lower))
        self.pages[-1].rules |= sides

    def _cell(self, box: Box, lines: Sequence[str], area: Area) -> None:
        left, upper, right, lower = area
        leading = _CELL_SIZE * _LEADING
        room = lower - upper - len(lines) * leading
        shares = {"first": 0.0, "middle": 0.5, "last": 1.0}
        share = shares[self.style.figures_on] if box.key else 0.5
        y = upper + _PADDING * (1 - 2 * share) + room * share
        for text in lines:
            y += leading
            x = (left + right - text_width(text, _CELL_SIZE)) / 2
            if text.strip():
                self.pages[-1].lines.append(Line(x, y - 2.5, text, _CELL_SIZE))


def _share(lines: list[str], above: float, height: float) -> list[str]:
    """The lines that stand on one page, of a box that reaches over several."""
    leading = _CELL_SIZE * _LEADING
    return lines[int(above / leading) : int((above + height) / leading)]


def _boxes(table: Table) -> Iterator[tuple[Box, int, int]]:
    """Every box with the row and column it starts at."""
    for n, row in enumerate(place(table)):
        yield from ((cell.box, n, cell.column) for cell in row if cell.starts)


def _column_edges(table: Table, room: float) -> list[float]:
    """Left edges of the columns, and the right edge of the last; wide where long texts stand."""
    wanted = [2.5] * width_of(table)
    for box, _, column in _boxes(table):
        if box.column_span == 1:
            limit = _NARROW_LABEL if box.row_span > 2 else _WIDEST
            longest = max(map(len, box.text.split("\n")))
            wanted[column] = max(wanted[column], min(longest, limit) + 1.0)
    unit = room / sum(wanted)
    edges = [_MARGIN]
    for share in wanted:
        edges.append(edges[-1] + share * unit)
    return [round(edge, 2) for edge in edges]


def _row_heights(table: Table, edges: Sequence[float]) -> list[float]:
    heights = [0.0] * len(table)
    for box, row, column in sorted(_boxes(table), key=lambda found: found[0].row_span):
        width = edges[column + box.column_span] - edges[column]
        need = len(_cell_lines(box, width)) * _CELL_SIZE * _LEADING + 2 * _PADDING
        rows = range(row, row + box.row_span)
        missing = need - sum(heights[n] for n in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return [round(height, 2) for height in heights]


def _cell_lines(box: Box, width: float) -> list[str]:
    return list(_wrapped(box.text, _CELL_SIZE, width - 2 * _PADDING, 0.0)) or [""]


def _wrapped(text: str, size: float, room: float, indent: float) -> Iterator[str]:
    """The text in lines no wider than ``room``; figures aren't broken."""
    for paragraph in text.split("\n"):
        line, used = "", indent
        for word in _words(paragraph):
            width = text_width(word, size)
            if line and used + width > room:
                yield line
                line, used = "", 0.0
            line, used = line + word, used + width
        if line:
            yield line


def _words(text: str) -> Iterable[str]:
    """Runs of digits with their points and signs whole, anything else a character at a time."""
    run = ""
    for character in text:
        if character.isascii() and (character.isdigit() or character in ".,+-"):
            run += character
            continue
        if run:
            yield run
            run = ""
        yield character
    if run:
        yield run


def _head_rows(table: Table) -> int:
    """Rows above the first figure; none where the table has heads of its own further down."""
    first = next((n for n, row in enumerate(table) if any(box.key for box in row)), 0)
    return first if width_of(table) > 4 else 0
