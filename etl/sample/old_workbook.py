"""Spreadsheets of Excel 97 to 2003: the whole report on one sheet, or a sheet a section."""

from __future__ import annotations

import io

import xlwt

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

_LONGEST_TEXT = 32_767
_WRAPPED = "align: wrap on, vert centre"
_RULED = f"{_WRAPPED}; borders: left thin, right thin, top thin, bottom thin"


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes.

    ``dialect``: ``sheets`` for a sheet a section, else all on one sheet; ``unruled`` for tables
    without borders.
    """
    book = xlwt.Workbook(encoding="utf-8")
    writer = _Writer(book, dialect)
    for block in blocks_of(report):
        writer.write(block)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


class _Writer:
    """Writes blocks below one another; ``section`` is the one that the current sheet holds."""

    def __init__(self, book: xlwt.Workbook, dialect: str) -> None:
        self.book, self.one_sheet, self.row, self.section = book, dialect != "sheets", 0, 0
        self.cell = xlwt.easyxf(_WRAPPED if dialect == "unruled" else _RULED)
        self.prose = xlwt.easyxf(_WRAPPED)

    def write(self, block: Block) -> None:
        """Write one block, on a new sheet where it starts a section that gets its own."""
        section = 1 if self.one_sheet else max(1, block.section)
        if section != self.section:
            name = "年度报告" if self.one_sheet else f"第{section}部分"
            self.sheet = self.book.add_sheet(name)
            self.sheet.paper_size_code, self.sheet.portrait = A4, False
            for column in range(COLUMNS):
                self.sheet.col(column).width = 256 * COLUMN_WIDTH
            self.sheet.fit_num_pages, self.sheet.fit_height_to_pages = 1, 0
            self.row, self.section = 0, section
        if isinstance(block, TableBlock):
            self._table(block.table)
            return
        text = block.text[:_LONGEST_TEXT]
        self._set_height(prose_height(text))
        self.sheet.write_merge(self.row, self.row, 0, PROSE_COLUMNS - 1, text, self.prose)
        self.row += 1

    def _table(self, table: Table) -> None:
        for row in place(table):
            self._set_height(row_height(row))
            for cell in row:
                if cell.starts:
                    self._cell(self.row, cell.column, cell.box)
            self.row += 1

    def _set_height(self, points: float) -> None:
        row = self.sheet.row(self.row)
        row.height, row.height_mismatch = round(20 * points), True

    def _cell(self, row: int, column: int, box: Box) -> None:
        bottom, right = row + box.row_span - 1, column + box.column_span - 1
        self.sheet.write_merge(row, bottom, column, right, as_number(box.text), self.cell)
