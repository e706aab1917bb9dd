"""A drawn page, as a PDF prints it or as a scan is seen: words, ruled lines and fills with boxes.

Points run from the page's top left corner, x to the right and y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Halfway between top and bottom."""
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        """Halfway between left and right."""
        return (self.x0 + self.x1) / 2


def around(boxes: list[Box]) -> Box:
    """The least box that holds all of these, of which there is one at least."""
    return Box(
        min([box.x0 for box in boxes]),
        min([box.y0 for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.y1 for box in boxes]),
    )


class Word(NamedTuple):
    """A run of characters that stand together on one line; its box is as high as its type."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page (``number`` from 1): its words in no certain order and its ruled lines.

    A ruling is a box that is thin in one direction: a horizontal or a vertical line. ``fills`` are
    the coloured areas, which rule a table when they tile it and may stripe its rows.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Box, ...]
    fills: tuple[Box, ...] = ()
