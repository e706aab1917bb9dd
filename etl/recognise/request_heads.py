"""The heads of section 三: which applicant's figures stand in which column, or in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from etl.form import NEWEST, Head, groups, load_form
from etl.recognise.columns import Columns, is_in_order
from etl.recognise.labels import group_index, head_index
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row
from etl.recognise.tables import NATURAL_PERSON

HEADS: tuple[Head, ...] = load_form(NEWEST).section_heads(3)
_PARTIES = tuple(head.party for head in HEADS)
_TOTAL = _PARTIES[-1]
_TOTAL_FIRST = (_TOTAL, *_PARTIES[:-1])
TOTAL_FIRST = (HEADS[-1], *HEADS[:-1])
_ORGANISATIONS = tuple(head.party for head in HEADS if head.group == "organisation")
_TELLING = {NATURAL_PERSON, *_ORGANISATIONS[:-1]}
"""Parties whose heads no row's label can be taken for, unlike 其他 and 总计."""
_SUBTOTAL = "subtotal"
SUBTOTAL = groups()[_SUBTOTAL].label
_ORGANISATION = "organisation"
_HEAD_OF = {head.party: head for head in HEADS}
Printed = tuple[tuple[str, ...], ...]
"""Codes of printed heads, row by row."""
_LEAST_HEADS = 3
_ROWS_ABOVE = (((NATURAL_PERSON,),), ((NATURAL_PERSON, _TOTAL),))
"""A first row of heads in which that of 法人或其他组织 is lost."""


@dataclass(frozen=True)
class HeadColumns:
    """Where the heads of the applicants stand, party → column, and columns with other heads.

    ``printed`` are the parties, 法人或其他组织 and subtotals row by row, all that flattened text
    tells. ``illegible`` says that there are heads but none of them is known.
    """

    columns: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra: tuple[tuple[int, str], ...] = ()
    end: int = 0
    printed: Printed = ()
    illegible: bool = False
    organisation: tuple[int, int] | None = None
    """Where 法人或其他组织 starts and ends."""

    def take(self, row: Row) -> HeadColumns | None:
        """These heads with those of one more row; None when it isn't a row of heads.

        A table that goes on after a page break repeats its heads: 自然人 starts them afresh.
        """
        if not row.filled or is_value(row.filled[-1].text):
            return None
        index = head_index(3)
        parties = [(index.exact(cell.text), cell) for cell in row.filled]
        known = [party for party, _ in parties if party]
        if not _TELLING.intersection(known) or any(is_value(cell.text) for cell in row.filled):
            return None
        before = HeadColumns() if NATURAL_PERSON in known else self
        told = (code for _, cell in parties if (code := head_code(cell.text)))
        printed = (*before.printed, tuple(told))
        if not row.aligned:
            return HeadColumns(printed=printed)
        columns = {party: (cell.column, cell.end) for party, cell in reversed(parties) if party}
        beside = tuple((c.column, c.text) for p, c in parties if not p and c.column_span == 1)
        others = (*before.extra, *beside) if len(known) > 1 else ()
        whole = [(c.column, c.end) for c in row.filled if head_code(c.text) == _ORGANISATION]
        return HeadColumns(
            before.columns | columns,
            others,
            max(before.end, row.end),
            printed,
            organisation=whole[0] if len(whole) == 1 else before.organisation,
        )

    def pass_by(self, row: Row) -> HeadColumns:
        """These heads after a row that is neither one of heads nor of figures."""
        texts = [cell for cell in row.filled if not is_value(cell.text)]
        if self.printed or not row.in_grid or len(texts) < max(_LEAST_HEADS, len(row.filled)):
            return self
        return HeadColumns(illegible=True)

    @cached_property
    def complete(self) -> bool:
        """Whether every column of figures has a head of its own.

        Heads in one row may stand in any order. Over two rows their columns hang on the spans of
        法人或其他组织; where that cell is lost, the total slips in among its parts. So they may
        stand in any order where it is there and spans its parts and nothing else.
        """
        distinct = len({start for start, _ in self.columns.values()}) == len(self.columns)
        if not distinct or NATURAL_PERSON not in self.columns:
            return False
        if not set(self.columns) >= {*_ORGANISATIONS} and not self._without_gap():
            return False
        order = sorted(self.columns, key=self.columns.__getitem__)
        one_row = any(len(_parties(row)) == len(self.columns) for row in self.printed)
        if one_row or is_in_order(order, _PARTIES) or is_in_order(order, _TOTAL_FIRST):
            return True
        return self._spanned()

    def _spanned(self) -> bool:
        """Whether all seven heads stand side by side, 法人或其他组织 over its five parts."""
        if set(self.columns) != set(_PARTIES) or self.extra or self.organisation is None:
            return False
        spans = sorted(self.columns.values())
        parts = sorted(self.columns[party] for party in _ORGANISATIONS)
        side_by_side = all(one[1] == other[0] for one, other in pairwise(spans))
        return side_by_side and self.organisation == (parts[0][0], parts[-1][1])

    def _without_gap(self) -> bool:
        """Whether no column lacks a head, so that an applicant without one has no column."""
        if len(_TELLING.intersection(self.columns)) < len(_TELLING) - 1:
            return False
        headed = {n for start, end in self.columns.values() for n in range(start, end)}
        headed.update(column for column, _ in self.extra)
        return headed.issuperset(range(min(self.columns.values())[0], self.end))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Parties and subtotals in the order of their figures, as far as their heads are printed.

        The parts of 法人或其他组织 stand in its place, wherever in the row below they are printed.
        """
        codes = tuple(code for row in self.printed for code in row)
        whole = {NATURAL_PERSON, *_ORGANISATIONS}
        for row in self.printed:
            if _ORGANISATION not in row and whole.issubset(row):
                return row
        if codes[:1] == (_ORGANISATION,):
            codes = codes[1:]  # set a line higher than the heads beside it, it tells no place
        parts = [code for code in codes if code in (*_ORGANISATIONS, _SUBTOTAL)]
        if _ORGANISATION not in codes and self.printed[:1] in _ROWS_ABOVE:
            codes = (codes[0], _ORGANISATION, *codes[1:])
        at = codes.index(_ORGANISATION if _ORGANISATION in codes else parts[0]) if parts else 0
        before = [code for code in codes[:at] if code not in parts]
        behind = [code for code in codes[at:] if code not in parts]
        found = dict.fromkeys([*before, *parts, *behind])
        return tuple(code for code in found if code != _ORGANISATION)

    @cached_property
    def in_order(self) -> bool:
        """Whether the applicants printed stand in the form's order, wherever their total stands."""
        applicants = [code for code in self.order if code in _PARTIES[:-1]]
        return is_in_order(applicants, _PARTIES)

    @cached_property
    def total_is_last(self) -> bool:
        """Whether the total's head is printed, behind those of all applicants."""
        return _parties(self.order)[-1:] == (_TOTAL,)

    @cached_property
    def all_applicants(self) -> bool:
        """Whether the heads of all six applicants are printed."""
        return set(self.order).issuperset(_PARTIES[:-1])

    def orders(self) -> tuple[tuple[Head | None, ...], ...]:
        """The orders in which figures may stand below these heads; None for a subtotal.

        The form's, its total last, comes before another. None where the applicants have changed
        places or nothing is known of them.
        """
        if self.illegible or not self.in_order:
            return ()
        if not self.all_applicants:
            whole = (HEADS,) if self.total_is_last else (HEADS, TOTAL_FIRST)
            return () if _SUBTOTAL in self.order else whole
        applicants = [code for code in self.order if code != _TOTAL]
        last = _heads((*applicants, _TOTAL))
        if self.total_is_last:
            return (_heads(self.order),)
        if _TOTAL in self.order:
            return last, _heads(self.order)
        return _heads(applicants), last, _heads((_TOTAL, *applicants))

    @property
    def as_printed(self) -> bool:
        """Whether all seven heads stand in the form's order with none beside them."""
        in_order = self.in_order and self.total_is_last
        return in_order and len(self.columns) == len(_PARTIES) and not self.extra

    def as_columns(self) -> Columns:
        """The known columns in the form's order."""
        known = tuple(self.columns[party] for party in _PARTIES if party in self.columns)
        first = min(known)[0]
        return Columns(known, self.end, frozenset(c for c, _ in self.extra if c > first))

    def starts(self) -> list[int]:
        """Where the columns below the applicants' heads start, unknown ones among these too."""
        first = min(start for start, _ in self.columns.values())
        beside = [column for column, _ in self.extra if column > first]
        return sorted({*(start for start, _ in self.columns.values()), *beside})

    def beside(self) -> list[str]:
        """Heads of single columns among the applicants' that the form doesn't have."""
        first = min(start for start, _ in self.columns.values())
        beside = [text for column, text in self.extra if column > first]
        return [text for text in beside if group_index().exact(text) in (None, _SUBTOTAL)]

    def unknown(self) -> list[str]:
        """Those of them that may be an applicant's head misspelt."""
        return [text for text in self.beside() if group_index().exact(text) is None]

    def stand_over(self, order: Sequence[Head | None], columns: Columns) -> bool:
        """Whether the known heads stand where this order has their figures, in these columns.

        In a grid that goes on after a page break all columns may have moved alike.
        """
        starts = [start for start, _ in columns.known]
        own = [self.columns.get(head.party if head else "") for head in order]
        moved = {one - at[0] for one, at in zip(starts, own, strict=True) if at}
        return len(moved) <= 1

    def known_heads(self) -> list[Head]:
        """The heads whose columns are known, in the form's order."""
        return [head for head in HEADS if head.party in self.columns]


def head_code(text: str) -> str | None:
    """The party whose head this is, or that it is 法人或其他组织 or a subtotal."""
    if party := head_index(3).exact(text):
        return party
    group = group_index().exact(text)
    return group if group in (_ORGANISATION, _SUBTOTAL) else None


def _parties(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in row if code in _HEAD_OF)


def _heads(codes: Iterable[str]) -> tuple[Head | None, ...]:
    return tuple(_HEAD_OF.get(code) for code in codes)
