"""Readings that another one of the same agency and year is preferred to leave a trace."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import build
from etl.warehouse.publish import published_file
from tests.conftest import Silent
from tests.reports import write_report

RECEIVED = (3, "received", "total")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "in"


def _query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    warehouse = folder.parent / "warehouse.duckdb"
    build([folder], warehouse, Silent(), workers=1)
    file = published_file(warehouse)
    assert file is not None
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def _write(folder: Path, name: str, received: str) -> None:
    write_report(folder / name, "青石镇", 2022, {RECEIVED: received})


def test_the_reading_not_taken_is_kept_with_its_file_and_day(folder: Path) -> None:
    _write(folder, "t20230110_1.md", "7")
    _write(folder, "t20230120_2.md", "8")
    kept = _query(
        folder,
        "select passed_over.path, passed_over.published_on, source.path from passed_over "
        "join report using (report_id) join source using (source_id)",
    )
    assert kept == [("in/t20230110_1.md", date(2023, 1, 10), "in/t20230120_2.md")]
    _write(folder, "t20230120_2.md", "8")
    assert len(_query(folder, "from passed_over")) == 1


def test_a_conflict_names_both_files_both_figures_and_both_days(folder: Path) -> None:
    _write(folder, "t20230110_1.md", "7")
    _write(folder, "t20230120_2.md", "8")
    [(evidence,)] = _query(folder, "select evidence from finding where rule = 'conflicting-copies'")
    told = json.loads(evidence)
    [other] = told["others"]
    assert (told["file"], told["published_on"]) == ("in/t20230120_2.md", "2023-01-20")
    assert (other["file"], other["published_on"]) == ("in/t20230110_1.md", "2023-01-10")
    [first] = other["first"]
    assert (first["item"], first["here"], first["there"]) == ("received", 8.0, 7.0)
    assert (other["cells_that_differ"], other["cells_only_one_fills"]) == (1, 0)


@pytest.mark.parametrize(("other", "outcome"), [("7", "pass"), ("", "undecided"), ("8", "fail")])
def test_copies_agree_disagree_or_leave_it_open(folder: Path, other: str, outcome: str) -> None:
    _write(folder, "甲.md", "7")
    _write(folder / "另", "乙.md", other)
    if other == "7":
        assert (folder / "甲.md").read_bytes() == (folder / "另" / "乙.md").read_bytes()
    assert _query(folder, "select outcome from check_result where rule = 'conflicting-copies'") == [
        (outcome,)
    ]


def test_reports_of_other_years_and_agencies_are_no_copies(folder: Path) -> None:
    write_report(folder / "甲.md", "青石镇", 2021)
    write_report(folder / "乙.md", "青石镇", 2022)
    write_report(folder / "丙.md", "白石镇", 2022)
    assert _query(folder, "from passed_over") == []
