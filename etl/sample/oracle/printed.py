"""What one report prints and says, for every group of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.sample.model import Fault, SampleReport, StatedFigure

TABLES = (2, 3, 4)
DOCUMENTS = ("regulation", "normative_document")


@dataclass(frozen=True, slots=True)
class Look:
    """One report beside the others of its agency in its scope, by year."""

    report: SampleReport
    own: Mapping[int, SampleReport]

    def years_ago(self, years: int) -> SampleReport | None:
        """The agency's report on so many years before; None where there is none."""
        return self.own.get(self.report.year - years)


def value(report: SampleReport, section: int, item: str, party: str) -> float | None:
    """The figure in a cell; None when the edition has no such cell or it isn't a number."""
    cell = report.cells.get((section, item, party))
    return cell.value if cell and cell.state == "number" else None


def total(
    report: SampleReport, section: int, items: Iterable[str], parties: Sequence[str]
) -> float | None:
    """The sum over items and parties; None when any of the cells isn't a number."""
    summed = 0.0
    for item in items:
        for party in parties:
            figure = value(report, section, item, party)
            if figure is None:
                return None
            summed += figure
    return summed


def numbers(report: SampleReport, section: int) -> list[float]:
    """Every number of a section's table."""
    return [
        cell.value
        for (number, _, _), cell in report.cells.items()
        if number == section and cell.value is not None
    ]


def differ(left: float | None, right: float | None) -> bool:
    """Whether two figures are known and not the same (amounts: to a hundredth of a 元)."""
    return left is not None and right is not None and abs(left - right) > 1e-6


def stated(report: SampleReport, measure: str) -> Iterator[StatedFigure]:
    """What the prose states of a measure over all channels."""
    for claim in report.telling.claims:
        if claim.measure == measure and claim.channel is None:
            yield claim


def fault(
    report: SampleReport,
    rule: str,
    section: int | None = None,
    item: str | None = None,
    party: str | None = None,
    *,
    detail: str = "",
) -> Fault:
    """A finding about this report."""
    agency = report.agency
    return Fault(agency.agency, report.year, agency.scope, rule, section, item, party, detail)
