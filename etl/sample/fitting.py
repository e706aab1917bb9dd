"""What a report must have to carry a planted fault: the words of ``needs`` in ``faults.csv``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from etl.form import FIRST_YEAR, NEWEST, edition_for_year
from etl.sample.model import Agency, Figures, Spot

ROUTES = ("reconsideration", "litigation_direct", "litigation_after")
_LEAST_ACTIVITY = 60
_DUE_IN_JANUARY = ("部门", "垂直管理部门", "政府办公室")
_ENFORCES = ("公安局", "市场监督管理局")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One agency's report of one year, with the true figures of the whole corpus."""

    agency: Agency
    year: int
    figures: Mapping[Spot, Figures]

    @property
    def own(self) -> Figures:
        return self.figures[self.agency.titled, self.year]

    def ago(self, years: int) -> Figures | None:
        """The figures of so many years before; None where the agency didn't report yet."""
        started = self.year - years >= self.agency.reports_from
        return self.figures[self.agency.titled, self.year - years] if started else None

    def of(self, *key: str | int) -> float:
        """A figure of this year; 0 where the edition has no such cell."""
        section, item, party = key
        return self.own.values.get((int(section), str(item), str(party)), 0)

    @property
    def disclosure(self) -> float:
        """How much section 2 adds up to."""
        return sum(abs(v) for (section, _, _), v in self.own.values.items() if section == 2)

    @property
    def same_form_before(self) -> bool:
        before = self.ago(1)
        return before is not None and before.edition == self.own.edition


def fits(needs: str, candidate: Candidate) -> bool:
    """Whether the report has what ``needs`` asks for; KeyError for an unknown word."""
    return _NEEDS[needs](candidate)


def needs_roll_up(needs: str) -> bool:
    """Whether the fault belongs into a government's roll-up and not into a body's own report."""
    return needs == "roll_up"


def _form_is_new(one: Candidate) -> bool:
    """Whether the year's form came lately or comes soon, so that the other one may be in use."""
    near = (max(FIRST_YEAR, one.year - 2), one.year + 1)
    return edition_for_year(near[0]) != edition_for_year(near[1])


def _ledger(one: Candidate) -> bool:
    before = one.ago(1)
    in_force = one.of(2, "normative_document", "in_force")
    return before is not None and before.edition == "2021" and in_force > 0


def _pending(one: Candidate) -> bool:
    before = one.ago(1)
    return before is not None and any(before.values[4, "pending", route] for route in ROUTES)


def _no_requests(one: Candidate) -> bool:
    three = [one.ago(years) for years in range(3)]
    return all(past is not None and not past.values[3, "received", "total"] for past in three)


def _few_decided(one: Candidate) -> bool:
    both: Sequence[Figures | None] = (one.own, one.ago(1))
    ended = ("upheld", "corrected", "other_result")
    return all(
        past is not None and not any(past.values[4, item, "reconsideration"] for item in ended)
        for past in both
    )


def _repeatable(one: Candidate) -> bool:
    before = one.ago(1)
    lively = before is not None and len(set(before.values.values())) > 6
    return one.same_form_before and one.disclosure > _LEAST_ACTIVITY and lively


def _sudden(one: Candidate) -> bool:
    before = one.ago(1)
    return (
        one.same_form_before
        and before is not None
        and before.values[2, "licence", "decisions"] >= 100
        and one.of(2, "licence", "decisions") >= 100
        and one.year >= one.agency.reports_from + 2
    )


_NEEDS: dict[str, Callable[[Candidate], bool]] = {
    "anything": lambda one: True,
    "previous_year": lambda one: one.ago(1) is not None,
    "both_neighbours": lambda one: one.agency.reports_from < one.year < one.agency.reports_to,
    "last_year": lambda one: one.year == one.agency.reports_to > one.agency.reports_from,
    "roll_up": lambda one: one.agency.reports_from < one.year == one.agency.reports_to - 1,
    "new_form": _form_is_new,
    "newest_form": lambda one: one.own.edition == NEWEST,
    "first_form": lambda one: one.own.edition == "2019",
    "power_items": lambda one: one.of(2, "other_service", "previous") > 0,
    "items_before": lambda one: one.same_form_before and one.of(2, "other_service", "previous") > 3,
    "ledger": _ledger,
    "same_form": _repeatable,
    "fees": lambda one: one.ago(1) is not None and one.of(2, "fee", "amount") > 10,
    "disclosure": lambda one: one.disclosure > _LEAST_ACTIVITY,
    "three_busy_years": lambda one: one.disclosure > _LEAST_ACTIVITY and one.ago(2) is not None,
    "sudden": _sudden,
    "enforcement": lambda one: one.agency.agency.endswith(_ENFORCES),
    "cases": lambda one: any(one.of(4, "case_total", route) for route in ROUTES),
    "pending": _pending,
    "few_decided": _few_decided,
    "no_requests": _no_requests,
    "requests": lambda one: one.of(3, "received", "total") >= 3,
    "many_requests": lambda one: (
        one.agency.kind == "部门" and one.of(3, "granted", "natural_person") >= 12
    ),
    "granted": lambda one: one.own.edition == NEWEST and one.of(3, "granted", "natural_person") > 0,
    "due_in_january": lambda one: one.agency.kind in _DUE_IN_JANUARY,
    "town": lambda one: one.agency.kind in ("乡镇", "街道"),
}
