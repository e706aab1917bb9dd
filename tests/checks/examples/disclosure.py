"""Examples of the rules on the disclosure table's arithmetic."""

from __future__ import annotations

from tests.checks.examples.model import Example, of_report
from tests.checks.warehouses import Agency, Position, Report, every_cell

CITY = Agency(name="澜川市人民政府", level="市级", kind="政府")
RULES: Position = (2, "regulation", "in_force")

EXAMPLES: tuple[Example, ...] = (
    of_report("in-force-too-few", "pass", Report()),
    of_report(
        "in-force-too-few", "fail",
        Report(cells={
            (2, "normative_document", "issued"): 13.0, (2, "normative_document", "in_force"): 10.0,
        }),
        (2, "normative_document", "in_force"),
    ),
    of_report(
        "in-force-too-few", "undecided", Report(cells={(2, "regulation", "repealed"): "dash"})
    ),
    of_report("disclosed-more-than-made", "pass", Report(2020)),
    of_report(
        "disclosed-more-than-made", "fail",
        Report(2020, cells={
            (2, "regulation", "made"): "blank", (2, "regulation", "disclosed"): 1.0,
            (2, "normative_document", "disclosed"): 2.0,
        }),
        (2, "normative_document", "disclosed"), (2, "regulation", "disclosed"),
    ),
    of_report(
        "disclosed-more-than-made", "undecided",
        Report(2020, cells={(2, "regulation", "made"): "blank"}),
    ),
    of_report(
        "decisions-look-like-items", "pass",
        Report(2020, cells={
            (2, "licence", "decisions"): 0.0, (2, "licence", "previous"): 2.0,
            (2, "penalty", "previous"): 2100.0, (2, "penalty", "decisions"): 2098.0,
        }),
    ),
    of_report(
        "decisions-look-like-items", "fail", Report(2019, cells={(2, "licence", "decisions"): 3.0}),
        (2, "licence", "decisions"),
    ),
    of_report(
        "decisions-look-like-items", "undecided",
        Report(2020, cells={(2, "penalty", "change"): "blank"}),
    ),
    of_report(
        "decisions-look-like-items", "undecided",
        Report(2020, cells={(2, item, "decisions"): 0.0 for item in (
            "licence", "other_service", "penalty", "coercion",
        )}),
    ),
    Example("rulemaking-power", "pass", (Report(cells={RULES: 3.0}),), agencies=(CITY,)),
    Example("rulemaking-power", "pass", (Report(),), agencies=(Agency(),)),
    Example(
        "rulemaking-power", "pass", (Report(scope="rollup", cells={RULES: 3.0}),),
        agencies=(Agency(name="澜川市人民政府办公室", level="市级", kind="政府办公室"),),
    ),
    Example(
        "rulemaking-power", "fail", (Report(2020, cells=every_cell("blank", "2019", [2]) | {
            (2, "regulation", "disclosed_total"): 3.0
        }),),
        ((2, "regulation", None),), agencies=(Agency(level=None, name="云泽县水利局", kind=None),),
    ),
    Example(
        "rulemaking-power", "undecided", (Report(cells={RULES: 3.0}),),
        agencies=(Agency(name="澜川市人民政府办公室", level="市级", kind="政府办公室"),),
    ),
    Example(
        "rulemaking-power", "undecided", (Report(cells={RULES: 3.0}),),
        agencies=(Agency(level=None, kind=None),),
    ),
    Example(
        "rulemaking-power", "undecided",
        (Report(cells={RULES: "blank"}),),
        agencies=(Agency(),),
    ),
)  # fmt: skip
