"""Other readings of rows that were refused or don't add up: offered to a person, never applied.

A reading is offered only when it alone, of all that the printed cells allow, satisfies every sum
of the form that can be worked out from what else was read. Nothing is offered for a row that isn't
printed in the form's order, or whose order can't be told: its sums hold in any order.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from etl.form import Code, Edition, FormCell, load_form
from etl.reading import CellReading
from etl.recognise.numbers import read_cell

Cells = Mapping[Code, CellReading]
Values = Mapping[Code, float]

_BROKEN = re.compile(r"\d+(?: \d+)+")


class Alternatives:
    """The other readings of one table's rows; ``cells`` are the table's as read.

    ``unordered`` are the items whose figures don't stand in the form's order for certain.
    """

    def __init__(
        self, edition: Edition, section: int, cells: Cells, unordered: Container[str] = ()
    ) -> None:
        self.unordered = unordered
        self.known = {code: cell.value for code, cell in cells.items() if cell.value is not None}
        self.sums = _sums(edition, section)
        self._told: dict[str, Sequence[_Sum]] = {}

    def of_refused(self, row: Sequence[FormCell], texts: Sequence[str]) -> Values:
        """What a row may mean of which these texts are printed; empty when that isn't certain.

        Tried are figures split over two cells or broken within one, a cell too many, a blank cell
        that was lost and counts as 0, and the last column printed first.
        """
        return self._only(row, _arrangements([*texts], len(row)))

    def of_read(self, row: Sequence[FormCell], texts: Sequence[str]) -> Values:
        """What a row may mean that was read as printed and begins or ends in a blank.

        Empty unless the row fails its sums and moving figures by one column mends them.
        """
        if not self.fails(row, texts):
            return {}
        left = [[*texts[1:], ""]] if not texts[0] else []
        right = [[*texts[:n], "", *texts[n:-1]] for n in range(len(texts) - 1) if not texts[-1]]
        return self._only(row, [*left, *right])

    def fails(self, row: Sequence[FormCell], texts: Sequence[str]) -> bool:
        """Whether a row of these texts breaks a sum; False when it can't be worked out."""
        values = _values(row, texts)
        return values is not None and self._holds(row, values) is False

    def fails_alone(self, row: Sequence[FormCell], texts: Sequence[str]) -> bool:
        """Whether these texts break a sum that has no cell outside their row."""
        values = _values(row, texts)
        return values is not None and any(
            not one.holds(values) for one in self.sums if one.codes <= values.keys()
        )

    def _only(self, row: Sequence[FormCell], arrangements: Iterable[Sequence[str]]) -> Values:
        if row[0].item in self.unordered:
            return {}
        found: list[Values] = []
        for texts in arrangements:
            values = _values(row, texts)
            if values is not None and values not in found and self._holds(row, values):
                found.append(values)
        return found[0] if len(found) == 1 else {}

    def _holds(self, row: Sequence[FormCell], values: Values) -> bool | None:
        """Whether every sum with a cell of this row holds; None when none can be worked out."""
        known = {**self.known, **values}
        told = self._sums_with(row)
        return all(one.holds(known) for one in told) if told else None

    def _sums_with(self, row: Sequence[FormCell]) -> Sequence[_Sum]:
        """The sums with a cell of this row that can be worked out once all its cells are known."""
        item = row[0].item
        if item not in self._told:
            own = {(cell.item, cell.party) for cell in row}
            known = own | self.known.keys()
            self._told[item] = [
                one for one in self.sums if one.codes <= known and not own.isdisjoint(one.codes)
            ]
        return self._told[item]


class _Sum(NamedTuple):
    """A sum of the form: the cells of its two sides, and all of them."""

    left: tuple[Code, ...]
    right: tuple[Code, ...]
    codes: frozenset[Code]

    def holds(self, values: Values) -> bool:
        return sum([values[code] for code in self.left]) == sum(
            [values[code] for code in self.right]
        )


@cache
def _sums(edition: Edition, section: int) -> tuple[_Sum, ...]:
    sides = load_form(edition).sums(section)
    return tuple(_Sum(left, right, frozenset((*left, *right))) for left, right in sides)


def _arrangements(texts: list[str], width: int) -> Iterator[list[str]]:
    """Every way to make ``width`` cells of these with one slip."""
    if len(texts) == width:
        yield texts
        yield [*texts[1:], texts[0]]
    if len(texts) == width + 1:
        for n in range(width + 1):
            yield [*texts[:n], *texts[n + 1 :]]
        for n in range(width):
            if texts[n].isdecimal() and texts[n + 1].isdecimal():
                yield [*texts[:n], texts[n] + texts[n + 1], *texts[n + 2 :]]
    if len(texts) == width - 1:
        for n in range(width):
            yield [*texts[:n], "", *texts[n:]]


def _values(row: Sequence[FormCell], texts: Sequence[str]) -> dict[Code, float] | None:
    """The values of a row, blanks as 0 and broken figures joined; None when a text is neither."""
    values: dict[Code, float] = {}
    for cell, text in zip(row, texts, strict=True):
        whole = text.replace(" ", "") if _BROKEN.fullmatch(text) else text
        read = read_cell(whole, cell.head.kind, "")
        if read.state == "unreadable":
            return None
        values[cell.item, cell.party] = read.value or 0.0
    return values
