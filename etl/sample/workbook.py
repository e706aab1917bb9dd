"""Spreadsheets: the whole report on one sheet, or a sheet a section."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from etl.sample.blocks import Block, TableBlock, blocks_of
from etl.sample.layout import Box, Table, place
from etl.sample.model import SampleReport
from etl.sample.notation import number
from etl.sample.word_file import FIXED_DATE

_PROSE_COLUMNS = 10
_COLUMN_WIDTH = 12
_OFFSET = (4, 2)
"""Rows and columns left free by the dialect ``offset``."""


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes.

    ``dialect``: ``one-sheet`` (also the default), ``sheets`` for a sheet a section, ``texts`` for
    figures kept as text, ``offset`` for a report that starts some rows down and columns right.
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
        self.ruled = book.add_format({"border": 1, "align": "center", "text_wrap": True})
        self.prose = book.add_format({"text_wrap": True, "align": "left"})

    def write(self, block: Block) -> None:
        """Write one block, on a new sheet where it starts a section that gets its own."""
        section = 1 if self.one_sheet else max(1, block.section)
        if section != self.section:
            name = "年度报告" if self.one_sheet else f"第{section}部分"
            self.sheet = self.book.add_worksheet(name)
            self.sheet.set_column(self.left, self.left + _PROSE_COLUMNS - 1, _COLUMN_WIDTH)
            self.row, self.section = self.top, section
        if isinstance(block, TableBlock):
            self._table(block.table)
        else:
            first, last = self.left, self.left + _PROSE_COLUMNS - 1
            self.sheet.merge_range(self.row, first, self.row, last, block.text, self.prose)
            self.row += 1

    def _table(self, table: Table) -> None:
        for row in place(table):
            for cell in row:
                if cell.starts:
                    self._cell(self.row, self.left + cell.column, cell.box)
            self.row += 1

    def _cell(self, row: int, column: int, box: Box) -> None:
        value = box.text if self.as_text else _as_number(box.text)
        if box.row_span > 1 or box.column_span > 1:
            last = (row + box.row_span - 1, column + box.column_span - 1)
            self.sheet.merge_range(row, column, *last, value, self.ruled)
        else:
            self.sheet.write(row, column, value, self.ruled)


def _as_number(text: str) -> str | float:
    """A figure as the sheet's number where that prints the same text, else the text."""
    try:
        value = float(text)
    except ValueError:
        return text
    return value if number(value).raw == text else text
