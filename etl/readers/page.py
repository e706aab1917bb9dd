"""What a page says of itself beside its text: title, date of publication, publisher.

The words that introduce such facts on agencies' websites are in ``page_labels.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from itertools import zip_longest

from etl.document import Document, Grid, Paragraph

_DATE = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT_DATE = re.compile(r"^(20\d\d)(\d\d)(\d\d)(?:\d{4,6})?$")
_LABEL_LENGTH = 12
_LINE_LENGTH = 400


def describe(
    kind: str,
    blocks: Iterable[Paragraph | Grid],
    meta: Mapping[str, str] | None = None,
    title: str = "",
) -> Document:
    """The document of these blocks, with the date and publisher that the page states.

    ``meta`` maps lower-case names of metadata to their content; it goes before visible lines.
    """
    blocks, meta = tuple(blocks), meta or {}
    labelled = list(_labelled(blocks))
    named = [meta[name] for name in _names("meta-title") if meta.get(name)]
    titles = list(dict.fromkeys([*named, title])) if title else named
    publishers = [meta[name] for name in _names("meta-publisher") if meta.get(name)]
    publishers += [text for label, text in labelled if label in _names("publisher")]
    return Document(
        kind,
        blocks,
        titles[0] if titles else "",
        _published_on(meta, labelled),
        tuple(dict.fromkeys([*titles[1:], *publishers])),
    )


def _published_on(meta: Mapping[str, str], labelled: list[tuple[str, str]]) -> date | None:
    texts = [meta[name] for name in _names("meta-date") if name in meta]
    texts += [text for name in _names("date") for label, text in labelled if label == name]
    return next((found for found in map(parse_date, texts) if found), None)


def parse_date(text: str) -> date | None:
    """The date at the start of a text (``2024-01-15 10:20``, ``2024年1月15日``), or None."""
    text = text.strip()
    found = _DATE.match(text) or _COMPACT_DATE.match(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _labelled(blocks: Iterable[Paragraph | Grid]) -> Iterable[tuple[str, str]]:
    """(label, text) wherever a page states a fact of its own, in a line or a metadata table."""
    pattern = _label_pattern()
    for block in blocks:
        if isinstance(block, Grid):
            yield from _labelled_slots(block, pattern)
        elif len(block.text) <= _LINE_LENGTH:
            yield from _labelled_parts(block.text, pattern)


def _labelled_parts(text: str, pattern: re.Pattern[str]) -> Iterable[tuple[str, str]]:
    found = list(pattern.finditer(text))
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(text)
        value = text[match.end() : end].strip(" |[]【】")
        if value:
            yield _bare(match[1]), _first_part(value)


def _labelled_slots(grid: Grid, pattern: re.Pattern[str]) -> Iterable[tuple[str, str]]:
    labels = _names("date") | _names("publisher")
    for row in grid.rows:
        for position, slot in enumerate(row):
            text = slot.text
            if text.isascii() or len(text) > _LABEL_LENGTH * 5:
                continue
            following = row[position + 1].text if position + 1 < len(row) else ""
            if following and (label := _bare(text.rstrip("：: "))) in labels:
                yield label, following
            elif "：" in text or ":" in text:
                yield from _labelled_parts(text, pattern)


def _first_part(value: str) -> str:
    """The value up to where the next fact of a byline starts: two spaces are one by now."""
    return re.split(r"\s+(?=\S{2,6}[：:])", value, maxsplit=1)[0]


def _bare(label: str) -> str:
    return "".join(label.split())


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = sorted(_names("date") | _names("publisher"), key=len, reverse=True)
    spaced = "|".join(r"\s*".join(map(re.escape, label)) for label in labels)
    return re.compile(rf"({spaced})\s*[\]】]?\s*[：:]\s*")


@cache
def _names(use: str) -> dict[str, None]:
    """The names of one use, in order of preference."""
    text = resources.files(__package__).joinpath("page_labels.csv").read_text(encoding="utf-8")
    return {row["name"]: None for row in csv.DictReader(text.splitlines()) if row["use"] == use}
