"""Builds: what is read again, what stays, what wins, and that a failure costs nothing."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

import etl.build
from etl.build import Summary, build
from etl.errors import UsageError
from etl.given import Given
from etl.roster import RosterEntry
from etl.warehouse.publish import building, published_file
from etl.warehouse.schema import create_schema
from tests.conftest import Silent
from tests.report_files import html_of
from tests.reports import report_text, write_report

RECEIVED = (3, "received", "total")


def _build(warehouse: Path, *sources: Path, **options: Any) -> Summary:
    return build(list(sources), warehouse, Silent(), workers=1, **options)


def _query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    file = published_file(warehouse)
    assert file is not None
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def _received(warehouse: Path) -> list[tuple[Any, ...]]:
    return _query(
        warehouse,
        "select agency, requests.year, received from requests join agency using (agency_id) "
        "where party = 'total' order by all",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year in (2021, 2022):
        write_report(tmp_path / "in" / f"青石镇{year}.md", "青石镇", year)
    return tmp_path / "in"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "out" / "warehouse.duckdb"


def test_a_second_build_reads_nothing_again(folder: Path, warehouse: Path) -> None:
    first = _build(warehouse, folder)
    second = _build(warehouse, folder)
    assert (first.read, first.unchanged, first.reports) == (2, 0, 2)
    assert (second.read, second.unchanged, second.reports) == (0, 2, 2)
    assert _received(warehouse) == [("青石镇", 2021, 0.0), ("青石镇", 2022, 0.0)]


def test_a_changed_file_is_read_again_and_replaces_its_report(
    folder: Path, warehouse: Path
) -> None:
    _build(warehouse, folder)
    write_report(folder / "青石镇2022.md", "青石镇", 2022, {RECEIVED: "7"})
    summary = _build(warehouse, folder)
    assert (summary.read, summary.unchanged) == (1, 1)
    assert _received(warehouse) == [("青石镇", 2021, 0.0), ("青石镇", 2022, 7.0)]
    assert _query(warehouse, "select count(*) from reading") == [(2,)]


def test_another_reader_version_reads_everything_again(
    folder: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(warehouse, folder)
    monkeypatch.setattr("etl.warehouse.incremental.reading_version", lambda: "another")
    assert _build(warehouse, folder).read == 2
    assert _query(warehouse, "select count(*) from reading") == [(2,)]


def test_reports_of_another_source_stay(folder: Path, warehouse: Path, tmp_path: Path) -> None:
    _build(warehouse, folder)
    other = write_report(tmp_path / "more" / "a.md", "白河镇", 2022).parent
    summary = _build(warehouse, other)
    assert (summary.read, summary.reports, summary.removed) == (1, 3, 0)


def test_a_file_gone_from_its_source_takes_its_report_with_it(
    folder: Path, warehouse: Path
) -> None:
    _build(warehouse, folder)
    (folder / "青石镇2021.md").unlink()
    summary = _build(warehouse, folder)
    assert (summary.removed, summary.reports) == (1, 1)
    assert _query(warehouse, "select count(*) from reading") == [(1,)]


def test_rebuild_keeps_only_what_it_is_given(folder: Path, warehouse: Path, tmp_path: Path) -> None:
    _build(warehouse, folder)
    other = write_report(tmp_path / "more" / "a.md", "白河镇", 2022).parent
    summary = _build(warehouse, other, rebuild=True)
    assert (summary.read, summary.reports) == (1, 1)


def test_the_same_bytes_twice_are_one_report_and_a_duplicate(folder: Path, warehouse: Path) -> None:
    (folder / "copy.md").write_bytes((folder / "青石镇2021.md").read_bytes())
    summary = _build(warehouse, folder)
    assert (summary.loaded, summary.duplicate, summary.reports) == (2, 1, 2)


def test_of_two_files_for_one_year_the_one_published_last_is_the_report(
    tmp_path: Path, warehouse: Path
) -> None:
    for day, received in (("2023-01-20", "4"), ("2023-02-11", "5")):
        text = report_text("青石镇", 2022, {RECEIVED: received})
        page = html_of(text, f'<meta name="PubDate" content="{day}">')
        (tmp_path / f"{day}.html").write_bytes(page)
    summary = _build(warehouse, tmp_path)
    assert (summary.loaded, summary.superseded) == (1, 1)
    assert _received(warehouse) == [("青石镇", 2022, 5.0)]
    ((path, reason),) = _query(
        warehouse, "select path, reason from source where status = 'superseded'"
    )
    assert path.endswith("2023-01-20.html")
    assert reason.endswith("2023-02-11.html")


def test_members_of_an_archive_are_reports_like_any_other(tmp_path: Path, warehouse: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2021/a.md", report_text("青石镇", 2021))
        archive.writestr("2022/a.md", report_text("青石镇", 2022))
    assert _build(warehouse, tmp_path / "all.zip").reports == 2
    paths = [path for (path,) in _query(warehouse, "select path from source order by path")]
    assert paths == ["all.zip!/2021/a.md", "all.zip!/2022/a.md"]
    assert _build(warehouse, tmp_path).unchanged == 2


def test_paths_start_at_the_folder_that_was_named(folder: Path, warehouse: Path) -> None:
    _build(warehouse, folder)
    rows = _query(warehouse, "select root, path from source order by path")
    assert rows == [(str(folder.parent), f"in/青石镇{year}.md") for year in (2021, 2022)]


def test_the_same_relative_path_under_two_roots_is_two_files(
    tmp_path: Path, warehouse: Path
) -> None:
    for root, agency in (("east", "青石镇"), ("west", "白河镇")):
        write_report(tmp_path / root / "in" / "a.md", agency, 2022)
        _build(warehouse, tmp_path / root / "in")
    assert {agency for agency, _, _ in _received(warehouse)} == {"青石镇", "白河镇"}


def test_a_bad_file_stops_nothing_and_says_why(folder: Path, warehouse: Path) -> None:
    (folder / "notice.md").write_text("关于召开会议的通知\n", encoding="utf-8")
    (folder / "empty.docx").write_bytes(b"")
    summary = _build(warehouse, folder)
    assert summary.reports == 2
    assert {Path(r.path).name: r.code for r in summary.rejected} == {
        "notice.md": "no-report",
        "empty.docx": "empty",
    }
    assert all(r.reason_zh and r.reason_en for r in summary.rejected)
    again = _build(warehouse, folder)
    assert (again.read, len(again.rejected)) == (0, 2)


def test_a_build_that_fails_leaves_the_published_warehouse(
    folder: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(warehouse, folder)
    before = published_file(warehouse)

    def fail(_: object) -> None:
        raise RuntimeError("a bug in a check")

    monkeypatch.setattr(etl.build, "run_checks", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        _build(warehouse, folder)
    assert published_file(warehouse) == before
    assert len(_received(warehouse)) == 2
    left = {path.name for path in warehouse.parent.iterdir()}
    assert left == {before.name if before else "", "warehouse.duckdb", ".warehouse.duckdb.lock"}


def test_a_reader_keeps_its_snapshot_while_a_new_one_is_published(
    folder: Path, warehouse: Path
) -> None:
    _build(warehouse, folder)
    file = published_file(warehouse)
    assert file is not None
    with closing(duckdb.connect(str(file), read_only=True)) as reader:
        write_report(folder / "白河镇2022.md", "白河镇", 2022)
        _build(warehouse, folder)
        assert reader.execute("select count(*) from report").fetchall() == [(2,)]
    assert _query(warehouse, "select count(*) from report") == [(3,)]
    assert published_file(warehouse) != file


def test_only_the_last_two_snapshots_stay_on_disk(folder: Path, warehouse: Path) -> None:
    for _ in range(4):
        _build(warehouse, folder)
    assert len(list(warehouse.parent.glob("warehouse-*.duckdb"))) == 2


def test_two_builds_at_once_are_refused(folder: Path, warehouse: Path) -> None:
    snapshot = "20260101T000000Z-0000"
    with building(warehouse, snapshot) as work:
        _empty_warehouse(work, snapshot)
        with pytest.raises(UsageError, match="another build"):
            _build(warehouse, folder)


def test_a_file_that_was_not_written_to_its_end_is_not_published(
    folder: Path, warehouse: Path
) -> None:
    _build(warehouse, folder)
    before = published_file(warehouse)
    with (
        pytest.raises(RuntimeError, match="to its end"),
        building(warehouse, "20990101T000000Z-0000") as work,
    ):
        _empty_warehouse(work, "20990101T000000Z-0000")
        work.with_name(work.name + ".wal").write_bytes(b"left over")
    with (
        pytest.raises(duckdb.Error),
        building(warehouse, "20990101T000000Z-0000") as work,
    ):
        duckdb.connect(str(work)).close()
    assert published_file(warehouse) == before
    assert len(_received(warehouse)) == 2


def test_what_a_killed_build_left_is_removed(folder: Path, warehouse: Path) -> None:
    _build(warehouse, folder)
    left = warehouse.with_name(".warehouse-20200101T000000Z-abcd.duckdb.building")
    left.write_bytes(b"half")
    _build(warehouse, folder)
    assert not left.exists()


def test_warehouses_side_by_side_leave_each_other_alone(folder: Path, warehouse: Path) -> None:
    other = warehouse.with_name("warehouse-2024.duckdb")
    _build(other, folder)
    for _ in range(3):
        _build(warehouse, folder)
    assert len(_received(other)) == 2


def test_a_warehouse_of_another_version_says_what_to_do(
    folder: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(warehouse, folder)
    monkeypatch.setattr("etl.warehouse.incremental.schema_version", lambda: "another")
    with pytest.raises(UsageError, match="--rebuild"):
        _build(warehouse, folder)
    assert _build(warehouse, folder, rebuild=True).reports == 2


def test_one_folder_named_two_ways_is_one_source(folder: Path, warehouse: Path) -> None:
    (folder.parent / "sub").mkdir()
    _build(warehouse, folder.parent / "sub" / ".." / "in")
    (folder / "青石镇2021.md").unlink()
    summary = _build(warehouse, folder)
    assert (summary.removed, summary.reports) == (1, 1)


def test_rejections_are_those_of_this_builds_files(
    folder: Path, warehouse: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "notice.md"
    bad.write_text("关于召开会议的通知\n", encoding="utf-8")
    _build(warehouse, bad)
    summary = _build(warehouse, folder)
    assert (len(summary.rejected), summary.rejected_in_all) == (0, 1)


def _empty_warehouse(path: Path, snapshot: str) -> None:
    with closing(duckdb.connect(str(path))) as connection:
        create_schema(connection)
        connection.execute(
            "insert into snapshot values (?, now()::timestamp, '0', 0, 0, '')", [snapshot]
        )


def test_a_file_that_is_no_warehouse_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear", encoding="utf-8")
    with pytest.raises(UsageError, match="no whole gouji warehouse"):
        _build(letter, folder)
    assert letter.read_text(encoding="utf-8") == "dear"


def _generic(figures: dict[tuple[int, str, str], str] | None = None) -> str:
    """A report whose title names neither agency nor year: its file's name has to."""
    return report_text("", 2022, figures).replace("2022年", "", 1)


def test_equal_bytes_under_two_agencies_names_are_two_reports(
    tmp_path: Path, warehouse: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for agency in ("青石镇", "白河镇"):
        name = f"{agency}2022年政府信息公开工作年度报告.md"
        (folder / name).write_text(_generic(), encoding="utf-8")
    summary = _build(warehouse, folder)
    assert (summary.loaded, summary.duplicate) == (2, 0)
    assert {agency for agency, _, _ in _received(warehouse)} == {"青石镇", "白河镇"}
    assert _build(warehouse, folder).unchanged == 2
    before = folder / "青石镇2022年政府信息公开工作年度报告.md"
    before.rename(folder / "红山镇2022年政府信息公开工作年度报告.md")
    again = _build(warehouse, folder)
    assert (again.read, again.unchanged, again.removed) == (1, 1, 1)
    assert {agency for agency, _, _ in _received(warehouse)} == {"红山镇", "白河镇"}
    assert _query(warehouse, "select count(*) from reading") == [(2,)]


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_source_without_reports_is_a_usage_error(
    tmp_path: Path, warehouse: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        _build(warehouse, tmp_path / name)
    assert published_file(warehouse) is None


def _entry(agency: str, *aliases: str, parent: str | None = None) -> RosterEntry:
    return RosterEntry(agency, None, "乡级", "乡镇", "云泽县", parent, aliases, 2021, None)


def test_the_roster_resolves_aliases_and_stays_in_force(folder: Path, warehouse: Path) -> None:
    roster = [_entry("青石镇人民政府", "青石镇", parent="云泽县人民政府"), _entry("云泽县人民政府")]
    _build(warehouse, folder, given=Given(roster))
    rows = _query(
        warehouse,
        "select agency.agency, parent.agency, agency.on_roster, agency.region from agency "
        "left join agency as parent on parent.agency_id = agency.parent_id order by all",
    )
    assert rows == [
        ("云泽县人民政府", None, True, "云泽县"),
        ("青石镇人民政府", "云泽县人民政府", True, "云泽县"),
    ]
    _build(warehouse, folder)
    assert {agency for agency, _, _ in _received(warehouse)} == {"青石镇人民政府"}


def test_an_agency_off_the_roster_is_kept_and_marked(folder: Path, warehouse: Path) -> None:
    _build(warehouse, folder, given=Given([_entry("白河镇人民政府")]))
    rows = _query(warehouse, "select agency, on_roster from agency order by all")
    assert rows == [("白河镇人民政府", True), ("青石镇", False)]


def test_identifiers_are_stable_over_rebuilds(folder: Path, warehouse: Path) -> None:
    ids = "select report_id, agency_id from report order by all"
    _build(warehouse, folder)
    before = _query(warehouse, ids), _query(warehouse, "select finding_id from finding order by 1")
    _build(warehouse, folder, rebuild=True)
    after = _query(warehouse, ids), _query(warehouse, "select finding_id from finding order by 1")
    assert before == after
    assert before[1]
