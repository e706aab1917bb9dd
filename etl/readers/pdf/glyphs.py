"""The characters of a page, as the library finds them, and the words they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_double
from itertools import zip_longest
from typing import NamedTuple

import pypdfium2.raw as pdfium

from etl.readers.page_layout import Box, around
from etl.readers.pdf.characters import readable
from etl.readers.pdf.library import Handle
from etl.readers.text_tools import UNREADABLE
from etl.reading import Refused

MAX_CHARACTERS = 200_000
"""Characters of one page."""

_JOINED, _OVERLAP = 0.22, 0.35
"""Parts of its type's height by which characters of a word may stand apart or overlap."""
_POINTED = 0.3
"""The same, between a decimal point, which may be narrower than its place, and its digits."""
_DOUBLED = 0.15
"""The same, for a character printed twice."""
_UNSEEN = frozenset("\r\n\xad\u200b\u200c\u200d\u2060\ufeff")
_LEAST_WIDTH = 0.01


class Glyph(NamedTuple):
    """One character; ``number`` counts it on the page. Here y runs upwards, as in the file."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    number: int


def page_glyphs(text: Handle) -> list[Glyph]:
    """Every printed character of a page, printed spaces too. Refused ``too-large``."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        raise Refused("too-large", detail=f"{count} characters on a page")
    rect = pdfium.FS_RECTF()
    box, code = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetUnicode
    unmapped, guessed = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_IsGenerated
    glyphs: list[Glyph] = []
    undrawn = 0
    for index in range(count):
        number = code(text, index)
        # A code without a character is given as it is, which may look like a line's end.
        sign = UNREADABLE if unmapped(text, index) else readable(number)
        if sign in _UNSEEN or not box(text, index, rect):
            continue
        if sign == " " and glyphs and glyphs[-1].text == "." and guessed(text, index) == 1:
            continue
        if rect.right - rect.left < _LEAST_WIDTH and not _drawn_box(text, index, rect):
            if not _is_sign(sign):
                continue
            undrawn += 1
        # The library calls the upper edge bottom: its own y runs upwards.
        low, high = sorted((rect.top, rect.bottom))
        glyphs.append(Glyph(sign, rect.left, low, rect.right, high, index))
    return _without_undrawn(glyphs) if undrawn else glyphs


def _is_sign(sign: str) -> bool:
    """Whether a character is one that a font ought to draw, or a code that stands for none."""
    return sign.isalnum() or sign == UNREADABLE


def _without_undrawn(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those that the font doesn't hold; one that touches a digit is unreadable.

    A figure that lost a digit so must not be taken for what is left of it.
    """
    kept: list[Glyph] = []
    for glyph, after in zip_longest(glyphs, glyphs[1:]):
        before = kept[-1] if kept else None
        if glyph.x1 - glyph.x0 >= _LEAST_WIDTH:
            kept.append(glyph)
        elif _touches_digit(glyph, before) or _touches_digit(glyph, after):
            kept.append(glyph._replace(text=UNREADABLE))
    return kept


def _touches_digit(glyph: Glyph, other: Glyph | None) -> bool:
    if other is None or not other.text.isdigit():
        return False
    size = other.y1 - other.y0
    level = other.y0 < (glyph.y0 + glyph.y1) / 2 < other.y1
    gap = max(glyph.x0 - other.x1, other.x0 - glyph.x1)
    return level and gap < _JOINED * size


def _drawn_box(text: Handle, index: int, rect: Handle) -> bool:
    """Sets the box of a character to what is drawn, where its font says it has no width."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return False
    rect.left, rect.right = left.value, right.value
    rect.top, rect.bottom = top.value, bottom.value
    return bool(right.value - left.value >= _LEAST_WIDTH)


def words_of(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The words among upright glyphs: neighbours on one line, a double of one left out."""
    word: list[Glyph] = []
    text, left, low, right, high = "", 0.0, 0.0, 0.0, 0.0
    for glyph in glyphs:
        sign, x0, y0, x1, y1, _ = glyph
        if word:
            size = max(high - low, y1 - y0)
            # Some fonts box a dash as thin as it is: middles tell whether both are on one line.
            level = low < (y0 + y1) / 2 < high or y0 < (low + high) / 2 < y1
            if level and sign == text and abs(x0 - left) < _DOUBLED * size:
                continue
            joined = _POINTED if text == "." and sign.isdigit() else _JOINED
            if sign.isspace() or not (level and -_OVERLAP * size < x0 - right < joined * size):
                yield word
                word = []
        if not sign.isspace():
            word.append(glyph)
            text, left, low, right, high = sign, x0, y0, x1, y1
    if word:
        yield word


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """The box around the glyphs of a word."""
    first, last = glyphs[0], glyphs[-1]
    if first.y0 == last.y0 and first.y1 == last.y1:
        return Box(first.x0, first.y0, max(last.x1, first.x1), first.y1)
    return around([Box(*glyph[1:5]) for glyph in glyphs])
