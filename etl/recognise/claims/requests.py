"""Figures of requests: received, concluded, carried over, granted, refused."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.carried import is_pending, read_carried
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.context import (
    CHANNELS,
    REQUEST_UNITS,
    REQUESTS,
    SKIPPED,
    Context,
    Figure,
    Found,
    touch,
    without_light,
)
from etl.recognise.claims.marks import Mark

NEW, SAID, HANDLED, BARE, LOOSE = 0, 1, 2, 3, 4
"""Ranks: 新收, which leaves out what was carried in; a verb of receiving or concluding; 办理/处理
(received and carried in); no verb; 申请 that may be of any kind."""

_OUTCOMES: dict[str, Measure] = {"granted": "granted", "partial": "partial", "refused": "refused"}
_VERBS = frozenset({"receive", "handle", "conclude"})
_STATED = ("requests_received", "requests_concluded")
_PEOPLE = frozenset({"applicant", "organisation"})
_PASSED = SKIPPED | {"mode"}
_BY_WHOM_AND_HOW = _PASSED | _PEOPLE
_ASKED = ("提出", "提交")
_NEW = ("新收", "新收到", "新增", "新增加")


def read_requests(figure: Figure, context: Context) -> list[Found]:
    """The claims that a number of a clause makes about requests; mostly none or one."""
    if figure.number.unit not in REQUEST_UNITS:
        return []
    carried = read_carried(figure, context)
    if carried is not None:
        return [_found(figure, measure, SAID) for measure in carried]
    if figure.is_blocked("requests") or figure.leads_with("past", "next"):
        return []
    if is_one_mode(figure.lead):
        context.lone_mode = _lone_mode(figure, context)
        return []
    outcome = _outcome(figure, context)
    if outcome is not None:
        return [] if outcome == "" else [_found(figure, outcome, SAID)]  # type: ignore[arg-type]
    return [_found(figure, measure, rank) for measure, rank in _verb_claims(figure, context)]


def remember_requests(figure: Figure, found: Sequence[Found], context: Context) -> None:
    """Keep what a figure said for sums, for what is left over, and for the next clause."""
    for claim in found:
        if claim.measure not in context.stated or claim.rank == NEW:
            context.stated[claim.measure] = claim.value
        if claim.measure in _STATED:
            context.named_loosely = claim.rank == LOOSE
            context.topic = "request"
        if claim.measure in _STATED and claim.rank != BARE:
            context.requests_stated = True
    kind = ""
    if is_one_mode(figure.lead):
        kind = "mode"
    elif figure.leads_with("other_outcome", *_OUTCOMES):
        kind = "outcome"
    elif figure.leads_with("complaint"):
        kind = "complaint"
    elif figure.leads_with("dispute_outcome"):
        kind = "dispute"
    context.add_part(figure.number.value, kind)
    context.modes += kind == "mode" and figure.number.unit in REQUEST_UNITS
    context.pending = figure if not found and is_pending(figure, context) else None


def names_requests(clause: Clause) -> bool:
    """Whether the figure of 收到的政府信息公开申请 comes in a later clause."""
    core = without_light(clause.marks)
    if len(core) < 2 or [mark.cue for mark in core[-2:]] != ["receive", "request"]:
        return False
    return core[-1].end == clause.end


def _found(figure: Figure, measure: Measure, rank: int) -> Found:
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return Found(measure, number.value, rank, start, number.end, approximate=number.approximate)


def _outcome(figure: Figure, context: Context) -> str | None:
    named = {mark.cue for mark in figure.lead if mark.cue in _OUTCOMES}
    side, last = figure.lead, None
    if named:
        last = [mark for mark in figure.lead if mark.cue in _OUTCOMES][-1]
        beside = touch(side, last, figure.number) or _through_object(figure, last)
    else:
        behind = without_light(figure.tail)
        lead = [mark for mark in without_light(figure.lead) if mark.cue not in SKIPPED]
        if lead or not behind or behind[0].cue not in _OUTCOMES:
            return None
        named = {mark.cue for mark in behind if mark.cue in _OUTCOMES}
        beside = touch(figure.tail, figure.number, behind[0])
    if context.topic != "request" or figure.leads_with("reason", "applicant"):
        return ""
    if context.sorts_papers or _holds_another(context, named):
        return ""
    return _OUTCOMES[named.pop()] if len(named) == 1 and beside else ""


def _holds_another(context: Context, named: set[str]) -> bool:
    """予以公开12件（含部分公开2件）: the figure is of two outcomes."""
    inside = context.following
    if inside is None or not inside.depth or inside.marks[0].cue != "part":
        return False
    return any(mark.cue in _OUTCOMES and mark.cue not in named for mark in inside.marks)


def _through_object(figure: Figure, outcome: Mark) -> bool:
    """予以公开政府信息5件: the object may stand between, but not 信息数 with 条."""
    behind = [mark for mark in without_light(figure.lead) if mark.start > outcome.start]
    if len(behind) != 1 or figure.number.unit in ("条", ""):
        return False
    if behind[0].cue not in REQUESTS | {"information"}:
        return False
    return touch(figure.lead, outcome, behind[0]) and touch(figure.lead, behind[0], figure.number)


def is_one_mode(lead: Sequence[Mark]) -> bool:
    """One way of asking or one kind of applicant: a part. Several named together are the whole."""
    modes = [mark for mark in lead if mark.cue == "mode" or mark.cue in CHANNELS]
    ends = {mark.end for mark in modes}
    modes = [mark for mark in modes if mark.start not in ends]  # 网络平台 is one
    people = [mark for mark in lead if mark.cue in _PEOPLE]
    open_list = any(mark.cue == "many_channels" for mark in lead)
    one_kind = len(people) == 1 and people[0].cue == "applicant"
    return (len(modes) == 1 and not open_list) or one_kind


def _lone_mode(figure: Figure, context: Context) -> Found | None:
    """收到信函形式的政府信息公开申请1件: no part of anything, as far as the sentence goes."""
    if context.part or not figure.leads_with("receive"):
        return None
    named = [mark for mark in figure.lead if mark.cue in REQUESTS]
    known = named and (named[-1].cue == "request" or context.topic == "request")
    if not known or not touch(figure.lead, named[-1], figure.number):
        return None
    return _found(figure, "requests_received", LOOSE)


def _verb_claims(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    # One mode alone was left out before; several are the whole.
    core = [mark for mark in without_light(figure.lead) if mark.cue not in _PASSED]
    if not core:
        opened, context.request_open = context.request_open, False
        if opened and figure.leads_with("total", "sum"):
            return [("requests_received", SAID)]
        return (
            _new_ones(figure, context)
            or _sum_of_parts(figure, context)
            or _number_first(figure, context)
        )
    last = _nearest(figure, core)
    if last is None:
        return []
    meant = (
        _is_about_requests(figure, core, context)
        if last.cue in _VERBS
        else _is_request(last, core, figure, context)
    )
    if not meant:
        return []
    verbs = [mark for mark in core if mark.cue in _VERBS]
    return _by_verb(figure, verbs, context) if verbs else _without_verb(figure, last, context)


def _nearest(figure: Figure, core: Sequence[Mark]) -> Mark | None:
    """The verb or request that the number belongs to, or None."""
    last = core[-1]
    if last.cue == "information" and len(core) > 1 and core[-2].cue == "request":
        # 依申请公开信息28条 sorts papers, it counts no requests.
        return None if figure.number.unit in ("条", "") and figure.number.value else core[-2]
    modes = sum(mark.cue == "mode" for mark in figure.lead)  # 申请的邮件、信函共计37件
    return last if touch(figure.lead, last, figure.number, modes and modes - 1, "mode") else None


def _is_about_requests(figure: Figure, core: Sequence[Mark], context: Context) -> bool:
    if context.topic == "request" or any(mark.cue == "request" for mark in core):
        return True
    if "依申请" in core[-1].text:
        return True
    behind = [mark for mark in without_light(figure.tail) if mark.cue not in _BY_WHOM_AND_HOW]
    if not behind or behind[0].cue not in REQUESTS:
        return False
    if behind[0].cue == "bare_request":
        return core[-1].text != "受理" and touch(figure.tail, figure.number, behind[0])
    return True


def _is_request(last: Mark, core: Sequence[Mark], figure: Figure, context: Context) -> bool:
    if last.cue not in REQUESTS:
        return False
    if last.cue == "request" or context.topic == "request":
        return True
    verb = core[-2] if len(core) > 1 else None
    if verb is None or verb.cue != "receive" or context.topic == "other":
        return False
    # 受理申请 may be of licences, but not where the whole area is summed up or where the
    # paragraph has just counted what was disclosed.
    told = context.scope == "rollup" or (context.items_before and context.topic == "disclosure")
    return (verb.text != "受理" or told) and touch(figure.lead, verb, last)


def _by_verb(figure: Figure, verbs: Sequence[Mark], context: Context) -> list[tuple[Measure, int]]:
    cues = {mark.cue for mark in verbs}
    if figure.leads_with("on_time") and context.part:
        return []
    if cues == {"receive", "conclude"}:
        first, second = verbs[0], verbs[-1]
        if len(verbs) == 2 and touch(figure.lead, first, second):
            both: list[tuple[Measure, int]] = [
                ("requests_received", SAID),
                ("requests_concluded", SAID),
            ]
            return [] if context.part else both
    verb = verbs[-1]
    if verb.cue == "conclude":
        return [("requests_concluded", SAID)]
    if context.part and verb.text not in _NEW:
        return []
    return [("requests_received", _rank(figure, verbs, context))]


def _rank(figure: Figure, verbs: Sequence[Mark], context: Context) -> int:
    if context.topic != "request" and not _names_request(figure):
        return LOOSE
    if verbs[-1].text in _NEW and verbs[-1].text != "新收到":
        return NEW
    return SAID if any(mark.cue == "receive" for mark in verbs) else HANDLED


def _names_request(figure: Figure) -> bool:
    behind = [mark for mark in without_light(figure.tail) if mark.cue not in _PEOPLE]
    return figure.leads_with("request") or bool(behind and behind[0].cue == "request")


def _without_verb(figure: Figure, last: Mark, context: Context) -> list[tuple[Measure, int]]:
    if context.part and context.named_loosely and last.cue == "request":
        return [("requests_received", SAID)]  # 收到38件申请，其中政府信息公开申请6件
    if context.part or context.sorts_by_class or last.cue != "request":
        return []
    if figure.number.unit in ("条", "个", "次") and figure.number.value:
        return []
    if any(mark.text == "事项" for mark in figure.lead):
        return []  # 依申请公开事项7项 lists services.
    return [("requests_received", BARE)]


def _new_ones(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    """本年度新增45件, where the topic is requests."""
    new = any(mark.text in _NEW for mark in figure.lead)
    return [("requests_received", NEW)] if new and context.topic == "request" else []


def _sum_of_parts(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    """网络13件、信函7件，合计20件; 予以公开6件、无法提供7件，总计13件: when they do add up."""
    if context.topic != "request" or not figure.leads_with("sum", "total"):
        return []
    kinds = context.adds_up(figure.number.value)
    if kinds == {"requests_received"}:
        return [("requests_received", SAID)]  # 各乡镇收到申请42件，县直部门收到144件，共计186件
    if "mode" in kinds and kinds <= {"mode", ""}:
        return [("requests_received", HANDLED)]
    return [("requests_concluded", HANDLED)] if kinds == {"outcome"} else []


def _number_first(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    """1646件已答复: the verb stands behind the number, and nothing of weight before it."""
    behind = without_light(figure.tail)
    if not behind or not touch(figure.tail, figure.number, behind[0]):
        return []
    asked = any(mark.cue == "sum" or mark.text in _ASKED for mark in figure.lead)
    if behind[0].cue == "request" and asked:
        return [("requests_received", HANDLED)]  # 合计5件政府信息公开申请
    ended = [mark for mark in behind if mark.cue != "on_time"]
    if context.topic == "request" and behind[0].text in _NEW:
        return [("requests_received", NEW)]  # 其中53件为本年新收
    if context.topic != "request" or len(ended) != 1 or ended[0].cue != "conclude":
        return []
    return [("requests_concluded", HANDLED)]
