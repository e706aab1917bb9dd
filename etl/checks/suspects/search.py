"""The smallest sets of cells whose change satisfies every equation: branch and bound.

Every change that is tried mends one failing equation outright. No minimal set is missed by that
as long as its cells' values follow from the equations: then some equation holds only one cell of
the set that hasn't been changed yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TOLERANCE = 1e-6
MOST_SOLUTIONS = 256
MOST_NODES = 20_000

Solution = dict[int, float]
"""Cell → by how much it changes."""

Group = tuple[object, ...]


@dataclass(slots=True)
class Problem:
    """Cells with their figures, and the equations over them that are decided.

    ``row`` and ``column`` of an equation are None or a label: two equations of different rows
    have no cell in common, and no two of different columns, so that each asks for a cell.
    """

    figures: dict[int, float] = field(default_factory=dict)
    terms: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    residuals: list[float] = field(default_factory=list)
    rows: list[Group | None] = field(default_factory=list)
    columns: list[Group | None] = field(default_factory=list)
    equations_of: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)

    def add(
        self,
        terms: Sequence[tuple[int, int]],
        residual: float,
        row: Group | None = None,
        column: Group | None = None,
    ) -> None:
        """Add an equation whose left side is ``residual`` as printed."""
        number = len(self.terms)
        self.terms.append(tuple(terms))
        self.residuals.append(residual)
        self.rows.append(row)
        self.columns.append(column)
        for cell, weight in terms:
            self.equations_of.setdefault(cell, []).append((number, weight))

    @property
    def failing(self) -> frozenset[int]:
        """The equations that don't hold as printed."""
        return frozenset(n for n, left in enumerate(self.residuals) if abs(left) > TOLERANCE)


@dataclass(slots=True)
class Found:
    """The solutions of the least size; ``complete`` unless a limit was met before the end."""

    solutions: list[Solution]
    complete: bool


def search(problem: Problem, least: int, most: int, nodes: int = MOST_NODES) -> Found:
    """Every smallest solution of ``least`` to ``most`` cells; none where there is none so small."""
    for size in range(max(least, 1), most + 1):
        branch = _Branch(problem, nodes)
        branch.extend({}, size)
        if branch.solutions or branch.nodes < 0:
            solutions = [dict(pairs) for pairs in branch.solutions]
            return Found(solutions, branch.nodes >= 0 and len(solutions) < MOST_SOLUTIONS)
    return Found([], True)


class _Branch:
    """One round of the search, for sets of one size."""

    def __init__(self, problem: Problem, nodes: int) -> None:
        self.problem = problem
        self.nodes = nodes
        self.left = list(problem.residuals)
        self.failing = set(problem.failing)
        self.seen: set[frozenset[tuple[int, float]]] = set()
        self.solutions: dict[frozenset[tuple[int, float]], None] = {}

    def extend(self, changed: Solution, remaining: int) -> None:
        """Try every way to satisfy what still fails with exactly ``remaining`` more cells."""
        self.nodes -= 1
        if self.nodes < 0 or len(self.solutions) >= MOST_SOLUTIONS:
            return
        if not self.failing or self._bound() > remaining:
            return
        if remaining == 1:
            self._finish(changed)
            return
        for cell, delta in list(self._moves(changed)):
            chosen = {**changed, cell: delta}
            key = frozenset(chosen.items())
            if key in self.seen:
                continue
            self.seen.add(key)
            self._apply(cell, delta)
            self.extend(chosen, remaining - 1)
            self._apply(cell, -delta)

    def _bound(self) -> int:
        """At least so many cells must still change."""
        rows = {self.problem.rows[n] for n in self.failing} - {None}
        columns = {self.problem.columns[n] for n in self.failing} - {None}
        return max(len(rows), len(columns), 1)

    def _finish(self, changed: Solution) -> None:
        """Keep every single cell that satisfies all that still fails."""
        for cell, delta in set(self._moves(changed, only=min(self.failing))):
            own = self.problem.equations_of[cell]
            if len(own) == len(self.failing) and all(
                number in self.failing and abs(self.left[number] + weight * delta) <= TOLERANCE
                for number, weight in own
            ):
                self.solutions[frozenset({**changed, cell: delta}.items())] = None

    def _moves(self, changed: Solution, only: int | None = None) -> Iterator[tuple[int, float]]:
        """Cells with the change that mends one failing equation."""
        moves: dict[tuple[int, float], None] = {}
        for number in self.failing if only is None else (only,):
            for cell, weight in self.problem.terms[number]:
                if cell in changed or cell in self.problem.frozen:
                    continue
                delta = -self.left[number] * weight
                proposed = self.problem.figures[cell] + delta
                if is_count(proposed):
                    moves[cell, delta] = None
        return iter(moves)

    def _apply(self, cell: int, delta: float) -> None:
        for number, weight in self.problem.equations_of[cell]:
            self.left[number] += weight * delta
            if abs(self.left[number]) > TOLERANCE:
                self.failing.add(number)
            else:
                self.failing.discard(number)


def is_count(figure: float) -> bool:
    """Whether a figure is whole and not negative."""
    return figure > -TOLERANCE and abs(figure - round(figure)) <= TOLERANCE
