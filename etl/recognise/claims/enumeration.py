"""A total that a sentence spells out part by part: 主动公开预算3条、政策文件28条、通知46条."""

from __future__ import annotations

from collections.abc import Sequence

from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.context import CHANNELS, LIGHT, Figure, Found, figures_of
from etl.recognise.claims.disclosure import SUMMED
from etl.recognise.claims.marks import Mark

FEWEST_PARTS = 3
_LONGEST_NAME = 16
_NAMES = frozenset(
    {
        *("other", "content", "information", "dispute_organ", "reason", "organisation"),
        *("applicant", "office", "handle", "archive", "update", "upkeep", "papers"),
    }
)


def read_enumeration(clauses: Sequence[Clause], text: str) -> Found | None:
    """The sum of the parts that follow 主动公开 up to the end of the sentence, or None.

    Every part must be a plain name with its figure in 条, joined to the next by 、; a list left
    open (等) or mixed with anything else is not added up.
    """
    parts = [figure for clause in clauses for figure in figures_of(clause)]
    if len(parts) < FEWEST_PARTS or any(clause.depth for clause in clauses):
        return None
    verbs = [mark for mark in parts[0].lead if mark.cue == "disclose"]
    if len(verbs) != 1 or verbs[0].text != "主动公开":
        return None
    if not _are_plain(parts, verbs[0]) or not _fill(text, parts, verbs[0].end):
        return None
    return Found(
        "disclosed_items",
        sum(part.number.value for part in parts),
        SUMMED,
        verbs[0].start,
        parts[-1].number.end,
        approximate=any(part.number.approximate for part in parts),
        derived=True,
    )


def _are_plain(parts: Sequence[Figure], verb: Mark) -> bool:
    """Whether the parts are names and nothing else, and no channel narrows the list."""
    marks = [mark for part in parts for mark in part.lead if mark.start > verb.start]
    plain = all(mark.cue in _NAMES or (mark.cue in LIGHT and mark.cue != "sum") for mark in marks)
    channel = any(mark.cue in CHANNELS for mark in parts[0].lead)
    return plain and not channel and not parts[-1].tail


def _fill(text: str, parts: Sequence[Figure], start: int) -> bool:
    """Whether the parts follow one another from ``start`` to the end with only 、 between."""
    position = start
    for order, part in enumerate(parts):
        name = text[position : part.number.start]
        if part.number.unit != "条" or not 1 < len(name) <= _LONGEST_NAME:
            return False
        if order and not name.startswith("、"):
            return False
        position = part.number.end
    return not text[position:].strip("。!?;,")
