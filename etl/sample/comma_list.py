"""A whole report as comma-separated lines, as a spreadsheet saves it: merged cells once."""

from __future__ import annotations

import csv
import io

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.encode import encode, split_dialect
from etl.sample.layout import Table, place
from etl.sample.model import SampleReport

_SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";"}


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect`` is ``separator/encoding``, by default ``comma/utf-8-sig``."""
    separator, encoding = split_dialect(dialect, "comma", "utf-8-sig")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_SEPARATORS[separator], lineterminator="\r\n")
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            writer.writerows(_rows(block.table))
        else:
            writer.writerow([block.text])
    return encode(text.getvalue(), encoding)


def _rows(table: Table) -> list[list[str]]:
    rows = []
    for row in place(table):
        texts: list[str] = []
        for cell in row:
            texts += [cell.box.text if cell.starts else "", *[""] * (cell.box.column_span - 1)]
        rows.append(texts)
    return rows
