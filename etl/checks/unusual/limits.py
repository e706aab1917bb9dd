"""Control limits of a rate around its group's: how far chance and the usual spread carry it.

The cases of a report are taken as drawn from a beta-binomial distribution: each agency has a rate
of its own, the rates of a group scatter around its target, and ``spread`` (the intraclass
correlation, 0 to 1) says how much. A rate on ``n`` cases then has the variance
``target (1 - target) (1 / n + spread (1 - 1 / n))``: limits narrow with the number of cases, but
never below the scatter between agencies.

The limits are exact in the sense of the mid-p value (half of the probability of the very count
counts as beyond it), which keeps the rate of false alarms near the nominal one where the cases are
few and the counts therefore coarse.
"""

from __future__ import annotations

from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

INNER, OUTER = 0.05, 0.002
TAILS = (OUTER / 2, INNER / 2, 1 - INNER / 2, 1 - OUTER / 2)
"""Of the distribution, where the four limits lie: outer and inner below, inner and outer above."""

EXACT = 600
"""The most cases for which a distribution is added up; beyond, its limits are drawn in."""

_FINE = 60
_STEP = 1.03
_SPREADS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.98)
_CUT = 0.05
_RARE = 1e-6
_UNSHARED = 1e-7
_ROUNDS = 3
_ENOUGH = 800


def fit(cases: Floats, hits: Floats) -> tuple[float, float]:
    """Target and spread of a group's rates ``hits / cases``; every number of cases is above 0.

    The spread is the one under which the rates, standardised and with their outermost drawn in,
    scatter as they should: agencies far off hardly widen the limits that are to find them.
    """
    rates = hits / cases
    target, spread = float(hits.sum() / cases.sum()), 0.0
    kept = _evenly(cases, hits)
    for _ in range(_ROUNDS):
        if not 0 < target < 1:
            return target, 0.0
        spread = _spread(rates[kept], cases[kept], target)
        weights = 1 / _chance(cases, spread)
        target = float((weights * rates).sum() / weights.sum())
    return target, spread


def steps(least: int, most: float) -> list[int]:
    """The numbers of cases for which limits are kept: each to 60, then 3 % apart, up to most."""
    found = list(range(least, max(least, _FINE) + 1))
    while found[-1] < most:
        found.append(max(found[-1] + 1, round(found[-1] * _STEP)))
    return list(takewhile(lambda number: number <= most, found))


def limits(target: Floats, spread: Floats, cases: int) -> Floats:
    """The four limits (a column each, as in ``TAILS``) of rates on so many cases, group by group.

    A lower limit of 0 and an upper one of 1 can't be passed: so few cases tell nothing there.
    """
    counted = min(cases, EXACT)
    target = np.clip(target, _RARE, 1 - _RARE)
    found = _count_limits(target, spread, counted) / counted
    if cases == counted:
        return found
    narrower = np.sqrt(_chance(cases, spread) / _chance(counted, spread))[:, None]
    odds = (target / (1 - target))[:, None]
    inside = np.where(found < 1, found, 0.5)
    moved = odds * (inside / (1 - inside) / odds) ** narrower
    return np.where(found < 1, moved / (1 + moved), 1.0)


def _chance(cases: Floats | int, spread: Floats | float) -> Floats:
    """A rate's variance over ``target (1 - target)``."""
    return np.asarray(1 / cases + spread * (1 - 1 / cases), dtype=np.float64)


def _evenly(cases: Floats, hits: Floats) -> NDArray[np.int64]:
    """Places of as many rates as a spread needs, evenly from those in order of size."""
    order = np.lexsort((hits, cases))
    return order[:: max(1, len(order) // _ENOUGH)]


def _spread(rates: Floats, cases: Floats, target: float) -> float:
    usual = int(min(np.median(cases), EXACT))

    def excess(spread: float) -> float:
        scores = (rates - target) / np.sqrt(_chance(cases, spread))
        low, high = np.quantile(scores, (_CUT, 1 - _CUT))
        return float((np.clip(scores, low, high) ** 2).mean()) - _expected(target, spread, usual)

    # A skewed group may fit more than one spread; the least one is meant.
    tried: list[float] = []
    while len(tried) < len(_SPREADS) and (not tried or tried[-1] > 0):
        tried.append(excess(_SPREADS[len(tried)]))
    fitting = len(tried) - 1
    if tried[fitting] > 0:
        return _SPREADS[int(np.argmin(tried))]
    if fitting == 0:
        return 0.0
    low, high = _SPREADS[fitting - 1], _SPREADS[fitting]
    while high - low > 1e-4 + low / 100:
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _expected(target: float, spread: float, cases: int) -> float:
    """What the drawn-in square of ``excess`` comes to where target and spread are the true ones."""
    mass = _masses(np.array([target]), np.array([spread]), cases)[0]
    reached = mass.cumsum()
    scores = (np.arange(cases + 1) / cases - target) / np.sqrt(_chance(cases, spread))
    low, high = np.searchsorted(reached, (_CUT, 1 - _CUT))
    return float((np.clip(scores, scores[low], scores[high]) ** 2 * mass).sum())


def _masses(target: Floats, spread: Floats, cases: int) -> Floats:
    """The probabilities of the counts 0 to ``cases``, a row for each group."""
    shared = np.maximum(spread, _UNSHARED)
    weight = ((1 - shared) / shared)[:, None]
    sure = np.clip(target, _RARE, 1 - _RARE)[:, None]
    count = np.arange(cases)
    ratios = np.log(cases - count) - np.log(count + 1)
    ratios = ratios + np.log(count + weight * sure)
    ratios = ratios - np.log(cases - count - 1 + weight * (1 - sure))
    heights = np.concatenate((np.zeros((len(target), 1)), ratios.cumsum(axis=1)), axis=1)
    masses = np.exp(heights - heights.max(axis=1, keepdims=True))
    return np.asarray(masses / masses.sum(axis=1, keepdims=True), dtype=np.float64)


def _count_limits(target: Floats, spread: Floats, cases: int) -> Floats:
    """The counts at which the mid-distribution passes each tail, between counts in proportion."""
    masses = _masses(target, spread, cases)
    middles = masses.cumsum(axis=1) - masses / 2
    counts = np.arange(cases + 1)
    return np.array([np.interp(TAILS, middle, counts) for middle in middles])
