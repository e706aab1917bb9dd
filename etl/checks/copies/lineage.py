"""Whose text it was first, among all reports that share text directly or by way of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from etl.checks.copies.candidates import Texts


class Pair(NamedTuple):
    """Two reports, by their numbers in the texts: the left one's wording stands in the right one.

    ``kind`` is ``repeated`` (the agency's year before) or ``copied`` (another agency's); ``tied``
    where neither is known to be the older.
    """

    left: int
    right: int
    kind: str
    share: float
    characters: int
    tied: bool


class Lineage:
    """The pairs' connected components, and the age of their members."""

    def __init__(self, texts: Texts, pairs: Sequence[Pair]) -> None:
        """Join the pairs; their numbers are those of ``texts``."""
        self._year: list[int] = texts.year.tolist()
        self._day: list[int] = texts.day.tolist()
        self._agency: list[int] = texts.agency_id.tolist()
        self._pairs = pairs
        self._members = _components((pair.left, pair.right) for pair in pairs)
        self._oldest: dict[int, list[int]] = {}
        self._cluster: dict[int, int] = {}
        self._report_id: list[int] = texts.report_id.tolist()

    def oldest(self, number: int) -> list[int]:
        """The members of a report's component than which none is known to be older."""
        members = self._members[number]
        if members[0] not in self._oldest:
            self._oldest[members[0]] = self._oldest_of(members)
        return self._oldest[members[0]]

    def cluster(self, number: int) -> int:
        """The id of a report's component: the least report id of its oldest members."""
        first = self._members[number][0]
        if first not in self._cluster:
            self._cluster[first] = min(self._report_id[oldest] for oldest in self.oldest(number))
        return self._cluster[first]

    def not_ones_own(self) -> list[Pair]:
        """The pairs without those where the agency had the text before the other one had it."""
        first: dict[tuple[int, int], int] = {}
        for members in self._components():
            for number in sorted(members, key=self._age):
                first.setdefault((members[0], self._agency[number]), number)

        def own(pair: Pair) -> bool:
            component = self._members[pair.left][0]
            mine = first[component, self._agency[pair.left]]
            others = first[component, self._agency[pair.right]]
            return pair.kind == "copied" and self._older(mine, others)

        return [pair for pair in self._pairs if not own(pair)]

    def untried_originals(self, pairs: Iterable[Pair]) -> Iterator[tuple[int, int]]:
        """Copies with their component's one oldest report, where they weren't held against it."""
        tried = {(pair.left, pair.right) for pair in self._pairs}
        for left in sorted({pair.left for pair in pairs if pair.kind == "copied"}):
            oldest = self.oldest(left)
            untried = len(oldest) == 1 and (left, oldest[0]) not in tried
            if untried and self._agency[left] != self._agency[oldest[0]]:
                yield left, oldest[0]

    def _components(self) -> Iterator[list[int]]:
        return (members for number, members in self._members.items() if members[0] == number)

    def _age(self, number: int) -> tuple[int, int]:
        return self._year[number], self._day[number]

    def _older(self, left: int, right: int) -> bool:
        if self._year[left] != self._year[right]:
            return self._year[left] < self._year[right]
        return 0 < self._day[left] < self._day[right]

    def _oldest_of(self, members: Sequence[int]) -> list[int]:
        year = min(self._year[number] for number in members)
        of_year = [number for number in members if self._year[number] == year]
        first_day = min((self._day[n] for n in of_year if self._day[n]), default=0)
        return [number for number in of_year if self._day[number] in {0, first_day}]


def _components(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Each number that occurs → all that hang together with it, in rising order."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for left, right in pairs:
        parent[root(left)] = root(right)
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(parent):
        members[root(number)].append(number)
    return {number: group for group in members.values() for number in group}
