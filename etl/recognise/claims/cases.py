"""Figures of reconsiderations and lawsuits that the agency's disclosure work led to."""

from __future__ import annotations

from collections.abc import Sequence

from etl.recognise.claims.context import (
    CASES,
    INFORMATION,
    LIGHT,
    Context,
    Figure,
    Found,
    touch,
    without_light,
)
from etl.recognise.claims.marks import NUMBER, Mark

UNITS = frozenset({"件", "起", "宗", "例", "笔", "次", "个", "项", "条", "件次", "件(次)", ""})
SECTION = 4
"""The section on cases, where none but those of disclosure are told."""

_ORGAN_VERBS = frozenset({"办理", "处理", "受理", "办结", "收办"})
_ALL_OF_THEM = ("均", "均为", "均已", "均被", "全部", "都", "皆", "都是", "均是")
_LEADING_TO = ("引发", "引起")
_OF_DISCLOSURE = frozenset({"publication", "request", "information"})
_JOINED = frozenset("、和及与或")


def read_cases(figure: Figure, context: Context) -> list[Found]:
    """The claims that a number of a clause makes about cases: none, one, or both kinds."""
    if figure.number.unit not in UNITS or _is_blocked(figure):
        return []
    kinds = (
        _kinds(figure) or _sum_of_outcomes(figure, context) or _those_of_disclosure(figure, context)
    )
    if not kinds or not concerns_disclosure(figure.lead, context) or _is_an_outcome(figure):
        return []
    if _are_of_any_matter(figure, context):
        context.defended = kinds[0]
        return []
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return [
        Found(CASES[kind], number.value, 1, start, number.end, approximate=number.approximate)
        for kind in kinds
    ]


def _is_blocked(figure: Figure) -> bool:
    """因不服答复提起行政复议: what was concluded led to the case and isn't what is counted."""
    led_to = any(
        mark.text in _LEADING_TO or (mark.cue in CASES and mark.text[0] in "提被申")
        for mark in figure.lead
    )
    return figure.is_blocked("cases", but="conclude" if led_to else "")


def _sum_of_outcomes(figure: Figure, context: Context) -> list[str]:
    """行政复议：维持2件，纠正1件，共3件."""
    if context.section != SECTION or without_light(figure.lead):
        return []
    summed = figure.leads_with("sum", "total")
    return context.cases[-1:] if summed and context.adds_up(figure.number.value) else []


def concerns_disclosure(marks: Sequence[Mark], context: Context) -> bool:
    """Whether cases named beside ``marks`` can be those that disclosure work led to (art. 50)."""
    if context.section == SECTION:
        return True
    if any(mark.cue == "receive" for mark in marks) and not any(
        mark.cue in INFORMATION or mark.cue == "request" for mark in marks
    ):
        return False  # 收到行政复议申请21件 may be what the agency hears itself
    if context.about_disclosure:
        return True
    if any(part.kind == "complaint" for part in context.parts):
        return False  # 信访积案31件，行政复议2件
    other_acts = any(mark.cue == "dispute_organ" or mark.text in _ORGAN_VERBS for mark in marks)
    return context.section == 1 and not other_acts


def _kinds(figure: Figure) -> list[str]:
    named = [mark for mark in figure.lead if mark.cue in CASES]
    if not named:
        return _kind_behind(figure)
    if not touch(figure.lead, named[-1], figure.number):
        return []
    kinds = list(dict.fromkeys(mark.cue for mark in named))
    if len(kinds) == 1:
        return kinds
    joined = named[-1].start - named[-2].end <= 4
    return kinds if joined and not figure.number.value else []


def _are_of_any_matter(figure: Figure, context: Context) -> bool:
    """行政复议案件126件，其中政府信息公开类9件: only the part is of disclosure."""
    following = context.following
    if following is None or any(mark.cue in _OF_DISCLOSURE for mark in figure.lead):
        return False
    cues = [mark.cue for mark in following.marks]
    before = cues[: cues.index(NUMBER)] if NUMBER in cues else []
    return "part" in before and not _OF_DISCLOSURE.isdisjoint(before)


def _those_of_disclosure(figure: Figure, context: Context) -> list[str]:
    """行政复议答复案件14件，其中涉及政府信息公开的5件."""
    told = [mark.cue for mark in without_light(figure.lead) if mark.cue != "part"]
    if not figure.leads_with("part") or not told or set(told) - {*_OF_DISCLOSURE, "concerning"}:
        return []
    return [context.defended] if context.defended else []


def _kind_behind(figure: Figure) -> list[str]:
    """发生2起因政府信息公开引发的行政复议: the kind stands behind the number."""
    for mark in figure.tail:
        if mark.cue in CASES:
            kinds = {other.cue for other in figure.tail if other.cue in CASES}
            return [mark.cue] if len(kinds) == 1 and not without_light(figure.lead) else []
        if mark.cue not in LIGHT | INFORMATION | {"request", "receive"}:
            return []
    return []


def _is_an_outcome(figure: Figure) -> bool:
    """行政复议1件维持 counts an outcome; 2件均维持 says how all of them ended."""
    behind = without_light(figure.tail)
    if not any(mark.cue == "dispute_outcome" for mark in behind):
        return False
    return not any(mark.text in _ALL_OF_THEM for mark in figure.tail)
