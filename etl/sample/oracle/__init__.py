"""What a correct check must find in the made-up corpus, worked out report by report.

Written from the wording of the rules with plain loops over what is printed and said. It shares
no code with the checks or with the form's list of identities, so that an error there shows. A
module a group of rules: ``RULES`` are those whose findings it lists completely, ``ERRORS`` those of
severity ``error`` among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.sample.model import Agency, Fault, SampleReport
from etl.sample.oracle import (
    disclosure,
    hierarchy,
    proceedings,
    prose,
    requests,
    series,
    shape,
    zeros,
)
from etl.sample.oracle.printed import Look

_GROUPS = (shape, requests, proceedings, disclosure, series, prose, zeros)

ERROR_RULES = frozenset({"report-missing"}).union(*(group.ERRORS for group in _GROUPS))
ORACLE_RULES = (
    frozenset({"report-missing", "year-gap"})
    .union(*(group.RULES for group in _GROUPS))
    .union(hierarchy.RULES)
)
"""The rules whose findings ``find_faults`` lists completely."""


def find_faults(agencies: Sequence[Agency], reports: Sequence[SampleReport]) -> list[Fault]:
    """Every finding of ``ORACLE_RULES``, those that merely follow from a planted one included."""
    found = list(_missing(agencies, reports))
    series_of: dict[str, dict[int, SampleReport]] = {}
    for report in reports:
        series_of.setdefault(report.agency.titled, {})[report.year] = report
    for own in series_of.values():
        found += _one_series(own)
    found += hierarchy.find(agencies, reports)
    return found


def _missing(agencies: Sequence[Agency], reports: Sequence[SampleReport]) -> Iterator[Fault]:
    reported = {(report.agency.agency, report.year) for report in reports}
    for agency in agencies:
        for year in range(agency.reports_from, agency.reports_to + 1):
            if (agency.agency, year) not in reported:
                yield Fault(agency.agency, year, agency.scope, "report-missing")


def _one_series(own: Mapping[int, SampleReport]) -> Iterator[Fault]:
    """The reports of one agency in one scope, by year."""
    agency = next(iter(own.values())).agency
    for year in range(min(own), max(own) + 1):
        if year not in own:
            yield Fault(agency.agency, year, agency.scope, "year-gap")
            continue
        for group in _GROUPS:
            yield from group.find(Look(own[year], own))
