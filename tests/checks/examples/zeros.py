"""Examples of the rules on zeros and blanks."""

from __future__ import annotations

from tests.checks.examples.model import NOWHERE, Example, of_report
from tests.checks.warehouses import Agency, Report, claim, every_cell

ALL_ZERO_2021 = every_cell(0.0)
ALL_ZERO_2019 = every_cell(0.0, "2019")

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
    Example(
        "zero-against-evidence", "pass",
        (Report(cells=ALL_ZERO_2021, claims=(claim("disclosed_items", 90.0),)),),
        agencies=(Agency(name="云泽县石渡镇人民政府", level="乡级", kind="乡镇"),),
    ),
    Example(
        "zero-against-evidence", "fail",
        (
            Report(2021), Report(2022),
            Report(cells=every_cell(0.0, sections=[2, 3]) | {
                (4, "case_total", "reconsideration"): 1.0
            }),
        ),
        ((2, None, None), (3, None, None)),
        agencies=(Agency(),),
    ),
    Example(
        "zero-against-evidence", "undecided", (Report(cells=ALL_ZERO_2021),), agencies=(Agency(),)
    ),
    Example(
        "zero-streak", "pass",
        (Report(2021), Report(2022, cells=ALL_ZERO_2021), Report(2023, cells=ALL_ZERO_2021)),
    ),
    Example(
        "zero-streak", "fail",
        (
            Report(2020, cells=ALL_ZERO_2019), Report(2021, cells=ALL_ZERO_2021),
            Report(2022, cells=ALL_ZERO_2021),
        ),
        (NOWHERE,),
    ),
    Example(
        "zero-streak", "undecided",
        (Report(2021, cells=ALL_ZERO_2021), Report(2023, cells=ALL_ZERO_2021)),
    ),
)  # fmt: skip
