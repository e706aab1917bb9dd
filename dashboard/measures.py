"""Measures on screen: the catalogue shared with the exports, and how a rate is written.

The definitions themselves live in ``etl.measures`` (``measures.csv`` there), so that a
number on a page and the same number in an exported file can never be defined twice.
"""

from __future__ import annotations

import math
import re
from functools import cache

from dashboard.style import format_number
from dashboard.texts import Language, text
from etl.form import EDITIONS, groups, load_form
from etl.measures import SMALL_DENOMINATOR, Measure, measure, measures

__all__ = [
    "SMALL_DENOMINATOR",
    "Measure",
    "coverage_text",
    "explain",
    "format_rate",
    "fraction",
    "is_small",
    "item_label",
    "measure",
    "measures",
    "party_label",
]

_NUMERAL = re.compile(r"^(?:[一二三四五六七]、|（[一二三四五六七]）|\(\d\) |\d+\. ?)")
_ASIDE = re.compile(r" ?[（(][^（(）)]{6,}[）)]$")


def is_small(denominator: float) -> bool:
    """Whether a rate on this denominator is written n/N and kept out of rankings."""
    return not denominator >= SMALL_DENOMINATOR


def fraction(numerator: float, denominator: float) -> str:
    """Give ``1,519/3,486``."""
    return f"{format_number(numerator)}/{format_number(denominator)}"


def format_rate(chosen: Measure, numerator: float, denominator: float, language: Language) -> str:
    """Give ``43.6%``, ``3/7`` on a small denominator, ``不适用`` on none, a dash on no figure."""
    if math.isnan(numerator) or math.isnan(denominator):
        return format_number(None)
    if denominator <= 0:
        return text("measure.undefined", language)
    if is_small(denominator):
        return fraction(numerator, denominator)
    value = 100 * numerator / denominator
    return f"{value:.1f}%" if chosen.unit == "%" else f"{value:.1f}"


def explain(chosen: Measure, language: Language) -> str:
    """Give definition and pitfall in one text, for a tooltip."""
    return " ".join(
        part for part in (chosen.definition(language), chosen.pitfall(language)) if part
    )


def coverage_text(known: float, reports: float, language: Language) -> str:
    """Give ``98 of 100 reports``: how many reports a sum rests on."""
    return text("reports_of", language, n=format_number(known), m=format_number(reports))


@cache
def item_label(item: str, language: Language) -> str:
    """Give the form's label of an item or a group, newest edition, without numeral and aside."""
    if item in groups():
        group = groups()[item]
        return _bare(group.label if language == "zh" else group.label_en)
    for edition in reversed(EDITIONS):
        for line in load_form(edition).lines:
            if line.item == item:
                return _bare(line.label if language == "zh" else line.label_en)
    raise KeyError(item)


@cache
def party_label(section: int, item: str, party: str, language: Language) -> str:
    """Give the form's label of a column (section 2 has its own for each item), newest edition."""
    for edition in reversed(EDITIONS):
        form = load_form(edition)
        if form.has(section, item, party):
            head = form.cell(section, item, party).head
            return _bare(head.label if language == "zh" else head.label_en)
    raise KeyError((section, item, party))


def _bare(label: str) -> str:
    return _ASIDE.sub("", _NUMERAL.sub("", label))
