"""Reads every case and keeps the tally of each format and variety."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.score.tally import UNREAD_DOUBTED, Fault, Tally, judge, refusal
from benchmarks.score.truth import Case, TrueReport
from etl.read_report import read_reports
from etl.readers import expand
from etl.reading import Refused, ReportReading

RIGHT_WHERE_AMBIGUOUS = (UNREAD_DOUBTED, "refused", "report not found")
Variety = tuple[str, str]
"""Format and variety of a case."""


@dataclass
class Faults:
    """The faults met, by kind: how many, and one file that shows each.

    With a folder the first file of a kind is kept there for whoever mends the reading.
    """

    keep: Path | None = None
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, case: Case, detail: str) -> None:
        """Count a fault, and keep the case when it is the first of its kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if kind in self.examples:
            return
        self.examples[kind] = f"{case.name}: {detail}"
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{_slug(kind)}-{_file_name(case.name)}").write_bytes(case.data)


@dataclass
class Score:
    """Tallies by format and variety; those of varieties that may be refused apart."""

    exact: dict[Variety, Tally] = field(default_factory=dict)
    may_refuse: dict[Variety, Tally] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    refusals_wanted: int = 0
    refusals_right: int = 0

    def tally(self, case: Case, truth: TrueReport) -> Tally:
        """The running tally that a report of this case belongs to."""
        part = self.may_refuse if truth.may_refuse else self.exact
        return part.setdefault((case.format, case.variety), Tally())


def score_cases(cases: Iterable[Case], keep: Path | None = None) -> Score:
    """Read every case in order, timing each, and tally what came of it.

    The first case of a format is read once beforehand, so that no import is timed.
    """
    score, warm = Score(faults=Faults(keep)), set()
    for case in cases:
        if case.format not in warm:
            read_case(case)
            warm.add(case.format)
        start = process_time()
        outcome = read_case(case)
        seconds = process_time() - start
        for truth, (tally, faults) in zip(case.truth, judge_case(case, outcome), strict=True):
            tally.seconds = seconds / len(case.truth)
            score.tally(case, truth).add(tally)
            for fault in faults:
                if truth.may_refuse and fault.kind.startswith(RIGHT_WHERE_AMBIGUOUS):
                    continue
                kind = f"{case.format} {case.variety}: {fault.kind}"
                score.faults.note(kind, case, f"{fault.where} {fault.detail}")
    return score


def score_refusals(files: Iterable[tuple[bytes, str, str]], score: Score) -> None:
    """Check that each file is refused with the code it should be."""
    for data, name, code in files:
        score.refusals_wanted += 1
        outcome = read_case(Case(data, name, "", "", ()))
        score.refusals_right += isinstance(outcome, Refused) and outcome.code == code


def read_case(case: Case) -> Sequence[ReportReading] | Refused:
    """The reports read from a case, or why it was refused."""
    try:
        return tuple(_read(case))
    except Refused as refused:
        return refused


def _read(case: Case) -> Iterator[ReportReading]:
    if case.format != "zip":
        yield from read_reports(case.data, case.name).reports
        return
    with TemporaryDirectory(prefix="gouji-score-") as folder:
        archive = Path(folder) / _file_name(case.name)
        archive.write_bytes(case.data)
        for name, load in expand(archive):
            yield from read_reports(load(), name).reports


def judge_case(
    case: Case, outcome: Sequence[ReportReading] | Refused
) -> list[tuple[Tally, list[Fault]]]:
    """The tally and faults of each report of a case; one not found in it counts as refused."""
    if isinstance(outcome, Refused):
        fault = Fault(f"refused: {outcome.code}", outcome.place, outcome.detail)
        return [(refusal(truth), [fault]) for truth in case.truth]
    left = list(outcome)
    judged = []
    for truth in case.truth:
        reading = _matching(truth, left)
        missing = Fault("report not found", "", f"{truth.agency} {truth.year}")
        judged.append(judge(truth, reading) if reading else (refusal(truth), [missing]))
    return judged


def _matching(truth: TrueReport, left: list[ReportReading]) -> ReportReading | None:
    """Take the reading that is this report's: by agency and year, else by year, else the next."""
    likeness: list[Callable[[ReportReading], bool]] = [
        lambda reading: (reading.agency, reading.year) == (truth.agency, truth.year),
        lambda reading: reading.year == truth.year,
        lambda reading: True,
    ]
    for alike in likeness:
        with contextlib.suppress(StopIteration):
            found = next(reading for reading in left if alike(reading))
            left.remove(found)
            return found
    return None


def _file_name(name: str) -> str:
    return name.replace("!/", "/").rpartition("/")[2]


def _slug(kind: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in kind)
