"""XLSX: one grid a visible sheet, with the sheet's own cell names as places."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.document import Document, Grid, Slot
from etl.readers.grids import has_text
from etl.readers.hidden import shown_part
from etl.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_SLOTS
from etl.readers.package import Package
from etl.readers.page import describe
from etl.readers.sheet_xml import SheetNotes, column_name, note_sheets
from etl.readers.text_tools import clean, join_broken
from etl.reading import Refused


def read(data: bytes, name: str) -> Document:
    """The document of an XLSX file, places ``Sheet1!C5``.

    Empty sheets are left out, and hidden sheets, rows and columns.
    Refused ``corrupt``, ``encrypted``, ``too-large``.
    """
    package = Package(data, name)
    notes = note_sheets(package)
    title = clean(package.properties().get("title", ""))
    return describe("xlsx", list(_grids(data, name, notes)), title=title)


def _grids(data: bytes, name: str, notes: dict[str, SheetNotes]) -> Iterator[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            shown = sheet.visible is SheetVisibleEnum.Visible
            if shown and sheet.typ is SheetTypeEnum.WorkSheet and sheet.name in notes:
                grid = _grid(workbook.get_sheet_by_name(sheet.name), notes[sheet.name])
                if has_text(grid):
                    yield grid
    except PasswordError as error:
        raise Refused("encrypted") from error
    except (Refused, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the Rust code is no Exception
        raise Refused("corrupt", detail=f"{type(error).__name__}: {error}") from error


def _grid(sheet: CalamineSheet, notes: SheetNotes) -> Grid:
    values = {(r, c): text for r, c, text in _printed(sheet)}
    values.update(notes.unprinted)
    merged = {start: end for start, end in sheet.merged_cell_ranges or () if end > start}
    grid = sheet_grid(sheet.name, values, merged, notes.rows, notes.columns)
    return shown_part(grid, notes.hidden_rows, notes.hidden_columns)


def sheet_grid(
    name: str,
    values: dict[tuple[int, int], str],
    merged: dict[tuple[int, int], tuple[int, int]],
    height: int,
    width: int,
) -> Grid:
    """The grid of a sheet from its texts by row and column and its merged ranges, first → last.

    Refused ``too-large``.
    """
    if height > MAX_ROWS or width > MAX_COLUMNS or height * width > MAX_SLOTS:
        raise Refused("too-large", name, f"{height} rows, {width} columns")
    area = sum(
        (min(bottom + 1, height) - top) * (min(right + 1, width) - left)
        for (top, left), (bottom, right) in merged.items()
        if top < height and left < width
    )
    if area > MAX_SLOTS:
        raise Refused("corrupt", name, "merged cells overlap")
    spans = {
        (top, left): (min(bottom, height - 1) - top + 1, min(right, MAX_COLUMNS) - left + 1)
        for (top, left), (bottom, right) in merged.items()
    }
    covered = _covered(merged, height, width)
    columns = [(column, f"{name}!{column_name(column)}") for column in range(width)]
    rows = [
        tuple([
            Slot(
                values.get(at, ""), row, column, f"{letters}{row + 1}", *spans.get(at, (1, 1))
            )
            for column, letters in columns
            if (at := (row, column)) not in covered
        ])
        for row in range(height)
    ]  # fmt: skip
    return Grid(tuple(rows), name)


def _covered(
    merged: dict[tuple[int, int], tuple[int, int]], height: int, width: int
) -> set[tuple[int, int]]:
    """What merged cells cover beside their first cell."""
    return {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom + 1, height))
        for column in range(left, min(right + 1, width))
        if (row, column) != (top, left)
    }


def _printed(sheet: CalamineSheet) -> Iterator[tuple[int, int, str]]:
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(), start=top):
        for column, value in enumerate(values, start=left):
            if value != "":
                yield row, column, as_printed(value)


def as_printed(value: Any) -> str:
    """A cell's value as a spreadsheet shows it under no format: 3 for 3.0, 15 digits at most."""
    if isinstance(value, str):
        return join_broken(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return join_broken(str(value))


def _number(value: float) -> str:
    """Fifteen significant digits, as spreadsheets do: 0.1+0.2 is shown as 0.3."""
    # Adding 0.0 makes minus zero, which some programs store, the plain zero that they show.
    text = f"{value + 0.0:.15g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) < 1e21 else text
