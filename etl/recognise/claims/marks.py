"""A paragraph as a row of marks: the numbers, the cue words and the punctuation, in order.

Everything else is left out, so that the rules speak of cues and never of wording. The words are in
``cues.csv``: one line a cue, longest word first when several fit.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

NUMBER = "number"
YEAR = "year"
BREAK = "break"

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TITLE = re.compile(r"《[^《》]*》|[〔\[【][^〔〕\[\]【】]{0,12}[〕\]】]\s*\d*\s*号?")
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")

_LONG_UNITS = ("条次", "条(次)", "条/次", "件次", "件(次)", "人次")
_UNITS = (*_LONG_UNITS, *"条件份篇个次则项起宗封例人期场部家户元张幅本册名位天页批类种")
_UNIT = "|".join(re.escape(unit) for unit in _UNITS)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?![\d])|\d+(?:\.\d+)?"
_CHINESE = "零〇一二两三四五六七八九十百千万"
_COUNT = re.compile(
    rf"\s*(?P<more>[余多几]?)(?P<scale>[百千万亿]{{0,2}})(?P<still>[余多几]?)\s*"
    rf"(?P<unit>{_UNIT})?(?P<about>左右|以上|上下)?"
)
COUNTED_IN_WORDS = rf"(?<![第其每任同单唯统逐某另几数])[{_CHINESE}]+(?=[余多]?[条件份篇则起宗封例])"
_CHINESE_ZERO = r"(?<=[为是])零(?=$|[,;。、)])"
_ABOUT = ("近", "约", "超", "超过", "逾", "大约", "接近", "突破")
_NO_COUNT_BEFORE = frozenset("第-.")
_NO_COUNT_BEHIND = frozenset("%‰月日号时点倍年-—~/.")
_ENDS_A_BARE_COUNT = frozenset(["", *",;。、()!?"])
_SCALE = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}


class Mark(NamedTuple):
    """A number, a year, a cue word or a break, with its place in the paragraph's text.

    ``value`` is the figure of a number and the year of a year; ``unit`` is its measure word,
    empty where the page lost it and ``?`` where another word stands in its place.
    """

    cue: str
    start: int
    end: int
    text: str = ""
    value: float = 0.0
    unit: str = ""
    approximate: bool = False


def normalise(text: str) -> tuple[str, list[int] | None]:
    """The text in half width, without titles of papers and stray blanks, and the way back.

    The list gives for each character its position in the text as printed; None when both run
    in step. Titles (《…》, 〔2019〕60号) are blotted out: their words are nobody's claim.
    """
    half = text.translate(_HALF_WIDTH)
    half = _TITLE.sub(lambda found: "□" * len(found.group()), half)
    if not _BLANK.search(half):
        return half, None
    kept = bytearray(b"\x01" * len(half))
    for blank in _BLANK.finditer(half):
        kept[blank.start() : blank.end()] = bytes(blank.end() - blank.start())
    positions = [index for index, keep in enumerate(kept) if keep]
    return "".join(half[index] for index in positions), positions


@cache
def load_cues() -> dict[str, str]:
    """Each word of ``cues.csv`` with its cue; raises ValueError for a word under two cues."""
    cues: dict[str, str] = {}
    for row in _rows():
        for word in row["words"].split():
            if word in cues:
                raise ValueError(f"{word} is both {cues[word]} and {row['cue']}")
            cues[word] = row["cue"]
    return cues


@cache
def load_blockers(family: str) -> frozenset[str]:
    """The cues that rule out claims of a family: ``items``, ``requests``, ``cases``, ``zeros``."""
    return frozenset(row["cue"] for row in _rows() if family in row["blocks"].split())


def _rows() -> list[dict[str, str]]:
    text = (resources.files(__package__) / "cues.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """The marks of a stretch of a normalised text, in order and never overlapping."""
    cues = load_cues()
    marks: list[Mark] = []
    match = _scanner().search
    position = start
    while found := match(text, position, end):
        word, position = found.group(), found.end()
        cue = cues.get(word)
        if cue is not None:
            if cue != "ignore":
                marks.append(Mark(cue, found.start(), position, word))
        elif word in _BREAKS:
            marks.append(Mark(BREAK, found.start(), position, word))
        else:
            mark, position = _read_number(text, found.start(), position)
            if mark is not None:
                marks.append(mark)
    return marks


_BREAKS = frozenset(",;:。!?()")


@cache
def _scanner() -> re.Pattern[str]:
    words = _as_trie(load_cues())
    return re.compile(rf"{_DIGITS}|{COUNTED_IN_WORDS}|{_CHINESE_ZERO}|[,;:。!?()]|{words}")


def _as_trie(words: Iterable[str]) -> str:
    """One expression for all the words, sharing their beginnings: plain alternation is slow."""
    tree: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            tree.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not tree:
        return ""
    branches = [re.escape(head) + _as_trie(tails) for head, tails in tree.items()]
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return joined + "?" if ends else joined


def _read_number(text: str, start: int, end: int) -> tuple[Mark | None, int]:
    """The number or year that stands at ``start``, if it counts anything, and where to go on."""
    digits = text[start:end]
    if text[end : end + 1] == "年" or _opens_a_range_of_years(text, end, digits):
        return _read_year(digits, start, end)
    count = _COUNT.match(text, end)
    if count is None or text[max(0, start - 1) : start] in _NO_COUNT_BEFORE:
        return None, end
    unit = count["unit"]
    if not unit and text[end : end + 1] in _NO_COUNT_BEHIND:
        return None, end
    if not unit:
        after = text[count.end() : count.end() + 1]
        unit = "" if after in _ENDS_A_BARE_COUNT else "?"
    value = _read_digits(digits)
    for character in count["scale"]:
        value *= _SCALE[character]
    before = text[max(0, start - 3) : start].rstrip("为有达")
    about = bool(count["more"] or count["still"] or count["about"]) or before.endswith(_ABOUT)
    return Mark(NUMBER, start, count.end(), digits, round(value, 6), unit, about), count.end()


def _read_year(digits: str, start: int, end: int) -> tuple[Mark | None, int]:
    """A year; one of more than four digits (202020年) is no year of ours, fewer are a duration."""
    if len(digits) < 4 or not digits.isdigit():
        return None, end
    value = float(digits) if len(digits) == 4 else -1.0
    return Mark(YEAR, start, end + 1, digits, value), end + 1


def _opens_a_range_of_years(text: str, end: int, digits: str) -> bool:
    return len(digits) == 4 and bool(re.match(r"[-—~至]\d{4}年", text[end : end + 7]))


def _read_digits(digits: str) -> float:
    if digits[0].isdigit() and digits[0] not in _DIGIT:
        return float(digits.replace(",", ""))
    total, section, last = 0, 0, 0
    for character in digits:
        if character in _DIGIT:
            last = _DIGIT[character]
        elif character == "十":
            section += (last or 1) * 10
            last = 0
        elif character == "万":
            total, section, last = (total + section + last) * 10_000, 0, 0
        else:
            section += (last or 1) * _SCALE[character]
            last = 0
    return float(total + section + last)
