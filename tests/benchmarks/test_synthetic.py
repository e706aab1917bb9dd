from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from benchmarks.measure import Table
from benchmarks.page import replace_area
from benchmarks.synthetic import build_synthetic, parse_years
from etl.form import load_form

AGENCIES = 300


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("synthetic") / "warehouse.duckdb"
    build_synthetic(path, AGENCIES, (2020, 2022), seed=7)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def one(connection: DuckDBPyConnection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return float(row[0])


def test_every_agency_reports_every_year(warehouse: DuckDBPyConnection) -> None:
    assert one(warehouse, "select count(distinct (agency_id, year)) from report") == AGENCIES * 3
    assert one(warehouse, "select count(*) from requests") == AGENCIES * 3 * 7
    cells = sum(len(load_form(edition).cells) for edition in ("2019", "2021", "2021"))
    assert one(warehouse, "select count(*) from cell") == AGENCIES * cells


def test_four_fifths_are_zero_and_some_are_left_out(warehouse: DuckDBPyConnection) -> None:
    assert 0.7 < one(warehouse, "select avg((value = 0)::integer) from cell") < 0.9
    assert one(warehouse, "select count(*) from cell where state = 'blank'") > 0
    wrong = "select count(*) from cell where (value is null) = (state = 'number')"
    assert one(warehouse, wrong) == 0


def test_few_reports_break_an_identity_and_most_ledgers_hold(
    warehouse: DuckDBPyConnection,
) -> None:
    broken = one(
        warehouse,
        "select count(distinct report_id) from requests "
        "where received + carried_in <> concluded + carried_out",
    )
    assert 0 < broken < AGENCIES * 3 * 0.03
    carried = one(
        warehouse,
        "select avg((now.carried_in = past.carried_out)::integer) from requests as now "
        "join requests as past using (agency_id, party) where now.year = past.year + 1",
    )
    assert 0.98 < carried < 1


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    sums = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        build_synthetic(tmp_path / name, 50, (2021, 2021), seed)
        with duckdb.connect(str(tmp_path / name), read_only=True) as connection:
            sums.append(one(connection, "select sum(hash(cell_values) % 1000003) from reading"))
    assert sums[0] == sums[1] != sums[2]


def test_years_are_read_from_a_span() -> None:
    assert parse_years("2019-2028") == (2019, 2028)
    assert parse_years("2021") == (2021, 2021)


def test_an_area_replaces_only_its_own_part(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x: measured -->\nold\n<!-- x: end -->\nz\n", "utf-8")
    replace_area("x", Table("T", ("a", "b"), [("1", "2")]).markdown(), page)
    text = page.read_text("utf-8")
    assert "old" not in text and "| 1 | 2 |" in text
    assert text.startswith("a\n") and text.endswith("\nz\n")
    with pytest.raises(ValueError, match="y: measured"):
        replace_area("y", "new", page)
