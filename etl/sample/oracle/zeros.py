"""Zeros and blanks."""

from __future__ import annotations

from collections.abc import Iterator

from etl.sample.model import Fault, SampleReport
from etl.sample.oracle.printed import TABLES, Look, fault, numbers

ERRORS = frozenset({"all-blank"})
RULES = ERRORS | {"all-zero", "disclosure-all-zero", "requests-all-zero", "zero-streak"}

_STREAK = 3


def find(look: Look) -> Iterator[Fault]:
    """A report or one of its tables without any figure but 0, or without any at all."""
    report = look.report
    every = _every_number(report)
    if _is_zero(report):
        yield fault(report, "all-zero")
    if not every and any(cell.state != "absent" for cell in report.cells.values()):
        yield fault(report, "all-blank")
    for section, rule in ((2, "disclosure-all-zero"), (3, "requests-all-zero")):
        found = numbers(report, section)
        if found and not any(found):
            yield fault(report, rule, section)
    length = 0
    while (past := look.years_ago(length)) and _is_zero(past):
        length += 1
    if length >= _STREAK:
        yield fault(report, "zero-streak", detail=str(report.year - length + 1))


def _every_number(report: SampleReport) -> list[float]:
    return [figure for section in TABLES for figure in numbers(report, section)]


def _is_zero(report: SampleReport) -> bool:
    """Whether some number is printed and none but 0."""
    every = _every_number(report)
    return bool(every) and not any(every)
