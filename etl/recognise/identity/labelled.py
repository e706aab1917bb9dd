"""Facts that a page states under a label of its own: 发布机构：…, a table of 索引号 and 题名.

The labels are in ``labels.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Literal

from etl.recognise.rows import Row
from etl.recognise.script import simplified

Use = Literal["title", "publisher", "date"]

LONGEST_LINE = 400
_AROUND_LABEL = re.compile(r"[\s:：【】\[\]]")
_FURTHER_FACT = re.compile(r"\s+(?=\S{2,8}[:：])|[|｜]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact as printed, in simplified characters."""

    use: Use
    label: str
    text: str
    place: str


def labelled_facts(rows: Sequence[Row]) -> Iterator[Fact]:
    """The facts that lines and metadata tables among ``rows`` state, in printed order."""
    for row in rows:
        for cell, following in zip_longest(row.filled, row.filled[1:]):
            text = simplified(cell.text)
            if len(text) > LONGEST_LINE:
                continue
            label = _AROUND_LABEL.sub("", text) if following is not None else ""
            if following is not None and (use := _labels().get(label)):
                yield Fact(use, label, simplified(following.text).strip(), following.place)
            elif "：" in text or ":" in text:
                yield from _facts_in(text, cell.place)


def _facts_in(text: str, place: str) -> Iterator[Fact]:
    found = list(_pattern().finditer(text))
    for match, following in zip_longest(found, found[1:]):
        value = text[match.end() : following.start() if following else len(text)]
        value = _FURTHER_FACT.split(value.strip(" |[]【】"), maxsplit=1)[0].strip()
        label = re.sub(r"\s", "", match[1])
        if value:
            yield Fact(_labels()[label], label, value, place)


@cache
def _labels() -> dict[str, Use]:
    text = resources.files(__package__).joinpath("labels.csv").read_text(encoding="utf-8")
    uses: dict[str, Use] = {"title": "title", "publisher": "publisher", "date": "date"}
    return {row["name"]: uses[row["use"]] for row in csv.DictReader(text.splitlines())}


@cache
def _pattern() -> re.Pattern[str]:
    labels = sorted(_labels(), key=len, reverse=True)
    spaced = "|".join(r"\s*".join(label) for label in labels)
    return re.compile(rf"(?<![\u4e00-\u9fff])({spaced})\s*[\]】]?\s*[：:]\s*")
