"""Spreadsheets: the whole report on one sheet, or a sheet a section."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from etl.sample.blocks import Block, TableBlock, blocks_of
from etl.sample.layout import Box, Table, place
from etl.sample.model import SampleReport
from etl.sample.sheets import (
    A4,
    COLUMN_WIDTH,
    COLUMNS,
    PROSE_COLUMNS,
    as_number,
    prose_height,
    row_height,
)
from etl.sample.word_file import FIXED_DATE

_OFFSET = (4, 2)
"""Rows and columns left free by the dialect ``offset``."""


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes.

    ``dialect``: ``one-sheet`` (also the default), ``sheets`` for a sheet a section, ``texts`` for
    figures kept as text, ``offset`` for a report that starts some rows down and columns right,
    ``unruled`` for tables without borders.
    """
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.set_properties({"title": report.title, "created": datetime(*FIXED_DATE)})
    writer = _Writer(book, dialect)
    for block in blocks_of(report):
        writer.write(block)
    book.close()
    return packed.getvalue()


class _Writer:
    """Writes blocks below one another; ``section`` is the one that the current sheet holds."""

    def __init__(self, book: xlsxwriter.Workbook, dialect: str) -> None:
        self.book, self.section = book, 0
        self.one_sheet, self.as_text = dialect != "sheets", dialect == "texts"
        self.top, self.left = _OFFSET if dialect == "offset" else (0, 0)
        border = 0 if dialect == "unruled" else 1
        look = {"text_wrap": True, "valign": "vcenter"}
        self.cell = book.add_format({**look, "border": border, "align": "center"})
        self.prose = book.add_format({**look, "align": "left"})

    def write(self, block: Block) -> None:
        """Write one block, on a new sheet where it starts a section that gets its own."""
        section = 1 if self.one_sheet else max(1, block.section)
        if section != self.section:
            name = "年度报告" if self.one_sheet else f"第{section}部分"
            self.sheet = self.book.add_worksheet(name)
            self.sheet.set_paper(A4)
            self.sheet.set_landscape()
            self.sheet.fit_to_pages(1, 0)
            self.sheet.set_column(self.left, self.left + COLUMNS - 1, COLUMN_WIDTH)
            self.row, self.section = self.top, section
        if isinstance(block, TableBlock):
            self._table(block.table)
        else:
            first, last = self.left, self.left + PROSE_COLUMNS - 1
            self.sheet.set_row(self.row, prose_height(block.text))
            self.sheet.merge_range(self.row, first, self.row, last, block.text, self.prose)
            self.row += 1

    def _table(self, table: Table) -> None:
        for row in place(table):
            self.sheet.set_row(self.row, row_height(row))
            for cell in row:
                if cell.starts:
                    self._cell(self.row, self.left + cell.column, cell.box)
            self.row += 1

    def _cell(self, row: int, column: int, box: Box) -> None:
        value = box.text if self.as_text else as_number(box.text)
        if box.row_span > 1 or box.column_span > 1:
            last = (row + box.row_span - 1, column + box.column_span - 1)
            self.sheet.merge_range(row, column, *last, value, self.cell)
        else:
            self.sheet.write(row, column, value, self.cell)
