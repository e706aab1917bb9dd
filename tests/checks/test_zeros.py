"""The zero triage: what is calm, what is not, and why, in numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.settings import Settings, store_settings
from etl.checks.zeros import functions, texts, weights, words
from tests.checks.warehouses import Agency, Report, build, claim, every_cell

RULE = "zero-against-evidence"
TOWN = Agency(name="云泽县石渡镇人民政府", level="乡级", kind="乡镇")
SUBDISTRICT = Agency(name="城郊街道", level=None, kind=None)
POLICE = Agency(name="云泽县公安局")
ARCHIVES = Agency(name="云泽县档案局")
ZERO = every_cell(0.0)


def _checked(
    reports: Iterable[Report],
    agencies: Iterable[Agency],
    given: Mapping[str, Mapping[str, Any]] | None = None,
) -> DuckDBPyConnection:
    connection = build(reports, agencies)
    store_settings(connection, Settings(given or {}))
    run_checks(connection, only=[RULE, "zero-streak"])
    return connection


def _grades(connection: DuckDBPyConnection) -> dict[int, tuple[str, int, dict[str, Any]]]:
    """Agency → grade, score and reasons by code, of its one all-zero report."""
    rows = connection.execute(
        "select agency_id, grade, score, reasons from zero_grade join report using (report_id)"
    ).fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {
        agency_id: (grade, score, {reason["code"]: reason for reason in json.loads(reasons)})
        for agency_id, grade, score, reasons in rows
    }


def _outcomes(connection: DuckDBPyConnection, rule: str = RULE) -> list[tuple[int, int, str]]:
    return connection.execute(
        "select agency_id, year, outcome from check_result where rule = ? order by all", [rule]
    ).fetchall()


def test_a_town_with_nothing_and_nothing_against_it_is_calm() -> None:
    reports = [Report(year, cells=every_cell(0.0)) for year in (2021, 2022)]
    last = Report(2023, cells=ZERO, claims=(claim("requests_received", 0.0),))
    checked = _checked([*reports, last], [TOWN])
    assert {row[2] for row in _outcomes(checked)} == {"pass"}
    graded = checked.execute("select grade, score from zero_grade").fetchall()
    assert graded == [("expected", -2)] * 3


def test_items_disclosed_speak_against_a_subdistrict_that_is_all_zero() -> None:
    said = (claim("disclosed_items", 523.0), claim("requests_received", 0.0))
    report = Report(2020, cells=every_cell(0.0, "2019"), claims=said)
    checked = _checked([report], [SUBDISTRICT])
    grade, score, reasons = _grades(checked)[1]
    assert (grade, score) == ("unclear", 2)
    assert set(reasons) == {"claimed-many-items", "calm-body", "none-claimed"}
    assert "523 条" in reasons["claimed-many-items"]["zh"]
    (message,) = checked.execute("select message_zh from finding").fetchone() or ("",)
    assert "523 条" in message
    assert "乡镇" not in message, "what speaks for the zero is no part of the accusation"


def test_a_police_bureau_is_not_calm() -> None:
    alone = _checked([Report(cells=ZERO)], [POLICE])
    assert _grades(alone)[1][:2] == ("unclear", 3)
    assert _outcomes(alone) == [(1, 2023, "undecided")], "its name alone is no evidence"
    with_years = _checked([Report(2021), Report(2022), Report(cells=ZERO)], [POLICE])
    grade, _, reasons = _grades(with_years)[1]
    assert grade == "implausible"
    assert reasons["disclosure-usual"]["numbers"]["count"] == 2
    assert reasons["disclosure-usual"]["numbers"]["of"] == 2
    assert reasons["requests-usual"]["numbers"]["figure"] == 24
    assert (1, 2023, "fail") in _outcomes(with_years)


def test_years_of_zeros_are_no_comfort_where_there_are_powers() -> None:
    years = [Report(year, agency_id=number, cells=ZERO) for year in (2021, 2022, 2023)
             for number in (1, 2)]  # fmt: skip
    checked = _checked(years, [POLICE, Agency(2, name="云泽县档案局")])
    told = checked.execute(
        "select distinct agency_id, reasons like '%quiet-years%', grade "
        "from zero_grade join report using (report_id) order by all"
    ).fetchall()
    assert told == [(1, False, "unclear"), (2, True, "expected")]


@pytest.mark.parametrize(
    ("zeros", "others", "code", "numbers"),
    [
        (1, 10, "peers-active", (1, 10)),
        (2, 10, None, None),
        (5, 10, "peers-quiet", (5, 10)),
        (0, 4, None, None),
    ],
)
def test_peers_are_counted_without_the_report_itself(
    zeros: int, others: int, code: str | None, numbers: tuple[int, int] | None
) -> None:
    cells = [ZERO] * (zeros + 1) + [{}] * (others - zeros)
    agencies = [Agency(number, name=f"第{number}县档案局") for number in range(1, len(cells) + 1)]
    checked = _checked(
        [Report(agency_id=number, cells=own) for number, own in enumerate(cells, start=1)],
        agencies,
    )
    found = {name: reason for name, reason in _grades(checked)[1][2].items() if "peers" in name}
    assert list(found) == ([code] if code else [])
    if code and numbers:
        assert (found[code]["numbers"]["count"], found[code]["numbers"]["of"]) == numbers


def test_peers_of_the_same_function_come_first() -> None:
    police = [Agency(number, name=f"第{number}县公安局") for number in range(1, 8)]
    others = [Agency(number, name=f"第{number}县档案局") for number in range(8, 20)]
    reports = [Report(cells=ZERO)]
    reports += [Report(agency_id=number) for number in range(2, 8)]
    reports += [Report(agency_id=number, cells=ZERO) for number in range(8, 20)]
    reasons = _grades(_checked(reports, police + others))[1][2]
    assert reasons["peers-active"]["numbers"] == {"figure": None, "count": 0, "of": 6}


def test_a_whole_government_is_never_all_zero() -> None:
    government = Agency(name="云泽县人民政府", kind="政府")
    grade, _, reasons = _grades(_checked([Report(scope="rollup", cells=ZERO)], [government]))[1]
    assert grade == "unclear"
    assert "whole-government" in reasons


def test_a_table_of_zeros_is_judged_where_the_others_have_figures() -> None:
    past = [Report(2021), Report(2022)]
    now = Report(2023, cells=every_cell(0.0, sections=[3]))
    checked = _checked([*past, now], [ARCHIVES])
    ((section, evidence),) = checked.execute("select section, evidence from finding").fetchall()
    assert section == 3
    assert [reason["code"] for reason in json.loads(evidence)["reasons"]] == ["requests-usual"]
    assert checked.execute("select * from zero_grade").fetchall() == []


def test_cases_without_any_request_are_told() -> None:
    requests = every_cell(0.0, sections=[3])
    reports = [Report(year, cells=requests) for year in (2021, 2022)]
    said = claim("requests_received", 3.0)
    checked = _checked([*reports, Report(2023, cells=requests, claims=(said,))], [ARCHIVES])
    (evidence,) = checked.execute("select evidence from finding").fetchone() or ("{}",)
    codes = {reason["code"]: reason for reason in json.loads(evidence)["reasons"]}
    assert codes["cases-without-requests"]["numbers"]["figure"] == 12
    assert codes["claimed-requests"]["numbers"]["figure"] == 3


def test_few_years_with_figures_make_no_custom() -> None:
    busy = [Report(2021)]
    idle = [Report(year, cells=every_cell(0.0, sections=[2])) for year in (2022, 2023, 2024)]
    checked = _checked([*busy, *idle], [ARCHIVES])
    assert checked.execute("select count(*) from finding").fetchone() == (0,)


def test_thresholds_are_the_rules_parameters() -> None:
    report = Report(cells=ZERO, claims=(claim("disclosed_items", 150.0),))
    assert _grades(_checked([report], [SUBDISTRICT]))[1][0] == "expected"
    given = {RULE: {"many_items": 100, "implausible_from": 2}}
    assert _grades(_checked([report], [SUBDISTRICT], given))[1][0] == "implausible"


def test_grades_and_findings_stay_the_same_over_rebuilds() -> None:
    reports = [Report(2021), Report(2022), Report(2023, cells=ZERO)]
    connection = _checked(reports, [POLICE])
    asked = (
        "select finding_id, evidence from finding union all select grade, reasons from zero_grade"
    )
    before = connection.execute(asked).fetchall()
    run_checks(connection, only=[RULE, "zero-streak"])
    assert len(before) > 1
    assert connection.execute(asked).fetchall() == before


@pytest.mark.parametrize(
    ("agency", "function"),
    [
        (Agency(name="云泽县公安局"), "police"),
        (Agency(name="某市自然资源和规划局"), "land"),
        (Agency(name="某区住房和城乡建设局", level=None, kind=None), "housing"),
        (Agency(name="某县人力资源和社会保障局"), "labour"),
        (Agency(name="某县教育体育局"), "education"),
        (Agency(name="某县统计局"), None),
        (Agency(name="某镇综合执法局", level="乡级"), None),
        (Agency(name="某县公安小区街道办事处", level="乡级", kind="街道"), None),
    ],
)
def test_functions_are_told_by_the_name(agency: Agency, function: str | None) -> None:
    reasons = _grades(_checked([Report(cells=ZERO)], [agency]))[1][2]
    powers = {entry["code"]: f"{entry['power']}-function" for entry in functions()}
    found = [code for code in reasons if code.endswith("-function")]
    assert found == ([powers[function]] if function else [])


def test_declarations_hold_together() -> None:
    assert {row["code"] for row in weights()} == {row["code"] for row in texts()}
    assert len({row["code"] for row in functions()}) == len(functions())
    named = [row["word"] for row in words()]
    assert len(set(named)) == len(named)
    for row in texts():
        in_zh, in_en = ({n for n in ("figure", "count", "of", "function") if f"{{{n}}}" in row[k]}
                        for k in ("zh", "en"))  # fmt: skip
        assert in_zh == in_en, row["code"]


def test_a_streak_is_found_year_by_year_and_never_changed_by_later_years() -> None:
    def found(until: int) -> list[tuple[str, int, str]]:
        reports = [Report(year, cells=every_cell(0.0, "2019" if year < 2021 else "2021"))
                   for year in range(2019, until + 1)]  # fmt: skip
        return (
            _checked(reports, [TOWN])
            .execute(
                "select finding_id, year, message_zh from finding where rule = 'zero-streak' "
                "order by year"
            )
            .fetchall()
        )

    four = found(2022)
    assert [row[1] for row in four] == [2021, 2022]
    assert "自 2019 年度起" in four[-1][2]
    assert "连续 4 个年度" in four[-1][2]
    assert found(2024)[:2] == four


def test_a_missing_year_interrupts_a_streak() -> None:
    years = [Report(year, cells=ZERO) for year in (2021, 2022, 2024, 2025)]
    outcomes = _outcomes(_checked(years, [TOWN]), "zero-streak")
    assert {outcome for _, _, outcome in outcomes} == {"undecided"}


def test_the_length_of_a_streak_is_a_setting() -> None:
    years = [Report(year, cells=ZERO) for year in (2021, 2022)]
    checked = _checked(years, [TOWN], {"zero-streak": {"years": 2}})
    assert _outcomes(checked, "zero-streak")[-1] == (1, 2022, "fail")
