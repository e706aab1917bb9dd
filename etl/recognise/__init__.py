"""Recognises a report in a document: who reports on which year, every cell, every claim.

It alone knows what the printed text means; readers know only what is printed where.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Document
from etl.form import Edition, edition_for_year, load_form
from etl.reading import ABSENT, CellReading, Doubt, Refused, ReportReading
from etl.recognise.claims import find_claims
from etl.recognise.disclosure_table import read_disclosure
from etl.recognise.identity import Identity, find_scope, identify
from etl.recognise.labels import line_index
from etl.recognise.numbers import is_value
from etl.recognise.outline import outline
from etl.recognise.proceedings_table import read_proceedings
from etl.recognise.requests_table import read_requests
from etl.recognise.rows import Row, document_rows
from etl.recognise.tables import TableReading, find_tables, join_cells

LEAST_SECTIONS = 3
"""Headings without which a document with no statutory table is no report."""

_READERS = {2: read_disclosure, 3: read_requests, 4: read_proceedings}


def recognise(document: Document, name: str) -> ReportReading:
    """The report that a document holds; ``name`` is its path, a last resort for agency and year.

    Raises ``Refused`` when there is no report in it, more than one, or its agency or year can't
    be told. Whatever is read in part is kept and its gaps are named in ``doubts``.
    """
    rows = tuple(document_rows(document))
    regions = list(find_tables(rows))
    tables, unread = _read_tables(regions)
    sections, prose = outline(rows, _table_positions(rows, regions))
    if not tables and len(sections) < LEAST_SECTIONS:
        raise Refused("no-report")
    paragraphs = [row.filled[0].text for row in rows if len(row.filled) == 1]
    identity = identify(document, paragraphs, name)
    edition = _edition(tables, identity.year)
    cells, doubts = _cells(tables, edition)
    scope = find_scope(identity.agency, identity.title, prose)
    return ReportReading(
        agency=identity.agency,
        year=identity.year,
        edition=edition,
        scope=scope,
        title=identity.title,
        published_on=document.published_on,
        named_by_path=identity.named_by_path,
        cells=cells,
        sections=tuple(sorted({*sections, *(table.section for table in tables)})),
        prose=tuple(prose),
        claims=find_claims(prose, identity.year, scope),
        doubts=(*_named_by_path(identity), *doubts, *unread, *_stray_rows(rows, regions)),
    )


def _named_by_path(identity: Identity) -> tuple[Doubt, ...]:
    if not identity.named_by_path:
        return ()
    return (Doubt("named-by-path", "", f"{identity.agency} {identity.year}"),)


Region = tuple[int, list[Row]]


def _read_tables(regions: Sequence[Region]) -> tuple[list[TableReading], list[Doubt]]:
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


def _edition(tables: Sequence[TableReading], year: int) -> Edition:
    """The edition that the tables are printed in; the year's own where they don't tell."""
    said = {table.section: table.edition for table in tables if table.edition}
    return said.get(3) or said.get(2) or edition_for_year(year)


def _cells(
    tables: Sequence[TableReading], edition: Edition
) -> tuple[tuple[CellReading, ...], tuple[Doubt, ...]]:
    """The edition's cells in printed order; a table in the other edition's form stays out."""
    form = load_form(edition)
    by_code: dict[tuple[int, str, str], CellReading] = {}
    doubts: list[Doubt] = []
    for table in tables:
        doubts.extend(table.doubts)
        codes = {(table.section, item, party): cell for (item, party), cell in table.cells.items()}
        if table.edition not in (None, edition):
            doubts.append(Doubt("mixed-editions", table.place, str(table.edition), table.section))
        by_code |= codes
    strangers = [code for code in by_code if not form.has(*code)]
    doubts.extend(Doubt("not-in-edition", by_code[c].place, c[2], c[0], c[1]) for c in strangers)
    cells = tuple(by_code.get((c.section, c.item, c.party), ABSENT) for c in form.cells)
    return cells, tuple(doubts)
