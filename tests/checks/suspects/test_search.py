"""The search held against trying every set of cells with every figure."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.checks.suspects.faults import split_faults
from etl.checks.suspects.search import Problem, Solution, is_count, search

HIGHEST = 9
MOST = 3
WIDTH = 3

Grid = list[list[int]]


def _problem(grid: Grid) -> Problem:
    """A table with totals at the right and at the foot; cell = row × width + column."""
    problem = Problem()
    figures = [float(figure) for row in grid for figure in row]
    problem.figures = dict(enumerate(figures))
    signs = [1] * (WIDTH - 1) + [-1]
    for n in range(WIDTH):
        along = [(n * WIDTH + m, sign) for m, sign in enumerate(signs)]
        down = [(m * WIDTH + n, sign) for m, sign in enumerate(signs)]
        problem.add(along, sum(w * figures[c] for c, w in along), row=(n,))
        problem.add(down, sum(w * figures[c] for c, w in down), column=(n,))
    return problem


def _matrix(problem: Problem) -> np.ndarray:
    matrix = np.zeros((len(problem.terms), len(problem.figures)))
    for number, terms in enumerate(problem.terms):
        for cell, weight in terms:
            matrix[number, cell] = weight
    return matrix


def _by_trying(problem: Problem) -> list[Solution]:
    """Every smallest solution of up to ``MOST`` cells whose figures don't exceed ``HIGHEST``."""
    matrix = _matrix(problem)
    printed = np.array([problem.figures[n] for n in range(len(problem.figures))])
    for size in range(1, MOST + 1):
        figures = np.indices([HIGHEST + 1] * size).reshape(size, -1).T
        found: list[Solution] = []
        for cells in map(list, combinations(range(len(printed)), size)):
            deltas = figures - printed[cells]
            left = np.array(problem.residuals) + deltas @ matrix[:, cells].T
            fits = (left == 0).all(axis=1) & (deltas != 0).all(axis=1)
            found += [dict(zip(cells, map(float, row), strict=True)) for row in deltas[fits]]
        if found:
            return found
    return []


def _sums(inner: Grid) -> Grid:
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


small = st.integers(0, 2)
grids = st.lists(st.lists(small, min_size=2, max_size=2), min_size=2, max_size=2).map(_sums)
slips = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=3)


@settings(max_examples=60)
@given(grids, slips)
def test_smallest_sets_are_those_that_trying_all_finds(
    grid: Grid, changes: list[tuple[int, int]]
) -> None:
    for cell, figure in changes:
        grid[cell // WIDTH][cell % WIDTH] = figure
    problem = _problem(grid)
    found = search(problem, 1, MOST)
    tried = _by_trying(problem) if problem.failing else []
    within = [
        one for one in found.solutions
        if all(problem.figures[c] + delta <= HIGHEST for c, delta in one.items())
    ]  # fmt: skip
    assert found.complete
    if not found.solutions:
        assert not problem.failing or not tried
        return
    if tried and len(found.solutions[0]) == len(tried[0]):
        # Sets whose figures the equations leave open have no single proposal and are left out.
        matrix = _matrix(problem)
        sure = [one for one in tried if np.linalg.matrix_rank(matrix[:, [*one]]) == len(one)]
        assert _as_set(within) == _as_set(sure)
    else:
        assert not tried or len(found.solutions[0]) < len(tried[0])


@settings(max_examples=60)
@given(grids, slips)
def test_every_solution_satisfies_all_equations(grid: Grid, changes: list[tuple[int, int]]) -> None:
    for cell, figure in changes:
        grid[cell // WIDTH][cell % WIDTH] = figure
    problem = _problem(grid)
    matrix = _matrix(problem)
    found = search(problem, 1, 4)
    for solution in found.solutions:
        delta = np.zeros(len(problem.figures))
        delta[[*solution]] = [*solution.values()]
        assert not (np.array(problem.residuals) + matrix @ delta).any()
        assert all(is_count(problem.figures[c] + change) for c, change in solution.items())


def _as_set(solutions: list[Solution]) -> set[frozenset[tuple[int, float]]]:
    return {frozenset(one.items()) for one in solutions}


def test_frozen_cells_stay() -> None:
    grid = _sums([[4, 1], [2, 3]])
    grid[0][0] = 7
    problem = _problem(grid)
    assert search(problem, 1, 4).solutions == [{0: -3.0}]
    problem.frozen = {0}
    assert all(0 not in one for one in search(problem, 1, 4).solutions)


def test_a_search_that_meets_its_limit_says_so() -> None:
    grid = _sums([[40, 10], [20, 30]])
    grid[0][0], grid[1][1], grid[2][2] = 1, 2, 77
    assert not search(_problem(grid), 3, 4, nodes=5).complete
    assert search(_problem(grid), 1, 4).solutions


def test_two_slips_that_share_nothing_are_two_faults() -> None:
    grid = _sums([[4, 1], [2, 3]])
    problem = _problem(grid)
    problem.add([(20, 1), (21, -1)], 5.0)
    problem.figures.update({20: 9.0, 21: 4.0})
    problem.residuals[0], problem.residuals[1] = 3.0, 3.0
    found = search(problem, 1, 4)
    assert len(found.solutions) == 2
    faults = split_faults(problem, found.solutions, complete=True)
    assert sorted(len(fault.solutions) for fault in faults) == [1, 2]
    assert {cell for fault in faults for one in fault.solutions for cell in one} == {0, 20, 21}
