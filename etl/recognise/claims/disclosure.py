"""Figures of information disclosed on the agency's own initiative, in total or for one channel."""

from __future__ import annotations

from collections.abc import Sequence

from etl.recognise.claims.context import (
    CHANNELS,
    INFORMATION,
    LIGHT,
    Context,
    Figure,
    Found,
    touch,
    without_light,
)
from etl.recognise.claims.marks import Mark

UNITS = frozenset({"条", "件", "份", "篇", "个", "次", "则", "条次", "条(次)", "条/次", ""})
BEST, GENERAL, COLUMN, SUMMED = 1, 2, 3, 4
"""Ranks of a total: 主动公开…, 公开/发布…, the disclosure column, an enumeration added up."""

_ANY_NEW_MEDIA = frozenset({"新媒体", "政务新媒体", "新媒体平台", "政务新媒体平台"})
_SOCIAL = frozenset({"wechat", "weibo", "new_media"})
UNCLEAR = "unclear"
GENERAL_WORDING, BESIDE_CHANNEL = "general", "channel"

_OBJECTS = frozenset({"information", "information_list", "content"})
_CORE = INFORMATION | {"content", "disclose"}


def read_disclosure(figure: Figure, context: Context) -> Found | None:
    """The claim that a number of a clause makes about disclosed items, or None."""
    if figure.number.unit not in UNITS or figure.is_blocked("items"):
        return None
    if any(mark.cue == "submit" for mark in figure.tail):
        return None
    channel = _channel(figure, context)
    wording = "" if channel == UNCLEAR else _wording(figure, context, channel is not None)
    if not wording or (channel is None and wording == BESIDE_CHANNEL):
        return None
    rank = BEST if "主动" in _text(figure.lead) else GENERAL
    if channel == "disclosure_platform":
        channel, rank = _as_column(figure, context, rank)
    if channel == UNCLEAR or (channel is None and not _may_be_total(context)):
        return None
    return _found(figure, channel, rank)


def _found(figure: Figure, channel: str | None, rank: int) -> Found:
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    return Found(
        "disclosed_items", number.value, rank, start, number.end, channel, number.approximate
    )


def _as_column(figure: Figure, context: Context, rank: int) -> tuple[str | None, int]:
    """The disclosure column stands for the total, but among parts it is a platform or a class."""
    if not context.part:
        return None, COLUMN
    named = any(mark.text.endswith("平台") for mark in figure.lead)
    return ("platform" if named else UNCLEAR), rank


def remember_channels(
    marks: Sequence[Mark], context: Context, has_number: bool, taken: bool
) -> None:
    """Keep the channels of a clause for the clauses behind it that name none.

    A channel counts when something is done through it (通过…, 在…) or when it opens the clause;
    one that is only built or kept (开设, 维护) says nothing of what follows.
    """
    channels = [mark for mark in marks if mark.cue in CHANNELS or mark.cue == "many_channels"]
    if not channels:
        return
    first = channels[0]
    if any(mark.cue == "upkeep" for mark in marks):
        # 在网站开设专题，公开45条: the figure may be the new column's alone.
        context.channel_unclear = any(mark.cue == "column" for mark in marks)
        return
    before = [mark for mark in without_light(marks) if mark.start < first.start]
    if before and not any(mark.cue == "locative" for mark in before):
        return
    if has_number:
        last = [mark for mark in marks if mark.cue == "number"][-1]
        nearest = [mark for mark in channels if mark.start < last.start]
        context.channels = nearest[-1:] or context.channels
        context.channel_used = taken
        return
    context.channels = [] if context.channel_used else context.channels
    context.channels = context.channels + channels
    context.channel_used = False
    context.channel_unclear = any(mark.cue == "disclose" for mark in marks)


def _channel(figure: Figure, context: Context) -> str | None:
    """The channel of a figure, None for all of them together, or ``UNCLEAR``."""
    own = [mark for mark in figure.lead if mark.cue in CHANNELS or mark.cue == "many_channels"]
    if own:
        return _one_channel(own, figure)
    inherited = context.channels
    many = any(mark.cue == "many_channels" for mark in inherited)
    if context.channel_unclear and many:
        return None
    if context.channel_unclear or (inherited and context.channel_used):
        # The channel may have ended with the figure before: only 共/累计 shows that it has.
        spoken = any(mark.cue in ("total", "sum") for mark in figure.lead)
        return None if spoken else UNCLEAR
    return _one_channel(inherited, figure) if inherited else None


def _one_channel(named: Sequence[Mark], figure: Figure) -> str | None:
    told = [mark for mark in named if mark.text not in _ANY_NEW_MEDIA] or named
    kinds = {mark.cue for mark in (told if {mark.cue for mark in told} <= _SOCIAL else named)}
    if "many_channels" in kinds:
        return None
    if "column" in kinds:
        return UNCLEAR  # one column of a site is a part of that site
    for minor in ("disclosure_platform", "platform"):
        if len(kinds) > 1:
            kinds.discard(minor)
    if len(kinds) > 1 and kinds <= _SOCIAL:
        return "new_media"
    if len(kinds) > 1:
        return None if "主动公开" in _text(figure.lead) else UNCLEAR
    return "other" if kinds == {"other_channel"} else kinds.pop()


def _wording(figure: Figure, context: Context, beside_channel: bool) -> str:
    """``GENERAL_WORDING``, ``BESIDE_CHANNEL`` (means all items of a channel only), or nothing."""
    core = without_light(figure.lead)
    if not core:
        return _sum_wording(figure, context)
    last = core[-1]
    if not touch(figure.lead, last, figure.number):
        return ""
    if last.cue == "publication":
        return GENERAL_WORDING if figure.number.unit in ("条", "") else ""
    if last.cue == "disclose":
        return _verb_then_number(figure, core, context, beside_channel)
    if last.cue in _OBJECTS:
        return _object_then_number(figure.lead, core, context, beside_channel)
    posts = any(mark.cue == "disclose" for mark in core)  # 发布原创微博11条
    known = context.topic == "disclosure" and context.figures
    return BESIDE_CHANNEL if last.cue in CHANNELS and known and not posts else ""


def _sum_wording(figure: Figure, context: Context) -> str:
    """共计194条 behind its own parts."""
    summed = any(mark.cue == "sum" for mark in figure.lead)
    whole = context.topic == "disclosure" and context.figures and not context.part
    return GENERAL_WORDING if summed and whole else ""


def _object_then_number(
    lead: Sequence[Mark], core: Sequence[Mark], context: Context, beside_channel: bool
) -> str:
    """主动公开政府信息523条: verb and object side by side; 公开财政信息12条 is a part only."""
    thing = core[-1]
    if thing.cue == "information_list":
        return GENERAL_WORDING if any(mark.cue == "disclose" for mark in core) else ""
    before = core[-2] if len(core) > 1 else None
    if before is None:
        return ""
    if before.cue in CHANNELS:
        # 主动公开网站信息6217份; 其中，网站更新信息145条
        said = any(mark.cue == "disclose" for mark in core) or context.items_before
        return BESIDE_CHANNEL if said and touch(lead, before, thing) else ""
    if before.cue != "disclose" or not touch(lead, before, thing):
        return ""
    if thing.cue == "content":
        return BESIDE_CHANNEL if beside_channel else ""
    return GENERAL_WORDING


def _verb_then_number(
    figure: Figure, core: Sequence[Mark], context: Context, beside_channel: bool
) -> str:
    """信息发布182条, 公开237条信息, 网站公开118条: the verb stands last before the number."""
    verb, before = core[-1], core[-2] if len(core) > 1 else None
    if before is not None and before.cue in ("information", "information_list"):
        return GENERAL_WORDING if touch(figure.lead, before, verb) else ""
    behind = without_light(figure.tail)
    if behind and behind[0].cue in _CORE:
        general = behind[0].cue in INFORMATION and touch(figure.tail, figure.number, behind[0])
        return GENERAL_WORDING if general else ""
    known = context.topic == "disclosure" or context.items_stated
    if beside_channel and (known or verb.text == "发稿"):
        return BESIDE_CHANNEL if figure.number.unit else ""
    spoken = any(mark.cue in ("total", "sum") for mark in figure.lead)
    first = context.topic == "disclosure" and not context.figures and figure.number.unit == "条"
    return GENERAL_WORDING if spoken and first else ""


def _may_be_total(context: Context) -> bool:
    return not context.part and context.topic in ("disclosure", "")


def _text(marks: Sequence[Mark]) -> str:
    return "".join(mark.text for mark in marks if mark.cue in LIGHT or mark.cue == "disclose")
