"""Which lines of drawn pages are one paragraph: those that break where the page's edge made them.

A line that ends where the next word would still have found room ends its paragraph; so does one
above an indent, a wider gap or type of another size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.readers.drawn.lines import Line, finds_room
from etl.readers.text_tools import join_lines

_INDENT = 1.2
"""Type heights by which a line is set in when it begins a paragraph."""
_GAP = 1.3
"""Times the usual distance of lines that sets paragraphs apart."""
_SIZE = 1.15
"""Times the height of type that sets a heading apart."""
_TELLING = 3
"""Lines that end at one place which tell the margin; else it is taken to be as the left one."""
_LONG = 0.6
"""Part of the longest line that a line has which tells where the margins are."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the page that it stands on."""

    line: Line
    page: int


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of a document begins and ends, and how far apart its lines are, in points."""

    left: float
    right: float
    pitch: float


def margins_of(lines: Sequence[PlacedLine], width: float) -> Margins:
    """The margins of the longer lines on pages of this width, and the usual distance of lines."""
    boxes = [placed.line.box for placed in lines]
    longest = max((box.width for box in boxes), default=0.0)
    long = [box for box in boxes if box.width >= _LONG * longest]
    starts, ends = sorted(box.x0 for box in long), sorted(box.x1 for box in long)
    left = starts[len(starts) // 5] if starts else 0.0
    right = ends[len(ends) * 4 // 5] if ends else width
    if sum(abs(box.x1 - right) < _INDENT * box.height for box in long) < _TELLING:
        right = max(right, width - left)
    steps = [
        below.line.box.middle - above.line.box.middle
        for above, below in pairwise(lines)
        if above.page == below.page
    ]
    steps = [step for step in steps if step > 0]
    return Margins(left, right, median(steps) if steps else 0.0)


def runs_on(above: PlacedLine, below: PlacedLine, margins: Margins) -> bool:
    """Whether a line goes on with the one above it."""
    first, second = above.line.box, below.line.box
    size = max(min(first.height, second.height), 1.0)
    if max(first.height, second.height) > _SIZE * size:
        return False
    if second.x0 > margins.left + _INDENT * size:
        return False
    if above.page == below.page and second.middle - first.middle > _GAP * margins.pitch:
        return False
    return not finds_room(first.x1, margins.right, below.line)


def paragraphs_of(lines: Iterable[PlacedLine], margins: Margins) -> list[list[PlacedLine]]:
    """The lines of each paragraph."""
    found: list[list[PlacedLine]] = []
    for line in lines:
        if found and runs_on(found[-1][-1], line, margins):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def paragraph_text(lines: Sequence[PlacedLine]) -> str:
    """The text of a paragraph."""
    return join_lines(placed.line.text for placed in lines)
