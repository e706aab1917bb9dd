"""Figures of information disclosed on the agency's own initiative, in total or for one channel."""

from __future__ import annotations

from collections.abc import Sequence

from etl.recognise.claims.channels import UNCLEAR, channels_behind, figure_channel
from etl.recognise.claims.clauses import Clause
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
from etl.recognise.claims.marks import YEAR, Mark

UNITS = frozenset({"条", "件", "份", "篇", "个", "次", "则", "条次", "条(次)", "条/次", ""})
PROVEN, BEST, GENERAL, COLUMN, SUMMED = 0, 1, 2, 3, 4
"""Ranks of a total: 共计… that its parts add up to (or 其中…年 of all years), 主动公开…,
公开/发布…, the disclosure column, an enumeration added up."""

GENERAL_WORDING, BESIDE_CHANNEL = "general", "channel"

_OBJECTS = frozenset({"information", "information_list", "content"})
_PAPERS = ("文件", "政府文件")
_CORE = INFORMATION | {"content", "disclose"}


def read_disclosure(figure: Figure, context: Context) -> Found | None:
    """The claim that a number of a clause makes about disclosed items, or None."""
    if figure.number.unit not in UNITS or figure.is_blocked("items"):
        return None
    if figure.number.unit == "次" and figure.leads_with("update", "notice_board"):
        return None  # counts visits of the editor, not items
    if any(mark.cue == "submit" for mark in figure.tail):
        return None
    channel = figure_channel(figure, context)
    wording = "" if channel == UNCLEAR else _wording(figure, context, channel is not None)
    if not wording or (channel is None and wording == BESIDE_CHANNEL):
        return None
    rank = BEST if "主动" in _text(figure.lead) else GENERAL
    if channel is None and (context.whole_year or is_sum(figure, context)):
        rank = PROVEN
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


def names_items(clause: Clause) -> bool:
    """Whether the figure of 公开政府信息 comes in the next clause.

    So it does where the words end their clause, and behind a comparison: 公开信息比2022年的512条
    增加88条，达到600条.
    """
    core = [mark for mark in clause.marks if mark.cue not in LIGHT]
    told = next((place for place, mark in enumerate(core) if mark.cue == "information"), 0)
    if not told or core[told - 1].cue != "disclose":
        return False
    if not touch(clause.marks, core[told - 1], core[told]):
        return False
    behind = core[told + 1].cue if told + 1 < len(core) else ""
    return behind == "compare" or (not behind and core[told].end == clause.end)


def _wording(figure: Figure, context: Context, beside_channel: bool) -> str:
    """``GENERAL_WORDING``, ``BESIDE_CHANNEL`` (means all items of a channel only), or nothing."""
    core = without_light(figure.lead)
    if not core and channels_behind(figure):
        return BESIDE_CHANNEL if context.topic == "disclosure" or context.items_before else ""
    if not core:
        opened = context.object_open and bool(figure.lead)  # 累计1426条, 达到600条
        stands = opened or _is_whole(figure, context)
        return GENERAL_WORDING if stands else ""
    last = core[-1]
    if not touch(figure.lead, last, figure.number):
        return ""
    if last.cue == "disclose":
        return _verb_then_number(figure, core, context, beside_channel)
    if last.cue in _OBJECTS:
        return _object_then_number(figure, core, context, beside_channel)
    return _noun_then_number(figure, core, context, beside_channel)


def _noun_then_number(
    figure: Figure, core: Sequence[Mark], context: Context, beside_channel: bool
) -> str:
    """信息公开182条, 网站信息更新量2310条, and a channel itself among parts: 网站118条."""
    last = core[-1]
    if last.cue == "publication":
        return GENERAL_WORDING if figure.number.unit in ("条", "") else ""
    if last.cue == "update":
        counted = "信息" in last.text or (len(core) > 1 and core[-2].cue in CHANNELS)
        return BESIDE_CHANNEL if counted and beside_channel else ""
    posts = any(mark.cue == "disclose" for mark in core)  # 发布原创微博11条
    told = context.figures or (context.items_before and figure.number.unit == "条")
    known = context.topic == "disclosure" and told
    counted = last.cue in CHANNELS and figure.number.unit != "个"  # 政务微信1个 is an account
    return BESIDE_CHANNEL if counted and known and not posts else ""


def _is_whole(figure: Figure, context: Context) -> bool:
    """共计194条 behind its own parts."""
    if context.part or not context.parts:
        return False
    if is_sum(figure, context):
        return context.topic == "disclosure" or (not context.topic and context.own_initiative)
    return figure.leads_with("sum") and context.topic == "disclosure"


def is_sum(figure: Figure, context: Context) -> bool:
    """Whether the figure is called a sum and the figures before it do add up to it."""
    called = figure.leads_with("sum", "total")
    return called and bool(context.adds_up(figure.number.value))


def _object_then_number(
    figure: Figure, core: Sequence[Mark], context: Context, beside_channel: bool
) -> str:
    """主动公开政府信息523条: verb and object side by side; 公开财政信息12条 is a part only."""
    thing = core[-1]
    if thing.cue == "information_list":
        return _list_then_number(core)
    before = core[-2] if len(core) > 1 else None
    if before is None or not touch(figure.lead, before, thing):
        return ""
    if before.cue in CHANNELS:
        # 主动公开网站信息6217份; 其中，网站更新信息145条
        said = any(mark.cue in ("disclose", "update") for mark in core) or context.items_before
        return BESIDE_CHANNEL if said else ""
    if before.cue == "disclose" and thing.cue != "content":
        return GENERAL_WORDING
    # 公开文件63件 is one kind among others, 主动公开文件63件 are all of them.
    verb = before.text == "主动公开" if thing.text in _PAPERS else before.cue == "disclose"
    whole = beside_channel and not _opens_a_list(figure)
    return BESIDE_CHANNEL if whole and (verb or before.cue == "update") else ""


def _opens_a_list(figure: Figure) -> bool:
    """网站公开工作动态33条、乡镇建设12条: the first part of several."""
    return figure.next_lead is not None and not any(
        mark.cue in CHANNELS or mark.cue == "disclose" for mark in figure.next_lead
    )


def _list_then_number(core: Sequence[Mark]) -> str:
    """发布雷电等信息38条 counts one kind, unless by 主动公开 or as all that a channel publishes."""
    if not any(mark.cue == "disclose" for mark in core):
        return ""
    every = core[-1].text != "等信息" or any("主动" in mark.text for mark in core)
    return GENERAL_WORDING if every else BESIDE_CHANNEL


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
    if behind and behind[0].cue == "other" and touch(figure.tail, figure.number, behind[0]):
        return ""  # 发布91条视频
    return _without_object(figure, verb, context, beside_channel)


def _without_object(figure: Figure, verb: Mark, context: Context, beside_channel: bool) -> str:
    """网站公开118条, 2023年公开501条, 累计公开1145条: what is counted was said before."""
    known = context.topic == "disclosure" or context.items_stated
    if is_sum(figure, context):
        return GENERAL_WORDING
    if verb.text == "实际公开":
        return GENERAL_WORDING if known else ""  # 应公开政府信息1426条，实际公开1426条
    if known and figure.leads_with(YEAR) and figure.number.unit == "条":
        return GENERAL_WORDING  # 2022年公开信息455条，2023年公开501条
    if beside_channel and (known or verb.text == "发稿"):
        return BESIDE_CHANNEL if figure.number.unit else ""
    spoken = figure.leads_with("total", "sum")
    spoken = spoken or (verb.text == "主动公开" and not context.sorts_by_class)
    told = context.topic == "disclosure" or (not context.topic and verb.text == "主动公开")
    first = told and not context.figures and figure.number.unit == "条"
    return GENERAL_WORDING if spoken and first else ""


def _may_be_total(context: Context) -> bool:
    return not context.part and context.topic in ("disclosure", "")


def _text(marks: Sequence[Mark]) -> str:
    return "".join(mark.text for mark in marks if mark.cue in LIGHT or mark.cue == "disclose")
