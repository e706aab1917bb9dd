"""What a made-up report is before any file is written: its figures, its print and its claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.form import Edition
from etl.reading import Measure, Scope, State

Key = tuple[int, str, str]
"""Section, item and party of a cell."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of body does in a usual year: mean volumes, and fees and procurement in 万元."""

    requests: float
    carry: float
    normative: int
    licences: int
    penalties: int
    coercions: int
    services: int
    fee_wan: float
    procurement_wan: float
    items: int


@dataclass(frozen=True, slots=True)
class Agency:
    """A made-up body on the roster, with the years it reports on and how it speaks of itself."""

    agency: str
    short_name: str
    level: str
    kind: str
    region: str
    parent: str
    aliases: tuple[str, ...]
    reports_from: int
    reports_to: int
    self_name: str
    topics: tuple[str, ...]
    profile: Profile

    @property
    def scope(self) -> Scope:
        """``rollup`` for the government that sums up its parts, ``agency`` for everyone else."""
        return "rollup" if self.kind == "政府" else "agency"

    def active(self, year: int) -> bool:
        """Whether the body must report on ``year``."""
        return self.reports_from <= year <= self.reports_to


@dataclass(frozen=True, slots=True)
class Figures:
    """The true figures of one agency and year: every cell of the edition, and disclosed items."""

    edition: Edition
    values: dict[Key, float]
    items: int


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as printed; ``value`` is set only when ``state`` is ``number``."""

    state: State
    value: float | None
    raw: str


ABSENT = PrintedCell("absent", None, "")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure that the prose states; ``channel`` is None for the total over all channels."""

    measure: Measure
    channel: str | None
    value: float
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """The prose of a report: paragraphs by section (0 is the preface) and what they state.

    A section that isn't among the paragraphs isn't in the report.
    """

    paragraphs: dict[int, tuple[str, ...]]
    claims: tuple[StatedFigure, ...]
    all_handled: bool
    """Whether the prose says that every request has been dealt with."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """How this report spells the form: label of every line and head, and the section headings."""

    lines: dict[tuple[int, str, str], str]
    """(section, group, item) → printed label."""
    heads: dict[tuple[int, str, str], str]
    """(section, group, party) → printed label."""
    groups: dict[str, str]
    sections: dict[int, str]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One report, ready to be written in any format."""

    agency: Agency
    year: int
    edition: Edition
    title: str
    title_lines: tuple[str, ...]
    published_on: date
    cells: dict[Key, PrintedCell]
    printed_sections: frozenset[int]
    lost_table_note: str
    telling: Telling
    wordings: Wordings
    text_from: str = ""
    """Whose and which year's sentences were copied, as ``agency year``; empty for own text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding that follows from what is printed, on purpose where it is ``planted``."""

    agency: str
    year: int
    scope: Scope
    rule: str
    section: int | None = None
    item: str | None = None
    party: str | None = None
    detail: str = ""
    planted: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something put into a report for a rule whose findings the truth doesn't list completely."""

    agency: str
    year: int
    rule: str
    detail: str = ""
