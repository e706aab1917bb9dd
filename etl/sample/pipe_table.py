"""Pipe tables (Markdown), as exporters write merged cells: repeated, or once and then empty."""

from __future__ import annotations

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Table, place, width_of
from etl.sample.model import SampleReport

_MARKS = {"title": "# ", "heading": "## ", "paragraph": ""}


def render(report: SampleReport, variety: str) -> bytes:
    """The file's bytes, UTF-8; ``variety`` is ``repeated`` or ``emptied``."""
    parts = []
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            parts.append(_table(block.table, variety == "repeated"))
        else:
            parts.append(_MARKS[block.kind] + block.text)
    return ("\n\n".join(parts) + "\n").encode()


def _table(table: Table, repeated: bool) -> str:
    lines = []
    for row in place(table):
        texts = []
        for cell in row:
            text = cell.box.text.replace("\n", "<br>" if repeated else "")
            shown = text if cell.starts or repeated else ""
            texts += [shown, *[text if repeated else ""] * (cell.box.column_span - 1)]
        lines.append("| " + " | ".join(texts) + " |")
    lines.insert(1, "|" + " --- |" * width_of(table))
    return "\n".join(lines)
