"""For each rule a passing, a failing and an undecided example: what is changed, what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from etl.reading import Doubt
from tests.checks.warehouses import Report, Told, claim, every_cell

Place = tuple[int | None, str | None, str | None]
NOWHERE: Place = (None, None, None)


@dataclass(frozen=True)
class Example:
    """The outcome of ``rule`` for the last report (or for ``year``), and where findings stand.

    ``roster`` bounds the years in which the agency must report.
    """

    rule: str
    outcome: str
    reports: tuple[Report, ...]
    places: tuple[Place, ...] = ()
    roster: tuple[int | None, int | None] = (None, None)
    year: int | None = None

    @property
    def name(self) -> str:
        return f"{self.rule}-{self.outcome}"


def _report(rule: str, outcome: str, report: Report, *places: Place) -> Example:
    return Example(rule, outcome, (report,), places)


_RECEIVED = (3, "received", "total")

EXAMPLES = (
    Example("report-missing", "pass", (Report(2022),), roster=(2022, 2022), year=2022),
    Example(
        "report-missing", "fail", (Report(2023),), (NOWHERE,), (2022, 2022), year=2022
    ),
    Example("year-gap", "pass", (Report(2021), Report(2022), Report(2023)), year=2022),
    Example("year-gap", "fail", (Report(2021), Report(2023)), (NOWHERE,), year=2022),
    _report(
        "year-mismatch", "pass",
        Report(stated=(
            Told("year", "2023", "title"), Told("year", "2023", "file"),
            Told("year", "2024", "folder"),
        )),
    ),
    _report(
        "year-mismatch", "fail",
        Report(stated=(Told("year", "2023", "title"), Told("year", "2022", "period"))), NOWHERE,
    ),
    _report("year-mismatch", "undecided", Report(stated=(Told("year", "2023", "title"),))),
    _report(
        "period", "pass", Report(stated=(Told("period", "2023-01-01/2023-12-31", "period"),))
    ),
    _report(
        "period", "fail", Report(stated=(Told("period", "2022-12-01/2023-11-30", "period"),)),
        NOWHERE,
    ),
    _report("period", "undecided", Report()),
    _report(
        "other-agency", "pass",
        Report(stated=(Told("agency", "县某局", "preface"), Told("agency", "云泽县某局", "title"))),
    ),
    _report(
        "other-agency", "fail",
        Report(stated=(Told("agency", "云泽县水利局", "preface"),)),
        NOWHERE,
    ),
    _report("other-agency", "undecided", Report(stated=(Told("agency", "县公开办", "preface"),))),
    _report("section-missing", "pass", Report()),
    _report(
        "section-missing", "fail", Report(sections=(1, 2, 4, 5)), (3, None, None), (6, None, None)
    ),
    _report("section-missing", "undecided", Report(sections=(2, 3, 4))),
    _report("heading-mismatch", "pass", Report(2020)),
    _report(
        "heading-mismatch", "fail",
        Report(
            cells={(2, "regulation", "issued"): "absent"},
            doubts=(Doubt("unknown-row", "T2", "小计", 3),),
        ),
        (2, None, None), (3, None, None),
    ),
    _report("heading-mismatch", "undecided", Report(doubts=(Doubt("no-heads", "T2", "", 3),))),
    _report("old-edition", "pass", Report(2020)),
    _report("old-edition", "fail", Report(2023, edition="2019"), NOWHERE),
    _report("old-edition", "undecided", Report(cells=every_cell("absent", sections=[2, 3]))),
    _report("table-missing", "pass", Report(cells={(4, "upheld", "reconsideration"): "absent"})),
    _report(
        "table-missing", "fail", Report(cells=every_cell("absent", sections=[2, 4])),
        (2, None, None), (4, None, None),
    ),
    _report("blank-cells", "pass", Report(cells={(2, "regulation", "issued"): "absent"})),
    _report(
        "blank-cells", "fail",
        Report(cells={(2, "regulation", "issued"): "dash", (3, "granted", "total"): "blank"}),
        NOWHERE,
    ),
    _report("blank-cells", "undecided", Report(cells=every_cell("absent"))),
    _report("unreadable-cell", "pass", Report(cells={(2, "fee", "amount"): "blank"})),
    _report(
        "unreadable-cell", "fail",
        Report(cells={(2, "fee", "amount"): "unreadable", (3, "partial", "total"): "unreadable"}),
        (2, "fee", "amount"), (3, "partial", "total"),
    ),
    _report("unreadable-cell", "undecided", Report(cells={(2, "fee", "amount"): "absent"})),
    _report("not-a-count", "pass", Report(2020)),
    _report(
        "not-a-count", "fail",
        Report(2020, cells={
            (2, "licence", "change"): -0.5, (3, "granted", "business"): 1.5,
            (4, "pending", "litigation_after"): -1.0, (2, "procurement", "amount"): -3.5,
        }),
        (2, "licence", "change"), (2, "procurement", "amount"), (3, "granted", "business"),
        (4, "pending", "litigation_after"),
    ),
    _report("not-a-count", "undecided", Report(cells={(2, "fee", "amount"): "dash"})),
    _report("balance", "pass", Report(2020)),
    _report(
        "balance", "fail",
        Report(cells={(3, "received", "natural_person"): 5.0, (3, "received", "total"): "blank"}),
        (3, None, "natural_person"),
    ),
    _report("balance", "undecided", Report(cells={(3, "carried_in", "business"): "blank"})),
    _report("applicant-total", "pass", Report(2020)),
    _report(
        "applicant-total", "fail", Report(cells={(3, "partial", "total"): 7.0}),
        (3, "partial", None),
    ),
    _report("applicant-total", "undecided", Report(cells={(3, "partial", "research"): "dash"})),
    _report("outcome-total", "pass", Report(2020)),
    _report(
        "outcome-total", "fail", Report(cells={(3, "other_misc", "nonprofit"): 1.0}),
        (3, None, "nonprofit"),
    ),
    _report("outcome-total", "undecided", Report(2020, cells={(3, "other", "total"): "blank"})),
    _report("case-total", "pass", Report(2020)),
    _report(
        "case-total", "fail", Report(cells={(4, "upheld", "litigation_direct"): 0.0}),
        (4, None, "litigation_direct"),
    ),
    _report(
        "case-total", "undecided",
        Report(cells={(4, "case_total", "litigation_direct"): "unreadable"}),
    ),
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
    _report("claim-received", "pass", Report(claims=(claim("requests_received", 30.0),))),
    _report(
        "claim-received", "fail", Report(claims=(claim("requests_received", 31.0),)), _RECEIVED
    ),
    _report(
        "claim-received", "undecided",
        Report(
            cells={(3, "carried_in", "total"): "blank"},
            claims=(claim("requests_received", 31.0),),
        ),
    ),
    _report(
        "claim-contradiction", "pass",
        Report(
            cells=every_cell(0.0, sections=[4]), claims=(claim("reconsideration_cases", 0.0),)
        ),
    ),
    _report(
        "claim-contradiction", "fail",
        Report(claims=(
            claim("requests_received", 0.0), claim("carried_out", 0.0),
            claim("reconsideration_cases", 0.0), claim("litigation_cases", 0.0),
        )),
        (3, "carried_out", "total"), _RECEIVED, (4, "case_total", None),
        (4, "case_total", "reconsideration"),
    ),
    _report(
        "claim-contradiction", "undecided",
        Report(
            cells={
                (4, "case_total", "litigation_direct"): 0.0,
                (4, "case_total", "litigation_after"): "blank",
            },
            claims=(claim("litigation_cases", 0.0),),
        ),
    ),
    _report("all-zero", "pass", Report(cells=every_cell(0.0, sections=[2, 3]))),
    _report(
        "all-zero", "fail", Report(cells=every_cell(0.0) | {(2, "fee", "amount"): "dash"}), NOWHERE
    ),
    _report("all-zero", "undecided", Report(cells=every_cell("blank"))),
    _report("all-blank", "pass", Report(cells=every_cell("blank") | {(2, "fee", "amount"): 0.0})),
    _report("all-blank", "fail", Report(cells=every_cell("dash")), NOWHERE),
    _report("all-blank", "undecided", Report(cells=every_cell("absent"))),
    _report("disclosure-all-zero", "pass", Report(cells=every_cell(0.0, sections=[3, 4]))),
    _report(
        "disclosure-all-zero", "fail", Report(cells=every_cell(0.0, sections=[2])), (2, None, None)
    ),
    _report("disclosure-all-zero", "undecided", Report(cells=every_cell("dash", sections=[2]))),
    _report("requests-all-zero", "pass", Report(cells=every_cell(0.0, sections=[2, 4]))),
    _report(
        "requests-all-zero", "fail", Report(cells=every_cell(0.0, sections=[3])), (3, None, None)
    ),
    _report("requests-all-zero", "undecided", Report(cells=every_cell("dash", sections=[3]))),
)  # fmt: skip
