"""Whom a clause speaks of: the agency, the whole area, an office or a share of it, another body."""

from __future__ import annotations

from collections.abc import Iterator

from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.marks import YEAR, Mark

_VERBS = frozenset({"disclose", "receive", "handle", "conclude"})
_LEADS_ON = frozenset({"light", "total", "sum", "since", "whole", "part", YEAR})
_SHARES = frozenset({"areas", "departments", "bureau"})
_BETWEEN = "、等市县区省州"
"""What may stand unmarked between the bodies that open a clause."""


def read_subject(clause: Clause, scope: str, own_area: bool, before: str) -> str:
    """The subject of a clause, or the one ``before`` where it names none.

    ``own``, ``office`` (of a whole government), ``whole`` (the area), ``share`` (a part that a
    roll-up is made of: 各乡镇, 县直各部门, a bureau) or ``other``. ``own_area`` says that the
    agency means itself by 我区.
    """
    shares = {mark.cue for mark in _opening(clause) if mark.text != "各部门" or scope == "rollup"}
    if scope == "rollup" and shares:
        return "whole" if {"areas", "departments"} <= shares else "share"
    if shares - {"bureau"}:
        return "own" if own_area else "whole"
    position, verb_seen = clause.start, False
    for mark in clause.marks:
        at_head = mark.start == position
        verb_seen = verb_seen or mark.cue in _VERBS
        office = mark.cue == "office" and scope == "rollup" and not verb_seen
        if mark.cue == "own" or office:
            return mark.cue
        if at_head and mark.cue == "whole":
            return "own" if own_area else "whole"
        if mark.cue == "reported" or (at_head and mark.cue == "other_subject"):
            return "other"
        position = mark.end if at_head and mark.cue in _LEADS_ON else -1
    return before


def _opening(clause: Clause) -> Iterator[Mark]:
    """The areas, departments and bureaus that open a clause."""
    position = clause.start
    for mark in clause.marks:
        if clause.text[position : mark.start].strip(_BETWEEN):
            return
        if mark.cue in _SHARES:
            yield mark
        elif mark.cue not in _LEADS_ON:
            return
        position = mark.end
