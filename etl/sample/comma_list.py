"""A whole report as comma-separated lines, as a spreadsheet saves it: merged cells once."""

from __future__ import annotations

import csv
import io

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Table, place
from etl.sample.model import SampleReport

_ENCODINGS = {"gb18030": "gb18030", "utf8": "utf-8-sig"}


def render(report: SampleReport, variety: str) -> bytes:
    """The file's bytes, in GB18030 or in UTF-8 with a byte order mark, as ``variety`` says."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            writer.writerows(_rows(block.table))
        else:
            writer.writerow([block.text])
    return text.getvalue().encode(_ENCODINGS[variety])


def _rows(table: Table) -> list[list[str]]:
    rows = []
    for row in place(table):
        texts: list[str] = []
        for cell in row:
            texts += [cell.box.text if cell.starts else "", *[""] * (cell.box.column_span - 1)]
        rows.append(texts)
    return rows
