"""The three statutory tables of one report: regions of rows to the edition's cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.form import Edition, edition_for_year, load_form
from etl.reading import ABSENT, CellReading, Doubt, Refused
from etl.recognise.disclosure_table import read_disclosure
from etl.recognise.leftover import left_over
from etl.recognise.numbers import is_value
from etl.recognise.proceedings_table import read_proceedings
from etl.recognise.requests_table import read_requests
from etl.recognise.rows import Row
from etl.recognise.slips import reviewed
from etl.recognise.tables import Region, TableReading, join_cells, prints_labels

_READERS = {2: read_disclosure, 3: read_requests, 4: read_proceedings}

_LEAST_LOOSE = 5
"""Figures outside a grid, or digits where these run together."""
_SENTENCE = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class StatutoryTables:
    """What the tables of one report say, before its year decides the edition."""

    tables: tuple[TableReading, ...]
    """At most one a section, in the form's order."""
    unread: tuple[Doubt, ...]
    """Tables and rows of which nothing was read."""
    positions: frozenset[int]
    """Positions of the rows that belong to the tables."""
    printed: Mapping[int, CellReading]
    """Section → what stands for each of its cells where its table is there but was left unread."""

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
            kept, found = reviewed(table, edition)
            doubts.extend(found)
            if table.edition not in (None, edition):
                doubts.append(
                    Doubt("mixed-editions", table.place, str(table.edition), table.section)
                )
            for (item, party), cell in kept.items():
                by_code[table.section, item, party] = cell
        by_code.update(
            {code: self.printed[code[0]] for code in form.numbers if code[0] in self.printed}
        )
        strangers = [code for code in by_code if code not in form.numbers]
        doubts.extend(
            Doubt("not-in-edition", by_code[c].place, c[2], c[0], c[1]) for c in strangers
        )
        cells = tuple([by_code.get(code, ABSENT) for code in form.numbers])
        return cells, (*doubts, *self.unread)


def read_tables(rows: Sequence[Row], regions: Sequence[Region]) -> StatutoryTables:
    """The tables among the rows of one report, which ``find_tables`` found in these regions.

    Raises ``Refused`` (``two-reports``) when a section is printed twice with other figures.
    """
    tables, unread = _read_regions(regions)
    read = {table.section: table for table in tables}
    leftover = left_over(rows, regions, read, unread)
    better = {doubt.section for doubt in leftover}
    unread = [d for d in unread if d.code != "no-table" or d.section not in better]
    left = {s: region for s, region in regions if s not in read and prints_labels(s, region)}
    printed = {
        doubt.section: CellReading("unreadable", None, doubt.detail, doubt.place)
        for doubt in reversed([*unread, *leftover])
        if doubt.section in left and doubt.code != "no-table"
    }
    return StatutoryTables(
        tuple(tables),
        (*unread, *leftover),
        _table_positions(rows, regions),
        {section: cell for section, cell in printed.items() if section},
    )


def _read_regions(regions: Sequence[Region]) -> tuple[list[TableReading], list[Doubt]]:
    """One reading per section, and the doubts of tables of which nothing was read.

    The same section twice with other figures is two reports.
    """
    found: dict[int, TableReading] = {}
    unread: list[Doubt] = []
    headings: dict[int, str] = {}
    for section, region in regions:
        table = _READERS[section](region)
        if not table.cells:
            unread.extend(_unread(table, region))
            headings.setdefault(section, table.place)
            continue
        found[section] = _one_of(found[section], table) if section in found else table
    told = {*found, *(doubt.section for doubt in unread)}
    bare = (Doubt("no-table", place, "", s) for s, place in headings.items() if s not in told)
    return [found[section] for section in sorted(found)], [*unread, *bare]


def _one_of(known: TableReading, table: TableReading) -> TableReading:
    """One reading of a section that is printed in two places: parts of one table, or copies.

    A table that merely looked like the section's, with no row of it read, gives way to the other.
    Raises ``Refused`` (``two-reports``) when both have figures that differ.
    """
    if _figures(known) == _figures(table):
        return known
    if known.is_unread or table.is_unread:
        kept, left = (table, known) if known.is_unread else (known, table)
        kept.doubts.extend(left.doubts)
        return kept
    if set(known.cells) & set(table.cells):
        raise Refused("two-reports", table.place)
    known.cells.update(table.cells)
    known.refused.update(table.refused)
    known.doubts.extend(table.doubts)
    return known


def _unread(table: TableReading, region: Sequence[Row]) -> list[Doubt]:
    """Why a table was not read; nothing where a heading has no table with figures below it."""
    rows = [row for row in region if row.in_grid]
    figured = [row for row in rows if sum(is_value(cell.text) for cell in row.filled) > 1]
    figured = figured or _loose_figures(region) or _run_together(table.section, region)
    if not figured:
        return []
    if not table.doubts:
        table.doubt("unread-table", figured[0].place, join_cells(figured[0].filled))
    return table.doubts


def _loose_figures(region: Sequence[Row]) -> list[Row]:
    """Lines of figures outside any grid, as long as they are many; prose has hardly one."""
    loose = [row for row in region if not row.in_grid and row.filled]
    told = [(row, sum(map(is_value, row.filled[0].text.split()))) for row in loose]
    many = sum(figures for _, figures in told) >= _LEAST_LOOSE
    return [row for row, figures in told if figures] if many else []


def _run_together(section: int, region: Sequence[Row]) -> list[Row]:
    """Lines of labels and figures with nothing between them; in prose a sentence would end."""
    loose = [row for row in region if not row.in_grid and row.filled]
    lines = [row for row in loose if not _SENTENCE.search(row.filled[0].text)]
    figured = [row for row in lines if any(map(str.isdecimal, row.filled[0].text))]
    digits = sum(sum(map(str.isdecimal, row.filled[0].text)) for row in figured)
    return figured if digits >= _LEAST_LOOSE and prints_labels(section, lines) else []


def _figures(table: TableReading) -> dict[tuple[str, str], tuple[str, float | None]]:
    return {key: (cell.state, cell.value) for key, cell in table.cells.items()}


def _table_positions(rows: Sequence[Row], regions: Sequence[Region]) -> frozenset[int]:
    """Positions of the rows that stand in a statutory table's region and in a grid."""
    inside = {id(row) for _, region in regions for row in region if row.in_grid}
    return frozenset(n for n, row in enumerate(rows) if id(row) in inside)
