"""A second opinion on old Word files, where LibreOffice is installed to give one.

A ``.doc`` leaves more open than other formats: what doesn't tie out as gouji reads it may do so as
LibreOffice does. Its reading is taken only when it is plainly the better one, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.document import Document
from etl.form import TABLE_SECTIONS, load_form
from etl.readers.office import second_document
from etl.reading import Doubt, Refused, ReportReading
from etl.recognise import recognise_reports


class Fit(NamedTuple):
    """How well reports are read; the lower, the better."""

    unread: int
    """Cells that are absent or unreadable."""
    broken: int
    """Sums of the form that don't hold."""


def better_reading(
    document: Document, reports: Sequence[ReportReading], data: bytes, name: str
) -> tuple[Document, tuple[ReportReading, ...]]:
    """The document and its reports, or LibreOffice's where that leaves less open.

    LibreOffice is asked only when something is amiss: its reading is taken when it has fewer
    unread cells and no more broken sums, or fewer broken sums and no more unread cells.
    """
    first = _fit(reports)
    if first == Fit(0, 0) or (other := second_document(data, document.format)) is None:
        return document, tuple(reports)
    try:
        again = recognise_reports(other, name)
    except Refused:
        return document, tuple(reports)
    second = _fit(again)
    same = [(r.agency, r.year) for r in again] == [(r.agency, r.year) for r in reports]
    if same and second != first and second.unread <= first.unread and second.broken <= first.broken:
        doubt = Doubt("second-reading", "", "LibreOffice")
        return other, tuple(replace(r, doubts=(*r.doubts, doubt)) for r in again)
    return document, tuple(reports)


def _fit(reports: Sequence[ReportReading]) -> Fit:
    unread = sum(cell.state in ("absent", "unreadable") for r in reports for cell in r.cells)
    return Fit(unread, sum(map(_broken_sums, reports)))


def _broken_sums(report: ReportReading) -> int:
    form = load_form(report.edition)
    broken = 0
    for section in TABLE_SECTIONS:
        values = {
            (cell.item, cell.party): read.value
            for cell, read in zip(form.cells, report.cells, strict=True)
            if cell.section == section and read.value is not None
        }
        for left, right in form.sums(section):
            if all(code in values for code in (*left, *right)):
                broken += sum(values[c] for c in left) != sum(values[c] for c in right)
    return broken
