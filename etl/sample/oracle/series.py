"""From year to year: gaps, ledgers, amounts, and figures that were only copied."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from etl.form import load_form
from etl.sample.model import Fault, SampleReport
from etl.sample.oracle.printed import DOCUMENTS, Look, differ, fault, total, value

ERRORS = frozenset({"carry-over"})
RULES = ERRORS | {"in-force-ledger", "items-ledger", "fee-unit", "figures-repeated"}

_AMOUNTS = ((2, "fee", "amount"), (2, "procurement", "amount"))
_AS_YUAN = (3_000, 30_000)
_SAME_SHARE = 0.95
_SAME_FIGURES = 5


def find(look: Look) -> Iterator[Fault]:
    """A report beside the agency's other years."""
    yield from _amounts(look)
    before = look.years_ago(1)
    if before is None:
        return
    yield from _carried(before, look.report)
    yield from _in_force(before, look.report)
    yield from _items(before, look.report)
    yield from _repeated(before, look.report)


def _carried(before: SampleReport, report: SampleReport) -> Iterator[Fault]:
    for head in load_form(report.edition).section_heads(3):
        last = value(before, 3, "carried_out", head.party)
        this = value(report, 3, "carried_in", head.party)
        if differ(this, last):
            detail = f"{this:g} {last:g}"
            yield fault(report, "carry-over", 3, "carried_in", head.party, detail=detail)


def _in_force(before: SampleReport, report: SampleReport) -> Iterator[Fault]:
    for item in DOCUMENTS:
        last = value(before, 2, item, "in_force")
        issued, repealed, now = (
            value(report, 2, item, party) for party in ("issued", "repealed", "in_force")
        )
        if last is None or issued is None or repealed is None:
            continue
        due = last + issued - repealed
        if differ(now, due):
            detail = f"{now:g} {due:g}"
            yield fault(report, "in-force-ledger", 2, item, "in_force", detail=detail)


def _items(before: SampleReport, report: SampleReport) -> Iterator[Fault]:
    for section, item, party in report.cells:
        if section != 2 or party != "previous":
            continue
        due = total(before, 2, (item,), ("previous", "change"))
        now = value(report, 2, item, "previous")
        if differ(now, due):
            yield fault(report, "items-ledger", 2, item, party, detail=f"{now:g} {due:g}")


def _amounts(look: Look) -> Iterator[Fault]:
    """An amount that prints 元 as its unit, or that is the other years' some 10,000 times over."""
    report = look.report
    for key in _AMOUNTS:
        amount = value(report, *key)
        if not amount:
            continue
        others = [
            figure
            for year, other in look.own.items()
            if year != report.year and (figure := value(other, *key)) and figure > 0
        ]
        in_yuan = "元" in report.cells[key].raw and "万" not in report.cells[key].raw
        compared = [median(others), *others] if others else []
        if in_yuan or any(_AS_YUAN[0] <= amount / one <= _AS_YUAN[1] for one in compared):
            yield fault(report, "fee-unit", *key, detail=report.cells[key].raw)


def _repeated(before: SampleReport, report: SampleReport) -> Iterator[Fault]:
    """Nearly all figures that aren't zero in both years are the same, and there are some."""
    if before.edition != report.edition:
        return
    pairs = [(value(before, *key), value(report, *key)) for key in report.cells]
    busy = [pair for pair in pairs if any(pair)]
    same = [last for last, this in busy if last == this]
    if len(set(same)) >= _SAME_FIGURES and len(same) >= _SAME_SHARE * len(busy):
        yield fault(report, "figures-repeated", detail=f"{len(same)} {len(busy)}")
