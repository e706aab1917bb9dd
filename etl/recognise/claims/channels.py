"""Which channel a figure of disclosed items belongs to: its clause's own, or one named before."""

from __future__ import annotations

from collections.abc import Sequence

from etl.recognise.claims.context import CHANNELS, Context, Figure, without_light
from etl.recognise.claims.marks import Mark

UNCLEAR = "unclear"

_TOGETHER = ("共", "合计", "共计", "总计", "一共", "总共")
_ANY_NEW_MEDIA = frozenset({"新媒体", "政务新媒体", "新媒体平台", "政务新媒体平台"})
_SOCIAL = frozenset({"wechat", "weibo", "new_media"})


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
        context.channel_used, context.channel_counted = taken, True
        return
    context.channels = [] if context.channel_used else context.channels
    context.channels = context.channels + channels
    context.channel_used = context.channel_counted = False
    context.channel_unclear = any(mark.cue == "disclose" for mark in marks)


def figure_channel(figure: Figure, context: Context) -> str | None:
    """The channel of a figure, None for all of them together, or ``UNCLEAR``."""
    own = [mark for mark in figure.lead if mark.cue in CHANNELS or mark.cue == "many_channels"]
    own = own or channels_behind(figure)
    if own:
        return _one_channel(own, figure)
    inherited = context.channels
    if context.channel_counted and figure.leads_with("sum"):
        return None
    many = any(mark.cue == "many_channels" for mark in inherited)
    if context.channel_unclear and many:
        return None
    if context.channel_unclear or (inherited and context.channel_used):
        # The channel may have ended with the figure before: only 共/累计 shows that it has.
        spoken = any(mark.cue in ("total", "sum") for mark in figure.lead)
        return None if spoken else UNCLEAR
    if inherited:
        return _one_channel(inherited, figure)
    return UNCLEAR if context.channel_idle and not figure.leads_with_word("公开") else None


def channels_behind(figure: Figure) -> list[Mark]:
    """The channels of 其余112条通过报刊、广播等方式公开, where nothing else is said of a figure."""
    behind = without_light(figure.tail)
    if without_light(figure.lead) or len(behind) < 3 or behind[0].cue != "locative":
        return []
    between = [mark for mark in behind[1:-1] if mark.cue != "many_channels"]
    told = behind[-1].cue == "disclose" and all(mark.cue in CHANNELS for mark in between)
    return between if told else []


def _one_channel(named: Sequence[Mark], figure: Figure) -> str | None:
    told = [mark for mark in named if mark.text not in _ANY_NEW_MEDIA] or named
    kinds = {mark.cue for mark in (told if {mark.cue for mark in told} <= _SOCIAL else named)}
    if "many_channels" in kinds:
        social = len(named) > 2 and kinds - {"many_channels"} <= _SOCIAL
        # 依托微信公众号、视频号等平台发布: the list goes on with more of their kind.
        return "new_media" if social and not figure.leads_with_word("主动公开") else None
    if "column" in kinds:
        return UNCLEAR  # one column of a site is a part of that site
    for minor in ("disclosure_platform", "platform"):
        if len(kinds) > 1:
            kinds.discard(minor)
    if len(kinds) > 1 and kinds <= _SOCIAL:
        return "new_media"
    if len(kinds) > 1:
        # 通过网站、公众号共公开1715条: both together are all that is told.
        together = any(mark.text in _TOGETHER for mark in figure.lead)
        return None if together or figure.leads_with_word("主动公开") else UNCLEAR
    return "other" if kinds == {"other_channel"} else kinds.pop()
