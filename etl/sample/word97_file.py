"""Word files of 1997 to 2003 (.doc, and the .wps of WPS Writer), byte for byte the same each time.

Written from the published description of the format alone, so that reader and writer don't share
a misunderstanding.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.compound import pack_streams
from etl.sample.layout import Box, Placed, Table, place, width_of
from etl.sample.model import SampleReport
from etl.sample.word97_pages import (
    PAGE,
    Run,
    character_pages,
    fonts,
    paragraph_pages,
    styles,
    title_property,
)

_TEXT_START = 2 * PAGE
_HEAD_LENGTH = 898
_TABLE_WIDTH = 9000
_CENTRED = bytes.fromhex("032401")
_EDGES = struct.pack("<BBBB", 4, 1, 0, 0) * 4
"""The four sides of a cell: half a point, single, in the usual colour."""
_IN_TABLE, _ROW_END = bytes.fromhex("162401"), bytes.fromhex("172401")
_LEVELS = tuple(struct.pack("<HI", 0x6649, level) for level in range(3))
_INNER_CELL, _INNER_ROW_END = bytes.fromhex("4b2401"), bytes.fromhex("4c2401")
_DELETED, _INSERTED = bytes.fromhex("000801"), bytes.fromhex("010801")
_HIDDEN, _SPECIAL = bytes.fromhex("3c0801"), bytes.fromhex("550801")
_GOES_ON, _STARTS = 0x20, 0x60
_LONG_ROW = 12
"""Cells of a row beyond which its modifiers are kept in a stream of their own, as Word does."""

_PIECE_LENGTH = 40
_SUMS_LEFT = 0x22
_FIELD_MARKS = {"\x13": _SUMS_LEFT, "\x14": 0xFF, "\x15": 0x80}


class Span(NamedTuple):
    """Text with the modifiers of its characters."""

    text: str
    modifiers: bytes = b""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the mark that closes it, and its modifiers."""

    spans: tuple[Span, ...]
    mark: str = "\r"
    modifiers: bytes = b""


class _Chunk(NamedTuple):
    """Text of one format that lies together: ``order`` in the document, bytes a character."""

    order: int
    paragraph: int
    text: str
    width: int
    modifiers: bytes
    formats: bytes

    @property
    def raw(self) -> bytes:
        return self.text.encode("ascii" if self.width == 1 else "utf-16-le")

    @property
    def length(self) -> int:
        """Character positions, of which one beyond the first plane takes two."""
        return len(self.raw) // self.width


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes.

    ``dialect``: ``pieces`` for text that is stored out of order and partly with one byte a
    character, as fast saving does; ``revised`` for figures corrected with tracked changes and
    hidden text beside them; ``fields`` for figures that are results of fields; ``askew`` for cell
    borders that don't quite meet; ``framed`` for a table around each table; ``unruled`` for tables
    without borders; else plain.
    """
    paragraphs = list(_paragraphs(report, dialect))
    return document(paragraphs, report.title, scattered=dialect == "pieces")


def document(paragraphs: Sequence[Paragraph], title: str, *, scattered: bool = False) -> bytes:
    """A file of these paragraphs; ``scattered`` stores their text in pieces out of order."""
    data = bytearray()
    chunks = list(_chunks(paragraphs, scattered, data))
    stored = [*chunks[::2], *chunks[1::2]] if scattered else chunks
    main = bytearray(_TEXT_START)
    starts: dict[int, int] = {}
    for chunk in stored:
        starts[chunk.order] = len(main)
        main += chunk.raw
    text_end = len(main)
    main += bytes(-len(main) % PAGE)
    by_paragraph = _runs(stored, starts, lambda chunk: (chunk.paragraph, chunk.modifiers))
    by_character = _runs(stored, starts, lambda chunk: (0, chunk.formats))
    parts = {
        "characters": _append_pages(main, character_pages(by_character), text_end),
        "paragraphs": _append_pages(main, paragraph_pages(by_paragraph), text_end),
        "pieces": _piece_table(chunks, starts),
        "fields": _field_table(chunks),
        "styles": styles(),
        "fonts": fonts(),
        "settings": bytes(500),
    }
    length = sum(chunk.length for chunk in chunks)
    parts["sections"] = struct.pack("<IIHIHI", 0, length, 0, 0xFFFFFFFF, 0, 0)
    table, places = _joined(parts)
    main[:_HEAD_LENGTH] = _head(length, text_end, len(main), places, scattered)
    streams = {"WordDocument": bytes(main), "1Table": table}
    if data:
        streams["Data"] = bytes(data)
    return pack_streams({**streams, "\x05SummaryInformation": title_property(title)})


def _paragraphs(report: SampleReport, dialect: str) -> Iterator[Paragraph]:
    below_table = False
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            if below_table:  # tables without a line between them would be one
                yield Paragraph((Span(""),))
            yield from _table(block.table, dialect)
        else:
            look = _CENTRED if block.kind == "title" else b""
            yield Paragraph((Span(block.text.replace("\n", "\v")),), "\r", look)
        below_table = isinstance(block, TableBlock)
    yield Paragraph((Span(""),))


def _table(table: Table, dialect: str) -> Iterator[Paragraph]:
    framed = dialect == "framed"
    inside = _IN_TABLE + _LEVELS[2 if framed else 1]
    mark = "\r" if framed else "\x07"
    cell_end = inside + (_INNER_CELL if framed else b"")
    row_end = cell_end + (_INNER_ROW_END if framed else _ROW_END)
    for number, row in enumerate(place(table)):
        for cell in row:
            spans = _figure(cell.box, dialect) if cell.starts else (Span(""),)
            *before, last = _by_paragraph(spans)
            for spans_before in before:
                yield Paragraph(spans_before, "\r", inside)
            yield Paragraph(last, mark, cell_end)
        offset = number % 3 * 12 if dialect == "askew" else 0
        sides = bytes(len(_EDGES)) if dialect == "unruled" else _EDGES
        yield Paragraph((), mark, row_end + _row_shape(row, width_of(table), offset, sides))
    if framed:
        outside = _IN_TABLE + _LEVELS[1]
        yield Paragraph((Span(""),), "\x07", outside)
        shape = struct.pack("<B2h4x", 1, 0, _TABLE_WIDTH) + _EDGES
        yield Paragraph((), "\x07", outside + _ROW_END + _define_table(shape))


def _by_paragraph(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """The spans of each paragraph of a cell; labels of several lines have one a line."""
    if len(spans) > 1:
        return [spans]
    return [(Span(line, spans[0].modifiers),) for line in spans[0].text.split("\n")]


def _figure(box: Box, dialect: str) -> tuple[Span, ...]:
    if dialect == "revised" and box.key:
        return (Span(f"{box.text}7", _DELETED), Span(box.text, _INSERTED), Span("8", _HIDDEN))
    if dialect == "fields" and box.key:
        return (
            Span("\x13", _SPECIAL),
            Span(" =SUM(LEFT) "),
            Span("\x14", _SPECIAL),
            Span(box.text),
            Span("\x15", _SPECIAL),
        )
    return (Span(box.text),)


def _row_shape(row: Sequence[Placed], columns: int, offset: int, sides: bytes) -> bytes:
    """Where each cell of the row ends, in twips, whether it is merged with others, its borders."""
    width = _TABLE_WIDTH // columns
    edges = [0, *(width * (cell.column + cell.box.column_span) for cell in row)]
    edges[1:-1] = [edge + offset for edge in edges[1:-1]]
    cells = b""
    for cell in row:
        merged = (_STARTS if cell.starts else _GOES_ON) if cell.box.row_span > 1 else 0
        cells += struct.pack("<HH", merged, width * cell.box.column_span) + sides
    return _define_table(struct.pack(f"<B{len(edges)}h", len(row), *edges) + cells)


def _define_table(operand: bytes) -> bytes:
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def _chunks(paragraphs: Sequence[Paragraph], scattered: bool, data: bytearray) -> Iterator[_Chunk]:
    order = 0
    for number, paragraph in enumerate(paragraphs):
        modifiers = _in_place(paragraph.modifiers, data)
        spans = [span for span in paragraph.spans if span.text]
        *before, last = spans or [Span("")]
        for span in [*before, last._replace(text=last.text + paragraph.mark)]:
            step = _PIECE_LENGTH if scattered else len(span.text)
            for start in range(0, len(span.text), step):
                text = span.text[start : start + step]
                width = 1 if scattered and text.isascii() else 2
                yield _Chunk(order, number, text, width, modifiers, span.modifiers)
                order += 1


def _in_place(modifiers: bytes, data: bytearray) -> bytes:
    """The modifiers, or where they are long, a modifier that says where they are kept."""
    if len(modifiers) <= _LONG_ROW * 22:
        return modifiers
    start = len(data)
    data += struct.pack("<H", len(modifiers)) + modifiers
    return struct.pack("<HI", 0x6646, start)


def _runs(
    chunks: Sequence[_Chunk],
    starts: dict[int, int],
    key: Callable[[_Chunk], tuple[int, bytes]],
) -> list[Run]:
    """Runs of what lies together and has the same key, whose second half formats it."""
    runs: list[Run] = []
    for (_, modifiers), group in groupby(chunks, key):
        members = list(group)
        last = members[-1]
        end = starts[last.order] + len(last.raw)
        runs.append(Run(starts[members[0].order], end, modifiers))
    return runs


def _append_pages(main: bytearray, pages: list[tuple[Run, bytes]], text_end: int) -> bytes:
    """Appends the pages to the main stream and gives the table that finds them."""
    bounds = [first.start for first, _ in pages] + [text_end]
    numbers = [len(main) // PAGE + at for at in range(len(pages))]
    for _, page in pages:
        main += page
    return struct.pack(f"<{len(bounds)}I{len(numbers)}I", *bounds, *numbers)


def _piece_table(chunks: Sequence[_Chunk], starts: dict[int, int]) -> bytes:
    positions, pieces, position = [], b"", 0
    expected = width = -1
    for chunk in chunks:
        start = starts[chunk.order]
        if start != expected or chunk.width != width:
            positions.append(position)
            place = start * 2 | 0x40000000 if chunk.width == 1 else start
            pieces += struct.pack("<HIH", 0, place, 0)
        position += chunk.length
        expected, width = start + len(chunk.raw), chunk.width
    table = struct.pack(f"<{len(positions) + 1}I", *positions, position) + pieces
    return struct.pack("<BI", 2, len(table)) + table


def _field_table(chunks: Sequence[_Chunk]) -> bytes:
    """Where fields start, where their results start and where they end."""
    marks, position = [], 0
    for chunk in chunks:
        if chunk.text[0] in _FIELD_MARKS:
            marks.append((position, chunk.text[0]))
        position += chunk.length
    if not marks:
        return b""
    bounds = struct.pack(f"<{len(marks) + 1}I", *(at for at, _ in marks), position)
    return bounds + b"".join(bytes([ord(mark), _FIELD_MARKS[mark]]) for _, mark in marks)


_PLACES = {
    "styles": 0xA2,
    "sections": 0xCA,
    "characters": 0xFA,
    "paragraphs": 0x102,
    "fonts": 0x112,
    "fields": 0x11A,
    "settings": 0x192,
    "pieces": 0x1A2,
}


def _joined(parts: dict[str, bytes]) -> tuple[bytes, dict[str, tuple[int, int]]]:
    table, places = b"", {}
    for name, part in parts.items():
        places[name] = (len(table), len(part))
        table += part + bytes(-len(part) % 4)
    return table, places


def _head(
    length: int, text_end: int, size: int, places: dict[str, tuple[int, int]], scattered: bool
) -> bytes:
    head = bytearray(_HEAD_LENGTH)
    flags = 0x1200 | (0x0004 if scattered else 0)
    struct.pack_into("<HHHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, flags, 0xBF)
    struct.pack_into("<II", head, 0x18, _TEXT_START, text_end)
    struct.pack_into("<H", head, 0x20, 14)
    struct.pack_into("<H", head, 0x3C, 0x0804)
    struct.pack_into("<H", head, 0x3E, 22)
    struct.pack_into("<I", head, 0x40, size)
    struct.pack_into("<I", head, 0x4C, length)
    struct.pack_into("<H", head, 0x98, 93)
    for name, (start, part) in places.items():
        struct.pack_into("<II", head, _PLACES[name], start, part)
    return bytes(head)
