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
        "claim-outcome", "pass",
        Report(claims=(
            claim("granted", 18.0), claim("refused", 0.0), claim("requests_concluded", 24.0),
            claim("carried_in", 6.0), claim("carried_out", 6.0), claim("partial", 6.0),
        )),
    ),
    of_report(
        "claim-outcome", "fail",
        Report(
            cells={(3, "refused_secret", "total"): 1.0, (3, "refused_law", "total"): 1.0},
            claims=(claim("granted", 18.0), claim("refused", 1.0), claim("carried_out", 5.0)),
        ),
        (3, "carried_out", "total"), (3, None, "total"),
    ),
    of_report(
        "claim-outcome", "undecided",
        Report(
            cells={(3, "refused_law", "total"): "blank"},
            claims=(claim("granted", 18.0), claim("refused", 2.0)),
        ),
    ),
    of_report(
        "claim-cases", "pass",
        Report(claims=(claim("reconsideration_cases", 3.0), claim("litigation_cases", 8.0))),
    ),
    of_report(
        "claim-cases", "fail",
        Report(claims=(claim("reconsideration_cases", 2.0), claim("litigation_cases", 4.0))),
        (4, "case_total", None), (4, "case_total", "reconsideration"),
    ),
    of_report(
        "claim-cases", "undecided",
        Report(
            cells={(4, "pending", "reconsideration"): "dash"},
            claims=(claim("reconsideration_cases", 3.0),),
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
    of_report(
        "problems-empty", "pass",
        Report(prose={1: ("我局公开信息。",), 5: ("（一）存在的问题：公开内容更新不够及时。",)}),
    ),
    of_report(
        "problems-empty", "fail",
        Report(prose={1: ("我局公开。",), 5: ("（一）存在的问题", "无。", "（二）改进", "暂无")}),
        (5, None, None),
    ),
    of_report("problems-empty", "undecided", Report()),
    of_report(
        "fee-unexplained", "pass",
        Report(
            cells={(3, "other_unpaid", "total"): 2.0},
            prose={6: ("本年度发出收费通知3件，收取信息处理费300元。",)},
        ),
    ),
    of_report(
        "fee-unexplained", "fail",
        Report(
            cells={(3, "other_unpaid", "natural_person"): 2.0},
            prose={6: ("无其他需要报告的事项。",)},
        ),
        (6, None, None),
    ),
    of_report(
        "fee-unexplained", "undecided", Report(cells={(3, "other_unpaid", "total"): 2.0})
    ),
)  # fmt: skip
