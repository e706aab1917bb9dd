"""Examples of the rules on roll-ups."""

from __future__ import annotations

from tests.checks.examples.model import RECEIVED, Example
from tests.checks.warehouses import Agency, Report, every_cell

NOTHING = every_cell(0.0)
COUNTY = (
    Agency(1, name="甲县人民政府", kind="政府"),
    Agency(2, name="甲县财政局", parent_id=1),
    Agency(3, name="甲县气象局", kind="垂直管理部门", parent_id=1),
)
OWN, BUREAU = Report(cells=NOTHING), Report(agency_id=2, cells=NOTHING | {RECEIVED: 5.0})


def whole(received: float) -> Report:
    return Report(scope="rollup", cells=NOTHING | {RECEIVED: received})


EXAMPLES: tuple[Example, ...] = (
    Example("rollup", "pass", (BUREAU, whole(5.0)), agencies=(
        Agency(1, name="甲县人民政府", kind="政府", on_roster=True),
        Agency(2, name="甲县人民政府办公室", kind="政府办公室", parent_id=1),
    )),
    Example("rollup", "fail", (BUREAU, whole(7.0)), ((3, None, None),), agencies=(
        Agency(1, name="甲县人民政府", kind="政府", on_roster=True),
        Agency(2, name="甲县人民政府办公室", kind="政府办公室", parent_id=1),
    )),
    Example("rollup", "undecided", (BUREAU, whole(5.0)), agencies=COUNTY),
)  # fmt: skip
