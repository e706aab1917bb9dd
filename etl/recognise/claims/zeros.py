"""Claims of nothing: 未收到申请, 未发生行政复议、行政诉讼, 全部办结."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.carried import direction
from etl.recognise.claims.cases import concerns_disclosure
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.context import CASES, LIGHT, Context, Found, kind_answered_for
from etl.recognise.claims.marks import NUMBER, Mark, load_blockers
from etl.recognise.claims.requests import is_one_mode

_LISTED = frozenset({"、", "和", "及", "以及", "或", "与"})
_ENDED = ("办结", "办结完毕", "办理完毕", "处理完毕")
_ALL = ("均", "全部", "都", "均已", "已全部", "均全部")
_FARTHEST_ALL = 12
"""Characters between 均 or 全部 and 办结: 均在法定期限内办结."""
_ZERO_CASES: dict[str, Measure] = {
    "zero_reconsideration": "reconsideration_cases",
    "zero_litigation": "litigation_cases",
}
_LOOSE_END = {"none": 0, "none_received": 8}
"""How many unmarked characters may stand behind the request: 没有依申请公开制度 is no zero."""


def read_zeros(clause: Clause, context: Context) -> list[Found]:
    """The claims of zero that a clause makes without printing a number."""
    marks = clause.marks
    for index, mark in enumerate(marks):
        if mark.cue in _LOOSE_END:
            return _negated(mark, marks[:index], marks[index + 1 :], clause, context)
    return [
        _zero(measure, mark, mark)
        for index, mark in enumerate(marks)
        for measure in _denied_in_a_word(marks, index, context)
    ]


def _denied_in_a_word(marks: Sequence[Mark], index: int, context: Context) -> Sequence[Measure]:
    mark = marks[index]
    if mark.cue == "zero_requests":
        return ("requests_received",)
    if mark.cue in _ZERO_CASES:
        return (_ZERO_CASES[mark.cue],)
    if mark.cue == "zero_named":
        return _named_before(marks[:index])
    if mark.text not in _ENDED or not _all_concluded(marks, index):
        return ()
    return ("carried_out",) if _is_about_all_requests(marks, context) else ()


def _named_before(marks: Sequence[Mark]) -> list[Measure]:
    """行政复议、行政诉讼零发生; 依申请公开零受理."""
    named: list[Measure] = []
    for mark in reversed(marks):
        if mark.cue in CASES:
            named.append(CASES[mark.cue])
        elif mark.cue == "request" and not named:
            return ["requests_received"]
        elif mark.cue not in LIGHT:
            break
    return named


def _all_concluded(marks: Sequence[Mark], index: int) -> bool:
    """均在法定期限内办结: nothing was left over when the year ended."""
    verb = marks[index]
    for mark in reversed(marks[:index]):
        if mark.text in _ALL:
            return verb.start - mark.end <= _FARTHEST_ALL
        if mark.cue not in LIGHT | {"on_time", "conclude", "handle", "locative"}:
            return False
    return False


def _ends_with_carry(rest: Sequence[Mark], clause: Clause) -> bool:
    return rest[0].cue == "carry" and clause.end - rest[0].end <= _LOOSE_END["none"]


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
    if NUMBER in cues or cues & load_blockers("zeros") or is_one_mode(rest):
        return []
    denied: list[Measure] = []
    if cases := _cases_of(rest):
        if concerns_disclosure([*before, *rest], context):
            denied = cases
        if _denies_requests_too(negation, rest, clause):
            denied = ["requests_received", *denied]
    elif context.part:
        return []
    elif "carry" in cues:
        denied = _carried_nowhere(before, rest, clause, context)
    elif _denies_requests(negation, rest, clause, context):
        denied = ["requests_received"]
    return [_zero(measure, negation, rest[-1] if rest else negation) for measure in denied]


def _denies_requests_too(negation: Mark, rest: Sequence[Mark], clause: Clause) -> bool:
    """未接到政府信息公开方面的申请、复议、诉讼: requests stand first in one list with the cases."""
    first = next(place for place, mark in enumerate(rest) if mark.cue in (*CASES, "defended"))
    if not first or negation.text.endswith(("因", "被", "因为")):
        return False
    asked = rest[first - 1]
    if clause.text[asked.end : rest[first].start] not in _LISTED:
        return False
    about = asked.cue == "request" or any(mark.cue == "publication" for mark in rest[:first])
    return about and asked.cue in ("request", "bare_request")


def _cases_of(marks: Sequence[Mark]) -> list[Measure]:
    cues = {kind_answered_for(mark) if mark.cue == "defended" else mark.cue for mark in marks}
    return [measure for kind, measure in CASES.items() if kind in cues]


def _carried_nowhere(
    before: Sequence[Mark], rest: Sequence[Mark], clause: Clause, context: Context
) -> list[Measure]:
    way = direction(rest, context.year) or direction(before, context.year)
    if way is None and _ends_with_carry(rest, clause) and context.topic == "request":
        way = "carried_out"  # 全部办结，无结转
    return [way] if way else []


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
