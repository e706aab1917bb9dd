"""The parts of a Word 97 file put together: the body, with each text box behind its paragraph."""

from __future__ import annotations

import struct
from collections import defaultdict
from functools import cached_property
from itertools import chain

from etl.readers.compound import Compound
from etl.readers.word97.formats import character_runs, paragraph_runs
from etl.readers.word97.header import read_header
from etl.readers.word97.marks import marks_of
from etl.readers.word97.pieces import read_pieces
from etl.readers.word97.printed import Text
from etl.readers.word97.sprms import sprms
from etl.readers.word97.story import Story, Table, paragraph_ends, paragraph_format

_ELSEWHERE = frozenset((0x6645, 0x6646, 0x646B))
"""Modifiers that only say where in the data stream others stand."""
_POINTERS = tuple(code.to_bytes(2, "little") for code in _ELSEWHERE)

_ANCHOR_SIZE, _BOX_SIZE, _BOX_SHAPE = 26, 22, 14

Content = list[str | Table]


class Parts:
    """One file's text, formatting and text boxes."""

    def __init__(self, file: Compound, main: bytes) -> None:
        header = read_header(main)
        table = file.read(header.table_stream)
        length = header.boxes_start + header.boxes_length
        pieces = read_pieces(header.part(table, "pieces"), length)
        self._file, self._header, self._pieces = file, header, pieces
        self._table = table
        self._paragraphs = paragraph_runs(main, header.part(table, "paragraphs"))
        characters = character_runs(main, header.part(table, "characters"))
        self._text = Text(pieces.text(main), marks_of(pieces, characters))

    def body(self) -> Content:
        """Paragraphs and tables of the body and its text boxes, in reading order."""
        return self._content(0, self._header.body_length, self._boxes())

    def _content(self, start: int, end: int, boxes: dict[int, Content]) -> Content:
        story = Story()
        begun = ""
        anchors = sorted(boxes, reverse=True)
        for first, last, mark in paragraph_ends(self._text.characters, start, end):
            begun += self._text.printed(first, last)
            modifiers = self._modifiers(last if mark else last - 1)
            place = paragraph_format(modifiers)
            left_out = self._text.left_out(last)
            if not (left_out and mark == "\r" and not place.inner_cell):
                story.add(begun, place, mark, modifiers, kept=not left_out)
                begun = ""
            while anchors and anchors[-1] <= last:
                story.append(boxes[anchors.pop()])
        content = story.close()
        rest = (boxes[anchor] for anchor in reversed(anchors))
        return [*content, begun, *chain.from_iterable(rest)]

    def _modifiers(self, position: int) -> bytes:
        """What formats the paragraph that ends at a position."""
        piece = self._pieces.at(position)
        own = self._paragraphs.at(piece.offset_of(position)) + piece.modifiers
        return self._with_data(own) if any(code in own for code in _POINTERS) else own

    def _with_data(self, modifiers: bytes) -> bytes:
        """The modifiers with those that they only point at put in their place."""
        found = b""
        for sprm in sprms(modifiers):
            if sprm.code in _ELSEWHERE:
                start = sprm.value + 2
                size = int.from_bytes(self._data[sprm.value : start], "little")
                found += self._data[start : start + size]
            else:
                found += sprm.whole
        return found

    @cached_property
    def _data(self) -> bytes:
        return self._file.read("Data")

    def _boxes(self) -> dict[int, Content]:
        """Anchor's position → content of its text boxes; boxes without anchor stand at the end."""
        if not self._header.boxes_length:
            return {}
        anchors = _entries(self._header.part(self._table, "anchors"), _ANCHOR_SIZE)
        shapes = {struct.unpack_from("<I", entry)[0]: at for at, _, entry in anchors}
        found: dict[int, Content] = defaultdict(list)
        start, length = self._header.boxes_start, self._header.boxes_length
        for first, behind, entry in _entries(self._header.part(self._table, "boxes"), _BOX_SIZE):
            if first < behind <= length:
                shape = struct.unpack_from("<I", entry, _BOX_SHAPE)[0]
                at = shapes.get(shape, self._header.body_length)
                found[at] += self._content(start + first, start + behind, {})
        return found


def _entries(table: bytes, size: int) -> list[tuple[int, int, bytes]]:
    """(position, next position, entry) of a table of positions followed by their entries.

    None of a table whose positions don't go up, for its stretches would overlap.
    """
    count = max(len(table) - 4, 0) // (4 + size)
    positions = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    if list(positions) != sorted(positions):
        return []
    behind = 4 * (count + 1)
    return [
        (positions[at], positions[at + 1], table[behind + size * at : behind + size * (at + 1)])
        for at in range(count)
    ]
