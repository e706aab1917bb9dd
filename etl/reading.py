"""What is recognised in one report, before it meets any other report.

``ReportReading`` is the unit that moves between processes, is kept in the warehouse by content
hash, and is shown by ``gouji explain``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from etl.form import Edition

State = Literal["number", "blank", "dash", "unreadable", "absent"]
STATES: tuple[State, ...] = get_args(State)

Measure = Literal[
    "disclosed_items",
    "requests_received",
    "requests_concluded",
    "carried_in",
    "carried_out",
    "granted",
    "partial",
    "refused",
    "reconsideration_cases",
    "litigation_cases",
]
MEASURES: tuple[Measure, ...] = get_args(Measure)

Scope = Literal["agency", "rollup"]

Stated = Literal["agency", "year", "period", "scope", "published_on"]
ToldBy = Literal[
    "title", "period", "publisher", "preface", "signature", "page", "line", "file", "site", "folder"
]
"""What in or around a document states something, roughly from the most to the least trusted.

``title`` with the author's line below it; ``period``: the sentence on the statistics period;
``publisher`` and ``line``: labelled facts such as 发布机构 and 发布日期; ``preface``: sentences
that name the author; ``signature``: name and day below the text; ``page``: title and day in its
metadata; ``site``: what else that names, often the portal.
"""


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell of the form as printed. ``value`` is set only when ``state`` is ``number``.

    ``value`` is in the form's unit (件, 项, 万元); ``raw`` is the text as printed.
    """

    state: State
    value: float | None = None
    raw: str = ""
    place: str = ""


ABSENT = CellReading("absent")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of a report: the section it stands in (0 before the first) and its place."""

    section: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the prose states. ``channel`` is None for the total over all channels."""

    measure: Measure
    value: float
    quote: str
    place: str
    channel: str | None = None
    approximate: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the reading was unsure of or left unread; ``code`` is declared in ``doubts.csv``.

    ``alternative`` are (party, value) pairs of its section and item: figures that this place may
    have meant, in the form's units. They are offered to a person and stand in no cell.
    """

    code: str
    place: str
    detail: str = ""
    section: int | None = None
    item: str | None = None
    alternative: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a document or its name says of the report: ``value`` as in the report it would make.

    A year is ``2023``, a period ``2023-01-01/2023-12-31``, a day ``2024-01-20``. ``used`` where the
    report goes under it; the others may agree or not.
    """

    what: Stated
    value: str
    told_by: ToldBy
    quote: str = ""
    place: str = ""
    used: bool = False


@dataclass(frozen=True, slots=True)
class ReportReading:
    """One report as recognised; ``cells`` follow ``load_form(edition).cells`` one for one."""

    agency: str
    year: int
    edition: Edition
    scope: Scope
    title: str
    published_on: date | None
    cells: tuple[CellReading, ...]
    stated: tuple[Statement, ...] = ()
    """What was stated of agency, year, period, scope and publication, the most trusted first."""
    sections: tuple[int, ...] = ()
    """The sections of the form whose heading or table was found."""
    prose: tuple[Prose, ...] = field(default=())
    claims: tuple[Claim, ...] = field(default=())
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def named_by(self) -> dict[Stated, ToldBy]:
        """What told each part of the identity; a part that nothing told is left out."""
        return {statement.what: statement.told_by for statement in self.stated if statement.used}

    @property
    def named_by_path(self) -> bool:
        """Whether the file's name or folder had a say: the text alone doesn't tell for sure."""
        return not {self.named_by.get("agency"), self.named_by.get("year")}.isdisjoint(
            ("file", "site", "folder")
        )


class Refused(Exception):
    """A file that is not loaded; ``code`` is declared in ``refusals.csv`` with both languages."""

    def __init__(self, code: str, place: str = "", detail: str = "") -> None:
        super().__init__(f"{code} {place} {detail}".strip())
        self.code = code
        self.place = place
        self.detail = detail
