"""The sums of section 3."""

from __future__ import annotations

from collections.abc import Iterator

from etl.form import load_form
from etl.sample.model import Fault
from etl.sample.oracle.printed import Look, differ, fault, total

ERRORS = frozenset({"balance", "applicant-total", "outcome-total"})
RULES = ERRORS

_NOT_OUTCOMES = ("received", "carried_in", "concluded", "carried_out")


def find(look: Look) -> Iterator[Fault]:
    """What is received is concluded or carried over; parties and outcomes add up."""
    report = look.report
    form = load_form(report.edition)
    parties = [head.party for head in form.heads if head.section == 3]
    items = [line.item for line in form.lines if line.section == 3]
    outcomes = [item for item in items if item not in _NOT_OUTCOMES]
    for party in parties:
        load = total(report, 3, ("received", "carried_in"), (party,))
        done = total(report, 3, ("concluded", "carried_out"), (party,))
        if differ(load, done):
            yield fault(report, "balance", 3, party=party, detail=f"{load:g} {done:g}")
        parts = total(report, 3, outcomes, (party,))
        whole = total(report, 3, ("concluded",), (party,))
        if differ(parts, whole):
            yield fault(report, "outcome-total", 3, party=party, detail=f"{parts:g} {whole:g}")
    for item in items:
        parts = total(report, 3, (item,), [party for party in parties if party != "total"])
        whole = total(report, 3, (item,), ("total",))
        if differ(parts, whole):
            yield fault(report, "applicant-total", 3, item=item, detail=f"{parts:g} {whole:g}")
