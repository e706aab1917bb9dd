"""Examples of the rules on the proceedings table's arithmetic."""

from __future__ import annotations

from tests.checks.examples.model import Example, of_report
from tests.checks.warehouses import Report

EXAMPLES: tuple[Example, ...] = (
    of_report("case-total", "pass", Report(2020)),
    of_report(
        "case-total", "fail", Report(cells={(4, "upheld", "litigation_direct"): 0.0}),
        (4, None, "litigation_direct"),
    ),
    of_report(
        "case-total", "undecided",
        Report(cells={(4, "case_total", "litigation_direct"): "unreadable"}),
    ),
)  # fmt: skip
