"""HTML, of any site or office program: blocks outside tables, tables with true columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.document import Document, Grid
from etl.readers.blocks import BlockStream
from etl.readers.cut_end import mark_cut_end
from etl.readers.encoding import decode
from etl.readers.grids import Cell, frames_text
from etl.readers.limits import MAX_COLUMNS, MAX_DEPTH, MAX_MARKUP_BYTES, MAX_NODES, MAX_ROWS
from etl.readers.page import describe
from etl.readers.scripted import markup_in
from etl.readers.text_tools import PICTURE, clean, join_broken
from etl.reading import Refused


@cache
def _tags(use: str) -> frozenset[str]:
    text = resources.files(__package__).joinpath("html_tags.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return frozenset(row["tag"] for row in rows if row["use"] == use)


_UNSEEN = _tags("unseen")
_BLOCKS = _tags("block")
_FIELDS = _tags("field")
_CLOSES_ITSELF = frozenset(tag.encode() for tag in _tags("closes itself"))
# 5<sup>1</sup> is a five with a footnote mark, <s>5</s>7 a corrected five: neither is one number.
_SET_APART = _tags("set apart")
_SECTIONS = _tags("section")

_SPECIAL_IN_CELL = "sup, sub, s, strike, del, input, img, script, style, select, textarea, noscript"
_HIDDEN = (
    "[hidden], [style*='display:none' i], [style*='display: none' i], [style*='display :' i], "
    "[style*='visibility:hidden' i], [style*='visibility: hidden' i], [style*='mso-hide:all' i]"
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_STEPS_UP = 20
_PIXEL = 15
"""Twips."""
_SPACER = 3
_BREAK = "\x1d"
_FRAGMENT = "\x1f"


def read(data: bytes, name: str) -> Document:
    """The document of an HTML file; Refused ``too-large``, ``undecodable``."""
    if len(data) > MAX_MARKUP_BYTES:
        raise Refused("too-large", detail=f"{len(data)} bytes")
    return read_markup(decode(data, declared=True))


def read_markup(markup: str) -> Document:
    """The document of HTML already decoded; Refused ``too-large`` when nested beyond reason."""
    _check_depth(markup)
    tree = LexborHTMLParser(markup)
    stream = BlockStream()
    _Page(tree, stream).walk()
    if not any(isinstance(block, Grid) for block in stream.blocks):
        for scripted in _scripted(tree):
            _Page(scripted, stream).walk()
    title = tree.css_first("title")
    blocks = mark_cut_end(stream.blocks, markup.rstrip())
    return describe("html", blocks, _metadata(tree), clean(title.text()) if title else "")


def _scripted(tree: LexborHTMLParser) -> Iterator[LexborHTMLParser]:
    """What the page's scripts would write into it: the first that holds a table."""
    for script in tree.css("script"):
        markup = markup_in(script.text())
        if markup:
            _check_depth(markup)
            yield LexborHTMLParser(markup)
            return


def _check_depth(markup: str) -> None:
    """Refuses what would hold the parser up: its time grows with the square of the depth."""
    if markup.count("<") < 4 * MAX_DEPTH:
        return
    depth = 0
    for closing, tag in _TAG.findall(markup.encode("utf-8", "replace")):
        if tag.lower() not in _CLOSES_ITSELF:
            depth = max(depth - 1, 0) if closing else depth + 1
            if depth > MAX_DEPTH:
                raise Refused("too-large", detail=f"more than {MAX_DEPTH} elements left open")


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attrs.get("name") or node.attrs.get("property")
        content = node.attrs.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), clean(content))
    return found


class _Page:
    """One walk over a page: which nodes are hidden, which tables hold data, and its blocks."""

    def __init__(self, tree: LexborHTMLParser, stream: BlockStream) -> None:
        self.stream = stream
        self.body = tree.body
        self.nodes = 0
        hidden = [node for node in tree.css(_HIDDEN) if _hides(node)]
        special = tree.css(f":is(td, th) :is({_SPECIAL_IN_CELL})")
        self.hidden = {node.mem_id for node in hidden}
        self.data_tables = self._data_tables(tree)
        self.special_cells = self._cells_around([*hidden, *special])

    def walk(self) -> None:
        """Fills the stream with the page's paragraphs and tables in order."""
        if self.body is None:
            return
        text: list[str] = []
        for token in self._tokens(self.body, self.data_tables):
            if token == _BREAK or not isinstance(token, str):
                self.stream.add_paragraph("".join(text))
                text.clear()
            elif token != PICTURE:
                text.append(token)
            if isinstance(token, LexborNode):
                self._add_table(token)
        self.stream.add_paragraph("".join(text))

    def _tokens(self, root: LexborNode, tables: set[int]) -> Iterator[str | LexborNode]:
        """Texts, ``_BREAK`` at every edge of a block, and the tables named by ``tables``."""
        pending: list[LexborNode | str] = []
        pending.extend(_children(root))
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                yield node
                continue
            self._count()
            tag = node.tag
            if tag == "-text":
                yield node.text_content or ""
            elif node.mem_id in self.hidden:
                continue
            elif tag == "table" and node.mem_id in tables:
                yield node
            elif tag == "img":
                yield _picture(node)
            elif tag in _FIELDS:
                yield PICTURE
            elif tag == "input":
                yield _typed_in(node)
            elif tag not in _UNSEEN:
                edge = _edge(tag)
                yield edge
                pending.append(edge)
                pending.extend(_children(node))

    def _count(self, weight: int = 1) -> None:
        self.nodes += weight
        if self.nodes > MAX_NODES:
            raise Refused("too-large", detail=f"more than {MAX_NODES} elements")

    def _add_table(self, table: LexborNode) -> None:
        if table.mem_id in self.hidden:
            return
        rows, captions = self._rows(table)
        for caption in captions:
            self.stream.add_paragraph(self._cell_text(caption))
        if frames_text([[cell.text for cell in row] for row in rows]):
            for token in self._prose(table):
                self.stream.add_paragraph(token)
        else:
            self.stream.add_table(rows, _widths(table))

    def _prose(self, table: LexborNode) -> list[str]:
        return self._inner_text(table).replace(PICTURE, "").split(_BREAK)

    def _inner_text(self, node: LexborNode) -> str:
        return "".join(token for token in self._tokens(node, set()) if isinstance(token, str))

    def _rows(self, table: LexborNode) -> tuple[list[list[Cell]], list[LexborNode]]:
        rows: list[list[Cell]] = []
        captions = []
        for part in table.iter():
            tag = part.tag
            if tag in _SECTIONS and part.mem_id not in self.hidden:
                rows.extend(self._section(part))
            elif tag == "tr" and part.mem_id not in self.hidden:
                rows.append(self._row(part))
            elif tag == "caption":
                captions.append(part)
        return rows, captions

    def _section(self, section: LexborNode) -> list[list[Cell]]:
        """The rows of a tbody, thead or tfoot; no cell reaches beyond the section's last row."""
        rows = [
            self._row(row)
            for row in section.iter()
            if row.tag == "tr" and row.mem_id not in self.hidden
        ]
        return [
            [cell if cell.row_span == 1 else _cut(cell, len(rows) - at) for cell in row]
            for at, row in enumerate(rows)
        ]

    def _row(self, row: LexborNode) -> list[Cell]:
        cells = []
        for node in row.iter():
            if node.tag in ("td", "th") and node.mem_id not in self.hidden:
                self._count()
                attributes = node.attributes
                cells.append(
                    Cell(
                        self._cell_text(node),
                        _span(attributes.get("rowspan"), MAX_ROWS),
                        _span(attributes.get("colspan"), MAX_COLUMNS) or 1,
                    )
                )
        return cells

    def _cell_text(self, cell: LexborNode) -> str:
        """The cell's text; one piece of text is its own text, more are joined by the markup."""
        if cell.mem_id not in self.special_cells:
            text = cell.text(separator=_FRAGMENT)
            if _FRAGMENT not in text:
                return join_broken(text)
            pieces = [piece for piece in text.split(_FRAGMENT) if piece.strip()]
            if len(pieces) <= 1:
                return join_broken(pieces[0]) if pieces else ""
        text = self._inner_text(cell).replace(_BREAK, "\n")
        return join_broken(text.replace(PICTURE, " ")) or (PICTURE if PICTURE in text else "")

    def _cells_around(self, nodes: list[LexborNode]) -> set[int]:
        """Cells whose text takes a walk: something in them is hidden, set apart or no text."""
        cells: set[int] = set()
        for node in nodes:
            self._count(_STEPS_UP)
            for ancestor in _ancestors(node):
                if ancestor.mem_id in cells:
                    break
                if ancestor.tag in ("td", "th"):
                    cells.add(ancestor.mem_id)
        return cells

    def _data_tables(self, tree: LexborHTMLParser) -> set[int]:
        """Tables that hold cells; a table around other tables only lays out the page.

        A table around a frame of one cell still holds cells: the frame is text of its cell.
        """
        inner = tree.css("table table")
        if not inner:
            return {table.mem_id for table in tree.css("table")}
        around = {
            ancestor.mem_id
            for table in inner
            if len(table.css("td, th")) > 1
            for ancestor in _ancestors(table)
        }
        return {table.mem_id for table in tree.css("table")} - around


def _widths(table: LexborNode) -> list[int]:
    """The widths of the columns in twips; none where not all are told in pixels."""
    groups = [part for part in table.iter() if part.tag == "colgroup"]
    columns = [column for group in groups for column in group.iter()]
    told = [column.attrs.get("width") or "" for column in columns]
    known = all(width.isascii() and width.isdigit() for width in told)
    if any("span" in part.attrs for part in (*groups, *columns)):
        return []
    return [int(width) * _PIXEL for width in told] if known else []


def _children(node: LexborNode) -> list[LexborNode]:
    """The children of a node, last first, as a stack takes them."""
    return list(node.iter(include_text=True))[::-1]


def _edge(tag: str | None) -> str:
    if tag in _BLOCKS:
        return _BREAK
    return " " if tag in _SET_APART else ""


def _cut(cell: Cell, rows_left: int) -> Cell:
    return cell._replace(row_span=min(cell.row_span or rows_left, rows_left))


def _span(value: str | None, bound: int) -> int:
    """A span as browsers read it: leading digits count, anything else is 1."""
    if value is None:
        return 1
    found = re.match(r"\s*\+?(\d{1,9})", value, re.ASCII)
    return min(int(found[1]), bound) if found else 1


def _hides(node: LexborNode) -> bool:
    attrs = node.attrs
    return "hidden" in attrs or bool(_HIDING.search(attrs.get("style") or ""))


def _picture(node: LexborNode) -> str:
    sizes = (node.attrs.get(side) for side in ("width", "height"))
    if any(size and _span(size, _SPACER + 1) <= _SPACER for size in sizes):
        return ""
    return PICTURE


def _typed_in(node: LexborNode) -> str:
    kind = (node.attrs.get("type") or "text").lower()
    return node.attrs.get("value") or "" if kind in ("text", "number") else ""


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
