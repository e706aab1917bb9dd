"""Titles: which lines are one, and which of several is the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.recognise.identity.names import agency_in_title, clean_name, is_agency, is_place
from etl.recognise.identity.years import find_year

TITLE_LINES = 3
"""A title may be broken over this many lines (城郊街道2020年度政府信息 / 公开工作报告)."""
TITLE_SEARCH = 40
"""Lines from the top among which the title stands where no section is headed."""
LONGEST_TITLE = 60

_BYLINE = re.compile(r"(?:发布时间|发布日期|成文日期|公开日期|来源|浏览|索引号|字号[:：]).*$")
_SUBJECT = re.compile(r"(?:政府信息|信息|政务)公开")
_REPORT = re.compile(r"报告|年报")
_NO_TITLE = re.compile(
    r"[。；;！>›»]|根据|按照|现将|通知|当前位置|首页|上一篇|下一篇|下载|附件[:：]"
)
"""What stands in sentences and in a portal's navigation but in no title."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report as identity sees it: simplified characters, and its place."""

    text: str
    place: str


def title_candidates(top: Sequence[Line]) -> Iterator[Line]:
    """What may be the title: one line, then several joined, then one with the author's below it.

    A line that is a whole title by itself is joined with no other.
    """
    lines = [Line(_BYLINE.sub("", line.text).strip(), line.place) for line in top]
    whole = [is_whole(line.text) for line in lines]
    for count in range(1, TITLE_LINES + 1):
        for start in range(len(lines) - count + 1):
            if count > 1 and any(whole[start : start + count]):
                continue
            text = "".join(line.text for line in lines[start : start + count])
            if is_title(text):
                yield Line(_place_above(lines, start, text) + text, lines[start].place)
    for title, below in pairwise(lines):  # the author's name stands below the title
        if is_title(title.text) and not agency_in_title(title.text) and is_agency(below.text):
            yield Line(below.text + title.text, title.place)


def _place_above(lines: Sequence[Line], start: int, title: str) -> str:
    """The place in the line above a title whose agency lacks it: 云泽县 / 教育局2023年…."""
    above = clean_name("".join(lines[start - 1].text.split())) if start else ""
    agency = agency_in_title(title) if is_place(above) else None
    return above if agency and not agency.startswith(above) and not is_place(agency) else ""


def is_title(text: str) -> bool:
    """Whether a text reads like a report's title, with or without agency and year."""
    if "报" not in text:
        return False
    plain = "".join(text.split())
    if not 6 <= len(plain) <= LONGEST_TITLE or not _REPORT.search(plain):
        return False
    return bool(_SUBJECT.search(plain)) and not _NO_TITLE.search(plain)


def is_whole(text: str) -> bool:
    """Whether a line is a title that names both agency and year."""
    return bool(is_title(text) and agency_in_title(text) and find_year(text))
