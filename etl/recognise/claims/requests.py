"""Figures of requests: received, concluded, carried over, granted, refused."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.context import CHANNELS, Context, Figure, Found, touch, without_light
from etl.recognise.claims.marks import YEAR, Mark

UNITS = frozenset({"件", "起", "宗", "份", "项", "条", "封", "例", "个", "件次", "件(次)", ""})
SAID, HANDLED, BARE = 1, 2, 3
"""Ranks: a verb of receiving or concluding, 办理/处理 (received and carried in), no verb."""

_OUTCOMES: dict[str, Measure] = {"granted": "granted", "partial": "partial", "refused": "refused"}
_VERBS = frozenset({"receive", "handle", "conclude"})
_REQUESTS = frozenset({"request", "bare_request"})
_SKIPPED = frozenset({"organisation", "part", "whole", "office", "locative", "upkeep"})


def read_requests(figure: Figure, context: Context) -> list[Found]:
    """The claims that a number of a clause makes about requests; mostly none or one."""
    if figure.number.unit not in UNITS or figure.is_blocked("requests"):
        return []
    carried = _carried(figure, context)
    if carried is not None:
        return [] if carried == "" else [_found(figure, carried, SAID)]  # type: ignore[arg-type]
    if figure.leads_with("past", "next") or is_one_mode(figure.lead):
        return []
    outcome = _outcome(figure, context)
    if outcome is not None:
        return [] if outcome == "" else [_found(figure, outcome, SAID)]  # type: ignore[arg-type]
    return [_found(figure, measure, rank) for measure, rank in _verb_claims(figure, context)]


def _found(figure: Figure, measure: Measure, rank: int) -> Found:
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return Found(measure, number.value, rank, start, number.end, approximate=number.approximate)


def _carried(figure: Figure, context: Context) -> str | None:
    """``carried_in`` or ``carried_out``, ``""`` when it can't be told, None without the word."""
    side = figure.lead if figure.leads_with("carry") else figure.tail
    if not any(mark.cue == "carry" for mark in side):
        return None
    if side is figure.tail and without_light(figure.lead):
        # 收到16件…: a figure with a wording of its own isn't the one carried over.
        nearest = without_light(figure.lead)[-1]
        if nearest.cue not in _SKIPPED:
            return None
    if context.topic not in ("request", ""):
        return ""
    return direction(side, context.year) or direction([*figure.lead, *figure.tail], context.year)


def direction(marks: Sequence[Mark], year: int) -> str:
    """``carried_in`` or ``carried_out`` by the year that stands beside 结转; ``""`` if unclear."""
    ways = set()
    for mark in marks:
        if mark.cue == "past" or (mark.cue == YEAR and mark.value == year - 1):
            ways.add("carried_in")
        elif mark.cue == "next" or (mark.cue == YEAR and mark.value == year + 1):
            ways.add("carried_out")
    return ways.pop() if len(ways) == 1 else ""


def _outcome(figure: Figure, context: Context) -> str | None:
    named = {mark.cue for mark in figure.lead if mark.cue in _OUTCOMES}
    side, last = figure.lead, None
    if named:
        last = [mark for mark in figure.lead if mark.cue in _OUTCOMES][-1]
        beside = touch(side, last, figure.number) or _through_object(figure, last)
    else:
        behind = without_light(figure.tail)
        lead = [mark for mark in without_light(figure.lead) if mark.cue not in _SKIPPED]
        if lead or not behind or behind[0].cue not in _OUTCOMES:
            return None
        named = {mark.cue for mark in behind if mark.cue in _OUTCOMES}
        beside = touch(figure.tail, figure.number, behind[0])
    if context.topic != "request" or figure.leads_with("reason", "applicant"):
        return ""
    if context.sorts_papers:
        return ""
    return _OUTCOMES[named.pop()] if len(named) == 1 and beside else ""


def _through_object(figure: Figure, outcome: Mark) -> bool:
    """予以公开政府信息5件: the object may stand between, but not 信息数 with 条."""
    behind = [mark for mark in without_light(figure.lead) if mark.start > outcome.start]
    if len(behind) != 1 or figure.number.unit in ("条", ""):
        return False
    if behind[0].cue not in _REQUESTS | {"information"}:
        return False
    return touch(figure.lead, outcome, behind[0]) and touch(figure.lead, behind[0], figure.number)


def is_one_mode(lead: Sequence[Mark]) -> bool:
    """One way of asking or one kind of applicant: a part. Several named together are the whole."""
    modes = [mark for mark in lead if mark.cue == "mode" or mark.cue in CHANNELS]
    people = [mark for mark in lead if mark.cue in ("applicant", "organisation")]
    open_list = any(mark.cue == "many_channels" for mark in lead)
    one_kind = len(people) == 1 and people[0].cue == "applicant"
    return (len(modes) == 1 and not open_list) or one_kind


def _verb_claims(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    core = [mark for mark in without_light(figure.lead) if mark.cue not in _SKIPPED]
    if not core:
        return _number_first(figure, context)
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
        return None if figure.number.unit in ("条", "") else core[-2]
    return last if touch(figure.lead, last, figure.number) else None


def _is_about_requests(figure: Figure, core: Sequence[Mark], context: Context) -> bool:
    if context.topic == "request" or any(mark.cue == "request" for mark in core):
        return True
    behind = without_light(figure.tail)
    if not behind or behind[0].cue not in _REQUESTS:
        return False
    if behind[0].cue == "bare_request":
        return core[-1].text != "受理" and touch(figure.tail, figure.number, behind[0])
    return True


def _is_request(last: Mark, core: Sequence[Mark], figure: Figure, context: Context) -> bool:
    if last.cue not in _REQUESTS:
        return False
    if last.cue == "request" or context.topic == "request":
        return True
    verb = core[-2] if len(core) > 1 else None
    if verb is None or verb.cue != "receive" or context.topic == "other":
        return False
    return verb.text != "受理" and touch(figure.lead, verb, last)


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
    if context.part:
        return []
    return [("requests_received", SAID if "receive" in cues else HANDLED)]


def _without_verb(figure: Figure, last: Mark, context: Context) -> list[tuple[Measure, int]]:
    if context.part or last.cue != "request" or figure.number.unit in ("条", "个"):
        return []
    if any(mark.text == "事项" for mark in figure.lead):
        return []  # 依申请公开事项7项 lists services.
    return [("requests_received", BARE)]


def _number_first(figure: Figure, context: Context) -> list[tuple[Measure, int]]:
    """1646件已答复: the verb stands behind the number, and nothing of weight before it."""
    behind = without_light(figure.tail)
    if not behind or not touch(figure.tail, figure.number, behind[0]):
        return []
    if behind[0].cue == "request" and any(mark.cue == "sum" for mark in figure.lead):
        return [("requests_received", HANDLED)]  # 合计5件政府信息公开申请
    if context.topic != "request" or len(behind) != 1 or behind[0].cue != "conclude":
        return []
    return [("requests_concluded", HANDLED)]
