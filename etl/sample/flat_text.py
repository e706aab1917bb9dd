"""Flattened Word text: one cell a line behind a tab, merged cells lost.

A cell merged from above leaves a lone tab, one merged to the right is printed once, and a line
break within a cell goes on without a tab.
"""

from __future__ import annotations

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Table, place
from etl.sample.model import SampleReport


def render(report: SampleReport, variety: str) -> bytes:
    """The file's bytes, UTF-8; ``variety`` ``marked`` starts with a byte order mark."""
    parts = []
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            parts.append(_table(block.table) + "\n")
        elif block.kind == "heading":
            parts.append(block.text + "\n" + ("\n" if block.section != 3 else ""))
        else:
            parts.append(block.text + "\n\n")
    return "".join(parts).encode("utf-8-sig" if variety == "marked" else "utf-8")


def _table(table: Table) -> str:
    rows = []
    for row in place(table):
        rows.append("".join(f"\t{cell.box.text if cell.starts else ''}\n" for cell in row))
    return "\n".join(rows) + "\n"
