"""Recognises a report in a document: who reports on which year, every cell, every claim.

It alone knows what the printed text means; readers know only what is printed where.
"""

from __future__ import annotations

from etl.document import Document
from etl.reading import Doubt, Refused, ReportReading
from etl.recognise.claims import find_claims
from etl.recognise.identity import Identity, find_scope, identify
from etl.recognise.outline import outline
from etl.recognise.rows import document_rows
from etl.recognise.statutory import read_tables

LEAST_SECTIONS = 3
"""Headings without which a document with no statutory table is no report."""


def recognise(document: Document, name: str) -> ReportReading:
    """The report that a document holds; ``name`` is its path, a last resort for agency and year.

    Raises ``Refused`` when there is no report in it, more than one, or its agency or year can't
    be told. Whatever is read in part is kept and its gaps are named in ``doubts``.
    """
    rows = tuple(document_rows(document))
    tables = read_tables(rows)
    sections, prose = outline(rows, tables.positions)
    if not tables.sections and len(sections) < LEAST_SECTIONS:
        raise Refused("no-report")
    paragraphs = [row.filled[0].text for row in rows if len(row.filled) == 1]
    identity = identify(document, paragraphs, name)
    edition = tables.edition(identity.year)
    cells, doubts = tables.cells(edition)
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
        sections=tuple(sorted({*sections, *tables.sections})),
        prose=tuple(prose),
        claims=find_claims(prose, identity.year, scope),
        doubts=(*_named_by_path(identity), *doubts),
    )


def _named_by_path(identity: Identity) -> tuple[Doubt, ...]:
    if not identity.named_by_path:
        return ()
    return (Doubt("named-by-path", "", f"{identity.agency} {identity.year}"),)
