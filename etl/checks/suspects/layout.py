"""The cells and identities of one edition that suspects are sought among, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from etl.checks.catalogue import Rule, rules
from etl.checks.sums import SumGroup, sum_groups
from etl.form import Axis, Edition, FormCell, load_form

SECTIONS = (3, 4)
"""The sections whose cells the form's own identities tie together."""

Position = tuple[int, str, str]


@cache
def identity_rules() -> tuple[Rule, ...]:
    """The rules whose failure accuses a cell: errors that add cells of these sections up."""
    return tuple(
        rule
        for rule in rules()
        if rule.severity == "error"
        and any(one.section in SECTIONS and one.relation == "=" for _, one in rule.sums)
    )


@dataclass(frozen=True, slots=True)
class Equation:
    """``sum(weight × figure) = 0`` over cells, given as places in a ``Layout``.

    Equations that share ``row`` are the same or have no cell in common with others of another
    row, and likewise ``column``; None where it is neither.
    """

    terms: tuple[tuple[int, int], ...]
    row: tuple[int, str] | None
    column: tuple[int, str] | None

    @property
    def places(self) -> tuple[int, ...]:
        """Its cells."""
        return tuple(place for place, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Link:
    """What must equal a cell of the year before: the cell here, and the one there."""

    here: Position
    before: Position


@dataclass(frozen=True)
class Layout:
    """Cells of an edition in printed order, from ``first`` on (its number in the form).

    ``places`` of cells count from 0 among them.
    """

    edition: Edition
    cells: tuple[FormCell, ...]
    equations: tuple[Equation, ...]
    links: tuple[Link, ...]

    @property
    def first(self) -> int:
        return self.cells[0].number

    @property
    def last(self) -> int:
        return self.cells[-1].number

    @cached_property
    def place_of(self) -> dict[Position, int]:
        return {(c.section, c.item, c.party): place for place, c in enumerate(self.cells)}

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """Weights, one row an equation and one column a cell."""
        weights = np.zeros((len(self.equations), len(self.cells)))
        for number, equation in enumerate(self.equations):
            for place, weight in equation.terms:
                weights[number, place] = weight
        return weights

    @cached_property
    def component(self) -> NDArray[np.intp]:
        """For each equation, the number of the island of equations joined by common cells."""
        label = list(range(len(self.equations)))
        touching = np.abs(self.matrix)
        for number in range(len(label)):
            for other in np.flatnonzero(touching @ touching[number]):
                label = [label[number] if old == label[other] else old for old in label]
        return np.unique(label, return_inverse=True)[1]

    @cached_property
    def cell_component(self) -> NDArray[np.intp]:
        """The island of each cell, -1 for a cell that no equation holds."""
        touched = np.abs(self.matrix)
        return np.where(touched.any(axis=0), self.component[touched.argmax(axis=0)], -1)

    @cached_property
    def request_component(self) -> int:
        """The island that the links to other years belong to."""
        return int(self.cell_component[self.place_of[self.links[0].here]])

    @cached_property
    def here(self) -> NDArray[np.intp]:
        """Places of what must equal a cell of the year before."""
        return np.array([self.place_of[link.here] for link in self.links])

    @cached_property
    def ahead(self) -> NDArray[np.intp]:
        """Places of what the year after must equal."""
        return np.array([self.place_of[link.before] for link in self.links])

    @cached_property
    def equations_of(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each cell its equations with its weight in them."""
        columns = (np.flatnonzero(column) for column in self.matrix.T)
        return tuple(
            tuple((int(number), int(self.matrix[number, place])) for number in numbers)
            for place, numbers in enumerate(columns)
        )

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each cell those printed next to it in its row and column."""
        found: list[tuple[int, ...]] = []
        for cell in self.cells:
            items = [line.item for line in load_form(self.edition).section_lines(cell.section)]
            parties = [head.party for head in load_form(self.edition).section_heads(cell.section)]
            beside = [(cell.item, party) for party in _next_to(cell.party, parties)]
            beside += [(item, cell.party) for item in _next_to(cell.item, items)]
            found.append(tuple(self.place_of[cell.section, *code] for code in beside))
        return tuple(found)

    @cached_property
    def totals(self) -> frozenset[int]:
        """Cells that stand alone on one side of an identity: what is added up into them."""
        return frozenset(
            place
            for equation in self.equations
            for weight in (1, -1)
            if len(side := [place for place, w in equation.terms if w == weight]) == 1
            for place in side
        )


@cache
def layout(edition: Edition) -> Layout:
    """The layout of an edition; ValueError for an identity across years that is no equality."""
    cells = tuple(cell for cell in load_form(edition).cells if cell.section in SECTIONS)
    places = {(c.section, c.item, c.party): place for place, c in enumerate(cells)}
    equations: list[Equation] = []
    links: list[Link] = []
    for rule in identity_rules():
        wanted = rule.sum_in(edition)
        for group in sum_groups(wanted, edition) if wanted else ():
            if wanted and rule.needs == "report":
                equations.append(_equation(group, places, wanted.axis))
            else:
                links.append(_link(group))
    return Layout(edition, cells, tuple(equations), tuple(links))


def _equation(group: SumGroup, places: dict[Position, int], axis: Axis) -> Equation:
    terms = tuple(
        (places[term.section, term.item, term.party], sign * term.weight)
        for sign, side in ((1, group.left), (-1, group.right))
        for term in side
    )
    if axis == "party":
        return Equation(terms, (group.section, str(group.item)), None)
    return Equation(terms, None, (group.section, str(group.party)))


def _link(group: SumGroup) -> Link:
    here = [term for term in group.left + group.right if not term.previous]
    past = [term for term in group.left + group.right if term.previous]
    if len(here) != 1 or len(past) != 1:
        raise ValueError("suspects: across years only one cell may stand against one")
    return Link(
        (here[0].section, here[0].item, here[0].party),
        (past[0].section, past[0].item, past[0].party),
    )


def _next_to(code: str, codes: Sequence[str]) -> list[str]:
    at = codes.index(code)
    return [codes[n] for n in (at - 1, at + 1) if 0 <= n < len(codes)]
