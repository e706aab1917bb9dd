"""Why a printed label was taken for an item or a party of the form, or for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz import fuzz

from etl.form import EDITIONS, label_variants, load_form, section_headings
from etl.recognise.labels import (
    MIN_FUZZY_LENGTH,
    group_index,
    head_index,
    label_key,
    label_keys,
    line_index,
    section_index,
    section_of,
)

Axis = Literal["section", "item", "party", "group"]

_VARIANTS: dict[Axis, Literal["section", "line", "head"]] = {
    "section": "section",
    "item": "line",
    "party": "head",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label of the form and how alike (0 to 100) a printed one is; ``code`` is what it names."""

    code: str
    wording: str
    similarity: float


@dataclass(frozen=True, slots=True)
class LabelTrace:
    """What a printed label was taken for: ``code`` on ``axis``, empty when it was left unmatched.

    ``best`` is the wording it is most like and ``next`` the best of another code; both are None
    for a label that matches to the letter.
    """

    axis: Axis
    code: str
    best: Likeness | None = None
    next: Likeness | None = None

    @property
    def exact(self) -> bool:
        """Whether the label is the form's own, or a wording known from published reports."""
        return bool(self.code) and self.best is None


def trace_heading(text: str) -> LabelTrace | None:
    """The section that a heading opens; None where the text is no heading."""
    number = section_of(text)
    if number is None:
        return None
    code = str(number)
    exact = section_index().exact(text) == code
    return (
        LabelTrace("section", code)
        if exact
        else LabelTrace("section", code, *_two(text, 0, "section"))
    )


def trace_item(section: int, text: str) -> LabelTrace | None:
    """The item of a section that the recogniser takes the label for."""
    code = line_index(section).match(text)
    if code is None:
        return None
    if line_index(section).exact(text) == code:
        return LabelTrace("item", code)
    return LabelTrace("item", code, *_two(text, section, "item"))


def trace_party(section: int, text: str) -> LabelTrace | None:
    """The party of a section that the recogniser takes the label for."""
    code = head_index(section).match(text)
    if code is None:
        return None
    if head_index(section).exact(text) == code:
        return LabelTrace("party", code)
    return LabelTrace("party", code, *_two(text, section, "party"))


def trace_group(text: str) -> LabelTrace | None:
    """What spans several lines or heads."""
    code = group_index().exact(text)
    return LabelTrace("group", code) if code else None


def trace_unknown(section: int, text: str) -> LabelTrace:
    """A label that was matched with nothing, and what it comes nearest to."""
    items, parties = _two(text, section, "item"), _two(text, section, "party")
    rivals = [(axis, *two) for axis, two in (("item", items), ("party", parties)) if two[0]]
    if not rivals or not text:
        return LabelTrace("item", "")
    axis, best, second = max(rivals, key=lambda rival: rival[1].similarity if rival[1] else 0.0)
    return LabelTrace("party" if axis == "party" else "item", "", best, second)


def is_too_short(text: str) -> bool:
    """Whether a label is so short that it has to match to the letter."""
    return len(label_key(text)) < MIN_FUZZY_LENGTH


def _two(text: str, section: int, axis: Axis) -> tuple[Likeness | None, Likeness | None]:
    """The wording most like a text, and the most alike of any other code."""
    key = label_key(text)
    best: dict[str, Likeness] = {}
    for code, wording, known in _wordings(section, axis):
        alike = Likeness(code, wording, round(fuzz.ratio(key, known), 1))
        if code not in best or alike.similarity > best[code].similarity:
            best[code] = alike
    ranked = sorted(best.values(), key=lambda one: -one.similarity)
    first, second, *_ = (*(one for one in ranked if one.similarity), None, None)
    return first, second


@cache
def _wordings(section: int, axis: Axis) -> tuple[tuple[str, str, str], ...]:
    """(code, wording, key) of every label that may stand there, over both editions."""
    own = {"section": _headings, "item": _items, "party": _parties}[axis](section)
    seen = label_variants(_VARIANTS[axis])
    codes = dict.fromkeys(code for code, _ in own)
    labels = [*own, *((code, wording) for code in codes for wording in seen.get(code, ()))]
    return tuple(
        (code, wording, key)
        for code, wording in dict.fromkeys(labels)
        for key in label_keys(wording)
    )


def _headings(_: int) -> list[tuple[str, str]]:
    return [(str(number), zh) for number, (zh, _) in section_headings().items()]


def _items(section: int) -> list[tuple[str, str]]:
    forms = map(load_form, EDITIONS)
    return [(line.item, line.label) for form in forms for line in form.section_lines(section)]


def _parties(section: int) -> list[tuple[str, str]]:
    forms = map(load_form, EDITIONS)
    return [(head.party, head.label) for form in forms for head in form.section_heads(section)]
