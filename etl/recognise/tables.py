"""What the three table readers share: regions of rows, rows of values, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from etl.form import NEWEST, TABLE_SECTIONS, Edition, Head, all_parties, load_form
from etl.reading import CellReading, Doubt
from etl.recognise.labels import (
    LEAST_LABEL,
    LabelIndex,
    group_index,
    head_index,
    label_key,
    line_index,
    section_of,
)
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell

NATURAL_PERSON = "natural_person"
_HEAD_OF_2 = "head of section 2"
_ROUTES = {"litigation", *all_parties(4)}
LONGEST_HEADING = 40
"""Characters; a longer paragraph is prose even when it begins like a heading."""

_LEAST_SERIALS = 4

WHOLE_TABLE = ""
"""Stands for an item in ``TableReading.refused`` where a section is printed as one row."""


@dataclass
class TableReading:
    """The cells read from one table: (item, party) → what is printed there."""

    section: int
    edition: Edition | None = None
    cells: dict[tuple[str, str], CellReading] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    place: str = ""
    refused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Item → what is printed in its row, where the row was left unread."""
    unordered: set[str] = field(default_factory=set)
    """Items whose figures are printed in another order than the form's, or in one unknown."""

    @property
    def is_unread(self) -> bool:
        """Whether no cell's figure was told apart."""
        return all(cell.state == "unreadable" for cell in self.cells.values())

    def doubt(self, code: str, place: str, detail: str = "", item: str | None = None) -> None:
        self.doubts.append(Doubt(code, place, detail, self.section, item))

    def put_row(self, item: str, heads: Sequence[Head | None], values: Sequence[RowCell]) -> None:
        """Store a row whose values stand in the order of ``heads``; none is kept without a head."""
        for head, cell in zip(heads, values, strict=True):
            if head is None:
                continue
            self.cells[item, head.party] = read_cell(cell.text, head.kind, cell.place)

    def refuse_row(
        self, code: str, item: str, heads: Sequence[Head], values: Sequence[RowCell], place: str
    ) -> None:
        """Leave a row unread: what is printed there is kept as text, in no column's name."""
        self.doubt(code, place, join_cells(values), item)
        self.refused[item] = tuple(cell.text for cell in values)
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


Region = tuple[int, list[Row]]
"""A section of the form and the rows where its table stands."""


def find_tables(rows: Sequence[Row]) -> Iterator[Region]:
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
    return section_of(text) if len(text) <= LONGEST_HEADING else None


def _opens(row: Row) -> int:
    """The section whose table this row opens, by what only that table's head prints; 0 for none."""
    marks = [mark for cell in row.filled if (mark := _marks(cell.text))]
    if not marks:
        return 0
    told = frozenset[str]().union(*marks)
    if "corner" in told or "article20" in told:
        return 2
    if NATURAL_PERSON in told:
        return 3
    if "upheld" in told or len(told & _ROUTES) > 1:
        return 4
    return 2 if sum(_HEAD_OF_2 in mark for mark in marks) >= 2 else 0


def prints_labels(section: int, region: Sequence[Row]) -> bool:
    """Whether labels of this section's rows stand in a region, wherever in its texts."""
    text = label_key("".join(cell.text for row in region for cell in row.filled))
    lines = load_form(NEWEST).section_lines(section)
    keys = {key for line in lines if len(key := label_key(line.label)) >= LEAST_LABEL}
    return sum(key in text for key in keys) > 1


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


def from_heads(rows: Sequence[Row], is_head: Callable[[Row], bool]) -> Sequence[Row]:
    """The rows without the tables that stand before the one whose heads come first.

    Under a heading of the form an agency may print a table of its own before the prescribed one.
    """
    blocks = (row.block for row in rows if row.in_grid and is_head(row))
    first = next(blocks, None)
    if first is None:
        return rows
    return [row for row in rows if row.block >= first or not row.in_grid]


def without_serials(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with blanks for the serial numbers 1, 2, 3, … that their first cells print."""
    first = [row.filled[0] if row.in_grid and len(row.filled) > 2 else None for row in rows]
    numbers = [cell.text.strip() for cell in first if cell and is_value(cell.text)]
    if len(numbers) < _LEAST_SERIALS:
        return rows
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return rows
    return [
        _blanked(row, cell) if cell and is_value(cell.text) else row
        for row, cell in zip(rows, first, strict=True)
    ]


def _blanked(row: Row, blanked: RowCell) -> Row:
    cells = (cell._replace(text="") if cell is blanked else cell for cell in row.cells)
    return Row.of(cells, aligned=row.aligned, in_grid=row.in_grid, block=row.block)


def figures_beside(rows: Sequence[Row], number: int, labels: LabelIndex) -> tuple[RowCell, ...]:
    """What a row without a known label prints right above or below one of blanks alone.

    A label broken over two rows of a grid leaves its figures in one of them: they are no blanks.
    A whole label has only figures that stand without any.
    """
    row = rows[number]
    if not row.in_grid or any(is_value(cell.text) for cell in row.filled):
        return ()
    whole = any(labels.exact(cell.text) for cell in row.filled)
    for other in (*rows[number + 1 : number + 2], *rows[max(number - 1, 0) : number]):
        figures = [cell for cell in other.filled if is_value(cell.text)]
        if other.block != row.block or not figures or (whole and len(figures) < len(other.filled)):
            continue
        if last_label(other.printed, labels.match) is None:
            return other.filled
    return ()


def last_label(
    cells: Sequence[RowCell], match: Callable[[str], str | None]
) -> tuple[int, str] | None:
    """Position and code of the rightmost cell that is a known label."""
    for position in range(len(cells) - 1, -1, -1):
        text = cells[position].text
        if text and not is_value(text) and (code := match(text)):
            return position, code
    return None
