"""An example of a rule: the reports it is about, what is changed in them, what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from tests.checks.warehouses import Agency, Report

Place = tuple[int | None, str | None, str | None]
NOWHERE: Place = (None, None, None)


@dataclass(frozen=True)
class Example:
    """The outcome of ``rule`` for the last report (or for ``year``), and where findings stand.

    ``roster`` bounds the years in which the agency must report. An example with ``agencies`` is
    judged in a warehouse of its own that holds these, because other agencies matter to it.
    """

    rule: str
    outcome: str
    reports: tuple[Report, ...]
    places: tuple[Place, ...] = ()
    roster: tuple[int | None, int | None] = (None, None)
    year: int | None = None
    agencies: tuple[Agency, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.rule}-{self.outcome}"


def of_report(rule: str, outcome: str, report: Report, *places: Place) -> Example:
    return Example(rule, outcome, (report,), places)


RECEIVED = (3, "received", "total")
