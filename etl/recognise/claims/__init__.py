"""The figures that a report's prose claims, to be held against its tables.

The way of a paragraph::

    marks        text    → numbers, cue words (``cues.csv``), breaks
    clauses      marks   → clauses and sentences
    context      clauses → what holds for a figure: topic, period, subject, parts, channel
    disclosure, requests, cases, zeros, enumeration
                         → the figures, each with how well it is worded
    find_claims          → at most one figure a measure and channel

A new wording is nearly always a word in ``cues.csv``. What is doubtful is left out: a missing
claim leaves a check undecided, a wrong one accuses an agency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.reading import Claim, Prose
from etl.recognise.claims.cases import read_cases
from etl.recognise.claims.clauses import Clause, Sentence, split_clauses, split_sentences
from etl.recognise.claims.context import Context, Figure, Found, figures_of
from etl.recognise.claims.disclosure import read_disclosure, remember_channels
from etl.recognise.claims.enumeration import read_enumeration
from etl.recognise.claims.marks import NUMBER, normalise
from etl.recognise.claims.requests import BARE, read_requests
from etl.recognise.claims.zeros import read_zeros

__all__ = ["find_claims"]

QUOTE_LIMIT = 120
_REPORTING_SECTIONS = (1, 2, 3, 4)
_HEADING_LIMIT = 30
_STATED = ("requests_received", "requests_concluded")
_FIGURES = frozenset("0123456789０１２３４５６７８９零〇一二两三四五六七八九十未无没全均")


class _Candidate(NamedTuple):
    """A figure with what decides between rivals: place in the form first, wording second."""

    outside: bool
    rank: int
    section: int
    order: int
    found: Found
    prose: Prose
    quote: str


def find_claims(prose: Sequence[Prose], year: int, scope: str = "agency") -> tuple[Claim, ...]:
    """The claims of a report's prose in printed order, at most one a measure and channel.

    ``year`` is the report year: figures of other years are no claims. With ``scope`` ``rollup``
    the subject is the whole area (全市…), else the agency. Of several figures for one measure
    and channel the best worded stands (主动公开 before 公开 before the disclosure column before
    a sum of parts; a verb of receiving before 办理), then the one in the earlier section, then
    the first printed.
    """
    best: dict[tuple[str, str | None], _Candidate] = {}
    for candidate in _candidates(prose, year, scope):
        key = (candidate.found.measure, candidate.found.channel)
        if key not in best or candidate[:4] < best[key][:4]:
            best[key] = candidate
    chosen = sorted(best.values(), key=lambda candidate: candidate.order)
    return tuple(_claim(candidate) for candidate in chosen)


def _claim(candidate: _Candidate) -> Claim:
    found = candidate.found
    return Claim(
        measure=found.measure,
        value=found.value,
        quote=candidate.quote,
        place=candidate.prose.place,
        channel=found.channel,
        approximate=found.approximate,
        derived=found.derived,
    )


def _candidates(prose: Sequence[Prose], year: int, scope: str) -> Iterator[_Candidate]:
    order = 0
    heading = ""
    for paragraph in prose:
        if _is_heading(paragraph.text):
            heading = _heading_topic(paragraph.text)
        if _FIGURES.isdisjoint(paragraph.text):
            continue
        text, positions = normalise(paragraph.text)
        context = Context(year, scope, paragraph.section, topic=heading)
        context.about_disclosure = bool(heading) or "信息公开" in text or "依申请公开" in text
        for sentence, found in _read_paragraph(text, context):
            if not _stands(found, paragraph.section, context):
                continue
            order += 1
            yield _Candidate(
                outside=paragraph.section not in _REPORTING_SECTIONS,
                rank=found.rank,
                section=paragraph.section,
                order=order,
                found=found,
                prose=paragraph,
                quote=_quote(paragraph.text, positions, sentence, found),
            )


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_LIMIT and not any(mark in text for mark in "。，,；;")


def _heading_topic(text: str) -> str:
    if "依申请公开" in text or "公开申请" in text:
        return "request"
    return ""


def _stands(found: Found, section: int, context: Context) -> bool:
    """Problems, plans and other matters (sections 5, 6) claim a figure only with its year."""
    return section in _REPORTING_SECTIONS or context.period == "this"


def _read_paragraph(text: str, context: Context) -> Iterator[tuple[Sentence, Found]]:
    for sentence in split_sentences(text):
        if not sentence.telling:
            context.pass_by(text[sentence.start : sentence.end])
            continue
        context.begin_sentence()
        clauses = split_clauses(text, sentence)
        for clause in clauses:
            for found in _read_clause(clause, context):
                yield sentence, found
        if not (context.items_stated or context.blocked or context.part):
            summed = read_enumeration(clauses, text, sentence.end)
            if summed is not None:
                yield sentence, summed


def _read_clause(clause: Clause, context: Context) -> Iterator[Found]:
    context.enter(clause)
    if clause.depth and context.figures:
        context.part, context.part_depth = True, max(clause.depth, context.part_depth)
    figures = figures_of(clause.marks)
    taken = False
    for figure in figures:
        context.read_topic(figure.lead, clause.depth)
        for found in _read_figure(figure, context):
            taken = taken or found.measure == "disclosed_items"
            yield found
    context.read_topic(figures[-1].tail if figures else clause.marks, clause.depth)
    if not context.blocked:
        yield from read_zeros(clause, context)
    remember_channels(clause.marks, context, bool(figures), taken)


def _read_figure(figure: Figure, context: Context) -> Iterator[Found]:
    if context.blocked or figure.number.unit == "?":
        return
    item = read_disclosure(figure, context)
    if item is not None:
        context.channel_used = context.items_stated = context.items_before = True
        yield item
    else:
        others = read_requests(figure, context) or read_cases(figure, context)
        if any(found.measure == "requests_received" for found in others):
            context.topic = "request"
        if any(found.measure in _STATED and found.rank < BARE for found in others):
            context.requests_stated = True
        yield from others
    context.figures += figure.number.cue == NUMBER


def _quote(text: str, positions: list[int] | None, sentence: Sentence, found: Found) -> str:
    """The sentence as printed; of a long one the stretch that ends soon after the figure."""
    start, end = sentence.start, sentence.end
    if end - start > QUOTE_LIMIT:
        end = min(end, max(found.end, start + QUOTE_LIMIT))
        start = max(start, end - QUOTE_LIMIT)
    if positions is not None:
        start, end = positions[start], positions[end - 1] + 1
    return text[start:end].strip()
