"""Recognises the reports in a document: who reports on which year, every cell, every claim.

It alone knows what the printed text means; readers know only what is printed where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.document import Document
from etl.reading import Doubt, Refused, ReportReading
from etl.recognise.claims import read_claims
from etl.recognise.division import LEAST_SECTIONS, divide, first_copy
from etl.recognise.identity import gather, identify
from etl.recognise.other_years import without_other_years
from etl.recognise.outline import outline
from etl.recognise.rows import Row, document_rows
from etl.recognise.statutory import read_tables
from etl.recognise.straighten import straightened
from etl.recognise.tables import find_tables
from etl.recognise.upright import upright


def recognise_reports(document: Document, name: str) -> tuple[ReportReading, ...]:
    """The reports that a document holds, at least one, in printed order.

    ``name`` is the file's path, a last resort for agency and year. Raises ``Refused`` when there
    is no report in it, when of several one is incomplete or can't be told from the next, or when
    an agency or year can't be told. Whatever is read in part is kept and its gaps are named in
    ``doubts``.
    """
    reports = divide(tuple(straightened(document_rows(upright(document)))))
    # What a page of several reports says of itself names none of them; its day is theirs.
    page = document if len(reports) == 1 else replace(document, title="", hints=())
    readings = tuple(_recognise(rows, name, page) for rows in reports)
    whose = [(reading.agency, reading.year, reading.scope) for reading in readings]
    if len(set(whose)) < len(whose):
        raise Refused("two-reports", reports[1][0].place)
    return readings


def recognise(document: Document, name: str) -> ReportReading:
    """The report of a document that holds one; Refused ``two-reports`` where it holds more."""
    readings = recognise_reports(document, name)
    if len(readings) > 1:
        raise Refused("two-reports", readings[1].title)
    return readings[0]


def _recognise(rows: Sequence[Row], name: str, document: Document) -> ReportReading:
    """One report; ``document`` has the metadata that speaks of it."""
    rows, other_years = without_other_years(rows)
    regions = tuple(find_tables(rows))
    tables = read_tables(rows, regions)
    rows = first_copy(rows, regions)
    sections, prose = outline(rows, tables.positions)
    if not tables.sections and len(sections) < LEAST_SECTIONS:
        raise Refused("no-report")
    identity = identify(gather(rows, prose, name, document))
    edition = tables.edition(identity.year)
    cells, doubts = tables.cells(edition)
    claims, rivals = read_claims(prose, identity.year, identity.scope, identity.agency)
    return ReportReading(
        agency=identity.agency,
        year=identity.year,
        edition=edition,
        scope=identity.scope,
        title=identity.title,
        published_on=identity.published_on,
        stated=identity.stated,
        cells=cells,
        sections=tuple(sorted({*sections, *tables.sections})),
        prose=tuple(prose),
        claims=claims,
        doubts=(*_scanned(document), *identity.doubts, *other_years, *doubts, *rivals),
    )


def _scanned(document: Document) -> tuple[Doubt, ...]:
    """The word that a reading comes from pictures of pages."""
    if not document.scanned:
        return ()
    pages = ", ".join(f"p{page}" for page in document.scanned)
    return (Doubt("scanned", f"p{document.scanned[0]}", pages),)
