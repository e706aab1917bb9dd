"""Examples of the rules on the requests table's arithmetic."""

from __future__ import annotations

from tests.checks.examples.model import Example, of_report
from tests.checks.warehouses import Report

EXAMPLES: tuple[Example, ...] = (
    of_report("balance", "pass", Report(2020)),
    of_report(
        "balance", "fail",
        Report(cells={(3, "received", "natural_person"): 5.0, (3, "received", "total"): "blank"}),
        (3, None, "natural_person"),
    ),
    of_report("balance", "undecided", Report(cells={(3, "carried_in", "business"): "blank"})),
    of_report("applicant-total", "pass", Report(2020)),
    of_report(
        "applicant-total", "fail", Report(cells={(3, "partial", "total"): 7.0}),
        (3, "partial", None),
    ),
    of_report("applicant-total", "undecided", Report(cells={(3, "partial", "research"): "dash"})),
    of_report("outcome-total", "pass", Report(2020)),
    of_report(
        "outcome-total", "fail", Report(cells={(3, "other_misc", "nonprofit"): 1.0}),
        (3, None, "nonprofit"),
    ),
    of_report("outcome-total", "undecided", Report(2020, cells={(3, "other", "total"): "blank"})),
)  # fmt: skip
