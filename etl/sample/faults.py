"""Planting faults: which report gets which, and what it makes the prose say.

``faults.csv`` gives each rule's rate, in the order of planting, what a report must have to carry
it, and the steps that change the print, taken in turn (``-``: none, so that the prose alone does).
The oracle works out the findings of most of these rules; the others are only noted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from etl.form import FIRST_YEAR, NEWEST, edition_for_year, load_form
from etl.sample.chance import chance
from etl.sample.model import Agency, Figures
from etl.sample.prose import Said, without_requests
from etl.sample.tables import read_rows

Spot = tuple[str, int]
"""Agency name and report year."""

_UNWRITTEN = frozenset({"year-gap", "report-missing"})
_ACROSS_YEARS = frozenset({"carry-over", "in-force-ledger", "figures-repeated"})
_MOST_PER_AGENCY = 3
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
    own = [agency for agency in agencies if agency.scope == "agency"]
    spots = [(a, year) for a in own for year in range(a.reports_from, a.reports_to + 1)]
    plans: dict[Spot, Plan] = {}
    taken: set[Spot] = set()
    planted: Counter[str] = Counter()
    for row in read_rows("faults.csv"):
        wanted = math.ceil(len(spots) * float(row["per_hundred"]) / 100)
        chance(seed, "plan", row["rule"]).shuffle(spots)
        variant = 0
        for agency, year in spots:
            reserved = _reserved(row["rule"], agency.agency, year)
            crowded = planted[agency.agency] >= _MOST_PER_AGENCY
            if variant == wanted or crowded or taken.intersection(reserved):
                continue
            if _fits(row["needs"], agency, year, figures):
                plans[agency.agency, year] = Plan(row["rule"], variant)
                taken.update(reserved)
                planted[agency.agency] += 1
                variant += 1
    return plans


def _reserved(rule: str, agency: str, year: int) -> list[Spot]:
    """The reports that the fault needs for itself to be seen."""
    reach = {"year-gap": (-1, 1), "report-missing": (-1, 0)}
    before, after = reach.get(rule, (-1, 0) if rule in _ACROSS_YEARS else (0, 0))
    return [(agency, year + step) for step in range(before, after + 1)]


def _fits(needs: str, agency: Agency, year: int, figures: Mapping[Spot, Figures]) -> bool:
    values = figures[agency.agency, year].values
    disclosure = sum(abs(v) for (section, _, _), v in values.items() if section == 2)
    edition_before = "" if year == agency.reports_from else figures[agency.agency, year - 1].edition
    in_force = values.get((2, "normative_document", "in_force"), 0)
    conditions = {
        "previous_year": year > agency.reports_from,
        "ledger": edition_before == "2021" and in_force > 0,
        "both_neighbours": agency.reports_from < year < agency.reports_to,
        "last_year": year == agency.reports_to > agency.reports_from,
        "same_edition": edition_before == figures[agency.agency, year].edition and disclosure > 60,
        "fees": year > agency.reports_from and values.get((2, "fee", "amount"), 0) > 10,
        "cases": any(values[4, "case_total", h.party] for h in load_form("2021").section_heads(4)),
        "requests": values[3, "received", "total"] >= 3,
        "disclosure": disclosure > 60,
        "new_form": _form_is_new(year),
        "newest_form": figures[agency.agency, year].edition == NEWEST,
        "anything": True,
    }
    return conditions[needs]


def _form_is_new(year: int) -> bool:
    """Whether the year's form came lately or comes soon, so that the other one may be in use."""
    return edition_for_year(max(FIRST_YEAR, year - 2)) != edition_for_year(year + 1)


def planted_steps(plan: Plan | None) -> tuple[str, ...]:
    """The steps that the plan changes the print with."""
    rule = plan.rule if plan else ""
    turns = [row["steps"].split() for row in read_rows("faults.csv") if row["rule"] == rule]
    if not plan or not turns or not turns[0]:
        return ()
    step = turns[0][plan.variant % len(turns[0])]
    return () if step == _NO_STEP else (step,)


def misstate(plan: Plan | None, said: Said, agency: Agency) -> Said:
    """What the prose says instead of the truth under this plan."""
    if plan is None:
        return said
    other = _neighbour(agency)
    in_turn: dict[str, list[dict[str, Any]]] = {
        "other-agency": [{"author": other}, {"signer": other}],
        "period": [{"period": "period_other_months"}, {"period": "period_cut_short"}],
        "year-mismatch": [{"period": "period_other_year"}, {}],
    }
    if plan.rule in in_turn:
        turns = in_turn[plan.rule]
        return replace(said, **turns[plan.variant % len(turns)])
    if plan.rule == "claim-received":
        wrong = said.received + 2
        while wrong in (said.received, said.load, said.concluded):
            wrong += 1
        return replace(said, received=wrong, plain_requests=True)
    if plan.rule == "claim-contradiction":
        return _contradict(plan, said)
    return said


def _neighbour(agency: Agency) -> str:
    """A body of the same county that isn't this one."""
    names = (agency.region + row["suffix"] for row in read_rows("bodies.csv"))
    return next(name for name in names if name not in (agency.agency, agency.parent))


def _contradict(plan: Plan, said: Said) -> Said:
    """Deny requests, a backlog or disputes in turn; requests where there is nothing else."""
    turn = plan.variant % 3
    if turn == 1 and said.carried_out:
        return replace(said, all_handled=True)
    if turn == 2 and (said.reconsideration or said.litigation):
        return replace(said, tell_cases=True, deny_cases=True)
    return without_requests(said)
