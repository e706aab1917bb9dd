"""How reports are printed in the wild: every format and layout variety, each with its truth.

The catalogue is ``varieties.csv``. A variety is a *dialect* of its format (which only the writer of
that format knows: one cell a line, a page frame, a ruled or borderless PDF) and *steps*, changes of
the report that hold in any format (``etl/sample/steps``): of its cells, its labels, its grids, the
page around them, all of its text.

    for variety in varieties():
        report = base_report(variety, seed)
        specimen = make_specimen_file(report, variety)
        ...  # specimen.content, specimen.path; for truth in specimen.truths: truth.cells

The truth follows from what is printed: a box that a step takes away leaves its cell ``absent``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal, get_args

from etl.form import as_edition
from etl.sample.blocks import printed_cells
from etl.sample.chance import chance
from etl.sample.model import Key, PrintedCell, SampleReport
from etl.sample.specimen import DEPARTMENT, make_specimen
from etl.sample.steps import STEPS
from etl.sample.tables import read_rows
from etl.sample.writers import WRITERS

Outcome = Literal["exact", "exact_or_refused"]
"""``exact``: every cell must be read as printed. ``exact_or_refused``: the print is ambiguous, so a
cell may also stay without a value (``unreadable``, ``absent``) or the file be refused; any other
value is wrong all the same."""


@dataclass(frozen=True, slots=True)
class Variety:
    """One row of the catalogue for one format; ``name`` is unique within its format."""

    format: str
    name: str
    ending: str
    """The file's ending without its dot; differs from ``format`` where files lie about theirs."""
    dialect: str
    steps: tuple[str, ...]
    base: str
    """What the base report must be: edition, year, kind of body; empty words for the usual one."""
    outcome: Outcome
    corpus: str
    """``usual`` or ``rare`` in the default corpus; empty: written on demand alone."""
    origin: str
    """Where it was seen: a chapter of the domain notes, an agency."""
    description: str

    @property
    def edition(self) -> str:
        """The edition that the variety needs; empty where any will do."""
        return self.base.partition(" ")[0]

    @property
    def fits_any(self) -> bool:
        """Whether any report can be printed so, and must be read whole."""
        return self.outcome == "exact" and not self.base


@dataclass(frozen=True, slots=True)
class Truth:
    """What must be read from one report of a file.

    ``report`` carries agency, year, scope, edition, title and ``telling.claims``; ``cells`` has
    every cell of the edition in printed order, with ``raw`` as printed.
    """

    report: SampleReport
    cells: dict[Key, PrintedCell]
    published_on: date | None
    """None where the file doesn't print it, or prints it for another report."""

    @property
    def names(self) -> tuple[str, ...]:
        """How the agency may be named before the roster is asked: its own name and its aliases."""
        return (self.report.agency.agency, *self.report.agency.aliases)


@dataclass(frozen=True, slots=True)
class Specimen:
    """One file: its relative path, its bytes, and the truth of the one or two reports in it."""

    path: str
    content: bytes
    truths: tuple[Truth, ...]
    outcome: Outcome


@cache
def varieties(formats: tuple[str, ...] | None = None) -> tuple[Variety, ...]:
    """The catalogue, one entry a format and variety; of all formats that can be written here."""
    wanted = formats or tuple(WRITERS)
    return tuple(
        _variety(row, kind)
        for row in read_rows("varieties.csv")
        for kind in row["formats"].split()
        if kind in wanted and kind in WRITERS
    )


def find_variety(kind: str, name: str) -> Variety:
    """The variety of this format and name; KeyError when there is none."""
    for variety in varieties():
        if (variety.format, variety.name) == (kind, name):
            return variety
    raise KeyError(f"no variety {name!r} of format {kind!r}")


def base_report(variety: Variety, seed: int) -> SampleReport:
    """A plain report that the variety fits (its edition, year and kind of body), by seed."""
    edition, year, kind = (*variety.base.split(), "", "", "")[:3]
    return make_specimen(
        seed, int(year or 2023), as_edition(edition) if edition else None, kind or DEPARTMENT
    )


def apply_steps(report: SampleReport, variety: Variety, seed: int = 0) -> SampleReport:
    """The report as this variety prints it, with what is planted in it.

    Its ``cells`` are then those that are printed.
    """
    rng = chance(seed, variety.name, report.title)
    earlier = apply_steps(report.earlier, variety, seed) if report.earlier else None
    for name in (*variety.steps, *report.steps):
        report = STEPS[name](report, rng)
    dated = report.published_on if is_dated(variety, report.steps) else None
    return replace(report, cells=printed_cells(report), dated=dated, earlier=earlier)


def make_specimen_file(report: SampleReport, variety: Variety, seed: int = 0) -> Specimen:
    """The report written in the variety, with its truth. Equal arguments give equal bytes."""
    printed = apply_steps(report, variety, seed)
    truths = [Truth(printed, printed.cells, printed.dated)]
    if printed.companion:
        truths.append(Truth(printed.companion, printed_cells(printed.companion), None))
    content = WRITERS[variety.format](printed, variety.dialect)
    path = f"{printed.path or printed.title}.{variety.ending}"
    return Specimen(path, content, tuple(truths), variety.outcome)


def render(report: SampleReport, kind: str, name: str, seed: int = 0) -> bytes:
    """The bytes of a report in one format and variety; KeyError for an unknown pair."""
    return make_specimen_file(report, find_variety(kind, name), seed).content


def truth(report: SampleReport, kind: str, name: str, seed: int = 0) -> dict[Key, PrintedCell]:
    """What ``render`` with equal arguments prints in every cell of the report's edition."""
    return apply_steps(report, find_variety(kind, name), seed).cells


def is_dated(variety: Variety, planted: tuple[str, ...] = ()) -> bool:
    """Whether the date of publication is printed: in a web page's frame, a table of metadata."""
    framed = variety.format in ("html", "mht") and "undated" not in variety.dialect
    return framed or "metadata-table" in (*variety.steps, *planted)


def _variety(row: dict[str, str], kind: str) -> Variety:
    outcomes: dict[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}
    return Variety(
        format=kind,
        name=row["variety"],
        ending=row["ending"] or kind,
        dialect=row["dialect"],
        steps=tuple(row["steps"].split()),
        base=row["base"],
        outcome=outcomes[row["outcome"] or "exact"],
        corpus=row["corpus"],
        origin=row["origin"],
        description=row["description"],
    )
