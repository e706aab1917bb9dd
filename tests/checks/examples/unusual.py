"""Examples of the rules on unusual figures."""

from __future__ import annotations

from tests.checks.examples.model import RECEIVED, Example, of_report
from tests.checks.examples.peers import PEERS, one_year, two_years
from tests.checks.warehouses import Position, Report, every_cell

NONE_RECEIVED: dict[Position, float] = {RECEIVED: 0.0}

EXAMPLES: tuple[Example, ...] = (
    Example("jump", "pass", two_years(280.0), agencies=PEERS),
    Example("jump", "fail", two_years(500.0), (RECEIVED,), agencies=PEERS),
    Example("jump", "undecided", two_years(500.0)[-2:], agencies=PEERS),
    Example("peer-outlier", "pass", one_year(), agencies=PEERS),
    Example(
        "peer-outlier", "fail", one_year({(3, "unable_not_held", "total"): 9.0}),
        ((3, "unable", None),), agencies=PEERS,
    ),
    Example("peer-outlier", "undecided", one_year()[-19:], agencies=PEERS),
    Example("dispute-without-request", "pass", (Report(2022), Report(2023, cells=NONE_RECEIVED))),
    of_report("dispute-without-request", "pass", Report(cells=every_cell(0.0))),
    Example(
        "dispute-without-request", "fail",
        tuple(Report(year, cells=NONE_RECEIVED) for year in (2021, 2022, 2023)),
        ((4, "case_total", None),),
    ),
    Example(
        "dispute-without-request", "undecided",
        tuple(Report(year, cells=NONE_RECEIVED) for year in (2022, 2023)),
    ),
    of_report(
        "dispute-without-request", "undecided",
        Report(cells=every_cell(0.0) | {(4, "case_total", "reconsideration"): "blank"}),
    ),
    of_report(
        "cases-exceed-route", "pass", Report(cells={(4, "case_total", "litigation_after"): 3.0})
    ),
    Example(
        "cases-exceed-route", "pass",
        (Report(2022), Report(cells={(4, "case_total", "litigation_after"): 6.0})),
    ),
    Example(
        "cases-exceed-route", "fail",
        (Report(2022), Report(cells={(4, "case_total", "litigation_after"): 7.0})),
        ((4, "case_total", "litigation_after"),),
    ),
    of_report("cases-exceed-route", "undecided", Report()),
)  # fmt: skip
