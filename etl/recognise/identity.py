"""Finds out which agency reports, on which year, and for whom: title first, file name last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from etl.document import Document
from etl.form import FIRST_YEAR
from etl.reading import Prose, Refused, Scope
from etl.recognise.labels import section_index

T = TypeVar("T")

TITLE_LINES = 3
"""A title may be broken over this many lines (城郊街道2020年度政府信息 / 公开工作报告)."""
TITLE_SEARCH = 40
"""Paragraphs from the top among which the title stands where no section is headed."""
LONGEST_TITLE = 60

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_YEAR = re.compile(r"(20\d{2})\s*(?:年度|年|度)?")
_CHINESE_YEAR = re.compile(r"二[〇○零0][一二三四五六七八九〇○零0]{2}(?=年)")
_SUBJECT = re.compile(r"(?:政府信息|信息|政务)公开")
_REPORT = re.compile(r"报告|年报")
_CUT = re.compile(r"(?:政府信息|信息|政务)公开.*$")
_EDGES = re.compile(
    r"^(?:关于|印发|发布|公布|【.*?】|\[.*?\]|[\s《〈“\"：:、，,.。_\-—|])+|(?:关于|的|[\s》〉”\"：:、，,.。_\-—|(（])+$"
)
_NO_TITLE = re.compile(r"[。；;！>›»]|根据|按照|现将|通知|当前位置|首页")
"""What stands in sentences and in a portal's navigation but in no title."""
_NOTE = re.compile(r"[(（][^)）]*[)）]?")
_FILE_NOISE = re.compile(r"^\d+[\s._、-]+")
_GOVERNMENT = "政府"
_WHOLE_AREA = re.compile(r"全[省市县区旗州盟](?!面)")
_AREA = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]$")
_AREA_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]人民政府$")


@dataclass(frozen=True, slots=True)
class Identity:
    """Agency as printed, report year, title as printed."""

    agency: str
    year: int
    title: str


def identify(document: Document, paragraphs: Sequence[str], name: str) -> Identity:
    """The agency and year of a report.

    ``name`` is the file's path; it serves where the document itself doesn't say. Raises
    ``Refused`` (``no-agency``, ``no-year``, ``year-before-form``) rather than guess.
    """
    titles = [title for title in _title_candidates(document, paragraphs) if _is_title(title)]
    path = PurePosixPath(name)
    named = [*titles, *filter(_is_title, [_FILE_NOISE.sub("", path.stem)])]
    whole = _first(
        title if agency_in_title(title) and find_year(title) else None for title in named
    )
    title = whole or _first(titles) or path.stem
    agency = agency_in_title(whole) if whole else _first(map(agency_in_title, named))
    year = find_year(whole) if whole else _first(map(find_year, [*named, *_path_parts(path)]))
    if not agency:
        raise Refused("no-agency", detail=title[:LONGEST_TITLE])
    if year is None:
        raise Refused("no-year", detail=title[:LONGEST_TITLE])
    if year < FIRST_YEAR:
        raise Refused("year-before-form", detail=str(year))
    return Identity(agency, year, title)


def _path_parts(path: PurePosixPath) -> list[str]:
    """The file's name and the two folders above it, nearest first."""
    return list(path.parts[-1:-4:-1])


def find_year(text: str) -> int | None:
    """The report year that a title names; None when it names none."""
    match = _YEAR.search(_plain(text))
    return int(match[1]) if match else None


def agency_in_title(title: str) -> str | None:
    """The agency that a title names, without year and subject; None when it names none."""
    plain = _plain("".join(title.split()))
    plain = re.sub(r"年度(?=(?:政府)?信息公开)", "", _YEAR.sub("", plain))
    named = _CUT.sub("", plain)
    if named.endswith("人民"):  # 云泽县人民政府信息公开年报: the two 政府 are printed as one
        named += _GOVERNMENT
    agency = _strip_edges(_NOTE.sub("", named))
    return agency if len(agency) >= 2 and not agency.isdigit() else None


def find_scope(agency: str, title: str, prose: Sequence[Prose]) -> Scope:
    """``rollup`` for a whole government's summary of its parts, else ``agency``.

    A place as author (宿迁市2023年…) reports for the whole of it. A government of a county or
    above does when its title or first section speaks of 全县 (全市, 全区); its office never does.
    """
    if _AREA.match(agency) or _WHOLE_AREA.search(title):
        return "rollup"
    if not _AREA_GOVERNMENT.match(agency):
        return "agency"
    first = (p.text for p in prose if p.section <= 1)
    return "rollup" if any(_WHOLE_AREA.search(text) for text in first) else "agency"


def _plain(text: str) -> str:
    """The text with its years in plain digits: ２０２２年 and 二〇二二年 become 2022年."""
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(_CHINESE_DIGITS), text.translate(_WIDE))


def _strip_edges(text: str) -> str:
    previous = None
    while text != previous:
        previous, text = text, _EDGES.sub("", text)
    return text


def _title_candidates(document: Document, paragraphs: Sequence[str]) -> Iterator[str]:
    """What may be the title: one paragraph, several joined, and last the metadata's title.

    Only what stands before the first section counts: links to other years' reports follow it.
    """
    first_section = (n for n, text in enumerate(paragraphs) if section_index().match(text) == "1")
    top = [text.strip() for text in paragraphs[: next(first_section, TITLE_SEARCH)]]
    for lines in range(1, TITLE_LINES + 1):
        for start in range(len(top) - lines + 1):
            yield "".join(top[start : start + lines])
    yield re.split(r"[_|]|\s[-–—]\s", document.title)[0]


def _is_title(text: str) -> bool:
    plain = "".join(text.split())
    if not 6 <= len(plain) <= LONGEST_TITLE or not _REPORT.search(plain):
        return False
    return bool(_SUBJECT.search(plain)) and not _NO_TITLE.search(plain)


def _first(found: Iterable[T | None]) -> T | None:
    return next((value for value in found if value), None)
