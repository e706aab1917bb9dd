"""Divides a document that holds several whole reports; one that only lists others stays one.

A report begins at a title that names another agency or year than the one before. What follows
makes it a report when it prints the form's tables again, or most of its headings; a list of links
has neither, and tables that go on where those above ended belong to the report above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.form import TABLE_SECTIONS
from etl.reading import Refused
from etl.recognise.identity.names import agency_in_title
from etl.recognise.identity.titles import TITLE_LINES, is_title, is_whole
from etl.recognise.identity.years import find_year
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row
from etl.recognise.script import simplified
from etl.recognise.tables import Region, find_tables, heading_section, prints_labels

LEAST_SECTIONS = 3
"""Headings without which a document with no statutory table is no report."""
_LEAST_FIGURES = 3
_LONGEST_LINE = 60

Named = tuple[str | None, int | None]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows from one title to the next, with what they hold of a report."""

    start: int
    end: int
    named: Named | None
    place: str
    tables: frozenset[int]
    """Sections whose tables print figures."""
    blank: frozenset[int]
    """Sections whose tables print labels and hardly a figure."""
    headings: frozenset[int]

    @property
    def is_report(self) -> bool:
        return bool(self.tables) or len(self.headings) >= LEAST_SECTIONS


def divide(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows of each report, at least one, in printed order.

    Raises ``Refused`` (``two-reports``) when a second report begins and one of them lacks a table.
    """
    starts = _titles(rows)
    if not starts:
        return [rows]
    reports = _reports(_stretches(rows, starts))
    if len(reports) < 2:
        return [rows]
    for number, report in enumerate(reports):
        if not (report.tables | report.blank).issuperset(TABLE_SECTIONS):
            place = report.place if number else reports[1].place
            raise Refused("two-reports", place)
    cuts = [0, *(report.start for report in reports[1:]), len(rows)]
    return [rows[start:end] for start, end in pairwise(cuts)]


def first_copy(rows: Sequence[Row], regions: Sequence[Region]) -> Sequence[Row]:
    """The rows of one report up to where it is printed once more, under the same title.

    ``regions`` are those of ``find_tables``. The figures of both must agree, which ``read_tables``
    sees to. Raises ``Refused`` (``two-reports``) where text and tables begin anew under no title
    that tells whose they are.
    """
    place_of = {id(row): position for position, row in enumerate(rows)}
    last_section, end = 0, 0
    for section, region in regions:
        if not _has_figures(region):
            continue
        start = place_of[id(region[0])]
        if section < last_section:
            between = rows[end:start]
            if titles := _whole_titles(between):
                return rows[: end + titles[0][0]]
            if anew := next((row for row in between if _begins_anew(row)), None):
                raise Refused("two-reports", anew.place)
        last_section, end = section, place_of[id(region[-1])] + 1
    return rows


def _begins_anew(row: Row) -> bool:
    if len(row.filled) != 1:
        return False
    return heading_section(row) == 1 or is_title(simplified(row.filled[0].text))


def _reports(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches that are reports, each with those after it that only belong to it."""
    found: list[_Stretch] = []
    for stretch in stretches:
        above = found[-1] if found else None
        if above is None:
            found.append(stretch)
        elif not above.is_report:  # what stood above was a cover or a list
            found[-1] = stretch if stretch.is_report else above
        elif stretch.is_report and (
            stretch.tables & above.tables or (stretch.headings & above.headings)
        ):
            found.append(stretch)
        else:
            found[-1] = _joined(above, stretch)
    return found


def _joined(above: _Stretch, below: _Stretch) -> _Stretch:
    return _Stretch(
        above.start, below.end, above.named, above.place,
        above.tables | below.tables, above.blank | below.blank, above.headings | below.headings,
    )  # fmt: skip


def _titles(rows: Sequence[Row]) -> list[tuple[int, Named]]:
    """Where a title names another agency or year than the one before, from the second on."""
    found: list[tuple[int, Named]] = []
    for position, named in _whole_titles(rows):
        if not found or found[-1][1] != named:
            found.append((position, named))
    return found if len(found) > 1 else []


def _whole_titles(rows: Sequence[Row]) -> list[tuple[int, Named]]:
    found: list[tuple[int, Named]] = []
    position = 0
    while position < len(rows):
        taken, title = _title_at(rows, position)
        if title:
            found.append((position, (agency_in_title(title), find_year(title))))
        position += taken
    return found


def _title_at(rows: Sequence[Row], position: int) -> tuple[int, str]:
    """A whole title of up to three lines that begins here, and how many lines it takes."""
    text = ""
    for count, row in enumerate(rows[position : position + TITLE_LINES], start=1):
        if len(row.filled) != 1 or len(row.filled[0].text) > _LONGEST_LINE:
            break
        line = simplified(row.filled[0].text)
        if count > 1 and is_whole(line):
            break
        text += line
        if is_whole(text):
            return count, text
    return 1, ""


def _stretches(rows: Sequence[Row], starts: Sequence[tuple[int, Named]]) -> list[_Stretch]:
    """The rows cut at the titles; what stands above the first belongs to it."""
    cuts = [0, *(position for position, _ in starts[1:]), len(rows)]
    return [
        _stretch(rows, start, end, named)
        for (_, named), (start, end) in zip(starts, pairwise(cuts), strict=True)
    ]


def _stretch(rows: Sequence[Row], start: int, end: int, named: Named) -> _Stretch:
    own = rows[start:end]
    regions = list(find_tables(own))
    tables = frozenset(section for section, region in regions if _has_figures(region))
    blank = frozenset(section for section, region in regions if _is_labelled(section, region))
    headings = frozenset(h for row in own if (h := heading_section(row)))
    return _Stretch(start, end, named, own[0].place, tables, blank - tables, headings)


def _is_labelled(section: int, region: Sequence[Row]) -> bool:
    """Whether the section's labels are printed, which prose may name too."""
    return prints_labels(
        section, [row for row in region if row.in_grid or "。" not in row.cells[0].text]
    )


def _has_figures(region: Sequence[Row]) -> bool:
    figures = sum(is_value(cell.text) for row in region for cell in row.filled)
    return figures >= _LEAST_FIGURES
