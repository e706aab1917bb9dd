"""Matches printed labels to the form's codes, tolerant of numbering, punctuation and typos."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.form import (
    EDITIONS,
    Edition,
    VariantAxis,
    all_items,
    all_parties,
    groups,
    label_variants,
    load_form,
    section_headings,
)
from etl.recognise.script import simplified, without_pinyin

MIN_SIMILARITY = 80.0
"""Least similarity (0–100) of a misspelt label: 属于行政法案卷 against 属于行政执法案卷 has 93."""
MIN_UNNUMBERED = 88.0
"""Least similarity (0–100) of a section's heading without its numeral."""
MIN_LEAD = 8.0
"""How far the best match must lead the next, or the label is ambiguous and left unmatched."""
MIN_FUZZY_LENGTH = 4
"""Shorter labels (规章, 其他, 总计) must match to the letter."""
LEAST_LABEL = 4
"""Characters of a label that no other table's can be taken for."""
MAX_REMEMBERED = 20_000
"""Texts whose match is remembered: every report prints the same labels."""

_NUMBERING = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d—-]{1,3}[、.,])+"
)
_NUMERALS = "一二三四五六"
_SECTION_NUMERAL = re.compile(rf"\s*([{_NUMERALS}])\s*[、.．]")
_NOTE = re.compile(r"\(.*?\)")
_WITH_FIGURE = re.compile(r"((?:\d[.、])?\D{4,}?)[\s:为共]*(\d+)\s*[件条项]?\s*[。;]?")
_PUNCTUATION = re.compile(r"[^\w]|_")


@lru_cache(maxsize=MAX_REMEMBERED)
def label_key(text: str) -> str:
    """The letters and digits of a label, without numbering, punctuation, space and width.

    Traditional characters are simplified and pinyin glosses left out.
    """
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    plain = simplified(without_pinyin(plain)).replace("其它", "其他")
    return _PUNCTUATION.sub("", _NUMBERING.sub("", plain))


@lru_cache(maxsize=MAX_REMEMBERED)
def label_keys(text: str) -> tuple[str, ...]:
    """The keys to try for a printed label: as printed, then without notes in brackets."""
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    bare = label_key(_NOTE.sub("", plain))
    full = label_key(plain)
    return (full,) if bare in ("", full) else (full, bare)


def label_and_figure(text: str) -> tuple[str, float] | None:
    """A label and the one whole number printed behind it in the same cell; None without one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _WITH_FIGURE.fullmatch(plain)
    return (found[1], float(found[2])) if found else None


class LabelIndex:
    """Printed label → code, for one set of codes that may stand in the same place."""

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        to_the_letter: Iterable[tuple[str, str]] = (),
        least: float = MIN_SIMILARITY,
    ) -> None:
        """``labels`` are (code, wording) pairs; a wording that means two codes matches neither.

        Those ``to_the_letter`` are never matched misspelt, others down to ``least`` similarity.
        """
        self._least = least
        self._codes: dict[str, str] = {}
        self._add(labels)
        long = [key for key in self._codes if len(key) >= MIN_FUZZY_LENGTH]
        self._add(to_the_letter)
        self._fuzzy = [key for key in long if key in self._codes]
        self._seen: dict[str, str | None] = {}
        self._exact: dict[str, str | None] = {}

    def _add(self, labels: Iterable[tuple[str, str]]) -> None:
        clashes: set[str] = set()
        for code, wording in labels:
            for key in label_keys(wording):
                if self._codes.setdefault(key, code) != code:
                    clashes.add(key)
        for key in clashes:
            del self._codes[key]

    def exact(self, text: str) -> str | None:
        """The code of a label that matches to the letter, after ``label_key``."""
        if text not in self._exact:
            if len(self._exact) > MAX_REMEMBERED:
                self._exact.clear()
            codes = (self._codes[key] for key in label_keys(text) if key in self._codes)
            self._exact[text] = next(codes, None)
        return self._exact[text]

    def match(self, text: str) -> str | None:
        """The code of a label, misspelt or not; None when unknown or ambiguous."""
        if text not in self._seen:
            if len(self._seen) > MAX_REMEMBERED:
                self._seen.clear()
            self._seen[text] = self.exact(text) or self._nearest(label_key(text))
        return self._seen[text]

    def _nearest(self, key: str) -> str | None:
        if len(key) < MIN_FUZZY_LENGTH:
            return None
        near = process.extract(
            key, self._fuzzy, scorer=fuzz.ratio, score_cutoff=self._least - MIN_LEAD, limit=6
        )
        best: dict[str, float] = {}
        for wording, score, _ in near:
            code = self._codes[wording]
            best[code] = max(score, best.get(code, 0.0))
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < self._least:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MIN_LEAD:
            return None
        return ranked[0][0]


@cache
def line_index(section: int) -> LabelIndex:
    """Items of a section over both editions, in section 3 also behind what they stand under."""
    lines = [line for edition in EDITIONS for line in load_form(edition).section_lines(section)]
    labels = [(line.item, line.label) for line in lines]
    joined = [
        (line.item, groups()[line.group].label + label)
        for line in lines
        if line.group and section == 3
        for label in (line.label, label_key(line.label))
    ]
    return LabelIndex([*labels, *_variants("line", all_items(section))], joined)


@cache
def head_index(
    section: int, edition: Edition | None = None, group: str | None = None
) -> LabelIndex:
    """Parties of a section; in section 2 those of one edition and block."""
    editions = EDITIONS if edition is None else (edition,)
    heads = [head for known in editions for head in load_form(known).section_heads(section, group)]
    labels = [(head.party, head.label) for head in heads]
    codes = {head.party for head in heads}
    return LabelIndex(
        [*labels, *_variants("head", (p for p in all_parties(section) if p in codes))]
    )


@cache
def edition_index() -> LabelIndex:
    """Heads of section 2 that only one edition prints, each matched to that edition."""
    labels: dict[Edition, set[str]] = {
        edition: {head.label for head in load_form(edition).section_heads(2)}
        for edition in EDITIONS
    }
    own = [
        (edition, label)
        for edition in EDITIONS
        for label in labels[edition]
        if not any(label in labels[other] for other in EDITIONS if other != edition)
    ]
    by_party = {
        head.party: edition
        for edition in EDITIONS
        for head in load_form(edition).section_heads(2)
        if (edition, head.label) in own
    }
    variants = [
        (by_party[code], wording) for code, wording in _variants("head", tuple(by_party))
        if code not in ("decisions", "amount")  # printed by both editions, in other words
    ]  # fmt: skip
    return LabelIndex([*own, *variants])


@cache
def group_index() -> LabelIndex:
    """What spans several lines or heads: 第二十条第（一）项, （三）不予公开 and the like."""
    return LabelIndex((group.code, group.label) for group in groups().values())


@cache
def section_index(*, numbered: bool = True) -> LabelIndex:
    """Headings of the six sections, matched to "1" to "6".

    One without its numeral must be more alike: a part of a label broken over lines
    (处理其政府信息公开申请) nearly is one.
    """
    headings = [(str(number), zh) for number, (zh, _) in section_headings().items()]
    wordings = [*headings, *_variants("section", map(str, section_headings()))]
    return LabelIndex(wordings, least=MIN_SIMILARITY if numbered else MIN_UNNUMBERED)


@cache
def _numbered_index() -> LabelIndex:
    return LabelIndex(_variants("numbered", map(str, section_headings())))


@lru_cache(maxsize=MAX_REMEMBERED)
def section_of(heading: str) -> int | None:
    """The section (1–6) whose heading this is.

    Its numeral, where one is printed, must agree unless the wording is a section's to the letter.
    """
    found = _SECTION_NUMERAL.match(heading)
    numeral = str(_NUMERALS.index(found[1]) + 1) if found else None
    if code := _numbered_index().exact(heading):
        return int(code) if code == numeral else None
    code = section_index(numbered=numeral is not None).match(heading)
    if code is None or (numeral not in (None, code) and section_index().exact(heading) is None):
        return None
    return int(code)


def _variants(axis: VariantAxis, codes: Iterable[str]) -> list[tuple[str, str]]:
    known: Mapping[str, tuple[str, ...]] = label_variants(axis)
    return [(code, wording) for code in codes for wording in known.get(code, ())]
