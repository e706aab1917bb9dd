"""What holds for a whole run: clean reports, identity of findings, attribution, repeatability."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import rule_groups, rules, run_checks
from etl.checks.labels import short_label
from etl.form import EDITIONS, load_form
from etl.reading import Doubt
from tests.checks.warehouses import Agency, Position, Report, build, claim, every_cell

SLIP: dict[Position, float] = {(3, "received", "natural_person"): 9.0}


def _findings(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute("select * from finding order by finding_id").fetchall()


def _attributions(connection: DuckDBPyConnection, rule: str) -> set[str]:
    rows = connection.execute("select attribution from finding where rule = ?", [rule]).fetchall()
    return {attribution for (attribution,) in rows}


def test_clean_series_of_both_editions_ties_out() -> None:
    years = range(2019, 2025)
    connection = build([Report(year, claims=(claim("requests_received", 24.0),)) for year in years])
    run_checks(connection)
    found = {rule for (rule,) in connection.execute("select rule from finding").fetchall()}
    assert found == {"figures-repeated"}  # which these are
    counts = connection.execute(
        "select rule, count(*) from check_result where report_id is not null group by rule"
    ).fetchall()
    by_rule = dict(counts)
    for rule in rules():
        if rule.subject == "report":
            reports = sum(
                1 for year in years if ("2019" if year < 2021 else "2021") in rule.editions
            )
            assert by_rule[rule.slug] == reports, rule.slug


def test_single_report_is_undecided_only_where_something_is_missing() -> None:
    connection = build([Report()])
    run_checks(connection)
    undecided = connection.execute(
        "select rule from check_result where outcome = 'undecided' order by rule"
    ).fetchall()
    assert [rule for (rule,) in undecided] == [
        "carry-over", "cases-exceed-route", "claim-cases", "claim-contradiction", "claim-outcome",
        "claim-received", "conflicting-copies", "fee-unit", "figures-repeated", "in-force-ledger",
        "jump", "late", "other-agency", "peer-outlier", "pending-cases", "period",
        "problems-empty", "rollup", "text-copied", "text-repeated", "year-mismatch",
    ]  # fmt: skip
    assert _findings(connection) == []


def test_compared_counts_the_groups_that_were_decided() -> None:
    connection = build([Report(cells={(3, "partial", "business"): "blank"})])
    run_checks(connection)
    compared = dict(
        connection.execute(
            "select rule, compared from check_result where report_id = 100"
        ).fetchall()
    )
    items = len(load_form("2021").section_lines(3))
    assert compared["balance"] == 7
    assert compared["outcome-total"] == 6
    assert compared["applicant-total"] == items - 1
    assert compared["case-total"] == 3
    assert compared["carry-over"] == 0


def test_running_twice_changes_nothing() -> None:
    connection = build([Report(2022), Report(2023, cells=SLIP)])
    run_checks(connection)
    first, results = (
        _findings(connection),
        connection.execute("from check_result order by all").fetchall(),
    )
    run_checks(connection)
    assert first
    assert _findings(connection) == first
    assert connection.execute("from check_result order by all").fetchall() == results


def test_running_one_rule_leaves_the_others() -> None:
    connection = build([Report(cells=SLIP)])
    run_checks(connection)
    before = _findings(connection)
    run_checks(connection, only=["balance"])
    assert _findings(connection) == before
    with pytest.raises(KeyError):
        run_checks(connection, only=["no-such-rule"])


def test_nothing_of_the_run_stays_on_the_connection() -> None:
    connection = build([Report(cells=SLIP)])
    run_checks(connection)
    left = connection.execute(
        "select table_name from duckdb_tables() where temporary "
        "union all select view_name from duckdb_views() where temporary and not internal"
    ).fetchall()
    assert left == []


def test_finding_id_is_of_the_fault_and_not_of_the_file() -> None:
    alone = build([Report(2023, cells=SLIP)])
    among_others = build(
        [Report(2022), Report(2023, agency_id=2), Report(2023, cells=SLIP)], [Agency(1), Agency(2)]
    )
    ids = []
    for connection in (alone, among_others):
        run_checks(connection, only=["balance"])
        ids.append([row[0] for row in _findings(connection)])
    assert ids[0] == ids[1]
    assert len(ids[0]) == 1
    assert len(str(ids[0][0])) == 16


def test_figures_of_a_finding() -> None:
    connection = build([Report(cells=SLIP)])
    run_checks(connection, only=["balance"])
    [(left, right, delta, evidence)] = connection.execute(
        "select left_value, right_value, delta, evidence from finding"
    ).fetchall()
    assert (left, right, delta) == (10.0, 5.0, 5.0)
    sides = json.loads(evidence)
    assert [(term["item"], term["value"]) for term in sides["left"]] == [
        ("received", 9.0), ("carried_in", 1.0),
    ]  # fmt: skip
    assert [(term["item"], term["value"]) for term in sides["right"]] == [
        ("concluded", 4.0), ("carried_out", 1.0),
    ]  # fmt: skip
    assert {term["year"] for term in sides["left"]} == {2023}


def test_figures_of_a_ledger_come_from_two_years() -> None:
    cells: dict[Position, float] = {(2, "normative_document", "in_force"): 13.0}
    connection = build([Report(2022), Report(2023, cells=cells)])
    run_checks(connection, only=["in-force-ledger"])
    [(left, right, delta, evidence)] = connection.execute(
        "select left_value, right_value, delta, evidence from finding"
    ).fetchall()
    assert (left, right, delta) == (13.0, 10.0, 3.0)
    terms = [(t["party"], t["year"], t["weight"]) for t in json.loads(evidence)["right"]]
    assert terms == [("in_force", 2022, 1), ("issued", 2023, 1), ("repealed", 2023, -1)]


def test_carry_over_keeps_to_one_scope_and_one_agency() -> None:
    other = {(3, "carried_out", "total"): 99.0}
    connection = build(
        [
            Report(2022, scope="rollup", cells=other),
            Report(2022, agency_id=2, cells=other),
            Report(2022),
            Report(2023),
        ],
        [Agency(1), Agency(2)],
    )
    run_checks(connection, only=["carry-over"])
    assert _findings(connection) == []
    passed = connection.execute("select year from check_result where outcome = 'pass'").fetchall()
    assert passed == [(2023,)]


def test_a_report_on_the_wrong_edition_is_added_up_by_its_own_lines() -> None:
    connection = build([Report(2023, edition="2019", cells={(3, "other", "business"): 1.0})])
    run_checks(connection, only=["outcome-total", "in-force-ledger"])
    rows = connection.execute("select rule, outcome from check_result").fetchall()
    assert rows == [("outcome-total", "fail")]


def test_attribution_follows_the_doubts() -> None:
    cases = (
        ((), "report"),
        ((Doubt("x", "table", section=3),), "reading"),
        ((Doubt("x", "table", section=3, item="received"),), "reading"),
        ((Doubt("x", "table", section=4),), "unclear"),
        ((Doubt("x", "title"),), "unclear"),
    )
    numbered = tuple(enumerate(cases, start=1))
    connection = build(
        [Report(agency_id=n, cells=SLIP, doubts=doubts) for n, (doubts, _) in numbered],
        [Agency(n) for n, _ in numbered],
    )
    run_checks(connection, only=["balance"])
    found = connection.execute("select agency_id, attribution from finding order by all").fetchall()
    assert found == [(n, attribution) for n, (_, attribution) in numbered]


def test_a_doubt_about_another_row_leaves_a_row_unclear() -> None:
    doubts = (Doubt("x", "table", section=3, item="granted"),)
    connection = build([Report(cells={(3, "partial", "total"): 99.0}, doubts=doubts)])
    run_checks(connection, only=["applicant-total"])
    assert _attributions(connection, "applicant-total") == {"unclear"}


def test_another_reading_is_offered_and_applied_nowhere() -> None:
    cases = (((("natural_person", 4.0),), True), ((("natural_person", 6.0),), False))
    numbered = tuple(enumerate(cases, start=1))
    connection = build(
        [
            Report(
                agency_id=n,
                cells=SLIP,
                doubts=(Doubt("x", "T2 R3", section=3, item="received", alternative=pairs),),
            )
            for n, (pairs, _) in numbered
        ],
        [Agency(n) for n, _ in numbered],
    )
    run_checks(connection, only=["balance"])
    found = connection.execute(
        "select left_value, attribution, message_zh, message_en, evidence from finding "
        "order by agency_id"
    ).fetchall()
    assert len(found) == len(cases)
    for (pairs, ties), (left, attribution, zh, en, evidence) in zip(cases, found, strict=True):
        ((party, value),) = pairs
        facts = json.loads(evidence)
        assert (left, attribution, facts["alternative_ties"]) == (10.0, "reading", ties)
        assert facts["alternative"] == [
            {"item": "received", "party": party, "value": value, "place": "T2 R3"}
        ]
        assert ("两边相符" in zh, "would tie out" in en) == (ties, ties)
        assert zh.endswith(f"自然人 {value:g}。")
        assert en.endswith(f"Natural persons {value:g}.")


def test_a_missing_table_is_the_readings_fault_under_any_doubt() -> None:
    cells = every_cell("absent", sections=[4])
    connection = build([Report(cells=cells, doubts=(Doubt("x", "page 2"),))])
    run_checks(connection, only=["table-missing"])
    assert _attributions(connection, "table-missing") == {"reading"}


def test_last_years_doubt_counts_across_years() -> None:
    past = Report(2022, cells={(3, "carried_out", "total"): 9.0}, doubts=(Doubt("x", "t", "", 3),))
    connection = build([past, Report(2023)])
    run_checks(connection, only=["carry-over"])
    assert _attributions(connection, "carry-over") == {"reading"}


def test_margin_of_an_approximate_claim() -> None:
    cases = (
        (100.0, 109.0, "pass"), (100.0, 110.0, "fail"), (100.0, 91.0, "pass"),
        (100.0, 90.0, "fail"), (10.0, 19.0, "pass"), (10.0, 20.0, "fail"),
        (504.0, 504.0, "pass"), (504.0, 505.0, "fail"),
        (3000.0, 3299.0, "pass"), (3000.0, 3300.0, "fail"),
    )  # fmt: skip
    numbered = tuple(enumerate(cases, start=1))
    reports = [
        Report(
            agency_id=n,
            cells=every_total_zero() | {(3, "received", "total"): received},
            claims=(claim("requests_received", claimed, approximate=True),),
        )
        for n, (claimed, received, _) in numbered
    ]
    connection = build(reports, [Agency(n) for n, _ in numbered])
    run_checks(connection, only=["claim-received"])
    found = connection.execute(
        "select agency_id, outcome from check_result order by all"
    ).fetchall()
    assert found == [(n, outcome) for n, (_, _, outcome) in numbered]


def every_total_zero() -> dict[Position, float]:
    return {(3, line.item, "total"): 0.0 for line in load_form("2021").section_lines(3)}


def test_a_claim_for_one_channel_is_never_the_total() -> None:
    said = claim("requests_received", 5.0, channel="website")
    connection = build([Report(claims=(said,))])
    run_checks(connection, only=["claim-received"])
    assert connection.execute("select outcome from check_result").fetchall() == [("undecided",)]


def test_one_of_two_claims_that_does_not_fit_fails() -> None:
    said = (claim("requests_received", 24.0), claim("requests_received", 25.0))
    connection = build([Report(claims=said)])
    run_checks(connection, only=["claim-received"])
    assert connection.execute("select left_value, right_value from finding").fetchall() == [
        (25.0, 24.0)
    ]


def test_a_lawsuit_in_one_column_contradicts_even_when_the_other_is_blank() -> None:
    cells: dict[Position, float | str] = {(4, "case_total", "litigation_direct"): "blank"}
    connection = build([Report(cells=cells, claims=(claim("litigation_cases", 0.0),))])  # type: ignore[arg-type]
    run_checks(connection, only=["claim-contradiction"])
    assert connection.execute("select right_value from finding").fetchall() == [(None,)]


def test_roster_years_bound_who_must_report() -> None:
    connection = build(
        [Report(2021), Report(2023), Report(2022, agency_id=3, scope="rollup")],
        [Agency(1, True, 2021, 2022), Agency(2, False), Agency(3, True, None, 2022)],
    )
    run_checks(connection, only=["report-missing"])
    missing = connection.execute(
        "select agency_id, year, report_id, scope from finding order by all"
    ).fetchall()
    assert missing == [(1, 2022, None, "agency"), (3, 2021, None, "agency")]


def test_a_report_of_a_year_to_come_makes_nothing_due() -> None:
    connection = build([Report(2022), Report(2999, 2)], [Agency(1, reports_from=2022), Agency(2)])
    run_checks(connection, ["report-missing"])
    last = connection.execute("select max(year) < year(current_date) from check_result").fetchone()
    assert last == (True,)


def test_an_empty_warehouse_is_checked_without_a_finding() -> None:
    connection = build([], [Agency(1)])
    run_checks(connection)
    assert _findings(connection) == []
    assert connection.execute("select count(*) from rule").fetchone() == (len(rules()),)


def test_a_fault_inside_a_check_is_raised() -> None:
    connection = build([Report(cells=SLIP)])
    connection.execute("drop table disclosure; drop table requests")
    with pytest.raises(Exception, match="requests"):
        run_checks(connection, only=["claim-received"])


def test_rules_are_documented_in_both_languages() -> None:
    groups = {group.code for group in rule_groups()}
    for rule in rules():
        for text in (rule.title_zh, rule.explanation_zh, rule.basis, rule.message_zh):
            assert any("一" <= letter <= "鿿" for letter in text), rule.slug
        for text in (rule.title_en, rule.explanation_en, rule.message_en):
            assert any("a" <= letter <= "z" for letter in text), rule.slug
        assert rule.group in groups
        assert bool(rule.query) != bool(rule.sums)


def test_the_forms_identities_are_all_checked() -> None:
    slugs = {rule.slug for rule in rules() if rule.sums}
    for edition in EDITIONS:
        assert {identity.rule for identity in load_form(edition).identities} <= slugs


def test_short_labels_lose_number_and_note_alone() -> None:
    assert short_label("（二）部分公开（区分处理的，只计这一情形）") == "部分公开"
    assert short_label("3.其他") == "其他"
    assert short_label("(2) Granted in part (counted here)") == "Granted in part"
    for edition in EDITIONS:
        for line in load_form(edition).lines:
            assert short_label(line.label)
            assert not short_label(line.label)[0].isdigit()


def test_every_step_is_told_to_the_watch() -> None:
    seen: list[str] = []

    @contextmanager
    def book(name: str) -> Iterator[None]:
        seen.append(name)
        yield

    run_checks(build([Report(2023)]), ["balance", "jump"], book)
    assert [name for name in seen if name in ("check_jump", "sums", "balance", "jump")] == [
        "check_jump", "sums", "balance", "jump",
    ]  # fmt: skip
    assert seen[-1] == "rank_by_impact"


def test_checks_are_loaded_without_pandas() -> None:
    loaded = "import sys, etl.checks; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
