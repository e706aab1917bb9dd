"""One figure for several measures (新收、结转申请均为0), and several in turn (分别为6件、4件)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.carried import direction
from etl.recognise.claims.cases import concerns_disclosure
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.context import (
    CASES,
    REQUEST_UNITS,
    REQUESTS,
    Context,
    Figure,
    Found,
    without_light,
)
from etl.recognise.claims.marks import Mark

_EACH = frozenset({"均", "均为", "各", "都", "皆", "各为", "都为", "皆为", "都是", "均是"})
_IN_TURN = "分别"
_JOINT = re.compile("[、和及与]|以及")
_ENDS: dict[str, Measure] = {
    "conclude": "requests_concluded",
    "granted": "granted",
    "partial": "partial",
    "refused": "refused",
}
_NO_GROUP = frozenset(
    {
        *("mode", "applicant", "other", "complaint", "plan", "compare", "except", "all_time"),
        *("other_outcome", "litigation_part", "dispute_outcome", "submit", "archive", "late"),
    }
)


def read_joint(figure: Figure, clause: Clause, context: Context) -> list[Found] | None:
    """The claims that a figure makes about each of several measures; None where it names fewer.

    Behind 分别 it is the first of them, and the figures that follow are the others.
    """
    if figure.number.unit not in REQUEST_UNITS:
        return None
    if context.respective and not without_light(figure.lead):
        measure = context.respective.pop(0)
        return [_found(figure, measure)] if measure else []
    context.respective = []
    words = {mark.text for mark in figure.lead}
    if not (words & _EACH or _IN_TURN in words):
        return None
    groups = _groups(figure.lead, clause.text)
    measures = _measures(groups, context)
    if len({measure for measure in measures if measure}) < 2:
        return None
    if _IN_TURN in words:
        context.respective = measures[1:]
        measures = measures[:1]
    return [_found(figure, measure) for measure in dict.fromkeys(measures) if measure]


def _found(figure: Figure, measure: Measure) -> Found:
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return Found(measure, number.value, 1, start, number.end, approximate=number.approximate)


def _groups(lead: Sequence[Mark], text: str) -> list[list[Mark]]:
    """The marks between one 、和及与 and the next."""
    groups: list[list[Mark]] = [[]]
    end = lead[0].start if lead else 0
    for mark in lead:
        if _JOINT.search(text[end : mark.start]) or _JOINT.fullmatch(mark.text):
            groups.append([])
        groups[-1].append(mark)
        end = mark.end
    return [group for group in groups if without_light(group) or len(group) > 1]


def _measures(groups: Sequence[Sequence[Mark]], context: Context) -> list[Measure | None]:
    """The measure of each group, None for one that is no measure or not told clearly."""
    marks = [mark for group in groups for mark in group]
    requests = context.topic == "request" or any(mark.cue == "request" for mark in marks)
    carried = any(mark.cue == "carry" for mark in marks)
    cases = concerns_disclosure(marks, context)
    return [_measure(group, context, requests, carried, cases) for group in groups]


def _measure(
    group: Sequence[Mark], context: Context, requests: bool, carried: bool, cases: bool
) -> Measure | None:
    cues = {mark.cue for mark in group}
    if cues & _NO_GROUP:
        return None
    kinds = [measure for cue, measure in CASES.items() if cue in cues]
    if kinds or not requests:
        return kinds[0] if cases and len(kinds) == 1 else None
    if "carry" in cues or (carried and cues & {"past", "next"}):
        return direction(group, context.year)
    told = [measure for cue, measure in _ENDS.items() if cue in cues]
    if not told and cues & (REQUESTS | {"receive"}):
        return "requests_received"
    return told[0] if len(told) == 1 and "receive" not in cues else None
