"""Damaged tables: every figure that is read is the one printed for that cell, or it is not read."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Paragraph
from etl.form import EDITIONS, Edition
from etl.readers.grids import Cell, lay_out
from etl.reading import Refused, ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document, grid
from tests.recognise.layouts import (
    FLATTENED,
    HEADINGS,
    YEARS,
    Table,
    expand,
    figures,
    read_cells,
    read_text,
    report_text,
    tables,
)

CELL_DAMAGE = (
    "lose row",
    "lose cell",
    "blank",
    "swap rows",
    "merge",
    "spans",
    "extra blank",
    "row",
)
GRID_DAMAGE = ("lose column", "lose cell", "blank column", "extra column", "lose row", "swap rows")


def _damage_cells(table: Table, damage: str, row: int, column: int) -> Table:
    rows = [[*cells] for cells in table]
    row %= len(rows)
    cells = rows[row]
    column %= len(cells)
    cell = cells[column]
    if damage == "lose row":
        del rows[row]
    elif damage == "lose cell":
        del cells[column]
    elif damage == "blank":
        cells[column] = cell._replace(text="")
    elif damage == "swap rows":
        other = column % len(rows)
        rows[row], rows[other] = rows[other], rows[row]
    elif damage == "merge" and column + 1 < len(cells):
        width = cell.column_span + cells[column + 1].column_span
        cells[column : column + 2] = [Cell(cell.text + cells[column + 1].text, 1, width)]
    elif damage == "spans":
        rows = [[Cell(cell.text) for cell in cells] for cells in rows]
    elif damage == "extra blank":
        cells.insert(column, Cell(""))
    elif damage == "row":
        rows.insert(row, [Cell("另加的一行"), *[Cell("3")] * (1 + column % 8)])
    return rows


def _damage_grid(rows: list[list[str]], damage: str, row: int, column: int) -> list[list[str]]:
    row, column = row % len(rows), column % len(rows[0])
    if damage == "lose column":
        return [[*cells[:column], *cells[column + 1 :]] for cells in rows]
    if damage == "blank column":
        return [[*cells[:column], "", *cells[column + 1 :]] for cells in rows]
    if damage == "extra column":
        return [[*cells[:column], "备注" if n < 3 else "9", *cells[column:]]
                for n, cells in enumerate(rows)]  # fmt: skip
    if damage == "lose cell":
        del rows[row][column]
    elif damage == "lose row":
        del rows[row]
    else:
        other = column % len(rows)
        rows[row], rows[other] = rows[other], rows[row]
    return rows


def _check(reading: ReportReading, edition: Edition, seed: int) -> None:
    known = figures(edition, seed)
    for section in (2, 3, 4):
        wrong = {
            code: value
            for code, value in read_cells(reading, section).items()
            if known.get(code) != value
        }
        assert not wrong


@settings(max_examples=60)
@given(
    st.sampled_from(EDITIONS),
    st.integers(0, 3),
    st.sampled_from((2, 3, 3, 4)),
    st.sampled_from(CELL_DAMAGE),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_tables_with_spans(
    edition: Edition, seed: int, section: int, damage: str, row: int, column: int
) -> None:
    own = tables(edition, figures(edition, seed))
    own[section] = _damage_cells(own[section], damage, row, column)
    blocks = [lay_out(rows, f"T{number}") for number, rows in own.items()]
    _check(_read([*blocks], edition), edition, seed)


@settings(max_examples=60)
@given(
    st.sampled_from(EDITIONS),
    st.integers(0, 3),
    st.sampled_from((2, 3, 3, 4)),
    st.sampled_from(GRID_DAMAGE),
    st.booleans(),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_tables_that_lost_their_spans(
    edition: Edition,
    seed: int,
    section: int,
    damage: str,
    aligned: bool,
    row: int,
    column: int,
) -> None:
    own = tables(edition, figures(edition, seed))
    damaged = _damage_grid(expand(own[section]), damage, row, column)
    blocks = [
        grid(damaged, aligned) if number == section else lay_out(rows, f"T{number}")
        for number, rows in own.items()
    ]
    _check(_read(blocks, edition), edition, seed)


@settings(max_examples=60)
@given(
    st.sampled_from(EDITIONS),
    st.integers(0, 3),
    st.sampled_from((2, 3, 3, 4)),
    st.sampled_from(("lose row", "swap rows", "row")),
    st.sampled_from(sorted(FLATTENED)),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_flattened_tables(
    edition: Edition, seed: int, section: int, damage: str, kind: str, row: int, column: int
) -> None:
    own = tables(edition, figures(edition, seed))
    own[section] = _damage_cells(own[section], damage, row, column)
    try:
        reading = read_text(report_text(edition, own, FLATTENED[kind]))
    except Refused:
        return
    _check(reading, edition, seed)


def _read(blocks: Sequence[object], edition: Edition) -> ReportReading:
    headed = [
        part
        for heading, block in zip(HEADINGS.values(), blocks, strict=True)
        for part in (Paragraph(heading, "P"), block)
    ]
    return recognise(document(*headed, year=YEARS[edition]), "x")  # type: ignore[arg-type]
