"""Examples of the rules on presence and shape."""

from __future__ import annotations

from datetime import date

from etl.reading import Doubt
from tests.checks.examples.model import NOWHERE, RECEIVED, Example, of_report
from tests.checks.warehouses import Agency, Report, Told, every_cell

FEE = (2, "fee", "amount")

EXAMPLES: tuple[Example, ...] = (
    Example("report-missing", "pass", (Report(2022),), roster=(2022, 2022), year=2022),
    Example(
        "report-missing", "fail", (Report(2023),), (NOWHERE,), (2022, 2022), year=2022
    ),
    Example("late", "pass", (Report(published_on=date(2024, 1, 31)),), agencies=(Agency(),)),
    Example(
        "late", "pass", (Report(published_on=date(2024, 3, 31), scope="rollup"),),
        agencies=(Agency(kind="政府办公室", name="云泽县人民政府办公室"),),
    ),
    Example(
        "late", "fail", (Report(published_on=date(2024, 2, 1)),), (NOWHERE,),
        agencies=(Agency(kind="垂直管理部门"),),
    ),
    Example(
        "late", "fail", (Report(published_on=date(2024, 4, 1)),), (NOWHERE,),
        agencies=(Agency(kind="政府"),),
    ),
    *(
        Example("late", "undecided", (Report(published_on=day),), agencies=(agency,))
        for day, agency in (
            (None, Agency()),
            (date(2023, 12, 20), Agency()),
            (date(2999, 1, 5), Agency()),
            (date(2024, 6, 1), Agency(kind="乡镇", level="乡级")),
            (date(2024, 6, 1), Agency(kind=None, name="云泽县文献馆")),
        )
    ),
    of_report(
        "year-mismatch", "pass",
        Report(stated=(
            Told("year", "2023", "title"), Told("year", "2023", "file"),
            Told("year", "2024", "folder"),
        )),
    ),
    of_report(
        "year-mismatch", "fail",
        Report(stated=(Told("year", "2023", "title"), Told("year", "2022", "period"))), NOWHERE,
    ),
    of_report("year-mismatch", "undecided", Report(stated=(Told("year", "2023", "title"),))),
    of_report(
        "period", "pass", Report(stated=(Told("period", "2023-01-01/2023-12-31", "period"),))
    ),
    of_report(
        "period", "fail", Report(stated=(Told("period", "2022-12-01/2023-11-30", "period"),)),
        NOWHERE,
    ),
    of_report("period", "undecided", Report()),
    of_report(
        "other-agency", "pass",
        Report(stated=(Told("agency", "县某局", "preface"), Told("agency", "云泽县某局", "title"))),
    ),
    of_report(
        "other-agency", "fail",
        Report(stated=(Told("agency", "云泽县水利局", "preface"),)),
        NOWHERE,
    ),
    of_report("other-agency", "undecided", Report(stated=(Told("agency", "县公开办", "preface"),))),
    of_report("section-missing", "pass", Report()),
    of_report(
        "section-missing", "fail", Report(sections=(1, 2, 4, 5)), (3, None, None), (6, None, None)
    ),
    of_report("section-missing", "undecided", Report(sections=(2, 3, 4))),
    of_report("heading-mismatch", "pass", Report(2020)),
    of_report(
        "heading-mismatch", "fail",
        Report(
            cells={(2, "regulation", "issued"): "absent"},
            doubts=(Doubt("unknown-row", "T2", "小计", 3),),
        ),
        (2, None, None), (3, None, None),
    ),
    *(
        of_report("heading-mismatch", "undecided", Report(doubts=(Doubt(code, "T2", "", 3),)))
        for code in ("no-heads", "head-order", "split-row")
    ),
    of_report(
        "heading-mismatch", "undecided",
        Report(
            cells={(3, "granted", "total"): "absent"},
            doubts=(Doubt("unread-table", "T2", "", 3),),
        ),
    ),
    of_report("old-edition", "pass", Report(2020)),
    of_report("old-edition", "fail", Report(2023, edition="2019"), NOWHERE),
    of_report("old-edition", "undecided", Report(cells=every_cell("absent", sections=[2, 3]))),
    of_report("table-missing", "pass", Report(cells={(4, "upheld", "reconsideration"): "absent"})),
    of_report(
        "table-missing", "fail", Report(cells=every_cell("absent", sections=[2, 4])),
        (2, None, None), (4, None, None),
    ),
    of_report("blank-cells", "pass", Report(cells={(2, "regulation", "issued"): "absent"})),
    of_report(
        "blank-cells", "fail",
        Report(cells={(2, "regulation", "issued"): "dash", (3, "granted", "total"): "blank"}),
        NOWHERE,
    ),
    of_report("blank-cells", "undecided", Report(cells=every_cell("absent"))),
    of_report("unreadable-cell", "pass", Report(cells={(2, "fee", "amount"): "blank"})),
    of_report(
        "unreadable-cell", "fail",
        Report(cells={(2, "fee", "amount"): "unreadable", (3, "partial", "total"): "unreadable"}),
        (2, "fee", "amount"), (3, "partial", "total"),
    ),
    of_report("unreadable-cell", "undecided", Report(cells={(2, "fee", "amount"): "absent"})),
    of_report("not-a-count", "pass", Report(2020)),
    of_report(
        "not-a-count", "fail",
        Report(2020, cells={
            (2, "licence", "change"): -0.5, (3, "granted", "business"): 1.5,
            (4, "pending", "litigation_after"): -1.0, (2, "procurement", "amount"): -3.5,
        }),
        (2, "licence", "change"), (2, "procurement", "amount"), (3, "granted", "business"),
        (4, "pending", "litigation_after"),
    ),
    of_report("not-a-count", "undecided", Report(cells={(2, "fee", "amount"): "dash"})),
    Example("fee-unit", "pass", (Report(2022), Report(2023))),
    of_report("fee-unit", "pass", Report(cells={FEE: 0.0})),
    Example(
        "fee-unit", "pass",
        (Report(2022), Report(2023, cells={FEE: 113.96}, printed={FEE: ("113.96万元", "T2")})),
    ),
    of_report(
        "fee-unit", "fail", Report(cells={FEE: 25.1}, printed={FEE: ("251000元", "T2")}), FEE
    ),
    Example(
        "fee-unit", "fail",
        (Report(2021), Report(2022, cells={FEE: 2.0}), Report(2023, cells={FEE: 18_500.0})), (FEE,),
    ),
    Example(
        "fee-unit", "fail",
        (
            Report(2021, cells={FEE: 13.2}), Report(2022, cells={FEE: 125_000.0}),
            Report(2023, cells={FEE: 131_000.0}),
        ),
        (FEE,),
    ),
    of_report("fee-unit", "undecided", Report()),
    Example("fee-unit", "undecided", (Report(2022), Report(cells={FEE: "dash"}))),
    of_report("conflicting-copies", "pass", Report(copies=(Report(),))),
    of_report(
        "conflicting-copies", "fail",
        Report(copies=(
            Report(), Report(cells={FEE: 3.0, RECEIVED: 5.0, (3, "granted", "total"): "blank"}),
        )),
        NOWHERE,
    ),
    of_report(
        "conflicting-copies", "fail",
        Report(copies=(Report(edition="2019", cells={RECEIVED: 5.0}),)), NOWHERE,
    ),
    of_report("conflicting-copies", "undecided", Report(copies=(Report(cells={FEE: "blank"}),))),
    of_report(
        "conflicting-copies", "undecided", Report(copies=(Report(cells=every_cell("blank")),))
    ),
    of_report("conflicting-copies", "undecided", Report()),
)  # fmt: skip
