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
    """What the reading was unsure of or left unread; ``code`` is declared in ``doubts.csv``."""

    code: str
    place: str
    detail: str = ""
    section: int | None = None
    item: str | None = None


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
    named_by_path: bool = False
    """Whether the file's name or folder had to tell agency or year: the text alone doesn't."""
    sections: tuple[int, ...] = ()
    """The sections of the form whose heading or table was found."""
    prose: tuple[Prose, ...] = field(default=())
    claims: tuple[Claim, ...] = field(default=())
    doubts: tuple[Doubt, ...] = field(default=())


class Refused(Exception):
    """A file that is not loaded; ``code`` is declared in ``refusals.csv`` with both languages."""

    def __init__(self, code: str, place: str = "", detail: str = "") -> None:
        super().__init__(f"{code} {place} {detail}".strip())
        self.code = code
        self.place = place
        self.detail = detail
