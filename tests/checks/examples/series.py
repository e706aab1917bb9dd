"""Examples of the rules on an agency's years."""

from __future__ import annotations

from tests.checks.examples.model import NOWHERE, Example
from tests.checks.warehouses import Report

EXAMPLES: tuple[Example, ...] = (
    Example("year-gap", "pass", (Report(2021), Report(2022), Report(2023)), year=2022),
    Example("year-gap", "fail", (Report(2021), Report(2023)), (NOWHERE,), year=2022),
    Example("carry-over", "pass", (Report(2020), Report(2021))),
    Example(
        "carry-over", "fail",
        (Report(2020, cells={(3, "carried_out", "total"): 9.0}), Report(2021)),
        ((3, "carried_in", "total"),),
    ),
    Example(
        "carry-over", "undecided",
        (Report(2020, cells={(3, "carried_out", "total"): "blank"}), Report(2021)),
    ),
    Example("in-force-ledger", "pass", (Report(2022), Report(2023))),
    Example(
        "in-force-ledger", "fail",
        (Report(2022), Report(2023, cells={(2, "normative_document", "repealed"): 1.0})),
        ((2, "normative_document", "in_force"),),
    ),
    Example("in-force-ledger", "undecided", (Report(2020), Report(2021))),
    Example("items-ledger", "pass", (Report(2019), Report(2020))),
    Example(
        "items-ledger", "fail",
        (Report(2019, cells={(2, "fee", "change"): 1.0}), Report(2020)),
        ((2, "fee", "previous"),),
    ),
    Example(
        "items-ledger", "undecided",
        (Report(2019, cells={(2, "penalty", "change"): "dash"}), Report(2020)),
    ),
    Example("pending-cases", "pass", (Report(2020), Report(2021))),
    Example(
        "pending-cases", "fail",
        (Report(2020), Report(2021, cells={(4, "case_total", "litigation_after"): 0.0})),
        ((4, "case_total", "litigation_after"),),
    ),
    Example(
        "pending-cases", "undecided",
        (Report(2020, cells={(4, "pending", "reconsideration"): "blank"}), Report(2021)),
    ),
)  # fmt: skip
