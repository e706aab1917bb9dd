"""The command line of the contract: what it prints, writes and exits with."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.checks import rules
from etl.cli import main
from tests.reports import write_report
from tests.shared import REAL_SAMPLE, ROOT, needs_shared

RECEIVED = (3, "received", "total")


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    for year in (2021, 2022):
        write_report(tmp_path / "in" / f"{year}.md", "青石镇", year)
    path = tmp_path / "warehouse.duckdb"
    result = _run("build", tmp_path / "in", "--warehouse", path, "--workers", "1")
    assert result.exit_code == 0, result.output
    return path


def test_build_prints_a_summary(warehouse: Path, tmp_path: Path) -> None:
    result = _run("build", tmp_path / "in", "--warehouse", warehouse, "--json")
    summary = json.loads(result.stdout)
    assert (summary["files"], summary["unchanged"], summary["reports"]) == (2, 2, 2)
    assert summary["findings"] == {"query": 2, "note": 4}


def test_strict_exits_with_3_when_a_file_is_refused(warehouse: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("通知\n", encoding="utf-8")
    assert _run("build", bad, "--warehouse", warehouse).exit_code == 0
    strict = _run("build", bad, "--warehouse", warehouse, "--strict")
    assert strict.exit_code == 3
    assert "no-report" in strict.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "nowhere"),
        ("explain", "nowhere"),
        ("sample", "--out", "x", "--years", "2023-2021"),
        ("export", "findings", "--out", "x.csv", "--warehouse", "nowhere.duckdb"),
        ("serve", "--port", "0"),
    ],
)
def test_usage_errors_exit_with_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_serve_on_a_taken_port_is_a_usage_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = _run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "--port" in result.output


def test_sample_leaves_a_folder_of_other_files_alone(tmp_path: Path) -> None:
    mine = tmp_path / "reports" / "mine.md"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    assert _run("sample", "--out", tmp_path).exit_code == 2
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("option", [("--years", "1999"), ("--formats", "wav")])
def test_sample_says_what_it_cannot_write(tmp_path: Path, option: tuple[str, str]) -> None:
    assert _run("sample", "--out", tmp_path / "new", *option).exit_code == 2


def test_a_place_that_cannot_be_written_is_named_without_a_traceback(
    warehouse: Path, tmp_path: Path
) -> None:
    result = _run("export", "cells", "--out", tmp_path / "no" / "x.csv", "--warehouse", warehouse)
    assert result.exit_code == 1
    assert "x.csv" in result.output
    assert "Traceback" not in result.output


def test_export_from_what_is_no_warehouse_is_a_usage_error(tmp_path: Path) -> None:
    letter = tmp_path / "letter.duckdb"
    letter.write_text("dear", encoding="utf-8")
    out = tmp_path / "x.csv"
    assert _run("export", "cells", "--out", out, "--warehouse", letter).exit_code == 2


def test_a_bad_roster_is_a_usage_error_and_loses_nothing(warehouse: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("name\nx\n", encoding="utf-8")
    before = warehouse.resolve()
    result = _run("build", tmp_path / "in", "--warehouse", warehouse, "--agencies", roster)
    assert result.exit_code == 2
    assert "agency" in result.output
    assert warehouse.resolve() == before


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("what", ["findings", "cells", "comparison"])
def test_export_writes_a_file_by_its_ending(
    warehouse: Path, tmp_path: Path, what: str, ending: str
) -> None:
    out = tmp_path / f"table{ending}"
    result = _run("export", what, "--out", out, "--warehouse", warehouse, "--years", "2022")
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("what", "name", "options"),
    [("findings", "table.pdf", ()), ("comparison", "table.csv", ("--measure", "nothing"))],
)
def test_export_refuses_what_it_does_not_know(
    warehouse: Path, tmp_path: Path, what: str, name: str, options: tuple[str, ...]
) -> None:
    result = _run("export", what, "--out", tmp_path / name, "--warehouse", warehouse, *options)
    assert result.exit_code == 2
    assert not (tmp_path / name).exists()


def test_explain_shows_identity_cells_and_findings(tmp_path: Path) -> None:
    path = write_report(tmp_path / "a.md", "青石镇", 2022, {RECEIVED: "3"})
    result = _run("explain", path, "--json")
    record = json.loads(result.stdout)
    assert (record["agency"], record["year"], record["form"]) == ("青石镇", 2022, "2021")
    assert len(record["cells"]) == 200
    (cell,) = (c for c in record["cells"] if (c["section"], c["item"], c["party"]) == RECEIVED)
    assert (cell["value"], cell["state"], cell["raw"]) == (3.0, "number", "3")
    assert {f["rule"] for f in record["findings"]} >= {"balance", "applicant-total"}
    text = _run("explain", path)
    assert text.exit_code == 0
    assert "青石镇" in text.output
    assert "balance" in text.output


def test_explain_writes_a_page_and_tells_everything_when_asked(tmp_path: Path) -> None:
    path = write_report(tmp_path / "a.md", "青石镇", 2022)
    page = tmp_path / "a.html"
    result = _run("explain", path, "--html", page)
    assert result.stdout.strip() == str(page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(_run("explain", path, "--html", page, "--json").stdout)["agency"] == "青石镇"
    brief, whole = _run("explain", path).stdout, _run("explain", path, "--all").stdout
    assert "本年度工作平稳。" not in brief
    assert "本年度工作平稳。" in whole
    assert _run("explain", path, "--html", tmp_path / "no" / "a.html").exit_code == 1


def test_explain_says_why_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("关于召开会议的通知\n", encoding="utf-8")
    assert json.loads(_run("explain", path, "--json").stdout)["refused"]["code"] == "no-report"
    assert "no-report" in _run("explain", path).output


def test_rules_lists_every_check() -> None:
    slugs = {record["slug"] for record in json.loads(_run("rules", "--json").stdout)}
    assert slugs == {rule.slug for rule in rules()}
    assert _run("rules").exit_code == 0


@needs_shared
def test_the_real_report_reads_as_known() -> None:
    record = json.loads(_run("explain", REAL_SAMPLE, "--json").stdout)
    assert (record["agency"], record["year"], record["form"]) == ("城郊街道", 2020, "2019")
    assert len(record["cells"]) == 198
    assert {(cell["state"], cell["value"]) for cell in record["cells"]} == {("number", 0.0)}
    assert [(c["measure"], c["channel"], c["value"]) for c in record["claims"]] == [
        ("disclosed_items", None, 523.0),
        ("requests_received", None, 0.0),
    ]
    assert {f["rule"]: f["severity"] for f in record["findings"]} == {
        "all-zero": "query",
        "disclosure-all-zero": "note",
        "requests-all-zero": "note",
    }


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in main.commands:
        assert f"gouji {command}" in readme
