"""Tables over pages: their parts put together where the columns stand at the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.document import Grid, Slot
from etl.readers.drawn.lines import finds_room, lines_of, text_of
from etl.readers.drawn.page_table import PageCell, PageTable
from etl.readers.drawn.wrapped_figures import joined_figures
from etl.readers.grids import check_size
from etl.readers.page_layout import Word
from etl.readers.source import looks_like_figure
from etl.readers.text_tools import join_lines

_SAME = 3.0
"""Points by which the edges of two parts of one table differ at most."""
_LONGEST_WORD = 4.0
"""Type heights of a word that some programs don't break, at most."""
_NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、:：]")
"""What the label of a numbered row begins with."""
_MAX_HEAD = 6
"""Rows of a head that is printed again on the next page."""


def goes_on(above: PageTable, below: PageTable) -> bool:
    """Whether a table at the top of a page goes on with the last one of the page before.

    Both reach as far to the left and right, and one has its lines where the other has. A row that
    the break cuts may begin farther right: browsers draw no side of a merged cell that fills the
    page from top to bottom.
    """
    if not (above.ruled and below.ruled) or abs(above.xs[-1] - below.xs[-1]) > _SAME:
        return False
    cut = above.open_bottom and below.open_top
    if abs(above.xs[0] - below.xs[0]) > _SAME and not cut:
        return False
    fewer, more = sorted((above.xs, below.xs), key=len)
    return all(any(abs(x - other) <= _SAME for other in more) for x in fewer)


def repeats_head(first: PageTable, further: PageTable) -> bool:
    """Whether the first row of a table stands again at the top of a further part."""
    rows = [
        [(round(part.xs[cell.column]), text_of(cell.words)) for cell in part.cells if not cell.row]
        for part in (first, further)
    ]
    return rows[0] == rows[1] and any(text for _, text in rows[0])


def begins_with_rest(table: PageTable) -> bool:
    """Whether the first row is no head: most of its cells are blank, and none holds a figure."""
    texts = [text_of(cell.words) for cell in table.cells if not cell.row]
    filled = [text for text in texts if text]
    return 2 * len(filled) < len(texts) and not any(map(looks_like_figure, filled))


def to_grid(parts: Sequence[PageTable], places: Sequence[str]) -> Grid:
    """One aligned grid of a table's parts; a slot's place names the row on its own page.

    A head that is printed again stands once, and a row that a page break cuts is one row.
    """
    if not parts[0].aligned:
        return _in_order(parts[0], places[0])
    left = min(part.xs[0] for part in parts)
    for part in parts:
        if part.xs[0] > left + _SAME:
            _add_left_column(part, left)
    own = parts[0].xs
    whole = _Whole(own if len(parts) == 1 else _common([x for part in parts for x in part.xs]))
    for part, place in zip(parts, places, strict=True):
        whole.add(part, place)
    return whole.grid(places[0])


def _add_left_column(part: PageTable, left: float) -> None:
    """Adds the merged cell that fills a page from top to bottom with its side undrawn."""
    for cell in part.cells:
        cell.column += 1
    part.cells.insert(0, PageCell(0, 0, row_span=len(part.ys) - 1))
    part.xs.insert(0, left)


def _in_order(table: PageTable, place: str) -> Grid:
    rows: list[list[Slot]] = [[] for _ in table.ys[1:]]
    for cell in table.cells:
        where = f"{place} R{cell.row + 1} C{cell.column + 1}"
        rows[cell.row].append(Slot(text_of(cell.words), cell.row, cell.column, where))
    check_size(place, len(rows), len(table.cells))
    return Grid(tuple(map(tuple, rows)), place, aligned=False)


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell of the whole table; one that a page break cuts has the texts of both its parts."""

    row: int
    column: int
    row_span: int
    column_span: int
    texts: list[str]
    place: str
    words: list[Word]
    """Those of the last part."""
    right: float
    """The edge of that part, in points."""

    @property
    def text(self) -> str:
        return self.texts[0] if len(self.texts) == 1 else join_lines(self.texts)


class _Whole:
    """A table put together part by part, with lines between columns at ``xs``."""

    def __init__(self, xs: Sequence[float]) -> None:
        self._xs = xs
        self._rows: list[list[_Cell]] = []
        self._open = False
        self._margin = 0.0

    def add(self, part: PageTable, place: str) -> None:
        """Adds the part of the next page, its places beginning with ``place``."""
        rows = self._laid(part, place)
        head = self._repeated(rows)
        if self._rows:
            cut = self._open and (part.open_top or head > 0)
            head += self._join(rows[head], cut)
        above = len(self._rows) - head
        for row in rows[head:]:
            for cell in row:
                cell.row += above
            self._rows.append(row)
        self._open = part.open_bottom
        self._margin = _margin(part)

    def _laid(self, part: PageTable, place: str) -> list[list[_Cell]]:
        rows: list[list[_Cell]] = [[] for _ in part.ys[1:]]
        whole = self._xs is part.xs
        joined = joined_figures(part, _margin(part))
        starts = range(len(part.xs)) if whole else [_nearest(self._xs, x) for x in part.xs]
        for cell in part.cells:
            start, end = starts[cell.column], starts[cell.column + cell.column_span]
            where = f"{place} R{cell.row + 1} C{cell.column + 1}"
            right = part.xs[cell.column + cell.column_span]
            texts = [joined.get((cell.row, cell.column)) or text_of(cell.words)]
            rows[cell.row].append(
                _Cell(cell.row, start, cell.row_span, end - start, texts, where, cell.words, right)
            )
        return rows

    def _repeated(self, rows: Sequence[Sequence[_Cell]]) -> int:
        """How many rows of a further part print the table's head again."""
        count = 0
        for own, other in zip(self._rows[:_MAX_HEAD], rows, strict=False):
            if _printed(own) != _printed(other):
                break
            count += 1
        return count if count < len(rows) else 0

    def _join(self, rest: list[_Cell], cut: bool) -> bool:
        """Joins the rest of a row that a page break cuts to the last row; True if nothing is left.

        ``cut`` says that no line is drawn at the break. Else a rest is told by its texts: they run
        on where the last line above had no room for more, or they are the labels alone of a row
        that is numbered. Cells with no fellow above are a new row beside merged cells that are cut.
        """
        height = len(self._rows)
        bottom = {
            (cell.column, cell.column_span): cell
            for row in self._rows
            for cell in row
            if cell.row + cell.row_span == height
        }
        fresh = [cell for cell in rest if (cell.column, cell.column_span) not in bottom]
        pairs = [
            (bottom[cell.column, cell.column_span], cell) for cell in rest if cell not in fresh
        ]
        both = [(above, below) for above, below in pairs if above.text and below.text]
        if not pairs or any(_is_figure(cell) for pair in both for cell in pair):
            return False
        whole = cut and not fresh
        rests = [pair for pair in both if not _runs_on(*pair, self._margin)]
        if rests and not fresh and len(both) == sum(bool(cell.text) for cell in rest):
            rests = [pair for pair in rests if not _is_one_label(*pair, self._margin)]
        if not whole and (rests or not both):
            return False
        for above, below in pairs:
            above.texts.extend(below.texts)
            above.row_span += below.row_span - (not fresh)
            above.words, above.right = below.words, below.right
        rest[:] = fresh
        return not fresh

    def grid(self, place: str) -> Grid:
        """The table as a grid."""
        check_size(place, len(self._rows), sum(map(len, self._rows)))
        return Grid(
            tuple(
                tuple(
                    Slot(c.text, c.row, c.column, c.place, c.row_span, c.column_span) for c in row
                )
                for row in self._rows
            ),
            place,
        )


def _printed(row: Sequence[_Cell]) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.column_span, cell.text) for cell in row]


def _is_figure(cell: _Cell) -> bool:
    """Whether a cell holds a figure, which no page break cuts."""
    return looks_like_figure(cell.text)


def _runs_on(above: _Cell, below: _Cell, margin: float) -> bool:
    """Whether the first word below would have found no room in the last line above."""
    last, first = lines_of(above.words)[-1], lines_of(below.words)[0]
    return not finds_room(last.box.x1, above.right - margin, first)


def _is_one_label(above: _Cell, below: _Cell, margin: float) -> bool:
    """Whether a label goes on: its beginning has the row's number, and a word had no room in it."""
    last = lines_of(above.words)[-1].box
    full = above.right - margin - last.x1 < _LONGEST_WORD * last.height
    return full and bool(_NUMBERED.match(above.text)) and not _NUMBERED.match(below.text)


def _margin(part: PageTable) -> float:
    """How near to the lines around it any text of a table comes, in points."""
    gaps = [
        gap
        for cell in part.cells
        for word in cell.words
        for gap in (
            word.box.x0 - part.xs[cell.column],
            part.xs[cell.column + cell.column_span] - word.box.x1,
        )
    ]
    return max(min(gaps, default=0.0), 0.0)


def _common(xs: Sequence[float]) -> list[float]:
    """The lines of all parts, those at the same place taken as one."""
    found: list[float] = []
    for x in sorted(xs):
        if not found or x > found[-1] + _SAME:
            found.append(x)
    return found


def _nearest(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda n: abs(xs[n] - x))
