"""Seeded draws: the same words always give the same numbers, whatever else was drawn before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random


def chance(seed: int, *words: object) -> Random:
    """A generator of its own for these words, independent of every other one of the seed."""
    return Random("/".join(str(word) for word in (seed, *words)))


def draw_count(rng: Random, mean: float) -> int:
    """A Poisson count (a rounded normal above 30, where the two can't be told apart)."""
    if mean <= 0:
        return 0
    if mean > 30:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def share_out(rng: Random, count: int, weights: Mapping[str, float]) -> dict[str, int]:
    """``count`` things dealt to the codes by their weights; every code is in the result."""
    shares = dict.fromkeys(weights, 0)
    for code in rng.choices(list(weights), list(weights.values()), k=count):
        shares[code] += 1
    return shares
