"""Pages and text drawn sideways, turned by quarters until they stand upright."""

from __future__ import annotations

from dataclasses import dataclass

from etl.readers.page_layout import Box


def turned(box: Box, quarters: int) -> Box:
    """A box with y upwards, turned clockwise about the origin by so many quarters of a circle."""
    for _ in range(quarters % 4):
        x0, y0, x1, y1 = box
        box = Box(y0, -x1, y1, -x0)
    return box


@dataclass(frozen=True, slots=True)
class Upright:
    """Takes boxes of a file (y upwards) to the page as it is read, turned and y downwards."""

    quarters: int
    page: Box

    @property
    def width(self) -> float:
        return self.page.height if self.quarters % 2 else self.page.width

    @property
    def height(self) -> float:
        return self.page.width if self.quarters % 2 else self.page.height

    def place(self, box: Box, already: int = 0) -> Box:
        """The box on the upright page; ``already`` are the quarters by which it is turned."""
        x0, y0, x1, y1 = turned(box, self.quarters - already)
        left, _, _, top = turned(self.page, self.quarters)
        return Box(x0 - left, top - y1, x1 - left, top - y0)
