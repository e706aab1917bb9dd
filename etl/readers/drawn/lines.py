"""Lines and paragraphs of a drawn page: words set beside each other, lines that run on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from etl.readers.page_layout import Box, Word, around
from etl.readers.text_tools import is_wide, join_lines

_TOUCHING = 0.1
"""Parts of their height by which words lie apart that were one word but for their order."""
_LEFT_OVER = 0.6
"""Type heights that may be left over where the next word found no room."""
_WIDE_GAP = 0.7
"""The same, for a space between ideographs: even lines are stretched by less."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words with a space where the gap between them is one."""
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            height = max(word.box.height, before.box.height, 1.0)
            gap = (word.box.x0 - before.box.x1) / height
            wide = is_wide(before.text[-1]) and is_wide(word.text[0])
            if gap > (_WIDE_GAP if wide else _TOUCHING):
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The words as lines from top to bottom: those whose middles are on a level."""
    rows: list[list[Word]] = []
    level = reach = 0.0
    for word in sorted(words, key=lambda word: word.box.middle):
        height = word.box.height
        if not rows or word.box.middle - level > max(reach, height) / 2:
            rows.append([])
            level, reach = word.box.middle, height
        rows[-1].append(word)
    return [_line(row) for row in rows]


def _line(words: list[Word]) -> Line:
    words.sort(key=lambda word: word.box.x0)
    return Line(tuple(words), around([word.box for word in words]))


def text_of(words: Sequence[Word]) -> str:
    """The text of the words of one cell, its broken lines joined."""
    if len(words) == 1:
        return words[0].text
    return join_lines(line.text for line in lines_of(words))


def finds_room(end: float, edge: float, line: Line) -> bool:
    """Whether the first word of a line would fit behind another's end, so that it was broken."""
    return edge - end >= _first_word(line) + _LEFT_OVER * line.words[0].box.height


def _first_word(line: Line) -> float:
    """The width of what can't be parted from the start of a line: a word, a sign and its comma."""
    word = line.words[0]
    text = word.text
    length = 1
    if not is_wide(text[0]):
        while length < len(text) and not is_wide(text[length]):
            length += 1
    while length < len(text) and category(text[length]) in ("Po", "Pe", "Pf"):
        length += 1
    return word.box.width * length / len(text)
