"""Tables with true columns: the edges of all their rows, taken together, are the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.readers.blocks import BlockStream
from etl.readers.grids import Placed, columns_at, frames_text
from etl.readers.limits import MAX_COLUMNS
from etl.readers.text_tools import PICTURE, join_broken
from etl.readers.word97.rows import GOES_ON, STARTS, RowShape
from etl.readers.word97.story import Cell, Table, TableRow


def add_content(content: Sequence[str | Table], stream: BlockStream) -> None:
    """Adds paragraphs and tables to the stream in order."""
    for part in content:
        if isinstance(part, Table):
            _add_table(part, stream)
        else:
            for line in part.replace(PICTURE, "").split("\n"):
                stream.add_paragraph(line)


def _add_table(table: Table, stream: BlockStream) -> None:
    if any(_has_cells(inner) for inner in _nested(table)):
        _add_cells(table, stream)  # it only lays out the page
        return
    placed = _aligned(table)
    rows = _listed(table) if placed is None else placed
    if frames_text([[cell.text for cell in row] for row in rows]):
        _add_cells(table, stream)
    else:
        stream.add_placed(rows, aligned=placed is not None)


def _add_cells(table: Table, stream: BlockStream) -> None:
    for row in table.rows:
        for cell in row.cells:
            add_content(cell.content, stream)


def _nested(table: Table) -> Iterator[Table]:
    for row in table.rows:
        for cell in row.cells:
            for part in cell.content:
                if isinstance(part, Table):
                    yield part
                    yield from _nested(part)


def _has_cells(table: Table) -> bool:
    return sum(len(row.cells) for row in table.rows) > 1


def _listed(table: Table) -> list[list[Placed]]:
    """The cells in their order, for a table that doesn't tell its columns."""
    return [
        [Placed(_text(cell), at, number) for number, cell in enumerate(row.cells)]
        for at, row in enumerate(table.rows)
    ]


def _aligned(table: Table) -> list[list[Placed]] | None:
    """The cells at their columns; None when a row doesn't say where its cells end."""
    columns = _columns(table)
    if columns is None:
        return None
    rows: list[list[Placed]] = []
    above: dict[int, Placed] = {}
    for at, row in enumerate(table.rows):
        shape = row.shape
        placed = _place_row(row, shape, at, columns, above) if shape else None
        if placed is None:
            return None
        rows.append(placed)
    return rows


def _columns(table: Table) -> dict[int, int] | None:
    """Edge → column for every edge in the table; None when rows don't fit their shapes."""
    edges: set[int] = set()
    for row in table.rows:
        if row.shape is None or len(row.shape.down) != len(row.cells):
            return None
        edges.update(row.shape.edges)
    columns = columns_at(edges)
    return columns if max(columns.values(), default=0) <= MAX_COLUMNS else None


def _place_row(
    row: TableRow, shape: RowShape, at: int, columns: dict[int, int], above: dict[int, Placed]
) -> list[Placed] | None:
    """One row's cells; ``above`` holds, by column, what may be merged down into it."""
    placed = []
    for first, behind in shape.joined():
        start, end = columns[shape.edges[first]], columns[shape.edges[behind]]
        text = _text(row.cells[first])
        if start == end:
            if text:
                return None
            continue
        upper = above.get(start) if shape.down[first] == GOES_ON else None
        if upper and upper.row + upper.row_span == at and upper.column_span == end - start:
            upper.row_span += 1
            continue
        cell = Placed(text, at, start, 1, end - start)
        placed.append(cell)
        for column in range(start, end):
            above.pop(column, None)
        if shape.down[first] & (STARTS | GOES_ON):
            above[start] = cell
    return placed


def _text(cell: Cell) -> str:
    """The cell's text over all its paragraphs; a lone picture stands as one character."""
    printed = "\n".join(_lines(cell))
    return join_broken(printed.replace(PICTURE, " ")) or (PICTURE if PICTURE in printed else "")


def _lines(cell: Cell) -> Iterator[str]:
    for part in cell.content:
        if isinstance(part, Table):
            for row in part.rows:
                for inner in row.cells:
                    yield from _lines(inner)
        else:
            yield part
