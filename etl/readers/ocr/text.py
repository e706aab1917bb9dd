"""What the runs of ink of a page say, by the recognition model that RapidOCR's wheel holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from os import cpu_count

import cv2
import numpy as np
from rapidocr import RapidOCR

from etl.readers.ocr.segment import Picture, Run, Segmented
from etl.readers.text_tools import UNREADABLE

DASH = "-"
LEAST_SURE = 0.6
"""Confidence below which a text is not what is printed."""
LEAST_SURE_FIGURE = 0.9
"""Confidence below which a figure is marked as uncertain."""

_DARK = 150
"""Grey of a stroke, its blurred edges counted."""
_MARGIN = 0.25
"""White around a run, in heights of a letter."""
_LIKE_FIGURE = re.compile(r"[-+—－/\d.,，。|lIiOoQD]*")


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of each run of a page, and how sure the recogniser is of the page (0 to 1)."""

    texts: tuple[str, ...]
    sure: float


def read_runs(page: Segmented) -> PageText:
    """Each run's text; ``UNREADABLE`` stands in it where the text isn't certain.

    A figure is read twice, in its surroundings and cut out of them: only what both readings
    agree on, each with confidence, counts as read.
    """
    first = _recognise([_in_place(page, run) for run in page.runs])
    texts = [text if sure >= LEAST_SURE else text + UNREADABLE for text, sure in first]
    figures = [n for n, (text, _) in enumerate(first) if _LIKE_FIGURE.fullmatch(text)]
    second = _recognise([_cut_out(page, page.runs[n]) for n in figures])
    for number, again in zip(figures, second, strict=True):
        texts[number] = _agreed(first[number], again)
    for number, run in enumerate(page.runs):
        if _is_dash(page, run):
            texts[number] = DASH
    signs = sum(len(text) for text, _ in first)
    sure = sum(len(text) * sure for text, sure in first) / max(signs, 1)
    return PageText(tuple(texts), sure)


def _is_dash(page: Segmented, run: Run) -> bool:
    """Whether a run is one level stroke, of which the recogniser makes anything."""
    flat = run.height <= page.letter * 0.25 and run.x1 - run.x0 >= 2 * run.height
    cut = page.picture[run.y0 : run.y1, run.x0 : run.x1]
    return flat and float(cut.mean()) < _DARK


def _agreed(one: tuple[str, float], other: tuple[str, float]) -> str:
    """The figure that two readings agree on, or the likelier one marked as uncertain."""
    if one[0] == other[0] and min(one[1], other[1]) >= LEAST_SURE_FIGURE:
        return one[0]
    return max(one, other, key=lambda reading: reading[1])[0] + UNREADABLE


def _in_place(page: Segmented, run: Run) -> Picture:
    margin = int(page.letter * _MARGIN)
    top, left = max(run.y0 - margin, 0), max(run.x0 - margin, 0)
    return page.picture[top : run.y1 + margin, left : run.x1 + margin]


def _cut_out(page: Segmented, run: Run) -> Picture:
    margin = int(page.letter * _MARGIN)
    cut = page.picture[run.y0 : run.y1, run.x0 : run.x1]
    framed = cv2.copyMakeBorder(
        cut, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255,)
    )
    return np.asarray(framed, np.uint8)


def _recognise(pictures: Sequence[Picture]) -> list[tuple[str, float]]:
    if not pictures:
        return []
    coloured = [np.asarray(cv2.cvtColor(p, cv2.COLOR_GRAY2BGR), np.uint8) for p in pictures]
    result = _engine().recognize_txt(coloured)
    return [
        (str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)
    ]


@cache
def _engine() -> RapidOCR:
    """The recogniser; narrow pictures stay narrow, so that a digit costs a fifth of a line."""
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Rec.rec_img_shape": [3, 48, 64],
            "Rec.rec_batch_num": 8,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(cpu_count() or 1, 2),
        }
    )
