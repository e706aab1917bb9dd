"""Planting faults: which report gets which.

``faults.csv`` gives each rule's rate, in the order of planting, what a report must have to carry
it, and the steps that change the print, taken in turn (``-``: none, so that the prose alone does).
The oracle works out the findings of most of these rules; the others are only noted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.sample.chance import chance
from etl.sample.fitting import Candidate, fits, needs_roll_up
from etl.sample.model import Agency, Figures, Spot
from etl.sample.tables import read_rows

_UNWRITTEN = frozenset({"year-gap", "report-missing"})
_REACH = {
    "year-gap": (-1, 1),
    "report-missing": (-1, 0),
    "zero-streak": (-2, 0),
    "dispute-without-request": (-2, 0),
    **dict.fromkeys(
        (
            "carry-over",
            "in-force-ledger",
            "items-ledger",
            "pending-cases",
            "cases-exceed-route",
            "figures-repeated",
            "text-repeated",
            "jump",
        ),
        (-1, 0),
    ),
}
"""The years, counted from the report's own, that the fault needs for itself to be seen."""
_MOST_PER_AGENCY = 4
_NO_STEP = "-"


@dataclass(frozen=True, slots=True)
class Plan:
    """A fault to plant in one report; ``variant`` counts the reports given the same rule."""

    rule: str
    variant: int

    @property
    def unwritten(self) -> bool:
        """Whether the report is left out altogether."""
        return self.rule in _UNWRITTEN


def plan_faults(
    agencies: Sequence[Agency], figures: Mapping[Spot, Figures], seed: int
) -> dict[Spot, Plan]:
    """Which report carries which planted fault: never two in one, and few in one agency.

    A rule for which the corpus has no fitting report is left out.
    """
    planner = _Planner()
    spots = [
        Candidate(agency, year, figures)
        for agency in agencies
        for year in range(agency.reports_from, agency.reports_to + 1)
    ]
    for row in read_rows("faults.csv"):
        scope = "rollup" if needs_roll_up(row["needs"]) else "agency"
        offered = [spot for spot in spots if spot.agency.scope == scope]
        chance(seed, "plan", row["rule"]).shuffle(offered)
        wanted = math.ceil(len(offered) * float(row["per_hundred"]) / 100)
        planner.plant(row["rule"], wanted, (s for s in offered if fits(row["needs"], s)))
    return planner.plans


class _Planner:
    """What has been planted so far, and which reports must be left as they are."""

    def __init__(self) -> None:
        self.plans: dict[Spot, Plan] = {}
        self.taken: set[Spot] = set()
        self.complete: set[int] = set()
        """Years whose roll-up shows a fault only while every part reports."""
        self.planted: Counter[str] = Counter()

    def plant(self, rule: str, wanted: int, spots: Iterable[Candidate]) -> None:
        """The rule's fault in the first ``wanted`` of the spots that have room for it."""
        variant = 0
        for spot in spots:
            name, year = spot.agency.titled, spot.year
            first, last = _REACH.get(rule, (0, 0))
            reserved = [(name, year + step) for step in range(first, last + 1)]
            crowded = self.planted[name] >= _MOST_PER_AGENCY
            missed = rule in _UNWRITTEN and year in self.complete
            if variant == wanted or crowded or missed or self.taken.intersection(reserved):
                continue
            self.plans[name, year] = Plan(rule, variant)
            if rule == "zero-streak":
                self.plans |= dict.fromkeys(reserved[:-1], Plan("all-zero", variant))
            if rule == "rollup":
                self.complete.add(year)
            self.taken.update(reserved)
            self.planted[name] += len(reserved)
            variant += 1


def planted_steps(plan: Plan | None) -> tuple[str, ...]:
    """The steps that the plan changes the print with."""
    rule = plan.rule if plan else ""
    turns = [row["steps"].split() for row in read_rows("faults.csv") if row["rule"] == rule]
    if not plan or not turns or not turns[0]:
        return ()
    step = turns[0][plan.variant % len(turns[0])]
    return () if step == _NO_STEP else (step,)
