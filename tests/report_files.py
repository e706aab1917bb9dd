"""The texts of ``tests.reports`` in other formats: each pipe table a table of the format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape

import docx


def blocks_of(text: str) -> Iterator[str | list[list[str]]]:
    """The paragraphs of a text and its pipe tables, these as rows of cells."""
    for block in filter(None, text.split("\n\n")):
        if block.startswith("|"):
            yield [line[2:-2].split(" | ") for line in block.strip().splitlines()]
        else:
            yield block.strip()


def html_of(text: str, head: str = "") -> bytes:
    """A web page of the text; ``head`` goes into its head."""
    body = "".join(
        f"<p>{escape(block)}</p>" if isinstance(block, str) else _html_table(block)
        for block in blocks_of(text)
    )
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return page.encode()


def docx_of(text: str) -> bytes:
    """A DOCX file of the text."""
    document = docx.Document()
    for block in blocks_of(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, printed in zip(row.cells, cells, strict=False):
                cell.text = printed
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _html_table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
