"""The words of an explanation in Chinese and English: ``words.csv``, and the form's own labels."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

from etl.explain.labels import LabelTrace, is_too_short
from etl.form import EDITIONS, Axis, groups, load_form, section_headings

NUMERALS = "〇一二三四五六"


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    @property
    def both(self) -> str:
        return f"{self.zh} {self.en}"


def words(code: str, **values: object) -> Words:
    """The text of this code with its placeholders filled; KeyError for a code that is none."""
    zh, en = _texts("etl.explain", "words.csv")[code]
    return Words(zh.format_map(values), en.format_map(values))


def doubt_words(code: str) -> Words:
    """What a doubt means."""
    return Words(*_texts("etl", "doubts.csv")[code])


def heading_words(section: int) -> Words:
    """A section's heading with its numeral."""
    zh, en = section_headings()[section]
    return Words(f"{NUMERALS[section]}、{zh}", f"{section}. {en}")


def code_words(axis: Axis, section: int, code: str) -> Words:
    """The form's label of an item or a party, from the newest edition that has it."""
    for edition in reversed(EDITIONS):
        form = load_form(edition)
        if axis == "item":
            named = {line.item: line.label for line in form.section_lines(section)}
            english = {line.item: line.label_en for line in form.section_lines(section)}
        else:
            named = {head.party: head.label for head in form.section_heads(section)}
            english = {head.party: head.label_en for head in form.section_heads(section)}
        if code in named:
            return Words(named[code], english[code])
    return Words(code, code)


def label_words(label: LabelTrace, section: int) -> Words:
    """What a label was taken for; its nearest wording where it was taken for nothing."""
    if not label.code:
        return words("label.unmatched")
    if label.axis == "section":
        return heading_words(int(label.code))
    if label.axis == "group":
        group = groups()[label.code]
        return Words(group.label, group.label_en)
    return code_words("item" if label.axis == "item" else "party", section, label.code)


def likeness_words(label: LabelTrace, text: str) -> Words:
    """How alike a label is to what it was taken for, and what comes next; empty when exact."""
    if label.exact:
        return Words("", "")
    if label.best is None:
        return words("label.none")
    alike = words("label.alike", percent=round(label.best.similarity))
    parts = [alike if label.code else Words(f"“{label.best.wording}”{alike.zh}", alike.en)]
    if not label.code and is_too_short(text):
        parts.append(words("label.short"))
    if label.next is not None:
        percent = round(label.next.similarity)
        parts.append(words("label.next", wording=label.next.wording, percent=percent))
    return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


@cache
def _texts(package: str, name: str) -> dict[str, tuple[str, str]]:
    text = resources.files(package).joinpath(name).read_text("utf-8")
    return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}
