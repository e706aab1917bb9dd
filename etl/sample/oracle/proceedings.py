"""Section 4: its sums, and whether there can have been so many cases."""

from __future__ import annotations

from collections.abc import Iterator

from etl.form import load_form
from etl.sample.model import Fault, SampleReport
from etl.sample.oracle.printed import Look, differ, fault, total, value

ERRORS = frozenset({"case-total"})
RULES = ERRORS | {"pending-cases", "dispute-without-request", "cases-exceed-route"}

_ENDED = ("upheld", "corrected", "other_result")


def find(look: Look) -> Iterator[Fault]:
    """Each route by itself, beside last year's, and beside the requests of three years."""
    report, before = look.report, look.years_ago(1)
    for head in load_form(report.edition).section_heads(4):
        parts = total(report, 4, (*_ENDED, "pending"), (head.party,))
        whole = value(report, 4, "case_total", head.party)
        if differ(parts, whole):
            yield fault(report, "case-total", 4, party=head.party, detail=f"{parts:g} {whole:g}")
        left = value(before, 4, "pending", head.party) if before else None
        if whole is not None and left is not None and whole < left:
            place = (4, "case_total", head.party)
            yield fault(report, "pending-cases", *place, detail=f"{whole:g} {left:g}")
    yield from _without_request(look)
    yield from _beyond_the_route(report, before)


def _without_request(look: Look) -> Iterator[Fault]:
    report = look.report
    routes = [head.party for head in load_form(report.edition).section_heads(4)]
    cases = [value(report, 4, "case_total", route) for route in routes]
    asked = [
        value(past, 3, "received", "total") if (past := look.years_ago(years)) else None
        for years in range(3)
    ]
    if any(cases) and all(count == 0 for count in asked):
        yield fault(report, "dispute-without-request", 4, "case_total", detail=f"{cases}")


def _beyond_the_route(report: SampleReport, before: SampleReport | None) -> Iterator[Fault]:
    """Only what was decided in reconsideration can be taken to court after it."""
    sued = value(report, 4, "case_total", "litigation_after")
    now = total(report, 4, _ENDED, ("reconsideration",))
    past = total(before, 4, _ENDED, ("reconsideration",)) if before else None
    if sued is not None and now is not None and past is not None and sued > now + past:
        place = (4, "case_total", "litigation_after")
        yield fault(report, "cases-exceed-route", *place, detail=f"{sued:g} {now + past:g}")
