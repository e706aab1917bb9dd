"""XLS of Excel 5 to 2003: one grid a visible sheet, with the sheet's own cell names as places.

Read record by record, because libraries give an error and a formula without a result as an empty
cell, and take what a chart within a sheet remembers of its figures for cells of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.document import Document, Grid
from etl.readers.compound import Compound
from etl.readers.grids import has_text
from etl.readers.hidden import shown_part
from etl.readers.page import describe
from etl.readers.sheet_xml import BLANK_TAIL
from etl.readers.text_tools import clean
from etl.readers.xls.book import read_book
from etl.readers.xls.cells import SheetCells
from etl.readers.xls.records import Records
from etl.readers.xlsx import sheet_grid

__all__ = ["read"]


def read(data: bytes, name: str) -> Document:
    """The document of an XLS file, places ``Sheet1!C5``.

    Empty sheets are left out, and hidden sheets, rows and columns.
    Refused ``corrupt``, ``encrypted``, ``too-large``, ``truncated``, ``unsupported``.
    """
    file = Compound(data)
    stream = file.read("Workbook") or file.read("Book")
    title = clean(file.properties().get("title", ""))
    return describe("xls", list(_grids(Records(stream))), title=title)


def _grids(records: Records) -> Iterator[Grid]:
    book = read_book(records)
    for sheet in book.sheets:
        if not sheet.printed:
            continue
        cells = SheetCells(book, sheet.name)
        for record in records.part(sheet.start):
            cells.take(record)
        if cells.rows < cells.formatted <= cells.rows + BLANK_TAIL:
            cells.rows = cells.formatted
        grid = sheet_grid(sheet.name, cells.texts, cells.merged, cells.rows, cells.columns)
        grid = shown_part(grid, cells.hidden_rows, cells.hidden_columns)
        if has_text(grid):
            yield grid
