"""For whom a report speaks: its agency alone, or a whole government's parts together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading import Prose, Scope, ToldBy
from etl.recognise.identity.names import is_place
from etl.recognise.script import simplified

_AREA_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]人民政府$")
_OFFICE = re.compile(r"人民政府[(（](?:办公厅|办公室|本级)[)）]|政府本级")
_WHOLE = r"全[省市县区旗州盟](?![面县])"
_WHOLE_AREA = re.compile(_WHOLE)
_OWN = re.compile(r"不(?:含|包括|包含)[^，。]{0,12}(?:部门|乡|镇|街道|单位)|仅(?:含|包括|限)")
_SUMMED = (
    re.compile(
        _WHOLE + r"[^，。；]{0,12}(?:公开政府信息|公开各类|公开信息|收到|受理|新收|各级|行政机关)"
    ),
    re.compile(rf"汇总[^，。；]{{0,8}}(?:{_WHOLE}|各部门|各乡|各镇|所属|下属|各区|各县)"),
    re.compile(
        r"(?:数据|报告|范围|统计)[^。；]{0,16}(?:包括|包含|涵盖|含)[^。；]{0,16}"
        r"(?:所属部门|各部门|部门和|工作部门|各乡|乡镇|各镇|街道|各区|各县|直属机构)"
    ),
)
_PERHAPS = re.compile(rf"{_WHOLE}|我[省市县区旗州盟](?!直|政府|人民)")


@dataclass(frozen=True, slots=True)
class FoundScope:
    """The scope, what told it (``title``, ``preface`` or nothing), and whether that is unsure."""

    scope: Scope
    told_by: ToldBy | None = None
    quote: str = ""
    place: str = ""
    unsure: bool = False


def find_scope(agency: str, title: str, prose: Sequence[Prose]) -> FoundScope:
    """``rollup`` for a whole government's summary of its parts, else ``agency``.

    A place as author (宿迁市2023年…) reports for the whole of it, and so does a title with 全县. A
    government of a county or above does when its preface or overview says that the figures are
    those of its parts or of 全县; its office, and 人民政府（办公室）, never do. Where such a
    government's text only speaks of the county's work, the report counts as its own, unsure.
    """
    told = _told_by_title(agency, title)
    if told or not _AREA_GOVERNMENT.match(agency):
        return FoundScope(told, "title", title) if told else FoundScope("agency")
    first = [(p, simplified(p.text)) for p in prose if p.section <= 1]
    for paragraph, text in first:
        if _OWN.search(text):
            return FoundScope("agency", "preface", text, paragraph.place)
        if any(pattern.search(text) for pattern in _SUMMED):
            return FoundScope("rollup", "preface", text, paragraph.place)
    unsure = next((p for p, text in first if _PERHAPS.search(text)), None)
    return FoundScope("agency", place=unsure.place if unsure else "", unsure=unsure is not None)


def _told_by_title(agency: str, title: str) -> Scope | None:
    if _WHOLE_AREA.search(title):
        return "rollup"
    if _OFFICE.search("".join(title.split())):
        return "agency"
    return "rollup" if is_place(agency) else None
