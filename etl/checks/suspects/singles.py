"""Single cells whose change satisfies all that fails around them, for many reports at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from etl.checks.suspects.faulty import Faulty
from etl.checks.suspects.layout import Layout
from etl.checks.suspects.search import TOLERANCE, Solution

Bools = NDArray[np.bool_]


def failing_components(reports: Sequence[Faulty]) -> list[set[int]]:
    """For each report of one edition the islands of its layout in which an equation fails."""
    one = reports[0].layout
    residuals, _ = _residuals(one, np.stack([report.figures for report in reports]))
    failed = np.abs(residuals) > TOLERANCE
    return [set(one.component[row].tolist()) for row in failed]


def single_cells(reports: Sequence[Faulty]) -> list[dict[int, list[Solution]]]:
    """For each report of one edition: island → its solutions of one cell.

    Only the report's own equations are looked at, but a cell that agrees with a neighbouring year
    whose report is sound stays as it is.
    """
    one = reports[0].layout
    figures = np.stack([report.figures for report in reports])
    residuals, decided = _residuals(one, figures)
    candidates, deltas = _explaining(one, residuals, decided)
    proposed = np.nan_to_num(figures) + deltas
    whole = (proposed > -TOLERANCE) & (np.abs(proposed - np.rint(proposed)) <= TOLERANCE)
    candidates &= ~np.isnan(figures) & whole & ~frozen_cells(reports)
    found: list[dict[int, list[Solution]]] = [{} for _ in reports]
    for row, place in np.argwhere(candidates).tolist():
        component = int(one.cell_component[place])
        solution = {place: float(deltas[row, place])}
        found[row].setdefault(component, []).append(solution)
    return found


def frozen_cells(reports: Sequence[Faulty]) -> Bools:
    """Cells that agree with a neighbouring year's report of which nothing else fails."""
    one = reports[0].layout
    figures = np.stack([report.figures for report in reports])
    frozen = np.zeros(figures.shape, dtype=bool)
    for places, others, faulty in (
        (one.here, [r.before for r in reports], [r.before_is_faulty for r in reports]),
        (one.ahead, [r.after for r in reports], [r.after_is_faulty for r in reports]),
    ):
        agrees = np.abs(figures[:, places] - np.stack(others)) <= TOLERANCE
        frozen[:, places] |= agrees & ~np.array(faulty)[:, None]
    return frozen


def _residuals(one: Layout, figures: NDArray[np.float64]) -> tuple[NDArray[np.float64], Bools]:
    """Left sides of all equations, 0 where one is undecided; and which are decided."""
    decided = np.isnan(figures).astype(np.float64) @ np.abs(one.matrix).T == 0
    residuals = np.nan_to_num(figures) @ one.matrix.T
    return np.where(decided, residuals, 0.0), decided


def _explaining(
    one: Layout, residuals: NDArray[np.float64], decided: Bools
) -> tuple[Bools, NDArray[np.float64]]:
    """Cells whose change by the second array satisfies every equation of their island.

    Such a cell lies in all equations that fail and in none that holds, and all are off by the
    same: the square of the sum of residuals is then their number times the sum of squares.
    """
    failed = np.abs(residuals) > TOLERANCE
    touching = np.abs(one.matrix)
    islands = np.eye(one.component.max() + 1)[one.component]
    number = (failed @ islands)[:, one.cell_component]
    squares = (residuals**2 @ islands)[:, one.cell_component]
    own_failed = failed.astype(np.float64) @ touching
    own_decided = decided.astype(np.float64) @ touching
    sums = residuals @ one.matrix
    alike = np.abs(sums**2 - number * squares) <= TOLERANCE * np.maximum(squares, 1.0)
    fits = (number > 0) & (own_failed == number) & (own_decided == number) & alike
    return fits, -sums / np.maximum(number, 1.0)
