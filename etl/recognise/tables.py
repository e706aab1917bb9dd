"""What the three table readers share: regions of rows, rows of values, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from etl.form import TABLE_SECTIONS, Edition, Head, all_parties
from etl.reading import CellReading, Doubt
from etl.recognise.labels import group_index, head_index, line_index, section_index
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell

NATURAL_PERSON = "natural_person"
_HEAD_OF_2 = "head of section 2"
_ROUTES = {"litigation", *all_parties(4)}
LONGEST_HEADING = 40
"""Characters; a longer paragraph is prose even when it begins like a heading."""


@dataclass
class TableReading:
    """The cells read from one table: (item, party) → what is printed there."""

    section: int
    edition: Edition | None = None
    cells: dict[tuple[str, str], CellReading] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    place: str = ""

    def doubt(self, code: str, place: str, detail: str = "", item: str | None = None) -> None:
        self.doubts.append(Doubt(code, place, detail, self.section, item))

    def put_row(self, item: str, heads: Sequence[Head], values: Sequence[RowCell]) -> None:
        """Store a row whose values stand in the order of ``heads``."""
        for head, cell in zip(heads, values, strict=True):
            self.cells[item, head.party] = read_cell(cell.text, head.kind, cell.place)

    def refuse_row(
        self, code: str, item: str, heads: Sequence[Head], values: Sequence[RowCell], place: str
    ) -> None:
        """Leave a row unread: what is printed there is kept as text, in no column's name."""
        self.doubt(code, place, join_cells(values), item)
        self.fill_unreadable(((item, head.party) for head in heads), values, place)

    def fill_unreadable(
        self, codes: Iterable[tuple[str, str]], values: Sequence[RowCell], place: str
    ) -> None:
        """Mark cells as printed but not told apart."""
        refused = CellReading("unreadable", None, join_cells(values), place)
        self.cells.update(dict.fromkeys(codes, refused))


def join_cells(cells: Iterable[RowCell]) -> str:
    """The texts of cells in one line, as doubts quote them."""
    return " | ".join(cell.text for cell in cells)


def find_tables(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each table as (section, rows), from what opens it to the next opening.

    A heading of sections 2 to 4 opens a table, even one that lost its heads; any heading ends one.
    """
    section = 0
    region: list[Row] = []
    for row in rows:
        heading = heading_section(row)
        opened = _opens(row) or (heading if heading in TABLE_SECTIONS else 0)
        if (opened and opened != section) or heading is not None:
            if section:
                yield section, region
            section, region = opened, []
        if section:
            region.append(row)
    if section:
        yield section, region


def heading_section(row: Row) -> int | None:
    """The section (1–6) whose heading this paragraph or single-cell row is."""
    if len(row.filled) != 1:
        return None
    text = row.filled[0].text
    if len(text) > LONGEST_HEADING:
        return None
    code = section_index().match(text)
    return int(code) if code else None


def _opens(row: Row) -> int:
    """The section whose table this row opens, by what only that table's head prints; 0 for none."""
    marks = [mark for cell in row.filled if (mark := _marks(cell.text))]
    told = frozenset[str]().union(*marks)
    if "corner" in told or "article20" in told:
        return 2
    if NATURAL_PERSON in told:
        return 3
    if "upheld" in told or len(told & _ROUTES) > 1:
        return 4
    return 2 if sum(_HEAD_OF_2 in mark for mark in marks) >= 2 else 0


@lru_cache(maxsize=20_000)
def _marks(text: str) -> frozenset[str]:
    """What a cell's text may be of the heads of any table; nothing for figures and prose."""
    if len(text) > LONGEST_HEADING or is_value(text):
        return frozenset()
    group = group_index().exact(text) or ""
    codes = {
        group.split("_")[0] if group.startswith("article20") else group,
        NATURAL_PERSON if head_index(3).exact(text) == NATURAL_PERSON else "",
        head_index(4).exact(text) or "",
        line_index(4).exact(text) or "",
        _HEAD_OF_2 if head_index(2).exact(text) else "",
    }
    return frozenset(codes - {""})


def regroup(rows: Sequence[Row], is_label: Callable[[str], bool]) -> list[Row]:
    """Rows rebuilt from text that prints one cell a line without marking where rows end.

    A row starts at a label and takes the figures that follow it. Blank cells leave no line in such
    text, so that a row with one comes out short and is refused later, not shifted.
    """
    rebuilt: list[Row] = []
    loose: list[RowCell] = []
    for row in rows:
        if row.in_grid:
            rebuilt.extend((*_loose_row(loose, row.block), *_split(row, is_label)))
            loose = []
            continue
        cell = row.cells[0]
        if not is_value(cell.text):
            rebuilt.extend(_loose_row(loose, row.block))
            loose = []
        if is_value(cell.text) or is_label(cell.text):
            loose.append(cell)
    last = rows[-1].block if rows else 0
    return [*rebuilt, *_loose_row(loose, last)]


def _split(row: Row, is_label: Callable[[str], bool]) -> list[Row]:
    """The rows that one line of text runs together: each starts at a text behind a figure."""
    labels = [c for c in row.filled if not is_value(c.text) and is_label(c.text)]
    if len(labels) < 2 or sum(is_value(cell.text) for cell in row.filled) < 2:
        return [row]
    rows: list[list[RowCell]] = [[]]
    figures = False
    for cell in row.printed:
        if figures and cell.text and not is_value(cell.text):
            rows.append([])
            figures = False
        figures = figures or is_value(cell.text)
        rows[-1].append(cell)
    if len(rows) == 1:
        return [row]
    return [_row_of(cells, row.block) for cells in rows]


def _row_of(cells: Sequence[RowCell], block: int) -> Row:
    """A row of text without true columns; each cell's column is its ordinal."""
    ordinal = (cell._replace(column=n, column_span=1) for n, cell in enumerate(cells))
    return Row.of(ordinal, aligned=False, in_grid=False, block=block)


def _loose_row(cells: list[RowCell], block: int) -> list[Row]:
    return [_row_of(cells, block)] if cells else []


def last_label(
    cells: Sequence[RowCell], match: Callable[[str], str | None]
) -> tuple[int, str] | None:
    """Position and code of the rightmost cell that is a known label."""
    for position in range(len(cells) - 1, -1, -1):
        text = cells[position].text
        if text and not is_value(text) and (code := match(text)):
            return position, code
    return None
