"""Spreadsheets of Excel 97 to 2003: the whole report on one sheet, or a sheet a section."""

from __future__ import annotations

import io

import xlwt

from etl.sample.blocks import Block, TableBlock, blocks_of
from etl.sample.layout import Box, Table, place
from etl.sample.model import SampleReport
from etl.sample.notation import number

_PROSE_COLUMNS = 10
_LONGEST_TEXT = 32_767


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect``: ``sheets`` for a sheet a section, else all on one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    writer = _Writer(book, one_sheet=dialect != "sheets")
    for block in blocks_of(report):
        writer.write(block)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


class _Writer:
    """Writes blocks below one another; ``section`` is the one that the current sheet holds."""

    def __init__(self, book: xlwt.Workbook, *, one_sheet: bool) -> None:
        self.book, self.one_sheet, self.row, self.section = book, one_sheet, 0, 0
        self.ruled = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
        self.prose = xlwt.easyxf("align: wrap on")

    def write(self, block: Block) -> None:
        """Write one block, on a new sheet where it starts a section that gets its own."""
        section = 1 if self.one_sheet else max(1, block.section)
        if section != self.section:
            name = "年度报告" if self.one_sheet else f"第{section}部分"
            self.sheet = self.book.add_sheet(name)
            self.row, self.section = 0, section
        if isinstance(block, TableBlock):
            self._table(block.table)
            return
        text = block.text[:_LONGEST_TEXT]
        self.sheet.write_merge(self.row, self.row, 0, _PROSE_COLUMNS - 1, text, self.prose)
        self.row += 1

    def _table(self, table: Table) -> None:
        for row in place(table):
            for cell in row:
                if cell.starts:
                    self._cell(self.row, cell.column, cell.box)
            self.row += 1

    def _cell(self, row: int, column: int, box: Box) -> None:
        bottom, right = row + box.row_span - 1, column + box.column_span - 1
        self.sheet.write_merge(row, bottom, column, right, _as_number(box.text), self.ruled)


def _as_number(text: str) -> str | float:
    """A figure as the sheet's number where that prints the same text, else the text."""
    try:
        value = float(text)
    except ValueError:
        return text
    return value if number(value).raw == text else text
