"""The whole way, report files in and warehouse out, against what the sample says is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from etl.build import Summary
from etl.sample.oracle import ORACLE_RULES
from tests.conftest import SAMPLE

TRUTH = SAMPLE / "truth"
MATCH = (
    "theirs.agency = ours.agency and theirs.year = ours.year and theirs.scope = ours.scope::varchar"
)


def _rows(connection: DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql.format(truth=TRUTH)).fetchall()


def test_every_report_is_loaded_under_its_agency_year_scope_and_form(
    sample_warehouse: DuckDBPyConnection,
) -> None:
    theirs = _rows(
        sample_warehouse,
        "select agency, year, scope, form from '{truth}/reports.parquet' order by all",
    )
    ours = _rows(
        sample_warehouse, "select agency, year, scope::varchar, form from report order by all"
    )
    assert len(theirs) >= 24 * 5
    assert ours == theirs


def test_each_report_of_a_shared_file_is_a_reading_of_its_own(
    sample_warehouse: DuckDBPyConnection,
) -> None:
    shared = _rows(
        sample_warehouse,
        """
        select path, list(agency order by agency), any_value(year)
        from '{truth}/reports.parquet' group by path having count(*) > 1
        """,
    )
    assert shared
    for path, agencies, year in shared:
        read = sample_warehouse.execute(
            "select list(distinct report.agency order by report.agency), list(distinct part) "
            "from report join reading using (reading_id) "
            "join source on source.source_id = report.source_id "
            "where ends_with(source.path, ?) and report.year = ?",
            [path.removeprefix("reports/"), year],
        ).fetchone()
        assert read is not None
        assert read[0] == agencies
        assert len(read[1]) == len(agencies)


def test_a_government_has_its_roll_up_and_its_own_report(
    sample_warehouse: DuckDBPyConnection,
) -> None:
    both = _rows(
        sample_warehouse,
        "select year, list(title order by scope::varchar) from report "
        "group by agency, year having count(*) > 1 order by year",
    )
    assert [year for year, _ in both] == [2023, 2024]
    assert all("（办公室）" in own and "（办公室）" not in rolled for _, (own, rolled) in both)


def test_every_cell_has_its_state_and_value(sample_warehouse: DuckDBPyConnection) -> None:
    wrong = _rows(
        sample_warehouse,
        f"""
        with ours as (
            select report.agency, report.year, report.scope, cell.*
            from cell join report using (report_id)
        )
        select theirs.agency, theirs.year, theirs.section, theirs.item, theirs.party,
               theirs.state, theirs.value, ours.state::varchar, ours.value, ours.raw
        from '{{truth}}/cells.parquet' as theirs
        left join ours on {MATCH} and theirs.section = ours.section
            and theirs.item = ours.item and theirs.party = ours.party
        where ours.state::varchar is distinct from theirs.state
           or ours.value is distinct from theirs.value
        """,
    )
    assert wrong == []


def test_raw_text_is_kept_as_printed(sample_warehouse: DuckDBPyConnection) -> None:
    wrong = _rows(
        sample_warehouse,
        f"""
        with ours as (
            select report.agency, report.year, report.scope, cell.*
            from cell join report using (report_id)
        )
        select theirs.agency, theirs.year, theirs.item, theirs.party, theirs.raw, ours.raw
        from '{{truth}}/cells.parquet' as theirs
        join ours on {MATCH} and theirs.section = ours.section
            and theirs.item = ours.item and theirs.party = ours.party
        where theirs.state <> 'absent' and trim(theirs.raw) <> trim(ours.raw)
        """,
    )
    assert wrong == []


def test_every_fault_is_found_and_nothing_else(sample_warehouse: DuckDBPyConnection) -> None:
    columns = "agency, year, scope::varchar, rule, section, item, party"
    theirs = _rows(
        sample_warehouse, f"select distinct {columns} from '{{truth}}/faults.parquet' order by all"
    )
    ours = _rows(sample_warehouse, f"select {columns} from finding order by all")
    assert [row for row in ours if row[3] in ORACLE_RULES] == theirs


def test_what_was_planted_for_other_rules_is_found(sample_warehouse: DuckDBPyConnection) -> None:
    """Rules that compare texts or weigh a report against others: the truth lists the planted."""
    planted = _rows(sample_warehouse, "select agency, year, rule from '{truth}/oddities.parquet'")
    found = _rows(sample_warehouse, "select distinct agency, year, rule from finding")
    assert {rule for _, _, rule in planted} == _other_rules(sample_warehouse)
    assert set(planted) <= set(found)


def test_beside_the_planted_these_rules_hardly_find_anything(
    sample_warehouse: DuckDBPyConnection,
) -> None:
    """Reports with nothing planted this year or the last, which a jump would show as well.

    Limits of 99.8 % around rates let a few honest reports out, and a text may resemble another by
    chance; of each rule no more than one clean report in a hundred is a false alarm.
    """
    clean = _clean(sample_warehouse)
    assert len(clean) >= 60
    for rule in _other_rules(sample_warehouse):
        found = _rows(
            sample_warehouse, f"select distinct report_id from finding where rule = '{rule}'"
        )
        assert len(clean & {report for (report,) in found}) <= 0.01 * len(clean), rule


def test_clean_reports_are_free_of_errors_and_nearly_of_queries(
    sample_warehouse: DuckDBPyConnection,
) -> None:
    """Bodies that truly did nothing, and cells left blank or in 元, are printed so by chance."""
    printed = "('all-zero', 'zero-streak', 'blank-cells', 'fee-unit')"
    clean = _clean(sample_warehouse)
    found = _rows(
        sample_warehouse,
        f"select report_id, severity::varchar from finding where rule not in {printed}",
    )
    errors = {report for report, severity in found if severity == "error"}
    queries = {report for report, severity in found if severity == "query"}
    assert not clean & errors
    assert len(clean & queries) <= 0.02 * len(clean)


def _clean(connection: DuckDBPyConnection) -> set[int]:
    """Bodies' own reports with nothing planted in them or in the year before."""
    rows = _rows(
        connection,
        """
        with planted as (
            select agency, year from '{truth}/faults.parquet' where planted
            union
            select agency, year from '{truth}/oddities.parquet'
        )
        select report_id from report
        where scope = 'agency' and not exists (
            select 1 from planted
            where planted.agency = report.agency and planted.year in (report.year, report.year - 1)
        )
        """,
    )
    return {report for (report,) in rows}


def _other_rules(connection: DuckDBPyConnection) -> set[str]:
    return {rule for (rule,) in _rows(connection, "select rule from rule")} - ORACLE_RULES


def test_every_rule_is_planted(sample_warehouse: DuckDBPyConnection) -> None:
    never = _rows(
        sample_warehouse,
        "select rule from rule where rule not in "
        "(select rule from '{truth}/faults.parquet' where planted "
        "union all select rule from '{truth}/oddities.parquet')",
    )
    assert never == []


def test_claims_are_those_of_the_prose(sample_warehouse: DuckDBPyConnection) -> None:
    stated = """
        select report.agency, report.year, report.scope, claim.measure, claim.channel, claim.value
        from claim join report using (report_id)
    """
    meant = """
        select agency, year, scope, claim.measure, claim.channel, claim.value
        from (select *, unnest(claims) as claim from '{truth}/reports.parquet')
    """
    (total,) = _rows(sample_warehouse, f"select count(*) from ({meant})")[0]
    (wrong,) = _rows(sample_warehouse, f"select count(*) from ({stated} except all {meant})")[0]
    (missed,) = _rows(sample_warehouse, f"select count(*) from ({meant} except all {stated})")[0]
    assert total > 500
    assert wrong <= 0.01 * total
    assert missed <= 0.05 * total


def test_refused_files_carry_their_reason(
    sample_build: tuple[Path, Summary], sample_warehouse: DuckDBPyConnection
) -> None:
    theirs = _rows(sample_warehouse, "select path, reason from '{truth}/rejected.parquet'")
    ours = {rejection.path: rejection.code for rejection in sample_build[1].rejected}
    assert len(theirs) == len(ours) >= 3
    for path, reason in theirs:
        (found,) = (code for name, code in ours.items() if name.endswith(path))
        assert found == reason


@pytest.mark.parametrize("relation", ["report", "requests", "disclosure", "proceedings"])
def test_star_tables_hold_every_report(sample_warehouse: DuckDBPyConnection, relation: str) -> None:
    rows_per_report = {"report": 1, "requests": 7, "disclosure": 1, "proceedings": 3}[relation]
    (reports,) = _rows(sample_warehouse, "select count(*) from report")[0]
    (rows,) = _rows(sample_warehouse, f"select count(*) from {relation}")[0]
    assert rows == rows_per_report * reports
