"""Solutions taken apart into faults that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.checks.suspects.search import Problem, Solution


@dataclass(slots=True)
class Fault:
    """Failing equations that are mended together, and the smallest ways to mend them."""

    solutions: list[Solution]
    complete: bool


def split_faults(problem: Problem, solutions: list[Solution], complete: bool) -> list[Fault]:
    """Two slips far apart are two faults, each with its own solutions.

    Where every solution falls into parts without a common equation along the same lines, any part
    of one goes with any other part of another, and the parts are told apart.
    """
    if len(solutions) == 1 and len(solutions[0]) == 1:
        return [Fault(solutions, complete)]
    failing = problem.failing
    leader = {number: number for number in failing}

    def lead(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    parts: list[list[tuple[Solution, set[int]]]] = []
    for solution in solutions:
        parts.append([(part, set(_touched(problem, part)) & failing)
                      for part in _connected(problem, solution)])  # fmt: skip
        for _, mended in parts[-1]:
            first, *others = mended
            for other in others:
                leader[lead(other)] = lead(first)
    faults: dict[int, dict[frozenset[tuple[int, float]], None]] = {}
    for of_one in parts:
        joined: dict[int, Solution] = {}
        for part, mended in of_one:
            joined.setdefault(lead(next(iter(mended))), {}).update(part)
        for number, part in joined.items():
            faults.setdefault(number, {})[frozenset(part.items())] = None
    return [Fault([dict(one) for one in found], complete) for found in faults.values()]


def _connected(problem: Problem, solution: Solution) -> Iterator[Solution]:
    """The parts of a solution whose cells share equations, directly or over others."""
    left = dict(solution)
    while left:
        cell, delta = left.popitem()
        part = {cell: delta}
        touched = set(_touched(problem, part))
        while joined := [c for c in left if not touched.isdisjoint(_touched(problem, (c,)))]:
            part.update({c: left.pop(c) for c in joined})
            touched.update(_touched(problem, joined))
        yield part


def _touched(problem: Problem, cells: Iterable[int]) -> Iterator[int]:
    return (number for cell in cells for number, _ in problem.equations_of.get(cell, ()))
