"""Examples of the rules on zeros and blanks."""

from __future__ import annotations

from tests.checks.examples.model import NOWHERE, Example, of_report
from tests.checks.warehouses import Report, every_cell

EXAMPLES: tuple[Example, ...] = (
    of_report("all-zero", "pass", Report(cells=every_cell(0.0, sections=[2, 3]))),
    of_report(
        "all-zero", "fail", Report(cells=every_cell(0.0) | {(2, "fee", "amount"): "dash"}), NOWHERE
    ),
    of_report("all-zero", "undecided", Report(cells=every_cell("blank"))),
    of_report("all-blank", "pass", Report(cells=every_cell("blank") | {(2, "fee", "amount"): 0.0})),
    of_report("all-blank", "fail", Report(cells=every_cell("dash")), NOWHERE),
    of_report("all-blank", "undecided", Report(cells=every_cell("absent"))),
    of_report("disclosure-all-zero", "pass", Report(cells=every_cell(0.0, sections=[3, 4]))),
    of_report(
        "disclosure-all-zero", "fail", Report(cells=every_cell(0.0, sections=[2])), (2, None, None)
    ),
    of_report("disclosure-all-zero", "undecided", Report(cells=every_cell("dash", sections=[2]))),
    of_report("requests-all-zero", "pass", Report(cells=every_cell(0.0, sections=[2, 4]))),
    of_report(
        "requests-all-zero", "fail", Report(cells=every_cell(0.0, sections=[3])), (3, None, None)
    ),
    of_report("requests-all-zero", "undecided", Report(cells=every_cell("dash", sections=[3]))),
)  # fmt: skip
