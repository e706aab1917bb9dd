"""DOCX of Word, WPS or LibreOffice: body text and tables of the main part, in order.

Read with lxml directly: ``python-docx`` repeats the text of merged cells, so that a repeat can't
be told from an equal figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.document import Document
from etl.readers.blocks import BlockStream
from etl.readers.grids import Placed, frames_text
from etl.readers.limits import MAX_COLUMNS
from etl.readers.package import Element, Package
from etl.readers.page import describe
from etl.readers.text_tools import PICTURE, clean, join_broken
from etl.readers.word_xml import (
    CELL,
    CONTAINERS,
    PARAGRAPH,
    ROW,
    TABLE,
    runs_on,
    settle,
    text_of,
    w,
)
from etl.reading import Refused

_MAIN_PART = "word/document.xml"
_CELL_PROPERTIES, _VALUE = w("tcPr"), w("val")
_MERGES: dict[object, str] = {w(name): name for name in ("gridSpan", "hMerge", "vMerge")}


def read(data: bytes, name: str) -> Document:
    """The document of a DOCX file, places ``P12`` and ``T3 R5 C2``.

    Refused ``corrupt``, ``encrypted``, ``too-large``, ``unsupported``.
    """
    package = Package(data, name)
    part = package.main_part(_MAIN_PART)
    root = package.parse(part)
    body = root.find(w("body")) if root is not None else None
    if body is None:
        raise Refused("corrupt", part, "no body")
    settle(body)
    stream = BlockStream()
    _add_blocks(body, stream)
    properties = package.properties()
    publisher = clean(properties.get("Company", ""))
    return describe(
        "docx", stream.blocks, {"publisher": publisher}, clean(properties.get("title", ""))
    )


def _add_blocks(container: Element, stream: BlockStream) -> None:
    begun = ""
    for node in container:
        if node.tag == PARAGRAPH:
            begun += text_of(node)
            if not runs_on(node):
                _add_lines(begun, stream)
                begun = ""
        elif node.tag == TABLE:
            _add_table(node, stream)
        elif node.tag in CONTAINERS:
            _add_blocks(node, stream)
    _add_lines(begun, stream)


def _add_lines(text: str, stream: BlockStream) -> None:
    for line in text.replace(PICTURE, "").split("\n"):
        stream.add_paragraph(line)


def _add_table(table: Element, stream: BlockStream) -> None:
    rows = [] if _lays_out_tables(table) else _rows(table)
    if rows and not frames_text([[cell.text for cell in row] for row in rows]):
        stream.add_placed(rows)
        return
    for row in _within(table, ROW):
        for cell in _within(row, CELL):
            _add_blocks(cell, stream)


def _lays_out_tables(table: Element) -> bool:
    """Whether a table in this one has several cells, so that this one only lays out the page."""
    inner = table.iter(TABLE)
    next(inner)
    return any(sum(1 for _ in nested.iter(CELL)) > 1 for nested in inner)


def _within(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, content controls and insertions seen through."""
    for node in element:
        if node.tag == tag:
            yield node
        elif node.tag in CONTAINERS:
            yield from _within(node, tag)


def _rows(table: Element) -> list[list[Placed]]:
    rows: list[list[Placed]] = []
    above: dict[int, Placed] = {}
    for at, row in enumerate(_within(table, ROW)):
        rows.append([])
        column = _columns_before(row)
        for cell in _within(row, CELL):
            column = _add_cell(cell, at, column, rows[-1], above)
    return rows


def _add_cell(
    cell: Element, row: int, column: int, placed: list[Placed], above: dict[int, Placed]
) -> int:
    """Places a cell and gives the column behind it; ``above`` holds what may be merged down."""
    merges = _merges(cell)
    span = merges.get("gridSpan", "")
    width = min(int(span), MAX_COLUMNS + 1) if span.isascii() and span.isdigit() else 1
    behind = column + max(width, 1)
    if behind > MAX_COLUMNS:
        raise Refused("too-large", _MAIN_PART, f"more than {MAX_COLUMNS} columns")
    if placed and merges.get("hMerge") == "continue":
        placed[-1].column_span = behind - placed[-1].column
        return behind
    down = merges.get("vMerge")
    merged = above.get(column) if down == "continue" else None
    if merged is not None and merged.row + merged.row_span == row:
        merged.row_span += 1
        return behind
    new = Placed(_cell_text(cell), row, column, 1, behind - column)
    placed.append(new)
    for covered in range(column, behind):
        above.pop(covered, None)
    if down:
        above[column] = new
    return behind


def _merges(cell: Element) -> dict[str, str]:
    """A cell's ``gridSpan``, ``hMerge`` and ``vMerge``; a merge without value continues."""
    properties = cell.find(_CELL_PROPERTIES)
    if properties is None:
        return {}
    return {
        _MERGES[node.tag]: node.get(_VALUE, "continue")
        for node in properties
        if node.tag in _MERGES
    }


def _columns_before(row: Element) -> int:
    """Grid columns that a row leaves out before its first cell."""
    node = row.find(f"{w('trPr')}/{w('gridBefore')}")
    value = node.get(_VALUE, "") if node is not None else ""
    return min(int(value), MAX_COLUMNS) if value.isascii() and value.isdigit() else 0


def _cell_text(cell: Element) -> str:
    """The cell's text over all its paragraphs; a lone picture stands as one character."""
    printed = ""
    for paragraph in cell.iter(PARAGRAPH):
        printed += text_of(paragraph)
        if not runs_on(paragraph):
            printed += "\n"
    return join_broken(printed.replace(PICTURE, " ")) or (PICTURE if PICTURE in printed else "")
