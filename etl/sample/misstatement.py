"""What a planted fault makes the prose say instead of the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from etl.sample.faults import Plan
from etl.sample.model import Agency
from etl.sample.prose import Said, without_requests
from etl.sample.tables import read_rows

_EVIDENCE_OF_WORK = 523


def misstate(plan: Plan | None, said: Said, agency: Agency) -> Said:
    """What the prose says under this plan; most faults leave it at the truth."""
    change = _CHANGES.get(plan.rule) if plan else None
    return change(plan, said, agency) if plan and change else said


def _other_author(plan: Plan, said: Said, agency: Agency) -> Said:
    """A body of the same county that isn't this one, as author or as signer."""
    names = (agency.region + row["suffix"] for row in read_rows("bodies.csv"))
    other = next(name for name in names if name not in (agency.agency, agency.parent))
    return replace(said, signer=other) if plan.variant % 2 else replace(said, author=other)


def _other_period(plan: Plan, said: Said, agency: Agency) -> Said:
    lists = ("period_other_months", "period_cut_short")
    return replace(said, period=lists[plan.variant % len(lists)])


def _other_year(plan: Plan, said: Said, agency: Agency) -> Said:
    return said if plan.variant % 2 else replace(said, period="period_other_year")


def _received(plan: Plan, said: Said, agency: Agency) -> Said:
    wrong = said.received + 2
    while wrong in (said.received, said.load, said.concluded):
        wrong += 1
    return replace(said, received=wrong, plain_requests=True)


def _outcome(plan: Plan, said: Said, agency: Agency) -> Said:
    return replace(said, granted=said.granted + 2, tell_outcomes=True)


def _cases(plan: Plan, said: Said, agency: Agency) -> Said:
    return replace(said, reconsideration=said.reconsideration + 2, tell_cases=True)


def _contradict(plan: Plan, said: Said, agency: Agency) -> Said:
    """Deny requests, a backlog or disputes in turn; requests where there is nothing else."""
    turn = plan.variant % 3
    if turn == 1 and said.carried_out:
        return replace(said, all_handled=True)
    if turn == 2 and (said.reconsideration or said.litigation):
        return replace(said, tell_cases=True, deny_cases=True)
    return without_requests(said)


def _no_problems(plan: Plan, said: Said, agency: Agency) -> Said:
    return replace(said, no_problems=plan.variant)


def _no_fees(plan: Plan, said: Said, agency: Agency) -> Said:
    return replace(said, unpaid=0, tell_fees=False)


def _much_work(plan: Plan, said: Said, agency: Agency) -> Said:
    """A year's work in section 1, whatever the tables say."""
    return replace(said, items=_EVIDENCE_OF_WORK, tell_items=True)


_CHANGES: dict[str, Callable[[Plan, Said, Agency], Said]] = {
    "other-agency": _other_author,
    "period": _other_period,
    "year-mismatch": _other_year,
    "claim-received": _received,
    "claim-outcome": _outcome,
    "claim-cases": _cases,
    "claim-contradiction": _contradict,
    "problems-empty": _no_problems,
    "fee-unexplained": _no_fees,
    "zero-against-evidence": _much_work,
}
