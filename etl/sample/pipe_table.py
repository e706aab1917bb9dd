"""Pipe tables (Markdown), as exporters write merged cells: repeated, or once and then empty."""

from __future__ import annotations

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Table, place, width_of
from etl.sample.model import SampleReport

_MARKS = {"title": "# ", "heading": "## ", "paragraph": ""}
_FRAME = 40
"""Empty pipes that a table around the whole page leaves on every line."""


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes, UTF-8.

    ``dialect``: ``emptied`` or ``repeated`` for merged cells; ``bare`` without outer pipes and
    rule, as converters of web pages write them; ``one-line`` a table; ``framed`` by a table around
    the page.
    """
    parts = []
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            parts.append(_table(block.table, dialect))
        elif dialect == "framed":
            parts.append(f"| {block.text} " + "|" * _FRAME)
        else:
            parts.append(_MARKS[block.kind] + block.text)
    return ("\n\n".join(parts) + "\n").encode()


def _table(table: Table, dialect: str) -> str:
    repeated = dialect == "repeated"
    rows = []
    for row in place(table):
        texts = []
        for cell in row:
            text = cell.box.text.replace("\n", "<br>" if repeated else "")
            shown = text if cell.starts or repeated else ""
            texts += [shown, *[text if repeated else ""] * (cell.box.column_span - 1)]
        rows.append(texts)
    if dialect == "one-line":
        return "| " + " | ".join(text for row in rows for text in row) + " |"
    if dialect == "bare":
        return "\n".join(" | ".join(row) + " |" for row in rows)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if dialect == "framed":
        return "\n".join(f"|{line}" + "|" * _FRAME for line in lines)
    lines.insert(1, "|" + " --- |" * width_of(table))
    return "\n".join(lines)
