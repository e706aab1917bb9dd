"""Whether a report is there, in time, whole, in its own words and on the right form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from etl.form import load_form
from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Box
from etl.sample.model import Agency, Fault, SampleReport
from etl.sample.oracle.printed import TABLES, Look, fault

ERRORS = frozenset({"table-missing", "unreadable-cell", "not-a-count", "conflicting-copies"})
RULES = ERRORS | {
    "late",
    "blank-cells",
    "year-mismatch",
    "period",
    "other-agency",
    "section-missing",
    "heading-mismatch",
    "old-edition",
}

_PROSE_SECTIONS = {1, 5, 6}
_FIRST_YEAR_OF_NEW_FORM = 2021
_END_OF_JANUARY = ("部门", "垂直管理部门", "政府办公室")


def find(look: Look) -> Iterator[Fault]:
    """What can be seen without adding anything up."""
    report = look.report
    yield from _in_time(report)
    yield from _told_of_itself(report)
    yield from _layout(report)
    yield from _shape(report)
    yield from _copies(report)


def _in_time(report: SampleReport) -> Iterator[Fault]:
    """Departments by the end of January, governments by that of March; no day for the others."""
    day, agency = report.dated, report.agency
    deadline = None
    if agency.kind == "政府":
        deadline = date(report.year + 1, 3, 31)
    elif agency.kind in _END_OF_JANUARY:
        deadline = date(report.year + 1, 1, 31)
    if day and deadline and day > deadline:
        yield fault(report, "late", detail=f"{day} {deadline}")


def _told_of_itself(report: SampleReport) -> Iterator[Fault]:
    """Title and folder are always of the report's year, and the title of its agency."""
    first, last = report.telling.period
    years = [report.file_year or report.year]
    years += [first.year] if first.year == last.year else []
    wrong = sorted({year for year in years if year != report.year})
    if wrong:
        yield fault(report, "year-mismatch", detail=" ".join(map(str, wrong)))
    if (first, last) != (date(report.year, 1, 1), date(report.year, 12, 31)):
        yield fault(report, "period", detail=f"{first} {last}")
    others = [name for name in report.telling.authors if not _may_be(report.agency, name)]
    if others:
        yield fault(report, "other-agency", detail=" ".join(others))


def _may_be(agency: Agency, name: str) -> bool:
    """Whether a name is the agency's own or short for it, or of a government and its office."""
    if name in (agency.agency, agency.short_name, *agency.aliases):
        return True
    return f"{agency.agency}办公室" == name or agency.agency == f"{name}办公室"


def _layout(report: SampleReport) -> Iterator[Fault]:
    """Headings, rows and columns as they are printed, and which form it is."""
    blocks = list(blocks_of(report))
    headed = {b.section for b in blocks if not isinstance(b, TableBlock) and b.kind == "heading"}
    there = headed | set(report.printed_sections)
    for section in range(1, 7):
        if section not in there and headed & _PROSE_SECTIONS:
            yield fault(report, "section-missing", section)
    for section in TABLES:
        states = [cell.state for key, cell in report.cells.items() if key[0] == section]
        lacking = states.count("absent")
        tables = (b.table for b in blocks if isinstance(b, TableBlock) and b.section == section)
        extra = sum(_figures_beside(row, section) for table in tables for row in table)
        if lacking < len(states) and (lacking or extra):
            yield fault(report, "heading-mismatch", section, detail=f"{lacking} {extra}")
    due = "2021" if report.year >= _FIRST_YEAR_OF_NEW_FORM else "2019"
    if report.edition != due and report.printed_sections & {2, 3}:
        yield fault(report, "old-edition", detail=report.edition)


def _figures_beside(row: Sequence[Box], section: int) -> int:
    """Figures of a row that are no cell of the form's.

    In section 2, where one figure may stretch over columns, one written out again is the same.
    """
    found, last = 0, ""
    for box in row:
        if box.key:
            last = box.text
        elif box.text.strip().isdigit() and not (section == 2 and box.text == last):
            found += 1
    return found


def _shape(report: SampleReport) -> Iterator[Fault]:
    for section in TABLES:
        if section not in report.printed_sections:
            yield fault(report, "table-missing", section)
    empty = [cell for cell in report.cells.values() if cell.state in ("blank", "dash")]
    if empty:
        yield fault(report, "blank-cells", detail=str(len(empty)))
    for cell in load_form(report.edition).cells:
        printed = report.cells[cell.section, cell.item, cell.party]
        if printed.state == "unreadable":
            place = (cell.section, cell.item, cell.party)
            yield fault(report, "unreadable-cell", *place, detail=printed.raw)
        value = printed.value
        if value is None:
            continue
        not_whole = cell.head.kind != "amount" and value != int(value)
        negative = cell.head.kind != "change" and value < 0
        if not_whole or negative:
            place = (cell.section, cell.item, cell.party)
            yield fault(report, "not-a-count", *place, detail=printed.raw)


def _copies(report: SampleReport) -> Iterator[Fault]:
    """Another file of the same year and agency, with another figure in some cell."""
    if report.earlier is None:
        return
    there = report.earlier.cells
    other = [key for key, cell in report.cells.items() if cell.value != there[key].value]
    if any(None not in (report.cells[key].value, there[key].value) for key in other):
        yield fault(report, "conflicting-copies", detail=f"{len(other)}")
