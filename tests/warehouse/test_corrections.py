"""Corrections: both figures are kept, totals use the right one, and none is lost unnoticed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import Summary, build
from etl.corrections import COLUMNS, read_corrections
from etl.errors import UsageError
from etl.form import load_form
from etl.given import Given, read_given
from etl.warehouse.publish import published_file
from tests.conftest import Silent
from tests.reports import report_text, write_report

CARRIED_IN = (3, "carried_in", "total")
HEAD = ",".join(COLUMNS)
LINE = "青石镇,2022,carried_in,total,3,漏印,张三,2023-02-01,,,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year in (2021, 2022):
        write_report(tmp_path / "in" / f"青石镇{year}.md", "青石镇", year)
    return tmp_path / "in"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "out" / "warehouse.duckdb"


def _build(warehouse: Path, folder: Path, given: Given = Given()) -> Summary:  # noqa: B008
    return build([folder], warehouse, Silent(), given, workers=1)


def _file(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder.parent / "corrections.csv"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return path


def _corrected(warehouse: Path, folder: Path, *lines: str) -> Summary:
    return _build(warehouse, folder, read_given(corrections=_file(folder, *lines)))


def _query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    file = published_file(warehouse)
    assert file is not None
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def _carried_in(warehouse: Path) -> list[tuple[Any, ...]]:
    return _query(
        warehouse,
        "select report.year, value, corrected from cell join report using (report_id) "
        "where section = 3 and item = 'carried_in' and party = 'total' order by 1",
    )


def test_both_figures_are_kept_and_totals_use_the_right_one(folder: Path, warehouse: Path) -> None:
    _build(warehouse, folder)
    before = _carried_in(warehouse)
    printed = {year: value for year, value, _ in before}
    assert [corrected for _, _, corrected in before] == [None, None]
    _corrected(warehouse, folder, LINE)
    assert _carried_in(warehouse) == [(2021, printed[2021], None), (2022, printed[2022], 3.0)]
    star = "select carried_in from requests where party = 'total' order by year"
    assert _query(warehouse, star) == [(printed[2021],), (3.0,)]
    sums = "select sum(carried_in) from requests_sums where party = 'total' and year = 2022"
    assert _query(warehouse, sums) == [(3.0,)]
    others = "select sum(carried_in) from requests where party <> 'total' and year = 2022"
    untouched = _query(warehouse, others)
    _corrected(warehouse, folder)
    assert _query(warehouse, others) == untouched
    assert _query(warehouse, star) == [(printed[2021],), (printed[2022],)]


def test_checks_judge_what_is_printed(folder: Path, warehouse: Path) -> None:
    _build(warehouse, folder)
    findings = "select finding_id, left_value, right_value from finding order by 1"
    outcomes = "select rule, outcome, compared from check_result order by all"
    before = _query(warehouse, findings), _query(warehouse, outcomes)
    _corrected(warehouse, folder, LINE)
    assert (_query(warehouse, findings), _query(warehouse, outcomes)) == before


def test_a_finding_tells_that_the_correction_settles_it(folder: Path, warehouse: Path) -> None:
    path = folder / "青石镇2022.md"
    path.write_text(report_text("青石镇", 2022, {CARRIED_IN: "3"}), "utf-8")
    finding = (
        "select evidence ->> 'correction_ties', message_zh, impact from finding "
        "where rule = 'applicant-total' and item = 'carried_in' and year = 2022"
    )
    _build(warehouse, folder)
    [(ties, _, impact)] = _query(warehouse, finding)
    assert ties is None
    assert impact > 0
    _corrected(warehouse, folder, LINE.replace(",3,", ",0,", 1))
    [(ties, message, impact)] = _query(warehouse, finding)
    assert (ties, impact) == ("true", 0)
    assert "已登记的更正，两边相符" in message
    _corrected(warehouse, folder, LINE.replace(",3,", ",1,", 1))
    [(ties, message, impact)] = _query(warehouse, finding)
    assert ties == "false"
    assert "已登记更正" in message
    assert impact > 0


def test_corrections_stay_in_force_until_given_anew(folder: Path, warehouse: Path) -> None:
    _corrected(warehouse, folder, LINE)
    _build(warehouse, folder)
    assert _carried_in(warehouse)[1][2] == 3.0
    _corrected(warehouse, folder)
    assert _carried_in(warehouse)[1][2] is None


def test_labels_do_as_well_as_codes(folder: Path, warehouse: Path) -> None:
    _corrected(warehouse, folder, "青石镇,2022,规章,本年制发件数,2,漏印,张三,2023-02-01,2,agency,")
    assert _query(warehouse, "select section, item, party, value from correction") == [
        (2, "regulation", "issued", 2.0)
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINE.replace("青石镇", "白河镇"), "no such agency"),
        (LINE.replace("2022", "2019", 1), "no report"),
        (LINE.replace("carried_in,total", "other,total"), "no such cell"),
        (LINE + "999", "the report prints"),
        (LINE.replace(",3,", ",0,", 1), "already prints"),
    ],
)
def test_one_that_matches_nothing_stops_the_build(
    folder: Path, warehouse: Path, line: str, told: str
) -> None:
    _build(warehouse, folder)
    published = published_file(warehouse)
    with pytest.raises(UsageError, match=rf"line 2: [^\n]*{told}"):
        _corrected(warehouse, folder, line)
    assert published_file(warehouse) == published


def test_a_report_that_is_gone_leaves_its_correction_behind(folder: Path, warehouse: Path) -> None:
    _corrected(warehouse, folder, LINE)
    (folder / "青石镇2022.md").unlink()
    with pytest.raises(UsageError, match="no report"):
        _build(warehouse, folder)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([LINE.replace("张三", "")], ":2: who"),
        ([LINE.replace("2022", "22", 1)], ":2: .*four digits"),
        ([LINE.replace(",3,", ",三,", 1)], ":2: value"),
        ([LINE.replace("2023-02-01", "2月1日")], ":2: when"),
        ([LINE.replace("carried_in", "carried")], ":2: .*no such cell"),
        ([LINE.replace(",,,", ",,own,")], ":2: scope"),
        ([LINE, LINE], ":3: .*line 2 again"),
        *(
            ([LINE.replace(",3,", f",{value},", 1)], ":2: value")
            for value in ("nan", "inf", "1e300", "1_9", "-19", "19.5", "1²", '"10,19"', "9" * 13)
        ),
        ([LINE.replace("2023-02-01", "2023/2/30")], ":2: when"),
        ([LINE.replace("carried_in", "carried_inn")], "meant to be 'carried_in'"),
    ],
)
def test_a_line_that_wont_do_is_named(folder: Path, lines: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_corrections(_file(folder, *lines))


def _cell(section: int, kind: str) -> tuple[str, str]:
    cells = load_form("2021").section_cells(section) + load_form("2019").section_cells(section)
    return next((cell.item, cell.party) for cell in cells if cell.head.kind == kind)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("count", '"1,019"', 1019.0),
        ("count", "１９", 19.0),
        ("change", "-19", -19.0),
        ("change", "－１９", -19.0),
        ("amount", "19.5", 19.5),
    ],
)
def test_figures_as_an_office_writes_them(folder: Path, kind: str, text: str, value: float) -> None:
    item, party = _cell(2, kind)
    line = f"青石镇,2020,{item},{party},{text},漏印,张三,2023-02-01,2,,"
    (one,) = read_corrections(_file(folder, line))
    assert one.value == value


@pytest.mark.parametrize(("kind", "text"), [("change", "1.5"), ("amount", "-1")])
def test_a_figure_of_the_wrong_kind_is_refused(folder: Path, kind: str, text: str) -> None:
    item, party = _cell(2, kind)
    line = f"青石镇,2020,{item},{party},{text},漏印,张三,2023-02-01,2,,"
    with pytest.raises(UsageError, match=":2: value"):
        read_corrections(_file(folder, line))


@pytest.mark.parametrize("when", ["2023/2/1", "2023.2.1", "2023年2月1日"])
def test_a_date_as_an_office_writes_it(folder: Path, when: str) -> None:
    (one,) = read_corrections(_file(folder, LINE.replace("2023-02-01", when)))
    assert one.recorded_on.isoformat() == "2023-02-01"


def test_printed_labels_do_as_well(folder: Path) -> None:
    for cell in load_form("2021").section_cells(3):
        if cell.line.label.startswith("（七）"):
            line = LINE.replace("carried_in,total", f"{cell.line.label},{cell.head.label}")
            (one,) = read_corrections(_file(folder, line.replace(",,,", ",3,,")))
            assert (one.item, one.party) == (cell.item, cell.party)


def test_one_cell_under_two_names_of_an_agency(folder: Path, warehouse: Path) -> None:
    roster = folder.parent / "roster.csv"
    roster.write_text("agency,short_name\n青石镇,青石\n", "utf-8")
    corrections = _file(folder, LINE, LINE.replace("青石镇", "青石"))
    with pytest.raises(UsageError, match=r"line 3: [^\n]*line 2 again"):
        _build(warehouse, folder, read_given(roster=roster, corrections=corrections))


def test_a_cell_that_is_not_printed_has_nothing_to_correct(folder: Path, warehouse: Path) -> None:
    path = folder / "青石镇2022.md"
    path.write_text(report_text("青石镇", 2022).replace("| 规章 |", "| 其它 |"), "utf-8")
    _build(warehouse, folder)
    absent = _query(
        warehouse,
        "select item, party from cell join report using (report_id) "
        "where year = 2022 and state = 'absent' order by all",
    )
    assert absent
    item, party = absent[0]
    line = LINE.replace("carried_in,total", f"{item},{party}").replace(",,,", ",2,,")
    with pytest.raises(UsageError, match="prints no such cell"):
        _corrected(warehouse, folder, line)


def test_a_correction_that_the_report_takes_up_is_dropped_and_told(
    folder: Path, warehouse: Path
) -> None:
    _corrected(warehouse, folder, LINE)
    (folder / "青石镇2022.md").write_text(report_text("青石镇", 2022, {CARRIED_IN: "3"}), "utf-8")
    (told,) = _build(warehouse, folder).settled_corrections
    assert "青石镇 2022 carried_in" in told
    assert _query(warehouse, "select count(*) from correction") == [(0,)]
    assert _build(warehouse, folder).settled_corrections == []


def test_a_missing_column_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match="reason"):
        read_corrections(_file(folder, LINE, head=HEAD.replace("reason", "why")))
