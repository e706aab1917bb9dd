"""What a file's name and the folders above it say of the report in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from etl.recognise.identity.names import agency_in_title, clean_name, is_agency, is_place
from etl.recognise.identity.titles import is_title
from etl.recognise.identity.years import find_year, find_years, without_years

FOLDERS = 2
"""So many folders above a file may name year and agency."""

_NUMBERING = re.compile(r"^\d+[\s._、-]+")
_PORTAL_PAGE = re.compile(r"^[a-z]{1,3}(20\d{2})(\d{2})(\d{2})_\d+$", re.IGNORECASE)
"""How portals name an article's page: t20240120_123.html, after the day it was put up."""
_VERSION = re.compile(
    r"(?:[\s_(（-]*(?:副本|定稿|终稿|最终版?|盖章版?|扫描件|公开版|修改稿?|新|v?\d{1,2})[)）]?)+$",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?:政府信息公开|信息公开|政务公开)?(?:工作)?(?:年度)?(?:报告|年报|总结|报送材料)?$"
)
_ARCHIVE = re.compile(r"\.(?:zip|rar|7z)!?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PathFact:
    """What a name says; ``quote`` is the name of the file or folder."""

    value: str
    quote: str


def file_title(path: PurePosixPath) -> str:
    """The file's name without ending and number, as far as it may be a title."""
    return _NUMBERING.sub("", path.stem)


def file_agency(path: PurePosixPath) -> str | None:
    """The agency that the file's name tells."""
    stem = _VERSION.sub("", file_title(path))
    if is_title(stem):
        return agency_in_title(stem)
    return _agency_in(stem)


def folder_agency(path: PurePosixPath) -> PathFact | None:
    """The agency that the nearest folder tells; a place alone is none, as folders sort by place."""
    for folder in _folders(path):
        name = _agency_in(folder)
        if name and not is_place(name):
            return PathFact(name, folder)
    return None


def file_year(path: PurePosixPath) -> int | None:
    """The one year in the file's name."""
    return find_year(path.stem)


def folder_year(path: PurePosixPath) -> int | None:
    """The year that the folders above the file agree on."""
    years = {year for folder in _folders(path) for year in find_years(folder)}
    return years.pop() if len(years) == 1 else None


def page_day(path: PurePosixPath) -> date | None:
    """The day in a portal's name for an article's page: when it was put up."""
    found = _PORTAL_PAGE.match(path.stem)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _folders(path: PurePosixPath) -> list[str]:
    """The folders above the file, nearest first; an archive counts as one."""
    return [_ARCHIVE.sub("", part) for part in path.parts[-2 : -2 - FOLDERS : -1]]


def _agency_in(name: str) -> str | None:
    bare = _KIND.sub("", _VERSION.sub("", without_years(_NUMBERING.sub("", name))))
    found = clean_name(bare)
    return found if is_agency(found) else None
