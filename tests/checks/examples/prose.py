"""Examples of the rules on prose against tables."""

from __future__ import annotations

from tests.checks.examples.model import RECEIVED, Example, of_report
from tests.checks.warehouses import Report, claim, every_cell

EXAMPLES: tuple[Example, ...] = (
    of_report("claim-received", "pass", Report(claims=(claim("requests_received", 30.0),))),
    of_report(
        "claim-received", "fail", Report(claims=(claim("requests_received", 31.0),)), RECEIVED
    ),
    of_report(
        "claim-received", "undecided",
        Report(
            cells={(3, "carried_in", "total"): "blank"},
            claims=(claim("requests_received", 31.0),),
        ),
    ),
    of_report(
        "claim-contradiction", "pass",
        Report(
            cells=every_cell(0.0, sections=[4]), claims=(claim("reconsideration_cases", 0.0),)
        ),
    ),
    of_report(
        "claim-contradiction", "fail",
        Report(claims=(
            claim("requests_received", 0.0), claim("carried_out", 0.0),
            claim("reconsideration_cases", 0.0), claim("litigation_cases", 0.0),
        )),
        (3, "carried_out", "total"), RECEIVED, (4, "case_total", None),
        (4, "case_total", "reconsideration"),
    ),
    of_report(
        "claim-contradiction", "undecided",
        Report(
            cells={
                (4, "case_total", "litigation_direct"): 0.0,
                (4, "case_total", "litigation_after"): "blank",
            },
            claims=(claim("litigation_cases", 0.0),),
        ),
    ),
)  # fmt: skip
