"""The figures that a report's prose claims, to be held against its tables.

The way of a paragraph::

    printed      text    → half width, simplified characters, and the way back
    marks        text    → numbers, cue words (``cues.csv``), breaks
    clauses      marks   → clauses and sentences
    context      clauses → what holds for a figure: topic, period, subject, parts, channel
    disclosure, requests, carried, cases, zeros, enumeration
                         → the figures, each with how well it is worded
    rivals               → at most one figure a measure and channel, doubts where they disagree

A new wording is nearly always a word in ``cues.csv``. What is doubtful is left out: a missing
claim leaves a check undecided, a wrong one accuses an agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from etl.reading import Claim, Doubt, Prose
from etl.recognise.claims.carried import read_pending
from etl.recognise.claims.cases import read_cases
from etl.recognise.claims.channels import remember_channels
from etl.recognise.claims.clauses import Clause, is_telling, split_clauses, split_sentences
from etl.recognise.claims.context import (
    VERBS,
    Context,
    Figure,
    Found,
    figures_of,
    without_light,
)
from etl.recognise.claims.disclosure import is_sum, names_items, read_disclosure
from etl.recognise.claims.enumeration import read_enumeration
from etl.recognise.claims.joint import read_joint
from etl.recognise.claims.printed import normalise
from etl.recognise.claims.requests import names_requests, read_requests, remember_requests
from etl.recognise.claims.rivals import Candidate, choose
from etl.recognise.claims.zeros import read_zeros

__all__ = ["find_claims", "read_claims"]

QUOTE_LIMIT = 120
_REPORTING_SECTIONS = (1, 2, 3, 4)
_HEADING_LIMIT = 30
_ZONE = re.compile(r"(?:管委会|管理委员会|开发区|高新区|园区|度假区|示范区)(?:\w*办公室)?$")
"""Agencies that mean themselves when they say 我区 or 全区."""
_BARE_ROW = re.compile(r"[^。，,；;：:]{,30}\d\s*$")
"""A row of a table that came apart: a label and its figure, no measure word."""
_NOTE = re.compile(r"\s*(?:[备附小]?注\d*|说明)\s*[:：]")
"""A note explains the table above it: its figures are parts of cells."""
_REQUEST = re.compile("依申请公开|公开申请|依申請公開|公開申請")
_DISCLOSURE = re.compile("信息公开|依申请公开|信息公開|資訊公開|依申請公開")


def find_claims(
    prose: Sequence[Prose], year: int, scope: str = "agency", agency: str = ""
) -> tuple[Claim, ...]:
    """The claims of a report's prose in printed order, at most one a measure and channel.

    ``year`` is the report year: figures of other years are no claims. With ``scope`` ``rollup``
    the subject is the whole area (全市…), else the agency. Of several figures for one measure
    and channel the best worded stands (主动公开 before 公开 before the disclosure column before
    a sum of parts; a verb of receiving before 办理), then the one in the earlier section, then
    the first printed.
    """
    return read_claims(prose, year, scope, agency)[0]


def read_claims(
    prose: Sequence[Prose], year: int, scope: str, agency: str
) -> tuple[tuple[Claim, ...], tuple[Doubt, ...]]:
    """The claims as ``find_claims`` gives them, and a doubt where figures for one disagree.

    ``agency`` is the reporting agency's name: a development zone means itself by 我区.
    """
    own_area = _ZONE.search(agency) is not None
    return choose(_candidates(prose, year, scope, own_area))


def _candidates(
    prose: Sequence[Prose], year: int, scope: str, own_area: bool
) -> Iterator[Candidate]:
    order = 0
    heading = ""
    for paragraph in prose:
        if _NOTE.match(paragraph.text) or _BARE_ROW.match(paragraph.text):
            continue
        if _is_heading(paragraph.text):
            heading = _heading_topic(paragraph.text)
        if not is_telling(paragraph.text):
            continue
        section = paragraph.section or _REPORTING_SECTIONS[0]
        context = Context(year, scope, section, topic=heading, own_area=own_area)
        context.about_disclosure = bool(heading) or _DISCLOSURE.search(paragraph.text) is not None
        for found, quote in _read_paragraph(paragraph.text, context):
            if not _stands(section, context):
                continue
            order += 1
            yield Candidate(
                outside=section not in _REPORTING_SECTIONS,
                rank=found.rank,
                section=section,
                order=order,
                found=found,
                prose=paragraph,
                quote=quote,
            )


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_LIMIT and not any(mark in text for mark in "。，,；;")


def _heading_topic(text: str) -> str:
    return "request" if _REQUEST.search(text) else ""


def _stands(section: int, context: Context) -> bool:
    """Problems, plans and other matters (sections 5, 6) claim a figure only with its year."""
    return section in _REPORTING_SECTIONS or context.period == "this"


def _read_paragraph(printed: str, context: Context) -> Iterator[tuple[Found, str]]:
    """The figures of a paragraph, each with the words that state it."""
    lone: tuple[Found, str] | None = None
    for sentence in split_sentences(printed):
        if not sentence.telling:
            if _REQUEST.search(sentence.printed):
                context.topic = "request"
            continue
        text, positions = normalise(sentence.printed)
        for found in _read_sentence(text, context):
            yield found, _quote(sentence.printed, positions, len(text), found)
        if context.modes == 1 and context.lone_mode is not None:
            lone = (
                context.lone_mode,
                _quote(sentence.printed, positions, len(text), context.lone_mode),
            )
            context.lone_mode = None
    if lone and context.modes == 1 and "requests_received" not in context.stated:
        yield lone


def _read_sentence(text: str, context: Context) -> Iterator[Found]:
    context.begin_sentence()
    clauses = split_clauses(text)
    for clause, following in zip_longest(clauses, clauses[1:]):
        context.following = following
        yield from _read_clause(clause, context)
    if not (context.items_stated or context.blocked or context.part):
        summed = read_enumeration(clauses, text)
        if summed is not None:
            yield summed


def _read_clause(clause: Clause, context: Context) -> Iterator[Found]:
    context.enter(clause)
    if clause.depth and context.figures:
        context.begin_part(max(clause.depth, context.part_depth))
    figures = figures_of(clause)
    if not figures and not context.blocked:
        yield from read_pending(clause.marks, context)
    taken = False
    if figures or not VERBS.isdisjoint(mark.cue for mark in clause.marks):
        context.pending = None
    for figure in figures:
        context.read_topic(figure.lead, clause.depth)
        for found in _read_figure(figure, clause, context):
            taken = taken or found.measure == "disclosed_items"
            yield found
    context.read_topic(figures[-1].tail if figures else clause.marks, clause.depth)
    if not context.blocked:
        yield from read_zeros(clause, context)
    remember_channels(clause.marks, context, bool(figures), taken)
    context.object_open = names_items(clause)
    if not (figures or context.blocked or context.part):
        context.request_open = context.request_open or names_requests(clause)


def _read_figure(figure: Figure, clause: Clause, context: Context) -> Iterator[Found]:
    if figure.number.unit == "?":
        context.add_part(figure.number.value, "")
        return
    if context.blocked and not _ends_the_parts(figure, context):
        context.add_part(figure.number.value, _share_of(figure, context))
        return
    item = read_disclosure(figure, context)
    joint = read_joint(figure, clause, context) if item is None else None
    if item is not None:
        context.channel_used = context.items_stated = context.items_before = True
        yield item
        context.add_part(figure.number.value, "item")
    else:
        others = joint
        if others is None:
            others = read_requests(figure, context) or read_cases(figure, context)
        remember_requests(figure, others, context)
        yield from others
    context.figures += 1


def _share_of(figure: Figure, context: Context) -> str:
    """What the share of areas or departments counts: 各乡镇收到42件，县直部门收到144件，共186件."""
    if context.subject != "share" or context.period == "other":
        return ""
    found = read_requests(figure, context)
    if not found:
        return ""
    context.topic = "request"
    return found[0].measure


def _ends_the_parts(figure: Figure, context: Context) -> bool:
    """各区县…12.3万条，市级部门…4.5万条，共计16.8万条: the whole after the offices' parts."""
    parted = context.scope == "rollup" and context.subject in ("office", "share")
    ends = parted and not without_light(figure.lead) and is_sum(figure, context)
    if ends and context.subject == "share":
        context.subject = "whole"
    return ends


def _quote(printed: str, positions: list[int] | None, end: int, found: Found) -> str:
    """The sentence as printed; of a long one the stretch that ends soon after the figure."""
    start = 0
    if end > QUOTE_LIMIT:
        end = min(end, max(found.end, QUOTE_LIMIT))
        start = max(0, end - QUOTE_LIMIT)
    if positions is not None:
        start, end = positions[start], positions[end - 1] + 1
    return printed[start:end].strip()
