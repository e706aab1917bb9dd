"""The form's labels as a message prints them: without numbering and with their group's name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

from etl.form import EDITIONS, TABLE_SECTIONS, Edition, Form, groups, load_form, section_headings

_NUMBERING = re.compile(r"^(?:[一二三四五六七]、|（[一二三四五六七]）|\d\.|\(\d\)\s|\d\.\s)\s*")
_NOTE = re.compile(r"(?:（.*）|\s\(.*\))$")

Row = dict[str, Any]


def item_labels() -> list[Row]:
    """form, section, item, label_zh, label_en of every item of both editions."""
    return [
        {"form": form.edition, "section": line.section, "item": line.item}
        | _labels(line.section, line.group, line.label, line.label_en)
        for form in _forms()
        for line in form.lines
        if line.section in TABLE_SECTIONS
    ]


def party_labels() -> list[Row]:
    """form, section, party, label_zh, label_en of every party, each once."""
    found: dict[tuple[Edition, int, str], Row] = {}
    for form in _forms():
        for head in form.heads:
            key = (form.edition, head.section, head.party)
            place: Row = {"form": key[0], "section": key[1], "party": key[2]}
            labels = _labels(
                head.section, head.group, head.label, head.label_en, group_in_english=False
            )
            found.setdefault(key, place | labels)
    return list(found.values())


def section_labels() -> list[Row]:
    """section, label_zh, label_en of the six sections."""
    return [
        {"section": section, "label_zh": heading_zh, "label_en": heading_en}
        for section, (heading_zh, heading_en) in section_headings().items()
    ]


def doubt_labels() -> list[Row]:
    """code, label_zh, label_en of every doubt."""
    text = resources.files("etl").joinpath("doubts.csv").read_text("utf-8")
    return [
        {"code": row["code"], "label_zh": row["zh"], "label_en": row["en"]}
        for row in csv.DictReader(text.splitlines())
    ]


def short_label(label: str) -> str:
    """A printed label without its number in front and its note in brackets behind."""
    return _NOTE.sub("", _NUMBERING.sub("", label)) or label


def _labels(
    section: int, group: str, label_zh: str, label_en: str, *, group_in_english: bool = True
) -> Row:

    zh, en = short_label(label_zh), short_label(label_en)
    # Section 2's blocks are named after articles of the law, which tell a reader nothing.
    if group and section != 2:
        above = groups()[group]
        zh = f"{short_label(above.label)}·{zh}"
        en = f"{short_label(above.label_en)}: {en}" if group_in_english else en
    return {"label_zh": zh, "label_en": en}


def _forms() -> Iterator[Form]:
    return (load_form(edition) for edition in EDITIONS)
