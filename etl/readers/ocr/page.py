"""A picture of a page as a page layout: words with their boxes in points, and ruled lines."""

from __future__ import annotations

from operator import itemgetter

import numpy as np

from etl.readers.ocr.segment import Picture, Run, segment
from etl.readers.ocr.text import read_runs
from etl.readers.page_layout import Box, PageLayout, Word

_A4_SIDE = 595.0
"""Points of the shorter side of the paper that a page is taken to be printed on."""
_UPRIGHT = 0.9
"""How sure the recogniser is of a page that stands upright; one on its side stays below."""


def lay_out_picture(picture: Picture, number: int) -> PageLayout:
    """The layout of a page, turned upright if it lies on its side or stands on its head."""
    best = _read(picture, number)
    for quarters in (1, 3, 2):
        if best[0] >= _UPRIGHT:
            break
        turned = _read(np.ascontiguousarray(np.rot90(picture, quarters)), number)
        best = max(best, turned, key=itemgetter(0))
    return best[1]


def _read(picture: Picture, number: int) -> tuple[float, PageLayout]:
    """How sure the recogniser is of a page, and its layout."""
    page = segment(picture)
    height, width = page.picture.shape
    scale = _A4_SIDE / min(height, width)
    read = read_runs(page)
    layout = PageLayout(
        number,
        width * scale,
        height * scale,
        tuple(
            Word(text, _box(run, scale))
            for run, text in zip(page.runs, read.texts, strict=True)
            if text
        ),
        tuple(_box(ruling, scale) for ruling in page.rulings),
    )
    return (read.sure if page.runs else 1.0), layout


def _box(run: Run, scale: float) -> Box:
    return Box(run.x0 * scale, run.y0 * scale, run.x1 * scale, run.y1 * scale)
