"""The three statutory tables of one report: regions of rows to the edition's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.form import Edition, edition_for_year, load_form
from etl.reading import ABSENT, CellReading, Doubt, Refused
from etl.recognise.disclosure_table import read_disclosure
from etl.recognise.labels import line_index
from etl.recognise.numbers import is_value
from etl.recognise.proceedings_table import read_proceedings
from etl.recognise.requests_table import read_requests
from etl.recognise.rows import Row
from etl.recognise.tables import TableReading, find_tables, join_cells

_READERS = {2: read_disclosure, 3: read_requests, 4: read_proceedings}

Region = tuple[int, list[Row]]


@dataclass(frozen=True, slots=True)
class StatutoryTables:
    """What the tables of one report say, before its year decides the edition."""

    tables: tuple[TableReading, ...]
    """At most one a section, in the form's order."""
    unread: tuple[Doubt, ...]
    """Tables and rows of which nothing was read."""
    positions: frozenset[int]
    """Positions of the rows that belong to the tables."""

    @property
    def sections(self) -> tuple[int, ...]:
        return tuple(table.section for table in self.tables)

    def edition(self, year: int) -> Edition:
        """The edition that the tables are printed in; the year's own where they don't tell."""
        said = {table.section: table.edition for table in self.tables if table.edition}
        return said.get(3) or said.get(2) or edition_for_year(year)

    def cells(self, edition: Edition) -> tuple[tuple[CellReading, ...], tuple[Doubt, ...]]:
        """The edition's cells in printed order, and every doubt.

        A figure that only the other edition has a cell for stays out, with a doubt.
        """
        form = load_form(edition)
        by_code: dict[tuple[int, str, str], CellReading] = {}
        doubts: list[Doubt] = []
        for table in self.tables:
            doubts.extend(table.doubts)
            if table.edition not in (None, edition):
                doubts.append(
                    Doubt("mixed-editions", table.place, str(table.edition), table.section)
                )
            by_code |= {(table.section, *code): cell for code, cell in table.cells.items()}
        strangers = [code for code in by_code if not form.has(*code)]
        doubts.extend(
            Doubt("not-in-edition", by_code[c].place, c[2], c[0], c[1]) for c in strangers
        )
        cells = tuple(by_code.get((c.section, c.item, c.party), ABSENT) for c in form.cells)
        return cells, (*doubts, *self.unread)


def read_tables(rows: Sequence[Row]) -> StatutoryTables:
    """The tables among the rows of one report.

    Raises ``Refused`` (``two-reports``) when a section is printed twice with other figures.
    """
    regions = list(find_tables(rows))
    tables, unread = _read_regions(regions)
    return StatutoryTables(
        tuple(tables),
        (*unread, *_stray_rows(rows, regions)),
        _table_positions(rows, regions),
    )


def _read_regions(regions: Sequence[Region]) -> tuple[list[TableReading], list[Doubt]]:
    """One reading per section, and the doubts of tables of which nothing was read.

    The same section twice with other figures is two reports.
    """
    found: dict[int, TableReading] = {}
    unread: list[Doubt] = []
    for section, region in regions:
        table = _READERS[section](region)
        if not table.cells:
            unread.extend(_unread(table, region))
            continue
        known = found.setdefault(section, table)
        if known is not table and _figures(known) != _figures(table):
            if not set(known.cells) & set(table.cells):
                known.cells.update(table.cells)
                known.doubts.extend(table.doubts)
                continue
            raise Refused("two-reports", table.place)
    return [found[section] for section in sorted(found)], unread


def _unread(table: TableReading, region: Sequence[Row]) -> list[Doubt]:
    """Why a table was not read; nothing where a heading has no table with figures below it."""
    rows = [row for row in region if row.in_grid]
    figured = [row for row in rows if sum(is_value(cell.text) for cell in row.filled) > 1]
    if not figured:
        return []
    if not table.doubts:
        table.doubt("unread-table", figured[0].place, join_cells(figured[0].filled))
    return table.doubts


def _stray_rows(rows: Sequence[Row], regions: Sequence[Region]) -> list[Doubt]:
    """Tables outside every region with rows of the form: their heads and heading are lost."""
    inside = {id(row) for _, region in regions for row in region}
    stray: dict[int, list[Row]] = {}
    for row in rows:
        if row.in_grid and id(row) not in inside and _is_form_row(row):
            stray.setdefault(row.block, []).append(row)
    return [
        Doubt("unread-table", found[0].place, join_cells(found[0].filled))
        for found in stray.values()
        if len(found) > 1
    ]


def _is_form_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    return any(map(is_value, texts)) and any(
        line_index(2).exact(text) or line_index(3).exact(text) for text in texts
    )


def _figures(table: TableReading) -> dict[tuple[str, str], tuple[str, float | None]]:
    return {key: (cell.state, cell.value) for key, cell in table.cells.items()}


def _table_positions(rows: Sequence[Row], regions: Sequence[Region]) -> frozenset[int]:
    """Positions of the rows that stand in a statutory table's region and in a grid."""
    inside = {id(row) for _, region in regions for row in region if row.in_grid}
    return frozenset(n for n, row in enumerate(rows) if id(row) in inside)
