"""What the three table readers share: regions of rows, rows of values, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from etl.form import Edition, Head
from etl.reading import CellReading, Doubt
from etl.recognise.labels import group_index, head_index, line_index, section_index
from etl.recognise.numbers import is_value, read_cell
from etl.recognise.rows import Row, RowCell

NATURAL_PERSON = "natural_person"
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
    """The rows of each table as (section, rows), from the row that opens it to the next opening.

    A heading of a section ends a table too.
    """
    section = 0
    region: list[Row] = []
    for row in rows:
        opened = _opens(row)
        ends = heading_section(row) is not None
        if (opened and opened != section) or ends:
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
    texts = [cell.text for cell in row.filled if len(cell.text) <= LONGEST_HEADING]
    groups = {group_index().exact(text) or "" for text in texts}
    if any(group == "corner" or group.startswith("article20") for group in groups):
        return 2
    parties = {head_index(3).exact(text) for text in texts}
    if NATURAL_PERSON in parties:
        return 3
    routes = groups | {head_index(4).exact(text) for text in texts}
    outcomes = {line_index(4).exact(text) for text in texts}
    if "upheld" in outcomes or routes >= {"reconsideration", "litigation"}:
        return 4
    if sum(head_index(2).exact(text) is not None for text in texts) >= 2:
        return 2
    return 0


def regroup(rows: Sequence[Row], is_label: Callable[[str], bool]) -> list[Row]:
    """Rows rebuilt from text that prints one cell a line without marking where rows end.

    A row starts at a label and takes the figures that follow it. Blank cells leave no line in such
    text, so that a row with one comes out short and is refused later, not shifted.
    """
    rebuilt: list[Row] = []
    loose: list[RowCell] = []
    for row in rows:
        if row.in_grid:
            rebuilt.extend((*_loose_row(loose, row.block), row))
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


def _loose_row(cells: list[RowCell], block: int) -> list[Row]:
    return [Row(tuple(cells), aligned=False, in_grid=False, block=block)] if cells else []


def pick_window(cells: Sequence[RowCell], width: int) -> Sequence[RowCell] | None:
    """The ``width`` neighbouring cells outside which all is blank; None unless there is just one.

    Exporters pad merged labels and short rows with empty cells. When the padding can't be told
    from blank figures (several windows fit), the row is refused.
    """
    filled = [i for i, cell in enumerate(cells) if cell.text]
    if len(cells) < width:
        return None
    if len(cells) == width:
        return cells
    if not filled:
        return cells[:width]
    starts = [
        start
        for start in range(len(cells) - width + 1)
        if start <= filled[0] and filled[-1] < start + width
    ]
    return cells[starts[0] : starts[0] + width] if len(starts) == 1 else None


def last_label(
    cells: Sequence[RowCell], match: Callable[[str], str | None]
) -> tuple[int, str] | None:
    """Position and code of the rightmost cell that is a known label."""
    for position in range(len(cells) - 1, -1, -1):
        text = cells[position].text
        if text and not is_value(text) and (code := match(text)):
            return position, code
    return None
