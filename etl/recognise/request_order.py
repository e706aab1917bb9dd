"""In which order the figures of section 三 stand where only their order tells them apart.

Flattened text may print the head 总计 before the applicants while the figures keep the form's
order, or lose that head. Then the sums of the rows decide, if they all speak for one order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.form import Head
from etl.recognise.columns import LabelledRow
from etl.recognise.numbers import MAX_REMEMBERED, read_cell
from etl.recognise.request_heads import HEADS, TOTAL_FIRST, HeadColumns
from etl.recognise.rows import RowCell

Order = Sequence[Head | None]
"""The heads of a row's figures; None for a subtotal, which is passed over."""

_TOTAL = HEADS[-1]
_LEAST_FOR = 2
_LEAST_AGAINST = 3
"""Rows that must speak for one order, and against the heads: a wrong sum may seem to do either."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """Where an order has the total of the applicants, and the figures that are no part of it."""

    total: int
    passed: tuple[int, ...]

    @classmethod
    def of(cls, order: Order) -> _Sum | None:
        """The sum along a row in this order; None where the order has no total."""
        parties = [head.party if head else "" for head in order]
        if _TOTAL.party not in parties:
            return None
        passed = tuple(n for n, party in enumerate(parties) if not party)
        return cls(parties.index(_TOTAL.party), passed)

    def holds(self, values: Sequence[float | None]) -> bool:
        """Whether the applicants' figures make the total."""
        figures = [value or 0.0 for value in values]
        passed = sum([figures[n] for n in self.passed])
        return sum(figures) - passed == 2 * figures[self.total]


@dataclass(frozen=True, slots=True)
class Told:
    """What the rows below some heads tell of their figures' order."""

    order: Order | None
    """None when it can't be told."""
    contradicted: bool
    """Whether every row that tells has its total at the other end than the total's head stands."""


def told_order(heads: HeadColumns, rows: Sequence[LabelledRow]) -> Told:
    """The order of the figures in the rows below these heads, and whether it is another's."""
    contradicted = _is_contradicted(heads, rows)
    orders = _of_usual_width(heads.orders(), rows)
    if orders == [HEADS]:
        return Told(None if contradicted else HEADS, contradicted)
    return Told(_by_sums(orders, heads, rows) if orders else None, contradicted)


def _is_contradicted(heads: HeadColumns, rows: Sequence[LabelledRow]) -> bool:
    """Whether every row that tells, of several, has its total at the other end than its head."""
    if _TOTAL.party not in heads.order:
        return False
    other_end = int(heads.order[-1] == _TOTAL.party)
    against = 0
    for held in _orders_held((HEADS, TOTAL_FIRST), _values(heads, rows, len(HEADS))):
        if len(held) == 1:
            if held[0] != other_end:
                return False  # mostly told by the first row with figures
            against += 1
    return against >= _LEAST_AGAINST


def _of_usual_width(orders: Sequence[Order], rows: Sequence[LabelledRow]) -> list[Order]:
    """The orders of as many figures as most rows have, else those of the form's number."""
    if all(len(order) == len(HEADS) for order in orders):
        return list(orders)
    widths = Counter(sum(bool(cell.text) for cell in row.after) for row in rows)
    usual = [order for order in orders if 2 * widths[len(order)] > len(rows)]
    return usual or [order for order in orders if len(order) == len(HEADS)]


def _by_sums(
    orders: Sequence[Order], heads: HeadColumns, rows: Sequence[LabelledRow]
) -> Order | None:
    """The one order in which the rows add up; the printed one where all mean the same figures."""
    values = list(_values(heads, rows, len(orders[0])))
    against = sum(not held for held in _orders_held(orders, values))
    if 2 * against > len(values):
        return None
    if len(orders) == 1 or (len(values) == len(rows) and all(len(set(row)) == 1 for row in values)):
        return orders[-1]
    votes = _votes(orders, values)
    return orders[next(iter(votes))] if len(votes) == 1 and votes.total() >= _LEAST_FOR else None


def _votes(orders: Sequence[Order], rows: Iterable[Sequence[float | None]]) -> Counter[int]:
    """How many rows add up in one order alone, by the position of that order."""
    return Counter(held[0] for held in _orders_held(orders, rows) if len(held) == 1)


def _orders_held(
    orders: Sequence[Order], rows: Iterable[Sequence[float | None]]
) -> Iterator[list[int]]:
    """For each row the positions of the orders in which it adds up, or that have no total."""
    sums = [_Sum.of(order) for order in orders]
    for row in rows:
        yield [n for n, own in enumerate(sums) if own is None or own.holds(row)]


def _values(
    heads: HeadColumns, rows: Iterable[LabelledRow], width: int
) -> Iterator[Sequence[float | None]]:
    """The figures of every row that has so many, None for a blank or dash; no row is unreadable."""
    starts = heads.starts() if heads.complete else None
    for row in rows:
        texts = [cell.text for cell in _figures(starts, row, width)]
        if len(texts) == width and not any(map(_is_unreadable, texts)):
            yield [_value(text) for text in texts]


def _figures(starts: list[int] | None, row: LabelledRow, width: int) -> Sequence[RowCell]:
    """A row's cells where its figures stand, from left to right; any number of them."""
    after = row.after
    if row.row.aligned and starts:
        return [cell for column in starts if (cell := row.row.at(column)) is not None]
    if row.row.aligned and not any(cell.text for cell in after[:-width]):
        return after[-width:]
    return after if len(after) == width else [cell for cell in after if cell.text]


@lru_cache(maxsize=MAX_REMEMBERED)
def _value(text: str) -> float | None:
    return read_cell(text, _TOTAL.kind, "").value


@lru_cache(maxsize=MAX_REMEMBERED)
def _is_unreadable(text: str) -> bool:
    return read_cell(text, _TOTAL.kind, "").state == "unreadable"
