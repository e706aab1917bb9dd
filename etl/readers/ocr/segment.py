"""A scanned page cut into what can be read: straightened, its ruled lines, its runs of ink.

Every spot of ink that is larger than a speck ends in a run, so that nothing printed can be
missed: what can't be recognised later is known to be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""A grey page, rows × columns, 0 black to 255 white."""

PAGE_WIDTH = 1700
"""Pixels across a page as it is read, about 200 dots an inch of A4."""
MOST_SKEW = 4.0
"""Degrees up to which a page is straightened."""
_WHITE = 255
_LONG_LINE = 6
"""A line longer than this part of the page is a ruling even where it meets no other."""


class Run(NamedTuple):
    """A run of ink on one line of text, in pixels of the straightened page."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def height(self) -> int:
        return self.y1 - self.y0


@dataclass(frozen=True)
class Segmented:
    """A page cut up: the picture without its ruled lines, these lines, and the runs of ink."""

    picture: Picture
    rulings: tuple[Run, ...]
    runs: tuple[Run, ...]
    letter: float
    """The usual height of a character, in pixels."""


def segment(picture: Picture) -> Segmented:
    """Straighten a page and cut it up."""
    page = _flattened(_straightened(_resized(picture)))
    ink = np.where(page < _threshold(page), _WHITE, 0).astype(np.uint8)
    rulings, drawn = _rulings(ink, _letter_height(ink))
    ink[drawn > 0] = 0
    letter = _letter_height(ink)
    runs = _runs(ink, drawn, letter)
    page[drawn > 0] = _WHITE
    return Segmented(page, rulings, runs, letter)


def _resized(picture: Picture) -> Picture:
    height, width = picture.shape
    across = PAGE_WIDTH if height >= width else round(PAGE_WIDTH * width / height)
    scale = across / width
    if 0.8 < scale < 1.25:
        return picture
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _straightened(picture: Picture) -> Picture:
    """The page turned so that its lines are level; the angle is where rows differ the most."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    angle = _sharpest(small, 0.0, MOST_SKEW, 0.25)
    angle = _sharpest(half, angle, 0.25, 0.05)
    return _turned(picture, angle, cv2.INTER_CUBIC) if abs(angle) > 0.02 else picture


def _sharpest(picture: Picture, middle: float, reach: float, step: float) -> float:
    dark = np.asarray(_WHITE - picture, np.uint8)
    angles = np.arange(middle - reach, middle + reach + step / 2, step)
    return float(max(angles, key=lambda angle: _sharpness(_turned(dark, angle, border=0))))


def _sharpness(dark: Picture) -> float:
    rows = dark.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _turned(
    picture: Picture, angle: float, way: int = cv2.INTER_LINEAR, border: int = _WHITE
) -> Picture:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=way, borderValue=border)
    return np.asarray(turned, np.uint8)


def _flattened(picture: Picture) -> Picture:
    """The page on an even white ground, whatever shadow lay on it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    ground = cv2.resize(ground, (picture.shape[1], picture.shape[0]))
    return np.asarray(cv2.divide(picture, ground, scale=_WHITE), np.uint8)


def _threshold(page: Picture) -> float:
    return min(float(cv2.threshold(page, 0, _WHITE, cv2.THRESH_OTSU)[0]), 200.0)


def _rulings(ink: Picture, letter: float) -> tuple[tuple[Run, ...], Picture]:
    """The ruled lines, and where they are drawn.

    A stroke of a letter or a printed dash meets no line across it; it is no ruling. In a row
    lower than the shortest ruling, what reaches from line to line is one.
    """
    width = ink.shape[1]
    length = width // 35
    across = _opened(ink, 1, length)
    down = _opened(ink, length, 1)
    level, level_drawn = _lines(across, _grown(down), width // _LONG_LINE)
    upright, upright_drawn = _lines(down, _grown(across), width // _LONG_LINE)
    low = np.where(_grown(upright_drawn) > 0, 0, _opened(ink, int(letter * 1.2), 1))
    stubs, stubs_drawn = _stubs(low.astype(np.uint8), level_drawn)
    drawn = cv2.dilate(level_drawn | upright_drawn | stubs_drawn, np.ones((5, 5), np.uint8))
    return (*level, *upright, *stubs), np.asarray(drawn, np.uint8)


def _opened(ink: Picture, height: int, width: int) -> Picture:
    kernel = np.ones((height, width), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)


def _grown(strokes: Picture) -> Picture:
    return np.asarray(cv2.dilate(strokes, np.ones((7, 7), np.uint8)), np.uint8)


def _lines(strokes: Picture, crossing: Picture, long: int) -> tuple[list[Run], Picture]:
    """The strokes that cross another or are longer than ``long``."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    kept = np.zeros(count, bool)
    kept[np.unique(labels[(crossing > 0) & (labels > 0)])] = True
    kept |= boxes[:, 2:4].max(axis=1) > long
    kept[0] = False
    return _boxes(boxes[kept]), np.asarray(kept[labels] * _WHITE, np.uint8)


def _stubs(strokes: Picture, level: Picture) -> tuple[list[Run], Picture]:
    """The thin upright strokes that begin on one level ruling and end on another."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    kept = np.zeros(count, bool)
    for at, run in enumerate(_boxes(boxes[1:]), 1):
        top = level[max(run.y0 - 2, 0) : run.y0 + 4, run.x0 : run.x1]
        bottom = level[run.y1 - 4 : run.y1 + 2, run.x0 : run.x1]
        kept[at] = run.x1 - run.x0 <= run.height // 3 and bool(top.any() and bottom.any())
    return _boxes(boxes[kept]), np.asarray(kept[labels] * _WHITE, np.uint8)


def _boxes(found: NDArray[np.int32]) -> list[Run]:
    return [Run(x, y, x + w, y + h) for x, y, w, h in found[:, :4].tolist()]


def _letter_height(ink: Picture) -> float:
    boxes = cv2.connectedComponentsWithStats(ink)[2][1:]
    heights = boxes[(boxes[:, 3] > 8) & (boxes[:, 3] < 120), 3]
    return float(np.percentile(heights, 75)) if len(heights) else 28.0


def _runs(ink: Picture, drawn: Picture, letter: float) -> tuple[Run, ...]:
    """Boxes around ink that stands together on a line, never across a ruled line."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink)
    large = (boxes[:, 2:4].max(axis=1) >= letter * 0.25) & (boxes[:, 4] >= letter * 0.6)
    large[0] = False
    if count < 2 or not large.any():
        return ()
    solid = np.asarray(large[labels] * _WHITE, np.uint8)
    reach = np.ones((1, max(int(letter * 0.9), 3)), np.uint8)
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, reach)
    joined[drawn > 0] = 0
    found = cv2.connectedComponentsWithStats(joined)[2][1:]
    whole = _gathered(_boxes(found), letter)
    return tuple(part for run in whole for part in _split(run, solid, letter))


def _gathered(runs: list[Run], letter: float) -> list[Run]:
    """Strokes of one character that don't touch (二, 三) and dots joined to their line."""
    gathered: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.x0, run.y0)):
        for at, other in enumerate(gathered):
            union = Run(min(run.x0, other.x0), min(run.y0, other.y0),
                        max(run.x1, other.x1), max(run.y1, other.y1))  # fmt: skip
            beside = run.x0 - other.x1
            if beside < letter * 0.4 and union.height <= max(
                letter * 1.35, run.height, other.height
            ):
                gathered[at] = union
                break
        else:
            gathered.append(run)
    return gathered


def _split(run: Run, solid: Picture, letter: float) -> list[Run]:
    """The lines of text that touch each other within a run, cut apart where no ink stands."""
    if run.height < letter * 1.8:
        return [run]
    rows = solid[run.y0 : run.y1, run.x0 : run.x1].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    lines = [(int(top), int(bottom)) for top, bottom in edges.reshape(-1, 2)]
    if len(lines) < 2 or min(bottom - top for top, bottom in lines) < letter * 0.6:
        return [run]
    return [Run(run.x0, run.y0 + top, run.x1, run.y0 + bottom) for top, bottom in lines]
