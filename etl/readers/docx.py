"""DOCX of Word, WPS or LibreOffice: body text and tables of the main part, in order.

Read with lxml directly: ``python-docx`` repeats the text of merged cells, so that a repeat can't
be told from an equal figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    Printed,
    gather,
    settle,
    w,
)
from etl.reading import Refused

_MAIN_PART = "word/document.xml"
_UNMERGED: Mapping[str, str] = {}


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
    story = _Story(gather(body))
    story.add_blocks(body)
    properties = package.properties()
    publisher = clean(properties.get("Company", ""))
    return describe(
        "docx", story.stream.blocks, {"publisher": publisher}, clean(properties.get("title", ""))
    )


class _Story:
    """The blocks of a settled body, with what ``gather`` found in it."""

    def __init__(self, printed: Printed) -> None:
        self.stream = BlockStream()
        self.texts = printed.texts
        self.spans = printed.spans

    def add_blocks(self, container: Element) -> None:
        """Fills the stream with the paragraphs and tables of a container in order."""
        begun = ""
        for node in container:
            if node.tag == PARAGRAPH:
                begun += self.texts[node]
                if begun.endswith("\n"):
                    self._add_lines(begun)
                    begun = ""
            elif node.tag == TABLE:
                self._add_table(node)
            elif node.tag in CONTAINERS:
                self.add_blocks(node)
        self._add_lines(begun)

    def _add_lines(self, text: str) -> None:
        for line in text.replace(PICTURE, "").split("\n"):
            self.stream.add_paragraph(line)

    def _add_table(self, table: Element) -> None:
        rows = [] if _lays_out_tables(table) else self._rows(table)
        if rows and not frames_text([[cell.text for cell in row] for row in rows]):
            self.stream.add_placed(rows, _widths(table))
            return
        for row in _within(table, ROW):
            for cell in _within(row, CELL):
                self.add_blocks(cell)

    def _rows(self, table: Element) -> list[list[Placed]]:
        rows: list[list[Placed]] = []
        above: dict[int, Placed] = {}
        for at, row in enumerate(_within(table, ROW)):
            rows.append([])
            column = min(_number(self.spans.get(row, _UNMERGED), "gridBefore", 0), MAX_COLUMNS)
            for cell in _within(row, CELL):
                column = self._add_cell(cell, at, column, rows[-1], above)
        return rows

    def _add_cell(
        self, cell: Element, row: int, column: int, placed: list[Placed], above: dict[int, Placed]
    ) -> int:
        """Places a cell and gives the column behind it; ``above`` holds what may be merged down."""
        merges = self.spans.get(cell, _UNMERGED)
        behind = column + max(_number(merges, "gridSpan", 1), 1)
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
        new = Placed(self._cell_text(cell), row, column, 1, behind - column)
        placed.append(new)
        for covered in range(column, behind) if above else ():
            above.pop(covered, None)
        if down:
            above[column] = new
        return behind

    def _cell_text(self, cell: Element) -> str:
        """The cell's text over all its paragraphs; a lone picture stands as one character."""
        printed = "".join([self.texts.get(part, "") for part in cell.iter(PARAGRAPH)])
        if PICTURE not in printed:
            return join_broken(printed)
        return join_broken(printed.replace(PICTURE, " ")) or PICTURE


def _number(spans: Mapping[str, str], name: str, default: int) -> int:
    value = spans.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else default


def _widths(table: Element) -> list[int]:
    """The widths of the columns in twips; none where not all are told."""
    columns = table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
    told = [column.get(w("w"), "") for column in columns]
    known = all(width.isascii() and width.isdigit() for width in told)
    return list(map(int, told)) if known else []


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
