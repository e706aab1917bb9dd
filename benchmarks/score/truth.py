"""What is known of the reports to be read: documents with their truth, from the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from etl.readers import expand, ocr
from etl.roster import read_roster
from etl.sample.files import FORMATS
from etl.sample.model import SampleReport
from etl.sample.varieties import (
    Truth,
    Variety,
    base_report,
    make_specimen_file,
    varieties,
)

Key = tuple[int, str, str]
"""Section, item and party of a cell."""
SCANS = frozenset(("png",))
"""Formats that hold nothing but pictures."""
Edit = Callable[[SampleReport], SampleReport]
Stated = tuple[str, str | None, float]
"""Measure, channel (None for the total) and value of a claim."""


class TrueCell(NamedTuple):
    """A cell as the truth has it; ``value`` only in the state ``number``."""

    state: str
    value: float | None
    raw: str


CellsByReport = dict[tuple[str, str, int], dict[Key, TrueCell]]
"""Path, agency and year → the report's cells."""


@dataclass(frozen=True, slots=True)
class TrueReport:
    """One report as it was meant, whichever file holds it.

    ``aliases`` are the names that the roster resolves to the agency; ``may_refuse`` says that the
    layout leaves room for doubt: unread is as good as right.
    """

    agency: str
    year: int
    edition: str
    scope: str
    published_on: date | None
    cells: dict[Key, TrueCell]
    claims: Counter[Stated] = field(default_factory=Counter)
    aliases: frozenset[str] = frozenset()
    may_refuse: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A file's bytes, the name it goes by, how it is laid out, and the reports in it."""

    data: bytes
    name: str
    format: str
    variety: str
    truth: tuple[TrueReport, ...]


def readable_formats(wanted: str = "") -> tuple[str, ...]:
    """The formats named, with commas between, or all; scans only where they can be read."""
    names = wanted.split(",") if wanted else FORMATS
    return tuple(name for name in names if name not in SCANS or ocr.installed())


def specimen_cases(
    seed: int, each: int = 1, chosen: Iterable[Variety] | None = None, edit: Edit | None = None
) -> Iterator[Case]:
    """``each`` documents of every variety chosen, or of all that can be read here.

    ``edit`` may change a report before it is printed.
    """
    for variety in readable_varieties() if chosen is None else chosen:
        for number in range(each):
            own_seed = Random(f"{seed} {variety.format} {variety.name} {number}").randrange(10**6)
            report = base_report(variety, own_seed)
            specimen = make_specimen_file(edit(report) if edit else report, variety, own_seed)
            may_refuse = specimen.outcome != "exact"
            truths = tuple(_truth_of(one, may_refuse) for one in specimen.truths)
            yield Case(specimen.content, specimen.path, variety.format, variety.name, truths)


def readable_varieties(formats: Sequence[str] = ()) -> list[Variety]:
    """The varieties of these formats, or of all that can be read here."""
    wanted = formats or readable_formats()
    return [variety for variety in varieties() if variety.format in wanted]


def _truth_of(truth: Truth, may_refuse: bool) -> TrueReport:
    report = truth.report
    return TrueReport(
        agency=report.agency.agency,
        year=report.year,
        edition=report.edition,
        scope=report.agency.scope,
        published_on=truth.published_on,
        cells={key: TrueCell(c.state, c.value, c.raw) for key, c in truth.cells.items()},
        claims=Counter((c.measure, c.channel, c.value) for c in report.telling.claims),
        aliases=frozenset(truth.names),
        may_refuse=may_refuse,
    )


def load_cases(corpus: Path, formats: Sequence[str] = ()) -> Iterator[Case]:
    """The files of a sample corpus that hold reports, by path; only ``formats`` where given."""
    cells, aliases = _cells_by_path(corpus), _aliases(corpus)
    held: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(corpus, "reports"):
        held.setdefault(row["path"], []).append(row)
    for path, rows in sorted(held.items()):
        kind = rows[0]["format"]
        if formats and kind not in formats:
            continue
        truth = tuple(_true_report(row, cells, aliases) for row in rows)
        yield Case(_load(corpus, path), path, kind, rows[0]["variety"], truth)


def load_refusable(corpus: Path) -> Iterator[tuple[bytes, str, str]]:
    """Bytes, name and refusal code of every file of a corpus that must not be loaded."""
    for row in _rows(corpus, "rejected"):
        yield _load(corpus, row["path"]), row["path"], row["reason"]


def _true_report(
    row: dict[str, Any], cells: CellsByReport, aliases: dict[str, frozenset[str]]
) -> TrueReport:
    ambiguous = {(v.format, v.name) for v in varieties() if v.outcome != "exact"}
    return TrueReport(
        agency=row["agency"],
        year=row["year"],
        edition=row["form"],
        scope=row["scope"],
        published_on=row["published_on"],
        cells=cells[row["path"], row["agency"], row["year"]],
        claims=Counter((c["measure"], c["channel"], c["value"]) for c in row["claims"]),
        aliases=aliases.get(row["agency"], frozenset()),
        may_refuse=(row["format"], row["variety"]) in ambiguous,
    )


def _aliases(corpus: Path) -> dict[str, frozenset[str]]:
    return {entry.agency: frozenset(entry.aliases) for entry in read_roster(corpus / "roster.csv")}


def _cells_by_path(corpus: Path) -> CellsByReport:
    found: CellsByReport = {}
    for row in _rows(corpus, "cells"):
        cell = TrueCell(row["state"], row["value"], row["raw"])
        of_report = found.setdefault((row["path"], row["agency"], row["year"]), {})
        of_report[row["section"], row["item"], row["party"]] = cell
    return found


def _rows(corpus: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(corpus / "truth" / f"{name}.parquet").to_pylist()
    return rows


def _load(corpus: Path, path: str) -> bytes:
    """The bytes of a file, or of an archive's member after ``!/``."""
    outer, _, member = path.partition("!/")
    if not member:
        return (corpus / outer).read_bytes()
    wanted = f"{Path(outer).name}!/{member}"
    return next(load for name, load in expand(corpus / outer) if name == wanted)()
