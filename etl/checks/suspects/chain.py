"""Suspects of neighbouring years' reports, which share what one carries out and the next in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from etl.checks.suspects.faulty import Faulty
from etl.checks.suspects.search import TOLERANCE, Found, Problem, Solution, search

STRIDE = 1_000
"""A cell of a chain is its report's place in it times this, plus its place in the layout."""

MOST_CELLS = 4
MOST_COMBINATIONS = 256


@dataclass(slots=True)
class Solved:
    """The smallest solutions of a problem, and the problem with every equation they answer."""

    problem: Problem
    found: Found


def solve_report(
    report: Faulty, component: int, singles: list[Solution], frozen: set[int]
) -> Found:
    """The smallest solutions for one island of one report's own equations."""
    if singles:
        return Found(singles, True)
    problem = Problem()
    add_report(problem, report, 0, component)
    problem.frozen = frozen
    return search(problem, 2, MOST_CELLS)


def solve_chain(
    reports: Sequence[Faulty],
    component: int,
    singles: Sequence[list[Solution]],
    frozen: Sequence[set[int]],
) -> Iterator[Solved]:
    """Solve one island over a chain of reports, jointly where that can be.

    ``singles`` are each report's solutions of one cell. A break between the years that only two
    more cells would mend, beside what the reports' own identities ask for, is left alone: then
    more likely a year was restated.
    """
    own = [
        solve_report(report, component, singles[n], frozen[n]) for n, report in enumerate(reports)
    ]
    if all(found.solutions for found in own):
        complete = all(found.complete for found in own)
        touched = [{cell for one in found.solutions for cell in one} for found in own]
        near = _chain_problem(reports, component, frozen, touched)
        best, mends_all = _combined(near, own)
        if best and mends_all:
            yield Solved(near, Found(best, complete))
            return
        size = sum(len(found.solutions[0]) for found in own)
        problem = _chain_problem(reports, component, frozen)
        joint = search(problem, size, min(size + 1, MOST_CELLS))
        if joint.solutions:
            yield Solved(problem, joint)
            return
        if best:
            yield Solved(near, Found(best, complete))
            return
    yield from _one_by_one(reports, component, frozen, own)


def add_report(
    problem: Problem, report: Faulty, at: int, component: int, near: Iterable[int] | None = None
) -> None:
    """Add a report's decided equations of one island, or those alone with a cell of ``near``.

    ``at`` is the report's place in its chain.
    """
    one = report.layout
    figures = report.figures
    numbers: Iterable[int] = np.flatnonzero(one.component == component).tolist()
    if near is not None:
        numbers = sorted({number for place in near for number, _ in one.equations_of[place]})
    for number in numbers:
        equation = one.equations[number]
        places = list(equation.places)
        values = figures[places]
        residual = float(values @ one.matrix[number, places])
        if math.isnan(residual):
            continue
        cells = [at * STRIDE + place for place in places]
        problem.figures.update(zip(cells, values.tolist(), strict=True))
        weights = (weight for _, weight in equation.terms)
        problem.add(
            list(zip(cells, weights, strict=True)), residual,
            (at, *equation.row) if equation.row else None,
            (at, *equation.column) if equation.column else None,
        )  # fmt: skip


def _chain_problem(
    reports: Sequence[Faulty],
    component: int,
    frozen: Sequence[set[int]],
    near: Sequence[set[int]] | None = None,
) -> Problem:
    """The decided equations of a chain: the reports' own, then those between the years.

    With ``near``, cells by report, of the reports' own only those that hold one of them.
    """
    problem = Problem()
    for at, report in enumerate(reports):
        add_report(problem, report, at, component, near[at] if near else None)
        problem.frozen |= {at * STRIDE + place for place in frozen[at]}
    if component == reports[0].layout.request_component:
        for at, report in enumerate(reports):
            _add_links(problem, report, at, reports[at - 1] if at else None)
        _add_links_ahead(problem, reports[-1], len(reports) - 1)
    return problem


def _add_links(problem: Problem, report: Faulty, at: int, past: Faulty | None) -> None:
    """What ties a report to the year before: its ``past`` in the chain, or figures that stand.

    Agreement with the latter needs no equation, as its cells are frozen.
    """
    residuals = report.figures[report.layout.here] - report.before
    for n, residual in enumerate(residuals.tolist()):
        place = int(report.layout.here[n])
        terms = [(at * STRIDE + place, 1)]
        problem.figures[at * STRIDE + place] = float(report.figures[place])
        if past is not None:
            before = int(past.layout.ahead[n])
            terms.append(((at - 1) * STRIDE + before, -1))
            problem.figures[(at - 1) * STRIDE + before] = float(past.figures[before])
        if abs(residual) > TOLERANCE or (past is not None and not math.isnan(residual)):
            problem.add(terms, residual)


def _add_links_ahead(problem: Problem, report: Faulty, at: int) -> None:
    """What ties the last of a chain to the year after, where they differ."""
    residuals = report.after - report.figures[report.layout.ahead]
    for n, residual in enumerate(residuals.tolist()):
        if abs(residual) > TOLERANCE:
            place = int(report.layout.ahead[n])
            problem.figures[at * STRIDE + place] = float(report.figures[place])
            problem.add([(at * STRIDE + place, -1)], residual)


def _combined(problem: Problem, own: Sequence[Found]) -> tuple[list[Solution], bool]:
    """The reports' solutions together, of those that break nothing the ones that mend most.

    Also whether they mend everything.
    """
    best: list[Solution] = []
    most = -1
    choices = product(*(found.solutions for found in own))
    for choice in islice(choices, MOST_COMBINATIONS):
        solution = {
            at * STRIDE + place: delta
            for at, part in enumerate(choice)
            for place, delta in part.items()
        }
        after = mended_and_broken(problem, solution)
        if after is None or len(after) < most:
            continue
        if len(after) > most:
            best, most = [], len(after)
        best.append(solution)
    return best, most == len(problem.failing)


def mended_and_broken(problem: Problem, solution: Solution) -> set[int] | None:
    """The failing equations that hold after a change; None where one that held fails."""
    change: dict[int, float] = {}
    for cell, delta in solution.items():
        for number, weight in problem.equations_of.get(cell, ()):
            change[number] = change.get(number, 0.0) + weight * delta
    mended = set()
    for number, by in change.items():
        before = problem.residuals[number]
        if abs(before + by) <= TOLERANCE:
            if abs(before) > TOLERANCE:
                mended.add(number)
        elif abs(before) <= TOLERANCE:
            return None
    return mended


def _one_by_one(
    reports: Sequence[Faulty], component: int, frozen: Sequence[set[int]], own: Sequence[Found]
) -> Iterator[Solved]:
    """Each report by itself, what the years share left as printed where they agree."""
    for at, report in enumerate(reports):
        fixed = frozen[at] | _agreeing(report)
        solutions = [s for s in own[at].solutions if fixed.isdisjoint(s)]
        problem = Problem()
        add_report(problem, report, at, component)
        problem.frozen = {at * STRIDE + place for place in fixed}
        if solutions:
            moved = [{at * STRIDE + p: d for p, d in s.items()} for s in solutions]
            yield Solved(problem, Found(moved, own[at].complete))
        elif (found := search(problem, 1, MOST_CELLS)).solutions:
            yield Solved(problem, found)


def _agreeing(report: Faulty) -> set[int]:
    """Cells that agree with a neighbouring year, sound or not."""
    one = report.layout
    found: set[int] = set()
    for places, others in ((one.here, report.before), (one.ahead, report.after)):
        agrees = np.abs(report.figures[places] - others) <= TOLERANCE
        found.update(places[agrees].tolist())
    return found
