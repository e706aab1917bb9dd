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
from etl.recognise.claims.marks import Mark

UNITS = frozenset({"件", "起", "宗", "例", "次", "个", "项", "件次", "件(次)", ""})
_ORGAN_VERBS = frozenset({"办理", "处理", "受理", "办结", "收办"})
_ALL_OF_THEM = ("均", "全部", "都")
_JOINED = frozenset("、和及与或")


def read_cases(figure: Figure, context: Context) -> list[Found]:
    """The claims that a number of a clause makes about cases: none, one, or both kinds."""
    if figure.number.unit not in UNITS or figure.is_blocked("cases"):
        return []
    kinds = _kinds(figure)
    if not kinds or not concerns_disclosure(figure.lead, context) or _is_an_outcome(figure):
        return []
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return [
        Found(CASES[kind], number.value, 1, start, number.end, approximate=number.approximate)
        for kind in kinds
    ]


def concerns_disclosure(marks: Sequence[Mark], context: Context) -> bool:
    """Whether cases named beside ``marks`` can be those that disclosure work led to (art. 50)."""
    if context.section == 4:
        return True
    if any(mark.cue == "receive" for mark in marks) and not any(
        mark.cue in INFORMATION or mark.cue == "request" for mark in marks
    ):
        return False  # 收到行政复议申请21件 may be what the agency hears itself
    if context.about_disclosure:
        return True
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
    each = any(mark.text in ("各", "均", "均为") for mark in figure.lead)
    joined = named[-1].start - named[-2].end <= 4
    return kinds if joined and (each or figure.number.value == 0) else []


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
