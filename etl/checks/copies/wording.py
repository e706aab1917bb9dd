"""An agency's own wording, sentence by sentence: what everyone writes is left out or masked."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from etl.recognise.script import needs_simplifying, simplified

SECTIONS = (1, 5, 6)
_SHORTEST = 6
_LONGEST_STANDARD = 60
_NAME, _FIGURE = "〇", "0"
_MASKS = _NAME + _FIGURE
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_NUMBER = re.compile(r"\d+(?:[.,，]\d+)*[%％]?")
_NO_LETTER = re.compile(r"[^\w\n]+")
_REGION = re.compile(r".{2,7}?(?:自治州|自治县|自治旗|省|市|州|县|区|旗)")
_REGION_ENDING = re.compile(r"(?:自治州|自治县|自治旗|省|市|州|县|区|旗)$")


class Sentence(NamedTuple):
    """A sentence as printed and ``bare``: masked, letters only; ``place`` is its paragraph's.

    ``ordinal`` counts all sentences, those left out too.
    """

    printed: str
    bare: str
    place: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Standard:
    """What belongs to the form, the law or custom: words to strike out, sentences to leave out."""

    words: re.Pattern[str]
    sentence: re.Pattern[str]

    def owns(self, bare: str) -> bool:
        """Whether a sentence says only what the form wants said."""
        return len(bare) <= _LONGEST_STANDARD and self.sentence.search(bare) is not None


@cache
def standard() -> Standard:
    """The declared standard passages."""
    text = resources.files("etl.checks.copies").joinpath("standard.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return Standard(*(
        re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["kind"] == kind))
        for kind in ("words", "sentence")
    ))  # fmt: skip


def own_names(agency: str, region: str | None, others: Iterable[str]) -> tuple[str, ...]:
    """What a text may call its agency and the agency's place, longest first.

    ``others`` are its further names: the short name, the roster's aliases.
    """
    names = {agency, *others}
    found = _REGION.match(agency)
    for place in filter(None, {region, found[0] if found else None}):
        stem = _REGION_ENDING.sub("", place)
        names |= {place, stem}
        names |= {agency.removeprefix(front) for front in (place, stem)}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda n: (-len(n), n)))


def own_sentences(
    paragraphs: Iterable[tuple[str, str]],
    names: Sequence[str],
    customary: Collection[str] = frozenset(),
) -> list[Sentence]:
    """The sentences that count as an agency's own, of ``(text, place)`` paragraphs in order.

    ``customary`` are bare sentences to leave out as well.
    """
    found = [
        (printed.strip(), place)
        for text, place in paragraphs
        for printed in _SENTENCE.findall(text)
    ]
    bare = _bare("\n".join(printed for printed, _ in found), names).split("\n")
    return [
        Sentence(printed, words, place, ordinal)
        for ordinal, ((printed, place), words) in enumerate(zip(found, bare, strict=False))
        if len(words) >= _SHORTEST
        and words.strip(_MASKS)
        and words not in customary
        and not standard().owns(words)
    ]


def _bare(text: str, names: Sequence[str]) -> str:
    if needs_simplifying(text):
        text = simplified(text)
    for name in names:
        text = text.replace(name, _NAME)
    text = standard().words.sub(_NAME, text)
    return _NO_LETTER.sub("", _NUMBER.sub(_FIGURE, text))
