"""Every rule decides its examples as declared, at the places declared, in both languages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import Rule, rules, run_checks
from tests.checks.examples import EXAMPLES, Example
from tests.checks.warehouses import Agency, build

NUMBERED = tuple(enumerate(EXAMPLES, start=1))
FAILING = tuple((number, example) for number, example in NUMBERED if example.outcome == "fail")


def _name(value: object) -> str:
    return value.name if isinstance(value, Example) else str(value)


@pytest.fixture(scope="module")
def checked() -> DuckDBPyConnection:
    """A warehouse in which each example that needs no other agency is one of its own."""
    alone = [(number, example) for number, example in NUMBERED if not example.agencies]
    reports = [
        replace(report, agency_id=number) for number, example in alone for report in example.reports
    ]
    connection = build(reports, [Agency(number, True, *e.roster) for number, e in alone])
    run_checks(connection)
    return connection


@cache
def _checked_apart(number: int) -> DuckDBPyConnection:
    """A warehouse that holds this example's agencies alone."""
    example = dict(NUMBERED)[number]
    connection = build(example.reports, example.agencies)
    run_checks(connection, only=[example.rule])
    return connection


def _judged(
    shared: DuckDBPyConnection, number: int, example: Example
) -> tuple[DuckDBPyConnection, int]:
    """Where the example was checked, and the agency that it is about."""
    if not example.agencies:
        return shared, number
    return _checked_apart(number), example.reports[-1].agency_id


@pytest.mark.parametrize(("number", "example"), NUMBERED, ids=_name)
def test_rule_decides_example(checked: DuckDBPyConnection, number: int, example: Example) -> None:
    connection, agency_id = _judged(checked, number, example)
    year = example.year or example.reports[-1].year
    wanted = [example.rule, agency_id, year]
    outcomes = connection.execute(
        "select outcome from check_result where rule = ? and agency_id = ? and year = ?", wanted
    ).fetchall()
    assert outcomes == [(example.outcome,)]
    places = connection.execute(
        "select section, item, party from finding where rule = ? and agency_id = ? and year = ? "
        "order by section, item, party nulls first",
        wanted,
    ).fetchall()
    assert places == list(example.places)


def test_sections_are_named_as_the_form_numbers_them(checked: DuckDBPyConnection) -> None:
    told = checked.execute(
        "select message_zh, section from finding where rule = 'unreadable-cell'"
    ).fetchall()
    assert told
    for message, section in told:
        assert message.startswith(f"第{'一二三四五六'[section - 1]}部分“")


@pytest.mark.parametrize(("number", "example"), FAILING, ids=_name)
def test_failure_is_told_in_both_languages(
    checked: DuckDBPyConnection, number: int, example: Example
) -> None:
    connection, agency_id = _judged(checked, number, example)
    rule = next(rule for rule in rules() if rule.slug == example.rule)
    found = connection.execute(
        "select severity, message_zh, message_en, evidence::varchar from finding "
        "where rule = ? and agency_id = ?",
        [example.rule, agency_id],
    ).fetchall()
    assert found
    for severity, message_zh, message_en, evidence in found:
        assert severity == rule.severity
        assert message_zh.endswith("。")
        assert message_en.endswith(".")
        assert "{" not in message_zh + message_en
        assert evidence.startswith("{")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.slug)
def test_every_rule_has_its_examples(rule: Rule) -> None:
    outcomes = {example.outcome for example in EXAMPLES if example.rule == rule.slug}
    assert outcomes == {"pass", "fail"} | (set() if rule.always_decided else {"undecided"})


def test_examples_are_of_declared_rules() -> None:
    assert {example.rule for example in EXAMPLES} == {rule.slug for rule in rules()}


def test_a_rule_of_presence_is_never_undecided(checked: DuckDBPyConnection) -> None:
    slugs = [rule.slug for rule in rules() if rule.always_decided]
    undecided = checked.execute(
        "select rule, agency_id from check_result "
        "where outcome = 'undecided' and rule in (select unnest(?))",
        [slugs],
    ).fetchall()
    assert slugs
    assert undecided == []
