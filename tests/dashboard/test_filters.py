"""Filters: read from the address, written to it, turned into SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.filters import Choices, Filters, read_filters, write_filters
from dashboard.queries.choices import count_reports, read_choices
from dashboard.warehouse import NoWarehouseError, Warehouse, current_file

CHOICES = Choices(
    years=(2019, 2020, 2021),
    regions=("云泽县", "澄岭县"),
    levels=("县级",),
    kinds=("部门",),
    agencies={7: "甲局", 8: "乙局"},
    has_rollups=True,
)


def test_what_is_written_is_read_back() -> None:
    chosen = Filters((2020, 2021), ("澄岭县", "云泽县"), ("县级",), (), (8,), "rollup")
    assert read_filters(write_filters(chosen, CHOICES), CHOICES) == chosen


def test_defaults_leave_the_address_clean() -> None:
    assert set(write_filters(Filters((2019, 2021)), CHOICES).values()) == {""}


def test_years_the_wrong_way_round_are_turned() -> None:
    assert read_filters({"from": "2021", "to": "2019"}, CHOICES).years == (2019, 2021)


@pytest.mark.parametrize("text", ["20x1", "٢٠٢٠", "-1", "9" * 40, "2020.0", " "])
def test_a_malformed_year_is_the_default(text: str) -> None:
    assert read_filters({"from": text}, CHOICES).years == (2019, 2021)


def test_rollups_are_never_mixed_with_agencies(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    choices = read_choices(warehouse)
    assert choices.years == (2020, 2021, 2022, 2023)
    assert count_reports(warehouse, Filters((2020, 2023))) == 9
    assert count_reports(warehouse, Filters((2020, 2023), scope="rollup")) == 1
    assert count_reports(warehouse, Filters((2022, 2022), regions=("云泽县",))) == 2


def test_levels_and_kinds_are_listed_by_rank(known_warehouse: Path) -> None:
    choices = read_choices(Warehouse(known_warehouse))
    assert choices.levels == ("县级", "乡级")
    assert choices.kinds == ("政府", "部门", "乡镇")


def test_the_alias_stands_before_every_column() -> None:
    condition, params = Filters((2019, 2021), regions=("a", "b"), agencies=(7,)).where("f")
    assert condition.count("?") == len(params) == 6
    assert "f.region in (?, ?)" in condition
    assert "f.agency_id in (?)" in condition


def test_a_changed_pointer_opens_the_new_file(tmp_path: Path, known_warehouse: Path) -> None:
    pointer = tmp_path / "warehouse.duckdb"
    pointer.symlink_to(known_warehouse)
    assert current_file(pointer) == known_warehouse.resolve()


def test_answers_are_copies(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    first = warehouse.query("select 1 as n")
    first.loc[0, "n"] = 2
    assert warehouse.query("select 1 as n")["n"].tolist() == [1]


def test_a_missing_warehouse_is_told_from_an_unreadable_one(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouseError) as missing:
        Warehouse(tmp_path / "none.duckdb")
    assert missing.value.reason == "missing"
    odd = tmp_path / "odd.duckdb"
    odd.write_bytes(b"odd")
    with pytest.raises(NoWarehouseError) as unreadable:
        Warehouse(odd)
    assert unreadable.value.reason == "unreadable"
