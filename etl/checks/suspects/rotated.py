"""Rows that fail as printed and would hold with their total at the other end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from etl.checks.suspects.faulty import Faulty
from etl.checks.suspects.layout import Layout
from etl.checks.suspects.search import TOLERANCE, is_count

Row = dict[str, object]


def rotated_rows(reports: Sequence[Faulty]) -> Iterator[Row]:
    """The cells of rows whose figures, all moved by one column, satisfy every sum they are in.

    The figure that leaves the row at one end enters it at the other. All reports are of one
    edition.
    """
    one = reports[0].layout
    figures = np.stack([report.figures for report in reports])
    for number, equation in enumerate(one.equations):
        if equation.row is None:
            continue
        places = list(equation.places)
        weights = one.matrix[number, places]
        printed = figures[:, places]
        fails = np.abs(printed @ weights) > TOLERANCE
        for step in (-1, 1):
            moved = np.roll(printed, step, axis=1)
            for at in np.flatnonzero(fails & (np.abs(moved @ weights) <= TOLERANCE)).tolist():
                if _holds(reports[at], places, moved[at]):
                    for place, value in zip(places, moved[at].tolist(), strict=True):
                        yield _row(reports[at].report_id, one, place, value)


def _holds(report: Faulty, places: list[int], moved: NDArray[np.float64]) -> bool:
    """Whether every decided sum with one of these cells holds with these figures in them."""
    one = report.layout
    figures = report.figures.copy()
    figures[places] = moved
    numbers = {number for place in places for number, _ in one.equations_of[place]}
    for number in numbers:
        own = list(one.equations[number].places)
        left = float(one.matrix[number, own] @ figures[own])
        if abs(left) > TOLERANCE:
            return False
    return all(is_count(value) for value in moved.tolist())


def _row(report_id: int, one: Layout, place: int, value: float) -> Row:
    cell = one.cells[place]
    return {
        "report_id": report_id, "section": cell.section, "item": cell.item,
        "party": cell.party, "value": value,
    }  # fmt: skip
