"""Whose report it is, over a whole build: several reports a file, names of files, conflicts."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import Summary, build
from etl.given import Given
from etl.roster import RosterEntry
from etl.warehouse.publish import published_file
from tests.conftest import Silent
from tests.report_files import html_of
from tests.reports import report_text, write_report

RECEIVED = (3, "received", "total")
REPORTS = "select agency, year, scope::varchar from report order by all"


def _build(warehouse: Path, *sources: Path, **options: Any) -> Summary:
    return build(list(sources), warehouse, Silent(), workers=1, **options)


def _query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    file = published_file(warehouse)
    assert file is not None
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "out" / "warehouse.duckdb"


Reports = tuple[Path, Path]


@pytest.fixture
def reports(folder: Path, warehouse: Path) -> Reports:
    """The folder to fill and the warehouse to build."""
    return folder, warehouse


def _put(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def _both(received: str = "0") -> tuple[str, str]:
    figures = {RECEIVED: received}
    return report_text("青石镇", 2021), report_text("青石镇", 2022, figures)


def _with(text: str, sentence: str) -> str:
    """The text with a sentence between its title and its first section."""
    return text.replace("\n\n", f"\n\n{sentence}\n\n", 1)


def test_every_report_of_a_file_is_loaded_and_read_once(folder: Path, warehouse: Path) -> None:
    file = _put(folder / "all.md", *_both("7"))
    first = _build(warehouse, folder)
    assert (first.files, first.loaded, first.reports) == (1, 1, 2)
    assert _query(warehouse, REPORTS) == [("青石镇", 2021, "agency"), ("青石镇", 2022, "agency")]
    assert _query(warehouse, "select part, year from reading order by part") == [
        (1, 2021), (2, 2022)
    ]  # fmt: skip
    again = _build(warehouse, folder)
    assert (again.read, again.unchanged, again.reports) == (0, 1, 2)
    _put(file, *_both("8"))
    changed = _build(warehouse, folder)
    assert (changed.read, changed.reports) == (1, 2)
    figures = "select year, received from requests where party = 'total' order by all"
    assert _query(warehouse, figures) == [(2021, 0.0), (2022, 8.0)]
    assert _query(warehouse, "select count(*) from reading") == [(2,)]
    file.unlink()
    _put(folder / "one.md", _both()[0])
    assert (_build(warehouse, folder).reports, _query(warehouse, REPORTS)) == (
        1, [("青石镇", 2021, "agency")]
    )  # fmt: skip


def test_a_file_stays_loaded_while_one_of_its_reports_counts(folder: Path, warehouse: Path) -> None:
    _put(folder / "all.md", *_both("7"))
    sentence = "发布日期：2023-03-01"
    _put(folder / "new.md", _with(report_text("青石镇", 2022, {RECEIVED: "9"}), sentence))
    summary = _build(warehouse, folder)
    assert (summary.loaded, summary.superseded, summary.reports) == (2, 0, 2)
    _put(folder / "newer.md", _with(report_text("青石镇", 2021), sentence))
    assert (_build(warehouse, folder).superseded, summary.reports) == (1, 2)
    superseded = _query(warehouse, "select path, reason from source where status = 'superseded'")
    assert [path for path, _ in superseded] == ["in/all.md"]


def test_a_second_file_with_the_same_reports_is_a_duplicate(folder: Path, warehouse: Path) -> None:
    for name in ("a.md", "b.md"):
        _put(folder / name, *_both())
    summary = _build(warehouse, folder)
    assert (summary.loaded, summary.duplicate, summary.reports) == (1, 1, 2)


def test_the_name_of_a_file_of_several_reports_accuses_none(folder: Path, warehouse: Path) -> None:
    _put(folder / "青石镇2022年报.md", *_both())
    _build(warehouse, folder)
    outcomes = "select outcome::varchar from check_result where rule = 'year-mismatch'"
    assert set(_query(warehouse, outcomes)) == {("undecided",)}


MISMATCH = "select year, evidence from finding where rule = 'year-mismatch' order by all"


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("青石镇2022年政府信息公开工作年度报告.md", "pass"),
        ("青石镇2021年报.md", "fail"),
        ("2022/a.md", "pass"),
        ("2021/a.md", "fail"),
        ("2023/a.md", "undecided"),
        ("2023/青石镇2022.md", "pass"),
        ("a.md", "undecided"),
        ("20230120.md", "undecided"),
    ],
)
def test_the_year_of_title_and_path(folder: Path, warehouse: Path, path: str, outcome: str) -> None:
    _put(folder / path, report_text("青石镇", 2022))
    _build(warehouse, folder)
    found = _query(
        warehouse, "select outcome::varchar from check_result where rule = 'year-mismatch'"
    )
    assert found == [(outcome,)]
    assert len(_query(warehouse, MISMATCH)) == (outcome == "fail")


def test_a_file_moved_to_another_year_is_not_read_again_and_is_found(
    folder: Path, warehouse: Path
) -> None:
    file = _put(folder / "2022" / "a.md", report_text("青石镇", 2022))
    _build(warehouse, folder)
    assert _query(warehouse, MISMATCH) == []
    (folder / "2020").mkdir()
    file.rename(folder / "2020" / "a.md")
    assert _build(warehouse, folder).read == 0
    assert len(_query(warehouse, MISMATCH)) == 1


def _entry(agency: str, short: str | None = None, *aliases: str) -> RosterEntry:
    return RosterEntry(agency, short, "乡级", "乡镇", "云泽县", None, aliases, 2021, None)


ROSTER = [
    _entry("云泽县青石镇人民政府"),
    _entry("云泽县教育局"),
    _entry("云泽县临湖街道办事处"),
    _entry("云泽县人民政府"),
    _entry("云泽县人民政府办公室", "县政府办", "县府办"),
]


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("云泽县青石镇", "云泽县青石镇人民政府"),
        ("青石镇", "云泽县青石镇人民政府"),
        ("青石镇人民政府", "云泽县青石镇人民政府"),
        ("临湖街道", "云泽县临湖街道办事处"),
        ("教育局", "云泽县教育局"),
        ("县府办", "云泽县人民政府办公室"),
        ("石镇", "石镇"),
        ("白泽县教育局", "白泽县教育局"),
    ],
)
def test_the_roster_tells_who_a_short_name_means(
    folder: Path, warehouse: Path, printed: str, agency: str
) -> None:
    write_report(folder / "a.md", printed, 2022)
    _build(warehouse, folder, given=Given(ROSTER))
    assert _query(warehouse, "select agency from report") == [(agency,)]


def test_a_short_name_that_two_agencies_share_means_neither(folder: Path, warehouse: Path) -> None:
    write_report(folder / "a.md", "青石镇", 2022)
    twin = RosterEntry("白泽县青石镇人民政府", None, None, None, "白泽县", None, (), 2021, None)
    _build(warehouse, folder, given=Given([*ROSTER, twin]))
    assert _query(warehouse, "select agency from report") == [("青石镇",)]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("本报告由云泽县教育局编制。", "pass"),
        ("本报告由县教育局编制。", "pass"),
        ("本报告由云泽县人民政府办公室编制。", "fail"),
        ("根据条例，现将云泽县青石镇人民政府2022年政府信息公开工作年度报告公布如下。", "fail"),
        ("本报告由白泽县教育局编制。", "fail"),
        (
            "根据云泽县人民政府办公室关于编制2022年政府信息公开工作年度报告的通知要求编制。",
            "undecided",
        ),
        ("本报告由县政务公开工作办公室编制。", "undecided"),
        ("结合云泽县实际，本机关编制本报告。", "undecided"),
    ],
)
def test_another_agency_in_the_preface(
    folder: Path, warehouse: Path, sentence: str, outcome: str
) -> None:
    _put(folder / "a.md", _with(report_text("云泽县教育局", 2022), sentence))
    _build(warehouse, folder, given=Given(ROSTER))
    assert _query(
        warehouse, "select outcome::varchar from check_result where rule = 'other-agency'"
    ) == [(outcome,)]


def test_a_government_may_be_edited_by_its_own_office(folder: Path, warehouse: Path) -> None:
    sentence = "本报告由云泽县人民政府办公室编制。"
    _put(folder / "a.md", _with(report_text("云泽县人民政府", 2022), sentence))
    _build(warehouse, folder, given=Given(ROSTER))
    assert _query(
        warehouse, "select outcome::varchar from check_result where rule = 'other-agency'"
    ) == [("pass",)]


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("统计期限为2022年1月1日至2022年12月31日。", ("pass", "pass")),
        ("统计期限为2022年1月1日至12月31日。", ("pass", "pass")),
        ("统计期限为2021年1月1日至2021年12月31日。", ("fail", "fail")),
        ("统计期限为2021年12月1日至2022年11月30日。", ("fail", "undecided")),
        ("统计期限为202022年1月1日至12月31日。", ("undecided", "undecided")),
        ("2022年3月1日至5月31日开展培训。", ("undecided", "undecided")),
    ],
)
def test_the_period_of_the_figures(
    folder: Path, warehouse: Path, sentence: str, outcomes: tuple[str, str]
) -> None:
    _put(folder / "a.md", _with(report_text("青石镇", 2022), sentence))
    _build(warehouse, folder)
    found = _query(
        warehouse,
        "select outcome::varchar from check_result where rule in ('period', 'year-mismatch') "
        "order by rule",
    )
    assert tuple(outcome for (outcome,) in found) == outcomes


def test_what_told_each_part_is_in_the_warehouse(folder: Path, warehouse: Path) -> None:
    text = report_text("青石镇", 2022).replace("青石镇2022年", "")
    _put(folder / "2022" / "青石镇.md", text)
    _build(warehouse, folder)
    assert _query(
        warehouse, "select what, value, told_by from stated where used order by what"
    ) == [("agency", "青石镇", "file"), ("year", "2022", "folder")]


SIGNED = "\n\n青石镇人民政府\n\n2023年1月20日\n"


@pytest.mark.parametrize(
    ("name", "head", "line", "end", "expected"),
    [
        (
            "a",
            '<meta name="PubDate" content="2023-01-25">',
            "",
            SIGNED,
            (date(2023, 1, 25), "page"),
        ),
        ("a", "", "发布时间：2023-01-24", SIGNED, (date(2023, 1, 24), "line")),
        ("a", "", "（2023年1月23日）", SIGNED, (date(2023, 1, 23), "line")),
        ("t20230122_1234", "", "", SIGNED, (date(2023, 1, 22), "file")),
        ("t20230122_1234", "", "发布时间：2023-01-24", "", (date(2023, 1, 24), "line")),
        ("a", "", "", SIGNED, (date(2023, 1, 20), "signature")),
        ("a", "", "", "\n\n二〇二三年一月二十日\n", (date(2023, 1, 20), "signature")),
        ("a", "", "", "\n\n我镇将于2023年1月20日公布。\n", None),
        ("t20231322_1234", "", "", "", None),
    ],
)
def test_the_day_of_publication_and_what_told_it(
    reports: Reports, name: str, head: str, line: str, end: str, expected: tuple[date, str] | None
) -> None:
    text = report_text("青石镇", 2022).rstrip() + end
    page = html_of(_with(text, line) if line else text, head)
    folder, warehouse = reports
    (folder / f"{name}.html").write_bytes(page)
    _build(warehouse, folder)
    published = _query(warehouse, "select published_on from report")
    told = _query(
        warehouse, "select value::date, told_by from stated where what = 'published_on' and used"
    )
    assert published == [(expected[0] if expected else None,)]
    assert told == ([expected] if expected else [])


def test_equal_pages_filed_under_two_days_are_one_report(folder: Path, warehouse: Path) -> None:
    for day in ("20230122", "20230301"):
        (folder / f"t{day}_1.html").write_bytes(html_of(report_text("青石镇", 2022)))
    summary = _build(warehouse, folder)
    assert (summary.loaded, summary.duplicate) == (1, 1)
    assert _query(warehouse, "select published_on from report") == [(date(2023, 1, 22),)]
