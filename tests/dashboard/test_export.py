"""Exports: every figure with its state, text that stays text, files opened again."""

from __future__ import annotations

import csv
import errno
import io
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import etl.export.tables
from dashboard.texts import text
from etl.cli import main
from etl.export import (
    ExportError,
    Selection,
    compare,
    export_cells,
    export_comparison,
    export_findings,
    measure,
)
from etl.export.arrange import Layout, arrange
from etl.export.comparison import query_of
from etl.export.headings import heading
from etl.export.lists import findings_table
from etl.export.marks import legend, mark
from etl.export.tables import Column, Table, safe_text, table_bytes, write_whole
from tests.dashboard.printed import build_printed

AWKWARD = '=HYPERLINK("http://x","某局")'
CODES = ("received", "disclosure_rate", "normative_document.issued", "other_handling")
TOTALS: dict[tuple[str, str], float | str] = {
    ("received", "total"): 20.0,
    ("granted", "total"): 12.0,
    ("partial", "total"): 0.0,
    ("concluded", "total"): 20.0,
    ("other_uncorrected", "total"): 1.0,
    ("other_unpaid", "total"): "blank",
    ("other_misc", "total"): 2.0,
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    issued = ("normative_document", "issued")
    reports: dict[tuple[str, int], dict[tuple[str, str], float | str]] = {
        ("甲局", 2020): {("received", "total"): 10.0, ("other", "total"): 3.0},
        ("甲局", 2021): {**TOTALS, issued: 0.0},
        ("甲局", 2022): {**TOTALS, ("received", "total"): 30.0, issued: "dash"},
        (AWKWARD, 2021): {
            ("received", "total"): "unreadable",
            ("granted", "total"): 3.0,
            ("partial", "total"): 0.0,
            ("concluded", "total"): 7.0,
        },
        (AWKWARD, 2022): {
            ("granted", "total"): 0.0,
            ("partial", "total"): 0.0,
            ("concluded", "total"): 0.0,
            issued: "blank",
        },
    }
    return build_printed(tmp_path_factory.mktemp("export") / "warehouse.duckdb", reports)


@pytest.fixture(scope="module")
def long(warehouse: Path) -> pd.DataFrame:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return compare(query_of(connection), [measure(code) for code in CODES])


def pick(long: pd.DataFrame, agency: str, year: int, code: str) -> pd.Series:
    own = long[(long["agency"] == agency) & (long["year"] == year) & (long["measure"] == code)]
    assert len(own) == 1
    return own.iloc[0]


@pytest.mark.parametrize(
    ("agency", "year", "code", "state"),
    [
        ("甲局", 2021, "received", "number"),
        ("甲局", 2021, "normative_document.issued", "number"),
        ("甲局", 2022, "normative_document.issued", "dash"),
        ("甲局", 2020, "normative_document.issued", "not_in_edition"),
        ("甲局", 2020, "disclosure_rate", "absent"),
        ("甲局", 2020, "other_handling", "number"),
        ("甲局", 2021, "other_handling", "incomplete"),
        (AWKWARD, 2021, "received", "unreadable"),
        (AWKWARD, 2022, "received", "absent"),
        (AWKWARD, 2022, "normative_document.issued", "blank"),
        (AWKWARD, 2022, "disclosure_rate", "undefined"),
    ],
)
def test_each_figure_keeps_its_state(
    long: pd.DataFrame, agency: str, year: int, code: str, state: str
) -> None:
    row = pick(long, agency, year, code)
    assert row["state"] == state
    assert pd.isna(row["value"]) == (state != "number")


def test_a_printed_zero_is_a_number(long: pd.DataFrame) -> None:
    assert pick(long, "甲局", 2021, "normative_document.issued")["value"] == 0


@pytest.mark.parametrize(
    ("year", "code", "change", "state"),
    [
        (2020, "received", None, "no_previous"),
        (2021, "received", 10, "number"),
        (2022, "received", 10, "number"),
        (2021, "other_handling", None, "incomplete"),
        (2021, "normative_document.issued", None, "series_break"),
        (2022, "disclosure_rate", 0, "number"),
    ],
)
def test_changes_on_last_year(
    long: pd.DataFrame, year: int, code: str, change: float | None, state: str
) -> None:
    row = pick(long, "甲局", year, code)
    assert row["change_state"] == state
    assert (None if pd.isna(row["change"]) else row["change"]) == change


def test_no_rate_of_change_of_a_rate_or_on_a_small_base(long: pd.DataFrame) -> None:
    assert pick(long, "甲局", 2021, "received")["change_percent"] == 100
    assert pick(long, "甲局", 2022, "received")["change_percent"] == 50
    assert pd.isna(pick(long, "甲局", 2022, "disclosure_rate")["change_percent"])


@pytest.fixture(scope="module")
def both_scopes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A government with its own reports and roll-ups of the same years."""
    own = {("丙县政府", year): {("received", "total"): 1.0 * year - 2000} for year in (2021, 2022)}
    rolled = {("丙县政府", year): {("received", "total"): 50.0 * year} for year in (2021, 2022)}
    path = tmp_path_factory.mktemp("scopes") / "warehouse.duckdb"
    return build_printed(path, own, rolled)


def test_a_rollup_is_never_compared_with_the_governments_own_report(both_scopes: Path) -> None:
    with duckdb.connect(str(both_scopes), read_only=True) as connection:
        frame = compare(query_of(connection), [measure("received")])
    found = frame.set_index(["scope", "year"])
    assert found["value"].to_dict() == {
        ("agency", 2021): 21, ("agency", 2022): 22,
        ("rollup", 2021): 101050, ("rollup", 2022): 101100,
    }  # fmt: skip
    changes = found["change"].dropna().to_dict()
    assert changes == {("agency", 2022): 1, ("rollup", 2022): 50}


def figures_in(file: Path) -> set[object]:
    """The figures of an exported comparison of a single measure."""
    if file.suffix == ".csv":
        _, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig")))
        return {int(figure) for row in rows for figure in row[4:]}
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        rows_of = book.worksheets[0].iter_rows(min_row=3, min_col=5, values_only=True)
        return {figure for row in rows_of for figure in row}
    return set(pd.read_parquet(file)["value"])


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize(("scope", "figures"), [("agency", {21, 22}), ("rollup", {101050, 101100})])
def test_the_command_exports_one_scope(
    both_scopes: Path, tmp_path: Path, ending: str, scope: str, figures: set[int]
) -> None:
    out = tmp_path / f"t{ending}"
    command = ["export", "comparison", "--warehouse", str(both_scopes), "--out", str(out)]
    asked = [*command, "--measure", "received", "--scope", scope]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    assert figures_in(out) == figures


@pytest.mark.parametrize("layout", ["agency_rows", "report_rows", "agency_columns"])
def test_both_scopes_side_by_side_are_told_apart(both_scopes: Path, layout: Layout) -> None:
    received = [measure("received")]
    with duckdb.connect(str(both_scopes), read_only=True) as connection:
        table = arrange(compare(query_of(connection), received), received, layout)
    told = {*table.names(), *(cell for row in table.rows() for cell in row)}
    assert {"丙县政府", "丙县政府（政府汇总）", 22, 101100} <= told


def test_agencies_down_and_years_across(long: pd.DataFrame) -> None:
    table = arrange(long, [measure(code) for code in CODES])
    assert table.names()[4:7] == [
        "新收申请（件） · 2020",
        "新收申请（件） · 2021",
        "新收申请（件） · 2022",
    ]
    rows = {row[0]: row[4:] for row in table.rows()}
    assert rows["甲局"][:6] == (10, 20, 30, "未印", 60, 60)
    assert rows[AWKWARD][:6] == ("无报告", "不可读", "未印", "无报告", "3/7", "不适用")


def test_years_down_and_agencies_across(long: pd.DataFrame) -> None:
    chosen = [measure(code) for code in CODES]
    down = arrange(long, chosen, "report_rows", ("value", "numerator", "denominator"), "en")
    rows = {(row[0], row[4]): row[5:] for row in down.rows()}
    assert len(rows) == 5
    assert rows["甲局", 2021][:4] == (20, 60, 12, 20)
    across = arrange(long, chosen, "agency_columns")
    assert across.names() == ["指标", "年度", AWKWARD, "甲局"]
    assert [row[3] for row in across.rows()][:3] == [10, 20, 30]
    assert across.style(3, 3) == "percent"


def test_csv_has_a_byte_order_mark_and_no_formula(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        path = export_comparison(connection, tmp_path / "t.csv", CODES)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][0] == "机关"
    assert [row[0] for row in rows[1:]] == [f"'{AWKWARD}", "甲局"]
    assert rows[2][4:7] == ["10", "20", "30"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formula_like_text_is_quoted(text: str) -> None:
    assert safe_text(text) == f"'{text}"
    assert safe_text(f"a{text}") == f"a{text}"


def test_workbook_opened_again(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        path = export_comparison(
            connection, tmp_path / "t.xlsx", CODES, shown=("value", "numerator", "denominator")
        )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["对比表", "数据说明"]
    sheet = book["对比表"]
    assert sheet.freeze_panes == "B4"
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A1:A3", "E1:G1", "H1:P1", "H2:J2"} <= merged
    assert sheet["E1"].value == "新收申请（件）"
    assert [sheet.cell(2, 5 + n).value for n in range(3)] == ["2020", "2021", "2022"]
    rows = {sheet.cell(row, 1).value: row for row in (4, 5)}
    assert set(rows) == {AWKWARD, "甲局"}
    name = sheet.cell(rows[AWKWARD], 1)
    assert (name.data_type, name.hyperlink) == ("s", None)
    rate = sheet.cell(rows["甲局"], 11)
    assert (rate.value, rate.data_type, rate.number_format) == (0.6, "n", "0.0%")
    assert sheet.cell(rows[AWKWARD], 11).value == "3/7"
    assert sheet.cell(rows[AWKWARD], 6).value == "不可读"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_notes_say_what_the_figures_mean(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        path = export_comparison(connection, tmp_path / "t.xlsx", CODES, language="en")
    sheet = openpyxl.load_workbook(path)["About the data"]
    notes = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert str(notes["Snapshot"]).startswith("printed")
    assert "concluded" in str(notes["Substantive disclosure rate"])
    assert set(dict(legend("en"))) <= set(notes)


def test_parquet_keeps_numbers_and_states_apart(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        path = export_comparison(connection, tmp_path / "t.parquet", CODES)
    frame = pd.read_parquet(path)
    assert frame["value"].dtype == "float64"
    assert frame["value"].isna().equals(frame["state"] != "number")
    assert len(frame) == 5 * len(CODES)


def test_cells_carry_mark_and_state(known_warehouse: Path, tmp_path: Path) -> None:
    where = Selection(years=(2022, 2022), agencies=["云泽县民政局"]).where()
    with duckdb.connect(str(known_warehouse), read_only=True) as connection:
        text = export_cells(connection, tmp_path / "c.csv", where).read_text("utf-8-sig")
        plain = pd.read_parquet(export_cells(connection, tmp_path / "c.parquet", where))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(plain) == 200
    odd = {row["列"]: (row["数值"], row["状态"]) for row in rows if row["行"].startswith("3.其他")}
    assert odd["科研机构"] == ("空白", "空白")
    assert odd["社会公益组织"] == ("短横", "短横")
    assert odd["法律服务机构"] == ("不可读", "不可读")
    assert odd["其他"] == ("未印", "未印")
    assert odd["自然人"] == ("0", "数字")
    assert not {"报告编号", "report_id"} & set(rows[0])
    assert plain["value"].isna().sum() == 4
    assert plain["report_id"].nunique() == 1
    assert set(plain["state"]) == {"number", "blank", "dash", "unreadable", "absent"}


def test_findings_come_with_labels(known_warehouse: Path, tmp_path: Path) -> None:
    where = Selection(agencies=["云泽县民政局"]).where()
    with duckdb.connect(str(known_warehouse), read_only=True) as connection:
        path = export_findings(connection, tmp_path / "f.xlsx", where, "en")
    sheet = openpyxl.load_workbook(path)["Findings"]
    heads, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    impacts = [float(str(row["Impact"] or 0)) for row in found]
    assert impacts == sorted(impacts, reverse=True)
    assert impacts == [round(impact, 4) for impact in impacts]
    labelled = {
        row["Rule"]: (row["Severity"], row["Attribution"], row["Row"], row["Column"])
        for row in found
    }
    received = "1. Requests newly received this year"
    assert labelled["applicant-total"] == ("Error", "The report", received, None)
    assert labelled["claim-received"] == ("Query", "Unclear", received, "Total")


def test_findings_in_parquet_are_codes(known_warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(known_warehouse), read_only=True) as connection:
        frame = pd.read_parquet(export_findings(connection, tmp_path / "f.parquet"))
    assert {"severity", "attribution", "scope", "item", "party", "finding_id"} <= set(frame)
    assert set(frame["severity"]) == {"error", "query"}
    assert {"natural_person", "legal_service"} <= set(frame["party"])


def test_a_party_is_labelled_without_an_item() -> None:
    columns = {"agency": "甲局", "severity": "error", "attribution": "report", "scope": "agency"}
    placed = pd.DataFrame(
        [
            {**columns, "section": 3, "item": None, "party": "natural_person"},
            {**columns, "section": 4, "item": "upheld", "party": None},
            {**columns, "section": None, "item": None, "party": None},
        ]
    ).astype({"section": "UInt8"})
    frame = findings_table(lambda *_: placed, language="zh").frame
    assert frame["party"].tolist()[0] == "自然人"
    assert frame["item"].tolist()[1] == "结果维持"
    assert b"<NA>" not in table_bytes(findings_table(lambda *_: placed, language="zh"), ".csv")
    assert frame[["item", "party"]].isna().to_numpy().tolist() == [
        [True, False],
        [False, True],
        [True, True],
    ]


def test_a_file_is_replaced_in_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    write_whole(b"old", path)

    def full(_: Path, __: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as changed:
        changed.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match=r"t\.csv"):
            write_whole(b"new", path)
    assert path.read_bytes() == b"old"
    assert write_whole(b"new", path).read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


def test_words_of_codes_are_those_of_the_dashboard() -> None:
    codes = ("severity.error", "attribution.unclear", "scope.agency", "scope.rollup")
    for code in codes:
        assert [heading(code, "zh"), heading(code, "en")] == [text(code, "zh"), text(code, "en")]


def test_what_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"a": ["x", "y", "z"]})
    with pytest.raises(ExportError):
        table_bytes(frame, ".ods")
    monkeypatch.setattr(etl.export.tables, "EXCEL_ROWS", 3)
    with pytest.raises(ExportError):
        table_bytes(frame, ".xlsx")
    assert table_bytes(frame, ".csv").count(b"\n") == 4


def test_an_unknown_measure_is_an_error(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection, pytest.raises(KeyError):
        export_comparison(connection, tmp_path / "t.csv", ["nothing"])
    assert not (tmp_path / "t.csv").exists()


def test_the_same_table_is_the_same_file() -> None:
    table = Table(pd.DataFrame({"a": [1.0]}), (Column(("甲", "乙"), "count"),))
    names = zipfile.ZipFile(io.BytesIO(table_bytes(table, ".xlsx"))).namelist()
    assert "xl/worksheets/sheet1.xml" in names
    assert table_bytes(table, ".csv") == "\ufeff甲 · 乙\r\n1\r\n".encode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_a_mark(language: str) -> None:
    for state in ("blank", "dash", "unreadable", "absent", "incomplete", "undefined", "no_report"):
        assert mark(state, "zh" if language == "zh" else "en")
    with pytest.raises(KeyError):
        mark("number", "zh")
