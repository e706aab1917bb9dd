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

_LONG_UNITS = ("条次", "条(次)", "条/次", "件次", "件(次)", "人次")
_UNITS = (*_LONG_UNITS, *"条件份篇个次则项起宗封例笔人期场部家户元张幅本册名位天页批类种")
_UNIT = "|".join(re.escape(unit) for unit in _UNITS)
_DIGITS = r"\d+万\d{1,4}千?(?=[余多]?[条件])|\d{1,3}(?:,\d{3})+(?![\d])|\d+(?:\.\d+)?"
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万" + "".join(map(chr, _FORMAL))
_COUNT = re.compile(
    rf"\s*(?P<more>[余多几]?)(?P<scale>[百千万亿]{{0,2}})(?P<still>[余多几]?)\s*"
    rf"(?P<unit>{_UNIT})?(?P<about>左右|以上|上下)?"
)
_NO_COUNT_OF = f"第其每任同单唯统逐某另几数队大{CHINESE_DIGITS}"
COUNTED_BY = "(?=[余多]?[条條件份篇则則起宗封例])"
COUNTED_IN_WORDS = rf"(?<![{_NO_COUNT_OF}])[{CHINESE_DIGITS}]+{COUNTED_BY}"
_OWN_COLUMN = r"(?<=网站)(?:[一-龥]{0,6}[镇乡道局委办区县厅])?(?:专栏|板块|版块|频道|子站)"
"""The agency's own place on a site, which is the site for it: 县政府网站青石镇专栏."""
_FROM_BEFORE = (
    r"(?:从|由)(?:(?:\d{4}年|上一?年|去年|前年)度?的?)?\d+[件起宗](?:下|上)?"
    r"(?:[降减增升]|降低|减少|增加|增长|提高)[至到为](?=了?\d+[件起宗])"
)
"""The figure before, and that another took its place: 从21件降至9件 is 9件.

Cases and requests alone: the entries of a channel (由120条增加到310条) may be any month's."""
_CARRY = r"(?P<carry>转(?=\d{4}年|下一?年|次年))"
"""转2024年办理: the year behind it tells the way."""
_CHINESE_ZERO = r"(?<=[为是])零(?=$|[,;。、)])"
_ABOUT = ("近", "约", "超", "超过", "逾", "大约", "接近", "突破")
_NO_COUNT_BEFORE = frozenset("第-.")
_NO_COUNT_BEHIND = frozenset("%‰月日号时点倍年-—~/.")
_NO_COUNT_FROM = 10**10
_RANGE_OF_YEARS = re.compile(r"[-—~至]\d{4}年")
_VAGUE = re.compile("[一二两三四五六七八九]{2}")
"""三四百条 is three or four hundred."""
_BROKEN = re.compile(r",\d+(?![\d年月])")
"""1,23条 is a misprint of some figure; in 发布3403,2023年 only the measure word is lost."""
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


def find_marks(text: str) -> list[Mark]:
    """The marks of a normalised sentence, in order and never overlapping."""
    cues = _lexicon()
    marks: list[Mark] = []
    scan = _scanner().finditer
    position = -1
    while position < len(text):
        for found in scan(text, max(position, 0)):
            start, end = found.span()
            if start < position:
                break  # the word begins within a number's unit: 2019年|度
            word = found.group()
            cue = found.lastgroup or cues.get(word)
            if cue is None:
                mark, position = _read_number(text, start, end)
                if mark is not None:
                    marks.append(mark)
            elif cue != "ignore":
                marks.append(Mark(cue, start, end, word))
        else:
            break
    return marks


@cache
def _lexicon() -> dict[str, str]:
    return load_cues() | dict.fromkeys(",;:。!?()", BREAK)


@cache
def _scanner() -> re.Pattern[str]:
    words = _as_trie(load_cues())
    light = f"(?P<light>{_OWN_COLUMN}|{_FROM_BEFORE})"
    numbers = f"{_DIGITS}|{COUNTED_IN_WORDS}|{_CHINESE_ZERO}"
    return re.compile(rf"{light}|{_CARRY}|{numbers}|[,;:。!?()]|{words}")


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
        ends = after in _ENDS_A_BARE_COUNT and not _BROKEN.match(text, count.end())
        unit = "" if ends else "?"
    value = _read_digits(digits)
    for character in count["scale"]:
        value *= _SCALE[character]
    value = round(value, 6)
    if value % 1 or value >= _NO_COUNT_FROM or _VAGUE.search(digits):
        unit = "?"
    before = text[max(0, start - 3) : start].rstrip("为有达")
    about = bool(count["more"] or count["still"] or count["about"]) or before.endswith(_ABOUT)
    return Mark(NUMBER, start, count.end(), digits, value, unit, about), count.end()


def _read_year(digits: str, start: int, end: int) -> tuple[Mark | None, int]:
    """A year; one of more than four digits (202020年) is no year of ours, fewer are a duration."""
    if len(digits) < 4 or not digits.isdigit():
        return None, end
    value = float(digits) if len(digits) == 4 else -1.0
    return Mark(YEAR, start, end + 1, digits, value), end + 1


def _opens_a_range_of_years(text: str, end: int, digits: str) -> bool:
    return len(digits) == 4 and _RANGE_OF_YEARS.match(text, end) is not None


def _read_digits(digits: str) -> float:
    if digits[0].isdigit():
        whole, _, rest = digits.replace(",", "").rpartition("万")
        low = float(rest.rstrip("千")) * (1_000 if rest.endswith("千") else 1)
        return float(whole or 0) * 10_000 + low
    total, section, last = 0, 0, 0
    for character in digits.translate(_FORMAL):
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
