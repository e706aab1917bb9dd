"""Ruled tables on a drawn page: from lines to cells, and the words into the cells.

Lines make one table when they share a band of the page, whether they touch or not; a table whose
lines end open (at a page break, or by design) is closed where the lines across end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from etl.readers.drawn.page_table import PageCell, PageTable, tidy
from etl.readers.limits import MAX_SLOTS
from etl.readers.page_layout import Box, Word, around
from etl.reading import Refused

LEAST_TYPE = 5.0
"""Points: lines closer than the smallest type that is read have nothing between them."""
_COVERED = 0.5
"""Part of a cell's side that is drawn when the side is."""
_CROSSED = 0.3
"""Parts of its height by which a figure stands out on both sides of a line that it crosses."""


def ruled_tables(
    page: int, words: Sequence[Word], rulings: Sequence[Box]
) -> tuple[list[PageTable], list[Word], list[Box]]:
    """The tables that the rulings make, and the words and rulings that belong to none."""
    tables, free_words, free_rulings = list[PageTable](), list(words), list[Box]()
    for band in bands(list(rulings)):
        lattice = _Lattice(band)
        outside = []
        for word in free_words:
            if not lattice.take(word):
                outside.append(word)
        cells = lattice.cells()
        if lattice.is_frame():
            inner, free_words, rest = ruled_tables(page, free_words, lattice.inner_lines())
            tables.extend(inner)
            free_rulings.extend(rest)
        elif len({cell.column for cell in cells}) > 1:
            table = PageTable(
                page, lattice.xs, lattice.ys, cells, lattice.open_top, lattice.open_bottom
            )
            tidy(table)
            tables.append(table)
            free_words = outside
        else:
            free_rulings.extend(band)
    return tables, free_words, free_rulings


def bands(rulings: list[Box]) -> Iterator[list[Box]]:
    """The rulings of each table: apart in height, or side by side."""
    if not rulings:
        return
    by_height = _apart(rulings, 1)
    if len(by_height) == 1:
        by_width = _apart(rulings, 0)
        if len(by_width) == 1:
            yield rulings
            return
        by_height = by_width
    for band in by_height:
        yield from bands(band)


def _apart(rulings: list[Box], axis: int) -> list[list[Box]]:
    """Groups of rulings between which nothing is drawn for the height of a line of type."""
    groups: list[list[Box]] = []
    end = float("-inf")
    for ruling in sorted(rulings, key=lambda ruling: ruling[axis]):
        if not groups or ruling[axis] > end + LEAST_TYPE:
            groups.append([])
        groups[-1].append(ruling)
        end = max(end, ruling[axis + 2])
    return groups


class _Lattice:
    """The lines of one band as a net, with the walls that are drawn between its meshes."""

    def __init__(self, rulings: Sequence[Box]) -> None:
        self._level = [ruling for ruling in rulings if ruling.width >= ruling.height]
        self._upright = [ruling for ruling in rulings if ruling.width < ruling.height]
        whole = around(list(rulings))
        self.xs = _lines([ruling.centre for ruling in self._upright])
        self.ys = _lines([ruling.middle for ruling in self._level])
        _close(self.xs, whole.x0, whole.x1)
        self.open_top, self.open_bottom = _close(self.ys, whole.y0, whole.y1)
        if len(self.xs) * len(self.ys) > MAX_SLOTS:
            raise Refused("too-large", detail=f"a table of {len(self.xs)} by {len(self.ys)} lines")
        self._walls = _drawn(self._upright, 0, self.xs, self.ys)
        self._floors = _drawn(self._level, 1, self.ys, self.xs)
        self._words = defaultdict[tuple[int, int], list[Word]](list)

    def take(self, word: Word) -> bool:
        """Puts a word where it stands; False for one outside."""
        box = word.box
        column = bisect_right(self.xs, box.centre) - 1
        row = bisect_right(self.ys, box.middle) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return False
        self._words[row, column].append(word)
        if any(map(str.isdigit, word.text)):
            self._open_crossed(row, box)
        return True

    def _open_crossed(self, row: int, box: Box) -> None:
        """Takes away the walls that a figure crosses: nobody can say to which side it belongs."""
        margin = _CROSSED * box.height
        first = bisect_left(self.xs, box.x0 + margin)
        for line in range(first, bisect_left(self.xs, box.x1 - margin)):
            self._walls.discard((line, row))

    def cells(self) -> list[PageCell]:
        """The meshes between which no wall is drawn, as cells; one that is no rectangle by rows."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        owner = {mesh: mesh for mesh in product(range(rows), range(columns))}

        def root(mesh: tuple[int, int]) -> tuple[int, int]:
            while owner[mesh] != mesh:
                owner[mesh] = mesh = owner[owner[mesh]]
            return mesh

        for row, column in owner:
            if column and (column, row) not in self._walls:
                owner[root((row, column))] = root((row, column - 1))
            if row and (row, column) not in self._floors:
                owner[root((row, column))] = root((row - 1, column))
        regions = defaultdict[tuple[int, int], list[tuple[int, int]]](list)
        for mesh in owner:
            regions[root(mesh)].append(mesh)
        cells = [cell for meshes in regions.values() for cell in self._region(meshes)]
        return sorted(cells, key=lambda cell: (cell.row, cell.column))

    def _region(self, meshes: Sequence[tuple[int, int]]) -> Iterator[PageCell]:
        top, bottom = meshes[0][0], meshes[-1][0]
        left = min(column for _, column in meshes)
        right = max(column for _, column in meshes)
        if (bottom - top + 1) * (right - left + 1) == len(meshes):
            yield self._cell(meshes, top, left, bottom - top + 1, right - left + 1)
            return
        start = 0
        for end in range(1, len(meshes) + 1):
            row, column = meshes[end - 1]
            if end == len(meshes) or meshes[end] != (row, column + 1):
                run = meshes[start:end]
                yield self._cell(run, row, run[0][1], 1, len(run))
                start = end

    def _cell(
        self, meshes: Sequence[tuple[int, int]], row: int, column: int, height: int, width: int
    ) -> PageCell:
        words = [word for mesh in meshes for word in self._words.get(mesh, ())]
        return PageCell(row, column, height, width, words)

    def is_frame(self) -> bool:
        """Whether the outermost lines only frame what is drawn within, touching none of it."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        if rows < 3 or columns < 3:
            return False
        walls = product(range(1, columns), (0, rows - 1))
        floors = product(range(1, rows), (0, columns - 1))
        return self._walls.isdisjoint(walls) and self._floors.isdisjoint(floors)

    def inner_lines(self) -> list[Box]:
        """The rulings without those on the outermost lines."""
        x0, x1, y0, y1 = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        inner = [r for r in self._upright if x0 + LEAST_TYPE < r.centre < x1 - LEAST_TYPE]
        inner += [r for r in self._level if y0 + LEAST_TYPE < r.middle < y1 - LEAST_TYPE]
        return inner


def _lines(positions: Iterable[float]) -> list[float]:
    """The places of lines, those too close to have type between them taken as one."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if not groups or position > groups[-1][-1] + LEAST_TYPE:
            groups.append([])
        groups[-1].append(position)
    return [(group[0] + group[-1]) / 2 for group in groups]


def _close(lines: list[float], start: float, end: float) -> tuple[bool, bool]:
    """Adds the outer lines where the lines across stand out; whether at the start, at the end."""
    at_start = not lines or start < lines[0] - LEAST_TYPE
    if at_start:
        lines.insert(0, start)
    at_end = end > lines[-1] + LEAST_TYPE
    if at_end:
        lines.append(end)
    return at_start, at_end


def _drawn(
    rulings: Sequence[Box], axis: int, lines: Sequence[float], across: Sequence[float]
) -> set[tuple[int, int]]:
    """(line, stretch between lines across) wherever the side of a mesh is drawn."""
    halfway = [(before + after) / 2 for before, after in pairwise(lines)]
    covered = defaultdict[tuple[int, int], float](float)
    last = len(across) - 1
    for ruling in rulings:
        line = bisect_left(halfway, (ruling[axis] + ruling[axis + 2]) / 2)
        start, end = ruling[1 - axis], ruling[3 - axis]
        stretch = max(bisect_right(across, start) - 1, 0)
        while stretch < last and across[stretch] < end:
            covered[line, stretch] += min(end, across[stretch + 1]) - max(start, across[stretch])
            stretch += 1
    return {
        (line, stretch)
        for (line, stretch), length in covered.items()
        if length >= _COVERED * (across[stretch + 1] - across[stretch])
    }
