"""Figures of other years printed beside the report's own: last year's table, last year's row.

They are left out only where a caption, a sheet's name or the row's label says so unmistakably and
the same table or row of the report's own year is there; else all is left for the tables' readers,
which refuse what is printed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.form import TABLE_SECTIONS
from etl.reading import Doubt
from etl.recognise.identity.titles import is_title
from etl.recognise.identity.years import find_year, plain_digits
from etl.recognise.labels import line_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row
from etl.recognise.script import simplified
from etl.recognise.tables import LONGEST_HEADING, heading_section, join_cells

_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?!\d)")
_YEAR_ALONE = re.compile(r"(20\d{2})年?度?")
_LONGEST_YEAR = 6
"""Characters of 2023年度, in whatever digits."""
_SENTENCE = re.compile(r"[。；]")
_LEAST_SHARED = 3
"""Labels that two grids share where they print the same table."""

Code = tuple[int, str]
"""Section and item of a label."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A grid's rows, the year that stands over it if one does, and the form's labels in it."""

    rows: Sequence[Row]
    year: int | None
    codes: frozenset[Code]


def without_other_years(rows: Sequence[Row]) -> tuple[Sequence[Row], tuple[Doubt, ...]]:
    """The rows without those of other years, and a doubt for each grid or row left out."""
    year = _year_in_title(rows)
    if year is None:
        return rows, ()
    left_out = [*_tables(rows, year), *_rows(rows, year)]
    if not left_out:
        return rows, ()
    gone = {id(row) for _, part in left_out for row in part}
    doubts = (
        Doubt("other-year", part[0].place, join_cells(part[0].filled), section)
        for section, part in left_out
    )
    return [row for row in rows if id(row) not in gone], tuple(doubts)


def _year_in_title(rows: Sequence[Row]) -> int | None:
    """The one year that titles above the first section name."""
    years: set[int | None] = set()
    for row in rows:
        if heading_section(row) is not None:
            break
        if len(row.filled) == 1 and is_title(text := simplified(row.filled[0].text)):
            years.add(find_year(text))
    years.discard(None)
    return years.pop() if len(years) == 1 else None


def _tables(rows: Sequence[Row], year: int) -> Iterator[tuple[int, Sequence[Row]]]:
    """Grids under another year's caption that print again what the report's own year has."""
    captions = _captions(rows)
    if all(found in (None, year) for found in captions.values()):
        return
    grids: dict[int, list[Row]] = {}
    for row in rows:
        if row.in_grid:
            grids.setdefault(row.block, []).append(row)
    blocks = [_Block(own, captions[block], _codes(own)) for block, own in grids.items()]
    for position, block in enumerate(blocks):
        if block.year in (None, year):
            continue
        for number, other in enumerate(blocks):
            own = other.year == year or (other.year is None and number < position)
            shared = block.codes & other.codes
            if own and len(shared) >= _LEAST_SHARED:
                yield min(shared)[0], block.rows
                break


def _captions(rows: Sequence[Row]) -> Mapping[int, int | None]:
    """The year over each grid: its sheet's name, or the short line right above it."""
    found: dict[int, int | None] = {}
    above = ""
    for row in rows:
        if row.in_grid and row.block not in found:
            sheet, mark, _ = row.place.rpartition("!")
            found[row.block] = _year_of(sheet if mark else above)
        above = row.filled[0].text if len(row.filled) == 1 and not row.in_grid else ""
    return found


def _year_of(caption: str) -> int | None:
    """The one year that a caption names; a report's title is none, it begins another report."""
    if len(caption) > LONGEST_HEADING or _SENTENCE.search(caption) or is_title(caption):
        return None
    years = set(_YEAR.findall(plain_digits(caption)))
    return int(years.pop()) if len(years) == 1 else None


def _rows(rows: Sequence[Row], year: int) -> Iterator[tuple[int, Sequence[Row]]]:
    """Rows of section 四 labelled with another year, where one is labelled with the report's."""
    labelled: dict[int, list[tuple[int, Row]]] = {}
    for row in rows:
        if row.in_grid and (named := _row_year(row)):
            labelled.setdefault(row.block, []).append((named, row))
    for block, found in labelled.items():
        if [named for named, _ in found].count(year) != 1:
            continue
        codes = _codes([row for row in rows if row.block == block])
        if sum(section == 4 for section, _ in codes) >= _LEAST_SHARED:
            yield from ((4, [row]) for named, row in found if named != year)


def _row_year(row: Row) -> int | None:
    """The year that labels a row of figures."""
    label = row.filled[0].text.strip() if len(row.filled) > 1 else ""
    if not label or len(label) > _LONGEST_YEAR or is_value(label):
        return None
    found = _YEAR_ALONE.fullmatch(plain_digits(label))
    figures = found is not None and all(is_value(cell.text) for cell in row.filled[1:])
    return int(found[1]) if found and figures else None


def _codes(rows: Sequence[Row]) -> frozenset[Code]:
    """The form's labels that these rows print to the letter."""
    texts = {cell.text for row in rows for cell in row.filled if len(cell.text) <= 60}
    return frozenset(
        (section, item)
        for text in texts
        for section in TABLE_SECTIONS
        if (item := line_index(section).exact(text))
    )
