"""Finds out which agency reports, on which year, and for whom: title first, file name last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)(?:年度|年|度)?")
_PERIOD = re.compile(r"(20\d{2})年0?1月0?1日.{0,6}?\1年12月31日")
_DATE = re.compile(
    r"(?<!\d)20\d{2}(?:年\d{1,2}月(?:\d{1,2}日)?|([-./])\d{1,2}(?:\1\d{1,2})?(?!\d))"
)
_BYLINE = re.compile(r"(?:发布时间|发布日期|成文日期|公开日期|来源|浏览|索引号|字号[:：]).*$")
_CHINESE_YEAR = re.compile(r"二[〇○零0][一二三四五六七八九〇○零0]{2}(?=年)")
_SUBJECT = re.compile(r"(?:政府信息|信息|政务)公开")
_REPORT = re.compile(r"报告|年报")
_CUT = re.compile(r"(?:政府信息|信息|政务)公开.*$")
_EDGES = re.compile(
    r"^(?:(?:名称|标题|题名)[:：]|关于|印发|发布|公布|【.*?】|\[.*?\]|[\s《〈“\"：:、，,.。_\-—|])+"
    r"|(?:关于|报送|上报|印发|发布|公布|编制|全[省市县区旗州盟]|的|[\s《》〈〉“”\"：:、，,.。_\-—|(（])+$"
)
_NO_TITLE = re.compile(r"[。；;！>›»]|根据|按照|现将|通知|当前位置|首页|上一篇|下一篇")
"""What stands in sentences and in a portal's navigation but in no title."""
_AGENCY = re.compile(
    r"(?![全本各]|.*(?:网站|政府网|专栏)$)[^\d:：，。；〔\[|/]{1,39}"
    r"(?:[省市县区旗州盟镇乡村局厅委办院所站队处会部署社馆团场港司校学行]|政府|苏木|街道|中心|办公室|园)"
)
"""How agencies' names end; 附件2 and 政府信息公开年报 above a title are none."""
_NOTE = re.compile(r"[(（][^)）]*[)）]?")
_FILE_NOISE = re.compile(r"^\d+[\s._、-]+")
_GOVERNMENT = "政府"
_WHOLE_AREA = re.compile(r"全[省市县区旗州盟](?!面)")
_AREA = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]$")
_AREA_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]人民政府$")


@dataclass(frozen=True, slots=True)
class Identity:
    """Agency as printed, report year, title as printed; whether the path had to tell a part."""

    agency: str
    year: int
    title: str
    named_by_path: bool = False


def identify(document: Document, paragraphs: Sequence[str], name: str) -> Identity:
    """The agency and year of a report.

    ``name`` is the file's path; it serves where the document itself doesn't say. Raises
    ``Refused`` (``no-agency``, ``no-year``, ``year-before-form``) rather than guess.
    """
    titles = [title for title in _title_candidates(document, paragraphs) if _is_title(title)]
    path = PurePosixPath(name)
    stem = _FILE_NOISE.sub("", path.stem)
    named = [*titles, *filter(_is_title, [stem])]
    whole = _settled(list(filter(_is_whole, named)))
    title = whole or _first(titles) or path.stem
    agency = agency_in_title(whole) if whole else _first(map(agency_in_title, [*named, stem]))
    year = find_year(whole) if whole else _first(map(find_year, named)) or _path_year(path)
    if not agency:
        raise Refused("no-agency", detail=title[:LONGEST_TITLE])
    if year is None or (not whole and any(len(set(_years(text))) > 1 for text in titles)):
        raise Refused("no-year", detail=title[:LONGEST_TITLE])
    if year < FIRST_YEAR:
        raise Refused("year-before-form", detail=str(year))
    told = agency in map(agency_in_title, titles) and year in map(find_year, titles)
    return Identity(agency, year, title, named_by_path=not told)


def _settled(titles: Sequence[str]) -> str | None:
    """The first title, unless a page lists several reports: then the one it is named for.

    ``titles`` end with the metadata's and the file name's. Raises ``Refused`` when neither tells
    which of several agencies or years is meant.
    """
    told = [(agency_in_title(title) or "", find_year(title)) for title in titles]
    years = {year for _, year in told}
    longest = max((agency for agency, _ in told), key=len, default="")
    if len(years) <= 1 and all(longest.endswith(a) or longest.startswith(a) for a, _ in told):
        return titles[[agency for agency, _ in told].index(told[0][0])] if titles else None
    often = Counter(told)
    for title in reversed(titles):
        if often[agency_in_title(title) or "", find_year(title)] > 1:
            return title
    raise Refused("no-agency" if len(years) <= 1 else "no-year", detail="; ".join(titles[:3]))


def _path_year(path: PurePosixPath) -> int | None:
    """The year that the file's name and the two folders above it agree on."""
    years = {year for part in path.parts[-1:-4:-1] for year in _years(part)}
    return years.pop() if len(years) == 1 else None


def find_year(text: str) -> int | None:
    """The report year that a title names; None when it names none, or several."""
    years = set(_years(text))
    return years.pop() if len(years) == 1 else None


def _years(text: str) -> list[int]:
    """The years in a title but for those of dates; a period from January to December is one."""
    plain = _PERIOD.sub(r"\1年", _plain("".join(text.split())))
    return [int(match[1]) for match in _YEAR.finditer(_DATE.sub("", plain))]


def agency_in_title(title: str) -> str | None:
    """The agency that a title names, without year and subject; None when it names none."""
    plain = _DATE.sub("", _PERIOD.sub("", _plain("".join(title.split()))))
    plain = re.sub(r"年度(?=(?:政府)?信息公开)", "", _YEAR.sub("", plain))
    named = _CUT.sub("", plain)
    if named.endswith("人民"):  # 云泽县人民政府信息公开年报: the two 政府 are printed as one
        named += _GOVERNMENT
    agency = _strip_edges(_NOTE.sub("", named))
    return agency if _AGENCY.fullmatch(agency) else None


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
    top = [
        _BYLINE.sub("", text).strip() for text in paragraphs[: next(first_section, TITLE_SEARCH)]
    ]
    for lines in range(1, TITLE_LINES + 1):
        for start in range(len(top) - lines + 1):
            parts = top[start : start + lines]
            if lines == 1 or not any(map(_is_whole, parts)):
                yield "".join(parts)
    for title, below in pairwise(top):  # the author's name stands below the title
        if _is_title(title) and not agency_in_title(title) and _AGENCY.fullmatch(below):
            yield below + title
    yield re.split(r"[_|]|\s[-–—]\s", document.title)[0]


def _is_title(text: str) -> bool:
    plain = "".join(text.split())
    if not 6 <= len(plain) <= LONGEST_TITLE or not _REPORT.search(plain):
        return False
    return bool(_SUBJECT.search(plain)) and not _NO_TITLE.search(plain)


def _is_whole(text: str) -> bool:
    """Whether a line is a title that names both agency and year."""
    return bool(_is_title(text) and agency_in_title(text) and find_year(text))


def _first(found: Iterable[T | None]) -> T | None:
    return next((value for value in found if value), None)
