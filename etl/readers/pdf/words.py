"""The words that a person reads on a page, and how the page is turned so that they stand upright.

Left out: invisible text, watermarks at a slant or in big pale type, and all outside the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from ctypes import c_uint
from itertools import pairwise
from math import degrees
from statistics import median
from typing import NamedTuple

import pypdfium2.raw as pdfium

from etl.readers.page_layout import Box, Word
from etl.readers.pdf.glyphs import Glyph, box_of, page_glyphs, words_of
from etl.readers.pdf.library import Handle
from etl.readers.pdf.turning import Upright, turned

_SLANT = 3.0
"""Degrees off the right angle up to which text counts as straight."""
_PALE, _CLEAR = 150, 160
"""A watermark's colours are all above the one, or its opacity below the other (of 255)."""
_BIG = 1.7
"""Times the usual height of type that a watermark is drawn in."""
_INVISIBLE = 3
_APART = 0.05
"""Parts of its height by which a character may reach over a line that parts it from the next."""
_SAME = 1.5
"""Points by which two prints of one word lie apart at most."""


class _Run(NamedTuple):
    """A word; ``quarters`` is how its glyphs were turned to stand upright."""

    glyphs: list[Glyph]
    box: Box
    quarters: int

    @classmethod
    def of(cls, glyphs: list[Glyph], quarters: int) -> _Run:
        return cls(glyphs, box_of(glyphs), quarters)


def page_words(text: Handle, page: Box, rulings: Sequence[Box]) -> tuple[Upright, list[Word]]:
    """How the page (its box in the file) is turned upright, and its words there.

    A ruling between two characters parts words, however near to it these stand.
    """
    found = _runs(text)
    runs = [run for run in found if _is_visible(text, run) and _is_inside(run, page)]
    runs = _parted(runs, rulings)
    count = Counter[int]()
    for run in runs:
        count[run.quarters] += len(run.glyphs)
    upright = Upright(count.most_common(1)[0][0] if count else 0, page)
    heights = sorted(run.box.height for run in runs)
    usual = median(heights) if heights else 0.0
    words = []
    for run in runs:
        box = run.box
        if box.height < _BIG * usual or not _is_pale(text, run.glyphs[0]):
            signs = "".join([glyph.text for glyph in run.glyphs])
            words.append(Word(signs, upright.place(box, run.quarters)))
    return upright, _once(words)


def _runs(text: Handle) -> Iterator[_Run]:
    """The words of the page; text at a slant is a watermark and left out."""
    glyphs = page_glyphs(text)
    words = list(words_of(glyphs))
    if all(_quarters(text, word[0]) == 0 for word in words):
        yield from (_Run.of(word, 0) for word in words)
        return
    by_angle = defaultdict[int, list[Glyph]](list)
    for glyph in glyphs:
        quarters = _quarters(text, glyph)
        if quarters is not None:
            box = turned(Box(*glyph[1:5]), quarters)
            by_angle[quarters].append(Glyph(glyph.text, *box, glyph.number))
    for quarters, same in by_angle.items():
        yield from (_Run.of(word, quarters) for word in words_of(same))


def _quarters(text: Handle, glyph: Glyph) -> int | None:
    """By how many quarters clockwise a glyph is turned to stand upright; None at a slant."""
    angle = degrees(pdfium.FPDFText_GetCharAngle(text, glyph.number))
    quarters = round(angle / 90)
    # The angle is measured clockwise, and undone by turning on to the full circle.
    return -quarters % 4 if abs(angle - 90 * quarters) <= _SLANT else None


def _parted(runs: Sequence[_Run], rulings: Sequence[Box]) -> list[_Run]:
    """The runs cut where an upright ruling stands between two of their characters."""
    walls = {
        quarters: sorted(box for box in (turned(box, quarters) for box in rulings) if _is_wall(box))
        for quarters in {run.quarters for run in runs}
    }
    parted: list[_Run] = []
    for run in runs:
        own, box = walls[run.quarters], run.box
        first, last = bisect_left(own, (box.x0,)), bisect_left(own, (box.x1,))
        inside = [w.centre for w in own[first:last] if w.y0 < box.middle < w.y1]
        parted.extend(_cut(run, inside) if inside else [run])
    return parted


def _is_wall(box: Box) -> bool:
    return box.width < box.height


def _cut(run: _Run, walls: Sequence[float]) -> Iterator[_Run]:
    start = 0
    for n, (before, after) in enumerate(pairwise(run.glyphs), 1):
        # Touching figures over a line may be one number that is too wide for its cell.
        slack = -_APART if before.text.isdigit() and after.text.isdigit() else _APART
        slack *= before.y1 - before.y0
        if any(before.x1 - slack < wall < after.x0 + slack for wall in walls):
            yield _Run.of(run.glyphs[start:n], run.quarters)
            start = n
    yield _Run.of(run.glyphs[start:], run.quarters)


def _is_visible(text: Handle, run: _Run) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, run.glyphs[0].number)
    return not drawn or pdfium.FPDFTextObj_GetTextRenderMode(drawn) != _INVISIBLE


def _is_inside(run: _Run, page: Box) -> bool:
    box = turned(run.box, -run.quarters) if run.quarters else run.box
    return page.x0 <= box.centre <= page.x1 and page.y0 <= box.middle <= page.y1


def _is_pale(text: Handle, glyph: Glyph) -> bool:
    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    pdfium.FPDFText_GetFillColor(text, glyph.number, red, green, blue, opacity)
    return opacity.value < _CLEAR or min(red.value, green.value, blue.value) > _PALE


def _once(words: Sequence[Word]) -> list[Word]:
    """The words without a second print of one at the same place, which makes bold type."""
    seen = set[tuple[str, float, float]]()
    kept = []
    for word in words:
        text, (x0, y0, _, _) = word
        # Two places less than _SAME apart fall into one square of a net, or of one moved by half.
        squares = [
            (text, (x0 + dx) // (2 * _SAME) + dx / 10, (y0 + dy) // (2 * _SAME) + dy / 10)
            for dx in (0, _SAME)
            for dy in (0, _SAME)
        ]
        if seen.isdisjoint(squares):
            kept.append(word)
            seen.update(squares)
    return kept
