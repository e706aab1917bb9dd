"""The blocks of drawn pages, in reading order and numbered on each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from etl.document import Grid, Paragraph
from etl.readers.drawn.borderless import borderless_tables
from etl.readers.drawn.fills import level_edges, tile_edges
from etl.readers.drawn.furniture import find_furniture, numbers_in_tables
from etl.readers.drawn.lattice import ruled_tables
from etl.readers.drawn.lines import lines_of
from etl.readers.drawn.page_table import PageTable
from etl.readers.drawn.paragraphs import (
    PlacedLine,
    margins_of,
    paragraph_text,
    paragraphs_of,
)
from etl.readers.drawn.whole_table import begins_with_rest, goes_on, repeats_head, to_grid
from etl.readers.page_layout import Box, PageLayout, Word

Item = PageTable | PlacedLine

_MAX_BETWEEN = 4
"""Lines of running heads and feet between the parts of a table at most."""


def lay_out_pages(pages: Sequence[PageLayout]) -> tuple[Paragraph | Grid, ...]:
    """The blocks of drawn pages, from words and ruled lines alone.

    Places read ``p3 T2 R5 C4`` and ``p1 P4``, counted on each page from 1. Running heads and page
    numbers are taken out; what a running head says stands once, before all else.
    """
    numbers = numbers_in_tables(pages)
    drawn = [_Page(page, numbers) for page in pages]
    furniture = find_furniture([(page.layout, page.lines) for page in drawn])
    heads = [
        PlacedLine(line, page.layout.number)
        for page in drawn
        for line in page.lines
        if id(line) in furniture and line.box.middle < page.layout.height / 2
    ]
    items = [item for page in drawn for item in page.items(furniture)]
    width = max((page.width for page in pages), default=0.0)
    return tuple(_Blocks().made_of([*_once(heads), *items], width))


class _Page:
    """A page with its ruled tables and the lines beside these."""

    def __init__(self, layout: PageLayout, numbers: Set[Word]) -> None:
        rulings = [*layout.rulings, *tile_edges(layout.fills)]
        self.layout = layout
        words = [word for word in layout.words if word not in numbers]
        self._tables, words, self._loose = ruled_tables(layout.number, words, rulings)
        self.lines = lines_of(words)

    def items(self, furniture: set[int]) -> list[Item]:
        """Tables and lines from top to bottom, without the lines that are furniture."""
        across = [line for line in self._loose if line.width > line.height]
        across += [edge for fill in self.layout.fills for edge in level_edges(fill)]
        lines = [line for line in self.lines if id(line) not in furniture]
        tables, words = borderless_tables(self.layout.number, lines, across)
        found: list[tuple[Box, Item]] = [(t.box, t) for t in (*self._tables, *tables)]
        rest = lines_of(words) if tables else lines
        found += [(line.box, PlacedLine(line, self.layout.number)) for line in rest]
        found.sort(key=lambda item: (item[0].y0, item[0].x0))
        return [item for _, item in found]


def _once(lines: Iterable[PlacedLine]) -> list[PlacedLine]:
    return list({placed.line.text: placed for placed in reversed(list(lines))}.values())[::-1]


class _Blocks:
    """Numbers the tables and paragraphs of each page."""

    def __init__(self) -> None:
        self._tables = Counter[int]()
        self._paragraphs = Counter[int]()

    def made_of(self, items: Sequence[Item], width: float) -> Iterator[Paragraph | Grid]:
        """The blocks that the items make: lines that run on, tables that go on."""
        margins = margins_of([item for item in items if isinstance(item, PlacedLine)], width)
        for run in _runs(items):
            lines = [item for item in run if isinstance(item, PlacedLine)]
            tables = [item for item in run if isinstance(item, PageTable)]
            yield from map(self._paragraph, paragraphs_of(lines, margins))
            if tables:
                yield self._grid(tables)

    def _paragraph(self, lines: Sequence[PlacedLine]) -> Paragraph:
        page = lines[0].page
        self._paragraphs[page] += 1
        return Paragraph(paragraph_text(lines), f"p{page} P{self._paragraphs[page]}")

    def _grid(self, parts: Sequence[PageTable]) -> Grid:
        places = []
        for part in parts:
            self._tables[part.page] += 1
            places.append(f"p{part.page} T{self._tables[part.page]}")
        return to_grid(parts, places)


def _runs(items: Iterable[Item]) -> list[list[Item]]:
    """Lines with no table between, and the parts of each table.

    A page's last table goes on at the top of the next page. Over a line that is left of a running
    head or foot it does so only where the table itself shows it.
    """
    runs: list[list[Item]] = []
    for item in items:
        table = _above(runs) if isinstance(item, PageTable) else None
        if isinstance(item, PlacedLine):
            if not (runs and isinstance(runs[-1][0], PlacedLine)):
                runs.append([])
            runs[-1].append(item)
        elif table is not None and _is_part(table, item, over_lines=table is not runs[-1]):
            table.append(item)
        else:
            runs.append([item])
    return runs


def _above(runs: Sequence[list[Item]]) -> list[Item] | None:
    """The table above the next item, with no more than some odd lines between."""
    for run in reversed(runs[-2:]):
        if isinstance(run[0], PageTable):
            return run
        if len(run) > _MAX_BETWEEN:
            break
    return None


def _is_part(parts: Sequence[Item], table: PageTable, *, over_lines: bool) -> bool:
    first, last = parts[0], parts[-1]
    if not (isinstance(first, PageTable) and isinstance(last, PageTable)):
        return False
    if last.page + 1 != table.page or not goes_on(last, table):
        return False
    cut = last.open_bottom and table.open_top
    shown = cut or repeats_head(first, table) or begins_with_rest(table)
    return shown or not over_lines
