"""Claims of nothing: 未收到申请, 未发生行政复议、行政诉讼, 全部办结."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.cases import concerns_disclosure
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.context import CASES, LIGHT, Context, Found
from etl.recognise.claims.marks import NUMBER, Mark, load_blockers
from etl.recognise.claims.requests import direction, is_one_mode

_LOOSE_END = {"none": 0, "none_received": 8}
"""How many unmarked characters may stand behind the request: 没有依申请公开制度 is no zero."""


def read_zeros(clause: Clause, context: Context) -> list[Found]:
    """The claims of zero that a clause makes without printing a number."""
    marks = clause.marks
    for index, mark in enumerate(marks):
        if mark.cue == "zero_requests":
            return [_zero("requests_received", mark, mark)]
        if mark.cue == "zero_carried" and _is_about_all_requests(marks, context):
            return [_zero("carried_out", mark, mark)]
        if mark.cue == "zero_cases":
            return [_zero(measure, mark, mark) for measure in CASES.values()]
        if mark.cue in _LOOSE_END:
            return _negated(mark, marks[:index], marks[index + 1 :], clause, context)
    return []


def _is_about_all_requests(marks: Sequence[Mark], context: Context) -> bool:
    """Whether 全部办结 speaks of the requests as a whole, not of hotline calls or one channel."""
    cues = {mark.cue for mark in marks}
    others = {"other", "complaint", NUMBER, *CASES}
    whole = not (context.part or is_one_mode(marks) or cues & others)
    return whole and (context.topic == "request" or "request" in cues)


def _negated(
    negation: Mark, before: Sequence[Mark], rest: Sequence[Mark], clause: Clause, context: Context
) -> list[Found]:
    cues = {mark.cue for mark in rest}
    if NUMBER in cues or cues & load_blockers("zeros") or is_one_mode(rest) or context.part:
        return []
    kinds = [kind for kind in CASES if kind in cues]
    if kinds:
        everything = [*before, *rest]
        if not concerns_disclosure(everything, context):
            return []
        return [_zero(CASES[kind], negation, rest[-1]) for kind in kinds]
    if "carry" in cues:
        way = direction(rest, context.year)
        return [_zero(way, negation, rest[-1])] if way else []  # type: ignore[arg-type]
    if _denies_requests(negation, rest, clause, context):
        return [_zero("requests_received", negation, rest[-1] if rest else negation)]
    return []


def _denies_requests(
    negation: Mark, rest: Sequence[Mark], clause: Clause, context: Context
) -> bool:
    received = negation.cue == "none_received"
    if received and rest and rest[0].text in ("和", "及", "或", "并"):
        rest = [mark for mark in rest if mark.cue != "handle"]  # 未收到和处理…申请
    if any(mark.cue in ("handle", "conclude") for mark in rest):
        return False
    if not rest:
        return received and context.topic == "request" and clause.end - negation.end <= 3
    named = [
        index
        for index, mark in enumerate(rest)
        if mark.cue == "request"
        or (mark.cue == "bare_request" and (received or context.topic == "request"))
    ]
    if not named or any(mark.cue == "complaint" for mark in rest):
        return False
    last = named[-1]
    return _loose(rest[last:], clause.end) <= _LOOSE_END[negation.cue]


def _loose(marks: Sequence[Mark], end: int) -> int:
    """The unmarked characters behind the first of the marks; many when a mark has weight."""
    if any(mark.cue not in LIGHT | {"information"} for mark in marks[1:]):
        return 99
    return end - marks[0].end - sum(mark.end - mark.start for mark in marks[1:])


def _zero(measure: Measure, first: Mark, last: Mark) -> Found:
    return Found(measure, 0.0, 1, first.start, last.end)
