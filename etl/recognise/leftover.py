"""Tables and rows of the form that no reading took up: none is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import dropwhile, groupby
from operator import attrgetter

from etl.form import EDITIONS, NEWEST, TABLE_SECTIONS, load_form, section_headings
from etl.reading import Doubt
from etl.recognise.labels import LEAST_LABEL, head_index, label_key, line_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell
from etl.recognise.tables import Region, TableReading, join_cells

_SENTENCE = re.compile(r"[。；，]")
_LEAST_LABELS = 3
"""Labels of one section that make a grid its table; one or two stand in other tables too."""

_LEAST_FIGURES = 3
"""Figures in a row of a table; one or two stand in lines of prose too."""


def left_over(
    rows: Sequence[Row],
    regions: Sequence[Region],
    tables: Mapping[int, TableReading],
    told: Sequence[Doubt],
) -> list[Doubt]:
    """A doubt for every section whose labels stand in a grid that its reading took nothing from.

    ``tables`` are those read, by section, and ``told`` the doubts of those left unread. Rows of
    the form in grids outside every region are doubted besides.
    """
    grids = [list(grid) for _, grid in groupby(rows, key=attrgetter("block"))]
    grids = [grid for grid in grids if grid[0].in_grid and _has_figures(grid)]
    doubted = {doubt.section for doubt in told if doubt.code != "no-table"}
    found = [
        Doubt("unread-table", left[0].place, join_cells(left), section)
        for section in TABLE_SECTIONS
        if section not in doubted and (left := _unread_labels(section, grids, tables))
    ]
    found += _refused_in_part(regions, tables)
    found += _run_together(rows, tables, {*doubted, *(doubt.section for doubt in found)})
    for doubt in (*_stray_rows(rows, regions), *_unread_rows(regions, tables)):
        if doubt.place not in {known.place for known in found}:
            found.append(doubt)
    return found


def _refused_in_part(
    regions: Sequence[Region], tables: Mapping[int, TableReading]
) -> Iterator[Doubt]:
    """A doubt for every section of which nothing was read, and of some rows not even a label."""
    for section, region in regions:
        table = tables.get(section)
        if table is None or not table.is_unread or _is_whole(section, table):
            continue
        told = {doubt.place for doubt in table.doubts}
        for row in region:
            if _figures(row) >= _LEAST_FIGURES and told.isdisjoint(c.place for c in row.cells):
                yield Doubt("unread-table", row.place, join_cells(row.filled), section)
                break


def _is_whole(section: int, table: TableReading) -> bool:
    """Whether the table has cells for every item that one edition prints."""
    read = {item for item, _ in table.cells}
    return any(read.issuperset(items) for items in _items(section))


def _figures(row: Row) -> int:
    return sum(is_value(cell.text) for cell in row.filled)


def _run_together(
    rows: Sequence[Row], tables: Mapping[int, TableReading], doubted: Set[int | None]
) -> list[Doubt]:
    """A doubt for every section without a table whose texts have run into those of other cells.

    Where rows are drawn too close together, headings and labels stand in the middle of a cell.
    """
    lost = [section for section in TABLE_SECTIONS if section not in tables]
    lost = [section for section in lost if section not in doubted]
    found = []
    for section in lost:
        for row in rows:
            texts = [cell.text for cell in row.filled]
            if _SENTENCE.search("".join(texts)) or not any(map(str.isdecimal, "".join(texts))):
                continue
            if _is_named(section, label_key("".join(texts))):
                found.append(Doubt("unread-table", row.place, join_cells(row.filled), section))
                break
    return found


def _is_named(section: int, key: str) -> bool:
    """Whether a row's text holds the section's title or enough of its labels."""
    title, labels = _keys(section)
    return title in key or sum(label in key for label in labels) >= _LEAST_LABELS


@cache
def _keys(section: int) -> tuple[str, frozenset[str]]:
    """The title of a section and the labels of its rows, as ``label_key`` gives them."""
    keys = {label_key(line.label) for line in load_form(NEWEST).section_lines(section)}
    return label_key(section_headings()[section][0]), frozenset(
        k for k in keys if len(k) >= LEAST_LABEL
    )


def _unread_rows(regions: Sequence[Region], tables: Mapping[int, TableReading]) -> Iterator[Doubt]:
    """Rows of a table read in part: a label of an item with no cell, and figures behind it.

    Label and figures may have run together, or stand in a line outside the table's grid.
    """
    for section, region in regions:
        if (table := tables.get(section)) is None:
            continue
        if _is_whole(section, table):
            continue
        read = {item for item, _ in table.cells}
        told = {doubt.place for doubt in table.doubts}
        for row in region:
            item = _labelled_item(section, row)
            if item and item not in read and told.isdisjoint(cell.place for cell in row.cells):
                yield Doubt("unknown-row", row.place, join_cells(row.filled), section, item)


def _labelled_item(section: int, row: Row) -> str | None:
    """The item whose label a row begins with when nothing but figures follows."""
    words = " ".join(cell.text for cell in row.filled).split()
    label = list(dropwhile(is_value, reversed(words)))
    if len(label) == len(words):
        return None
    text = "".join(reversed(label))
    return line_index(section).exact(text) if _long(text) else None


def _unread_labels(
    section: int, grids: Sequence[Sequence[Row]], tables: Mapping[int, TableReading]
) -> list[RowCell]:
    """The labels in the first grid that prints enough of those whose cells are all absent."""
    if section in tables and _is_whole(section, tables[section]):
        return []
    read = {item for item, _ in tables[section].cells} if section in tables else set()
    for grid in grids:
        printed: dict[str, RowCell] = {}
        for cell in (cell for row in grid for cell in row.filled):
            code = _long(cell.text) and line_index(section).exact(cell.text)
            if code and code not in read:
                printed.setdefault(code, cell)
            elif not read and (head := _long(cell.text) and head_index(section).exact(cell.text)):
                printed.setdefault(head, cell)
        if len(printed) >= _LEAST_LABELS:
            return list(printed.values())
    return []


@cache
def _items(section: int) -> list[set[str]]:
    """The items of a section, edition by edition."""
    return [{line.item for line in load_form(one).section_lines(section)} for one in EDITIONS]


def _stray_rows(rows: Sequence[Row], regions: Sequence[Region]) -> Iterator[Doubt]:
    """Tables outside every region with rows of the form: their heads and heading are lost."""
    inside = {id(row) for _, region in regions for row in region}
    stray: dict[int, list[Row]] = {}
    for row in rows:
        if row.in_grid and id(row) not in inside and _is_form_row(row):
            stray.setdefault(row.block, []).append(row)
    for found in stray.values():
        if len(found) > 1 and _is_form_table(found):
            yield Doubt("unread-table", found[0].place, join_cells(found[0].filled))


def _is_form_table(rows: Sequence[Row]) -> bool:
    """Whether rows are the form's own: in any other table one may be called 其他 or 行政处罚."""
    texts = {cell.text for row in rows for cell in row.filled}
    if any(_long(text) and line_index(3).exact(text) for text in texts):
        return True
    return len({item for text in texts if (item := line_index(2).exact(text))}) >= _LEAST_LABELS


def _is_form_row(row: Row) -> bool:
    texts = [cell.text for cell in row.filled]
    return any(map(is_value, texts)) and any(
        line_index(2).exact(text) or line_index(3).exact(text) for text in texts
    )


def _has_figures(grid: Sequence[Row]) -> bool:
    return any(is_value(cell.text) for row in grid for cell in row.filled)


def _long(text: str) -> bool:
    """Whether a label is long enough to be no other table's."""
    return len(label_key(text)) >= LEAST_LABEL
