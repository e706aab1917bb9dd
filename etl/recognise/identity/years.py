"""Years and days as titles, sentences and names print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MAX_REMEMBERED = 1_000
"""Texts whose year is remembered: a title is asked for it again and again."""

_CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_WIDE_DIGIT = re.compile("[０-９]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_CHINESE_YEAR = re.compile(r"二[〇○零0Ｏ][一二三四五六七八九〇○零0Ｏ]{2}(?=年)")
_CHINESE_DAY = re.compile(
    r"(?<=[年月])(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日])"
)

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)(?:年度|年(?!报(?!送))|度)?")
_BRACKETED = re.compile(r"[〔\[](20\d{2})[〕\]]")
_YEAR_PERIOD = re.compile(r"(20\d{2})年0?1月0?1日.{0,6}?(?:\1年)?12月31日")
_DATE = re.compile(
    r"(?<!\d)20\d{2}(?:年\d{1,2}月(?:\d{1,2}日)?|([-./])\d{1,2}(?:\1\d{1,2})?(?!\d))"
)
_DAY = r"(?<!\d)(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)日?"
_PERIOD = re.compile(
    _DAY + r"(?:起|开始)?[，,]?\s*(?:至|到|—+|－+|–+|-+|~|～)\s*"
    r"(?:(20\d{2})\s*[年./-]|当年|同年)?\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)日?"
)
_SINGLE_DAY = re.compile(r"[(（\[【]?" + _DAY + r"[)）\]】]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A statistics period, both days included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def year(self) -> int | None:
        """The year that the period lies in; None when it reaches over two."""
        return self.first.year if self.first.year == self.last.year else None


def plain_digits(text: str) -> str:
    """The text with its years and days in plain digits: ２０２２年, 二〇二二年 become 2022年."""
    if _WIDE_DIGIT.search(text):
        text = text.translate(_WIDE)
    if "年" not in text and "月" not in text:
        return text
    text = _CHINESE_YEAR.sub(lambda m: m[0].translate(_CHINESE_DIGITS), text)
    return _CHINESE_DAY.sub(lambda m: str(_small_number(m[0])), text)


@lru_cache(maxsize=_MAX_REMEMBERED)
def find_year(text: str) -> int | None:
    """The report year that a title names; None when it names none, or several."""
    years = set(find_years(text))
    return years.pop() if len(years) == 1 else None


def find_years(text: str) -> list[int]:
    """The years in a title but for those of dates; a period from January to December is one."""
    plain = _YEAR_PERIOD.sub(r"\1年", _title_text(text))
    return [int(match[1]) for match in _YEAR.finditer(_DATE.sub("", plain))]


def without_years(text: str) -> str:
    """A title without white space, dates, periods and years; its digits plain."""
    plain = _YEAR_PERIOD.sub("", _title_text(text))
    return _YEAR.sub("", _DATE.sub("", plain))


def find_period(sentence: str) -> Period | None:
    """The first period from a day to a day; None when there is none that the calendar knows."""
    for found in _PERIOD.finditer(plain_digits(sentence)):
        year, month, day, last_year, last_month, last_day = found.groups()
        first = _day(year, month, day)
        last = _day(last_year or year, last_month, last_day)
        if first and last and first <= last:
            return Period(first, last)
    return None


def sole_period(text: str) -> Period | None:
    """The period that a line consists of, in brackets or not; None for any other line."""
    plain = plain_digits("".join(text.split())).strip("()（）[]【】")
    return find_period(plain) if _PERIOD.fullmatch(plain) else None


def single_day(text: str) -> date | None:
    """The day that a line consists of (（2024年1月20日）, 2024-01-20 10:30); None for any other."""
    found = _SINGLE_DAY.fullmatch(plain_digits("".join(text.split())))
    return _day(*found.groups()) if found else None


def first_day(text: str) -> date | None:
    """The day that a text begins with, whatever follows it."""
    found = re.match(_DAY, plain_digits(text.strip()))
    return _day(*found.groups()) if found else None


def _title_text(text: str) -> str:
    return _BRACKETED.sub(r"\1", plain_digits("".join(text.split())))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _small_number(text: str) -> int:
    """十 → 10, 二十一 → 21, 三 → 3."""
    tens, ten, ones = text.rpartition("十")
    digit = int(ones.translate(_CHINESE_DIGITS)) if ones else 0
    return digit if not ten else 10 * int(tens.translate(_CHINESE_DIGITS) or 1) + digit
