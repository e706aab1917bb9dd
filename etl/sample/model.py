"""What a made-up report is before any file is written: its figures, its print and its claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from etl.form import Edition
from etl.reading import Measure, Scope, State

if TYPE_CHECKING:
    from etl.sample.blocks import Block

Key = tuple[int, str, str]
"""Section, item and party of a cell."""
Spot = tuple[str, int]
"""What an agency's titles call it (``Agency.titled``), and report year."""


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
    """A made-up body that reports, with the years it reports on and how it speaks of itself."""

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
    scope: Scope
    """``rollup`` for the government that sums up its parts, ``agency`` for everyone else."""
    titled: str
    """What its titles and files call it: a name for each that reports, even where a government
    reports twice, for its parts together and for itself."""

    @property
    def authors(self) -> tuple[str, ...]:
        """How its own prose may name it as author, its name first."""
        if self.scope == "rollup":
            return (self.agency,)
        if self.titled != self.agency:
            return (f"{self.agency}办公室", self.agency)
        return (self.agency, self.short_name, *self.aliases)

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
    period: tuple[date, date]
    """First and last day of the statistics period, as the preface has it."""
    authors: tuple[str, ...]
    """The agencies that the prose names as the report's author: in the preface, below the text."""


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
    steps: tuple[str, ...] = ()
    """Changes of the print (``etl/sample/steps``) that were planted, whatever the variety."""
    file_year: int | None = None
    """The year in the file's name where that isn't the report's own."""
    dated: date | None = None
    """The day of publication where the file prints it: in a page's frame, a table of metadata."""
    earlier: SampleReport | None = None
    """A file of the same year that was published before this one and says otherwise."""
    text_from: str = ""
    """Whose and which year's sentences were copied, as ``agency year``; empty for own text."""
    blocks: tuple[Block, ...] = ()
    """What is printed where a variety has rearranged it; empty: as the form prescribes."""
    companion: SampleReport | None = None
    """A second report that follows in the same file."""
    path: str = ""
    """The file's path without its ending, where a variety needs a name that tells or hides
    something; empty: the title."""


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
