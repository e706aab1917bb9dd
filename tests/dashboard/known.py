"""A small warehouse whose every figure is known, for the tests of the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from etl.form import edition_for_year, load_form
from etl.warehouse.schema import create_schema, schema_version
from etl.warehouse.star import fill_star_tables

BUILT_AT = datetime(2024, 4, 2, 9, 30)

Printed = float | tuple[str, str]
"""A number, or a state with the text as printed."""

AGENCIES = (
    # agency_id, agency, level, kind, region, on_roster, reports_from
    (1, "云泽县民政局", "县级", "部门", "云泽县", True, 2020),
    (2, "云泽县公安局", "县级", "部门", "云泽县", True, 2022),
    (3, "澄岭县城关镇人民政府", "乡级", "乡镇", "澄岭县", True, 2021),
    (4, "澄岭县人民政府", "县级", "政府", "澄岭县", True, 2023),
    (5, "澄岭县水利局", "县级", "部门", "澄岭县", True, 2022),
)

RULES = (
    ("applicant-total", "requests", "error", "申请人各列之和", "Applicants add up"),
    ("carry-over", "years", "error", "上年结转等于上年结转下年", "Carry-over ties to last year"),
    ("claim-received", "claims", "query", "文中收件数", "The claimed requests fit"),
    ("unreadable-cell", "presence", "error", "每个单元格都能读作数字", "Every cell is a number"),
    ("all-zero", "zeros", "query", "并非全部为零", "Some figure is not zero"),
    ("blank-cells", "presence", "query", "没有空白单元格", "No printed cell is blank"),
    ("report-missing", "presence", "error", "每年都有报告", "There is a report for each year"),
)  # fmt: skip


@dataclass(frozen=True)
class KnownReport:
    """A report of the known warehouse; a cell that ``printed`` leaves out is 0."""

    agency_id: int
    year: int
    printed: Mapping[tuple[int, str, str], Printed] = field(default_factory=dict)
    scope: str = "agency"
    claims: tuple[tuple[str, float, str], ...] = ()


def build_known_warehouse(path: Path) -> Path:
    """``path``, now a warehouse of ten reports by four agencies, with a fifth that never reports.

    云泽县民政局 reports 2020–2023: 10, 15, 21 and 30 requests received. Its report of 2022 holds
    one cell of each state, an applicant total that is 1 too high (natural persons 20, total 21),
    and a carry-over of 0 where 1 was carried out of 2021.
    """
    with duckdb.connect(str(path)) as connection:
        create_schema(connection)
        _insert_agencies(connection)
        for number, report in enumerate(REPORTS, start=1):
            _insert_report(connection, number, report)
        _insert_sources(connection)
        fill_star_tables(connection)
        _insert_rules(connection)
        _insert_findings(connection)
        insert_snapshot(connection, "known", len(REPORTS), len(REPORTS) + 2)
    return path


def build_empty_warehouse(path: Path) -> Path:
    """``path``, now a warehouse into which nothing was loaded."""
    with duckdb.connect(str(path)) as connection:
        create_schema(connection)
        insert_snapshot(connection, "empty", 0, 0)
    return path


def insert_snapshot(
    connection: duckdb.DuckDBPyConnection, name: str, reports: int, sources: int
) -> None:
    """Write the row that makes a database a warehouse."""
    connection.execute(
        "insert into snapshot (snapshot_id, built_at, gouji_version, reports, sources, "
        "schema_version) values (?, ?, '0.1.0', ?, ?, ?)",
        [name, BUILT_AT, reports, sources, schema_version()],
    )


def _requests(**outcomes: float) -> dict[tuple[int, str, str], Printed]:
    """Section 3 of a report that only natural persons asked."""
    return {
        (3, item, party): value
        for item, value in outcomes.items()
        for party in ("natural_person", "total")
    }


_ODD_2022: dict[tuple[int, str, str], Printed] = {
    **_requests(received=20, granted=12, partial=2, unable_not_held=4, rejected_repeat=2),
    **_requests(concluded=20),
    (3, "received", "total"): 21,
    (3, "other_misc", "research"): ("blank", " "),
    (3, "other_misc", "nonprofit"): ("dash", "/"),
    (3, "other_misc", "legal_service"): ("unreadable", "若干<b>"),
    (3, "other_misc", "other_org"): ("absent", ""),
    (2, "normative_document", "issued"): 2,
    (2, "normative_document", "in_force"): 24,
    (2, "fee", "amount"): 1.25,
    (4, "upheld", "reconsideration"): 2,
    (4, "corrected", "reconsideration"): 1,
    (4, "case_total", "reconsideration"): 3,
}

REPORTS = (
    KnownReport(
        1, 2020,
        {
            **_requests(received=10, granted=6, refused_process=2, unable_not_held=1, other=1),
            **_requests(concluded=10),
            (2, "normative_document", "made"): 2,
            (2, "normative_document", "disclosed"): 2,
            (2, "normative_document", "disclosed_total"): 20,
            (2, "licence", "change"): -3,
            (2, "procurement", "amount"): 12.5,
        },
    ),
    KnownReport(
        1, 2021,
        {
            **_requests(received=12, granted=8, partial=1, unable_not_held=2),
            **_requests(concluded=11, carried_out=1),
            (3, "received", "business"): 3,
            (3, "received", "total"): 15,
            (3, "granted", "business"): 2,
            (3, "granted", "total"): 10,
            (3, "refused_third_party", "business"): 1,
            (3, "refused_third_party", "total"): 1,
            (3, "concluded", "business"): 3,
            (3, "concluded", "total"): 14,
            (2, "normative_document", "issued"): 3,
            (2, "normative_document", "repealed"): 1,
            (2, "normative_document", "in_force"): 22,
            (2, "licence", "decisions"): 1234,
            (4, "upheld", "reconsideration"): 1,
            (4, "case_total", "reconsideration"): 1,
        },
    ),
    KnownReport(1, 2022, _ODD_2022, claims=(
        ("requests_received", 22, "全年共收到政府信息公开申请22件"),
    )),
    KnownReport(
        1, 2023,
        {
            **_requests(received=30, granted=18, partial=4, refused_case_file=3),
            **_requests(unable_not_held=5, concluded=30),
            (2, "normative_document", "in_force"): 24,
        },
    ),
    KnownReport(2, 2022),
    KnownReport(2, 2023, _requests(received=40, granted=30, rejected_petition=8, concluded=38,
                                   carried_out=2)),
    KnownReport(3, 2021, {(2, "normative_document", "issued"): ("blank", "")}),
    KnownReport(3, 2022, _requests(received=1, granted=1, concluded=1)),
    KnownReport(3, 2023, _requests(received=2, granted=2, concluded=2)),
    KnownReport(4, 2023, _requests(received=500, granted=400, concluded=480, carried_out=20),
                scope="rollup"),
)  # fmt: skip


def _insert_agencies(connection: duckdb.DuckDBPyConnection) -> None:
    for agency_id, agency, level, kind, region, on_roster, start in AGENCIES:
        connection.execute(
            "insert into agency values (?, ?, null, ?, ?, ?, null, null, ?, ?, null)",
            [agency_id, agency, level, kind, region, on_roster, start],
        )


def _insert_report(connection: duckdb.DuckDBPyConnection, number: int, report: KnownReport) -> None:
    form = load_form(edition_for_year(report.year))
    printed = [report.printed.get((c.section, c.item, c.party), 0.0) for c in form.cells]
    values = [None if isinstance(cell, tuple) else cell for cell in printed]
    states = [cell[0] if isinstance(cell, tuple) else "number" for cell in printed]
    raws = [cell[1] if isinstance(cell, tuple) else f"{cell:g}" for cell in printed]
    places = [f"表{c.section} 第{c.number}格" for c in form.cells]
    agency = next(row[1] for row in AGENCIES if row[0] == report.agency_id)
    title = f"{agency}{report.year}年政府信息公开工作年度报告"
    published = date(report.year + 1, 1, 20)
    connection.execute(
        "insert into reading values (?, ?, 1, ?, ?, ?, ?, ?, ?, [1, 2, 3, 4, 5, 6], ?, ?, ?, ?, "
        "?)",
        [number, f"sha{number}", agency, report.year, form.edition, report.scope, title,
         published, values, states, raws, places, f"sha{number}"],
    )  # fmt: skip
    connection.execute(
        "insert into report values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [number, report.agency_id, agency, report.year, form.edition, report.scope, title,
         published, f"sha{number}", number],
    )  # fmt: skip
    connection.execute(
        "insert into source values ($1, $2, 'html', 1000, 'loaded', null, $3, null, null, null, "
        "'1', '', $1)",
        [f"sha{number}", f"reports/{report.year}/{agency}.html", BUILT_AT],
    )
    for measure, value, quote in report.claims:
        connection.execute(
            "insert into reading_claim values (?, ?, null, ?, false, false, ?, '第2段')",
            [number, measure, value, quote],
        )


def _insert_sources(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "insert into source values ('bad', 'reports/2023/澄岭县水利局.pdf', 'pdf', 9000, "
        "'rejected', 'image-only', ?, '只有图像，没有文字层', 'Images only, no text layer', "
        "'第1页', '1', '', 'bad')",
        [BUILT_AT],
    )
    connection.execute(
        "insert into source values ('twin', 'reports/2023/copy.html', 'html', 1000, "
        "'duplicate', null, ?, null, null, null, '1', '', 'twin')",
        [BUILT_AT],
    )


def _insert_rules(connection: duckdb.DuckDBPyConnection) -> None:
    for rule, group, severity, title_zh, title_en in RULES:
        connection.execute(
            "insert into rule values (?, ?, ?, ?, ?, '', 'form', '', '')",
            [rule, group, severity, title_zh, title_en],
        )
    for number, report in enumerate(REPORTS, start=1):
        outcome = "fail" if number == 3 else "pass"
        connection.execute(
            "insert into check_result values (?, 'applicant-total', ?, 25, ?, ?)",
            [number, outcome, report.agency_id, report.year],
        )


FINDINGS = (
    # id, report, agency, year, rule, severity, attribution, section, item, party, left, right
    ("f1", 3, 1, 2022, "applicant-total", "error", "report", 3, "received", None, 20, 21),
    ("f2", 3, 1, 2022, "carry-over", "error", "report", 3, "carried_in", "natural_person", 0, 1),
    ("f3", 3, 1, 2022, "claim-received", "query", "unclear", 3, "received", "total", 22, 21),
    ("f4", 3, 1, 2022, "unreadable-cell", "error", "reading", 3, "other_misc", "legal_service",
     None, None),
    ("f5", 5, 2, 2022, "all-zero", "query", "report", None, None, None, None, None),
    ("f6", 7, 3, 2021, "blank-cells", "query", "report", 2, "normative_document", "issued", 1, 0),
    ("f7", None, 5, 2022, "report-missing", "error", "report", None, None, None, None, None),
    ("f8", None, 5, 2023, "report-missing", "error", "report", None, None, None, None, None),
)  # fmt: skip


_APPLICANTS = {"natural_person": 20, "business": 0, "research": 0, "nonprofit": 0,
               "legal_service": 0, "other_org": 0}  # fmt: skip


def _term(item: str, party: str, value: float, year: int = 2022) -> dict[str, object]:
    return {"section": 3, "item": item, "party": party, "value": value, "weight": 1, "year": year}


EVIDENCE: dict[str, dict[str, object]] = {
    "f1": {
        "left": [_term("received", party, value) for party, value in _APPLICANTS.items()],
        "right": [_term("received", "total", 21)],
    },
    "f2": {
        "left": [_term("carried_in", "natural_person", 0)],
        "right": [_term("carried_out", "natural_person", 1, 2021)],
    },
    "f3": {"claims": [{"value": 22, "quote": "共收到申请22件", "place": "第2段"}]},
    "f6": {"blank": 1, "dash": 0},
}
"""What the checks keep with a finding, as ``etl.checks`` writes it."""


def _insert_findings(connection: duckdb.DuckDBPyConnection) -> None:
    for (identity, report, agency_id, year, rule, severity, attribution, section, item, party,
         left, right) in FINDINGS:  # fmt: skip
        _, agency, level, kind, region, *_ = next(row for row in AGENCIES if row[0] == agency_id)
        delta = None if left is None or right is None else left - right
        connection.execute(
            f"insert into finding values ({', '.join('?' * 21)}, null, null)",
            [identity, report, agency, year, rule, severity, attribution, section, item, party,
             left, right, delta, f"{rule}：左{left}右{right}", f"{rule}: {left} against {right}",
             json.dumps(EVIDENCE.get(identity, {})), agency_id, "agency", region, level, kind],
        )  # fmt: skip
    connection.execute(
        "insert into suspect values (3, 1, 'received', 'total', 21, 20, 1, 3, 'replaced', 2, 1, 1,"
        " 1, 1, true)"
    )
