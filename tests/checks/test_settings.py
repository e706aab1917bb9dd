"""Thresholds: declared with a default, set by an office, kept by the warehouse, in force in SQL."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.checks import rules
from etl.checks.handbook import handbook
from etl.checks.parameters import Parameter, Value, fill_in
from etl.checks.settings import Settings, read_settings, store_settings, stored_settings
from etl.errors import UsageError
from etl.warehouse.schema import create_schema

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
TUNED = next(rule for rule in rules() if rule.parameters)
KNOB = TUNED.parameters[0]


def _file(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, "utf-8")
    return path


def _written(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (Parameter("n", 3, "", "", least=1), 5),
        (Parameter("n", 3, "", ""), 5.0),
        (Parameter("x", 0.5, "", "", most=1), 1),
        (Parameter("day", "01-31", "", "", pattern=r"\d\d-\d\d"), "03-31"),
        (Parameter("on", True, "", ""), False),
    ],
)
def test_a_value_takes_the_type_of_the_default(parameter: Parameter, value: Value) -> None:
    accepted = parameter.accepted(value)
    assert accepted == value
    assert type(accepted) is type(parameter.default)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (Parameter("n", 3, "", "", least=1), 0),
        (Parameter("n", 3, "", ""), 2.5),
        (Parameter("n", 3, "", ""), True),
        (Parameter("n", 3, "", ""), "4"),
        (Parameter("x", 0.5, "", "", most=1), 1.5),
        (Parameter("x", 0.5, "", ""), float("inf")),
        (Parameter("x", 0.5, "", ""), float("nan")),
        (Parameter("n", 3, "", ""), float("inf")),
        (Parameter("x", 0.5, "", ""), 10**400),
        (Parameter("day", "01-31", "", "", pattern=r"\d\d-\d\d"), "1 March"),
        (Parameter("on", True, "", ""), 1),
    ],
)
def test_a_value_that_wont_do_is_refused(parameter: Parameter, value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parameter.accepted(value)


def test_names_become_literals() -> None:
    filled = fill_in("x > $least and d < $day", {"least": 5, "day": "it's"})
    assert filled == "x > 5 and d < 'it''s'"
    with pytest.raises(KeyError):
        fill_in("$unknown", {})


def test_every_name_in_a_query_is_declared() -> None:
    for rule in rules():
        Settings().fill(rule.slug, rule.query)


def test_an_office_sets_what_it_names_alone(tmp_path: Path) -> None:
    path = _file(tmp_path, f"[{TUNED.slug}]\n{KNOB.name} = {_written(KNOB.default)}\n")
    settings = read_settings(path)
    assert settings.given == {TUNED.slug: {KNOB.name: KNOB.default}}
    assert settings.of(TUNED.slug) == {p.name: p.default for p in TUNED.parameters}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[lte]\nx = 1", r"\[lte\].*late\?"),
        ("late = 1", "late"),
        (f"[{TUNED.slug}]\n{KNOB.name}x = 1", KNOB.name),
        (f"[{TUNED.slug}]\n{KNOB.name} = []", KNOB.name),
        ("[late", "settings"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_settings(_file(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[late]\ndepartment = "1 March"', r'应为形如 "02-15" 的文字.*text such as "02-15"'),
        ("[zero-against-evidence]\nunclear_from = 0.5", "应为不小于 1、不大于 20 的整数"),
        ("[zero-against-evidence]\nunclear_from = inf", "whole number ≥ 1"),
    ],
)
def test_a_message_says_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        read_settings(_file(tmp_path, text))
    assert "[0-9]" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_file_may_come_from_an_everyday_editor(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('# 本县的期限\n[late]\ntown = "02-15"\n'.encode(encoding))
    assert read_settings(path).of("late")["town"] == "02-15"


@pytest.mark.parametrize(
    "text",
    [
        "[fee-unit]\nratio_least = 500\nratio_most = 100",
        "[fee-unit]\nratio_least = 1_000_000",
        "[zero-against-evidence]\nimplausible_from = 1",
    ],
)
def test_a_pair_the_wrong_way_round_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="不应大于"):
        read_settings(_file(tmp_path, text))


def test_defaults_stand_in_order() -> None:
    for rule in rules():
        values = Settings().of(rule.slug)
        for lower in rule.parameters:
            upper = lower.not_above
            assert upper is None or float(values[lower.name]) <= float(values[upper])


def test_the_warehouse_keeps_what_is_set() -> None:
    given = {TUNED.slug: {KNOB.name: KNOB.default}}
    with duckdb.connect() as connection:
        create_schema(connection)
        assert stored_settings(connection) == Settings()
        store_settings(connection, Settings(given))
        assert stored_settings(connection) == Settings(given)
        (rows,) = connection.execute(
            "select count(*), count(*) filter (given) from setting"
        ).fetchall()
    assert rows == (sum(len(rule.parameters) for rule in rules()), 1)


def test_the_handbook_is_the_one_in_docs() -> None:
    assert PAGE.read_text("utf-8") == handbook(), (
        "write it again: gouji rules --markdown > docs/rules.md"
    )
