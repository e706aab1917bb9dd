"""The command line ``gouji``: a function a command, each handing on to the module that acts."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

import click
from rich.table import Table

from etl import __version__
from etl.errors import UsageError
from etl.warehouse import DEFAULT_PATH, ENVIRONMENT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
STRICT_EXIT = 3

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Scope = Literal["agency", "rollup"]

_WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, dir_okay=False),
    default=lambda: Path(os.environ.get(ENVIRONMENT) or DEFAULT_PATH),
    show_default=f"{DEFAULT_PATH}, or ${ENVIRONMENT}",
    help="数据仓库文件 / the warehouse file.",
)


def _plain_errors(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Show what a person can mend as one message: exit 2 for a wrong call, 1 for a full disk."""

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(
                f"{where}{error.strerror}；检查路径、权限和磁盘空间，已载入的数据未受影响 / "
                "check path, permissions and disk space; nothing already loaded was touched"
            ) from error

    return run


@click.group()
@click.version_option(__version__, prog_name="gouji")
def main() -> None:
    """勾稽 ties out the figures of agencies' yearly reports on open government information.

    读取政府信息公开工作年度报告，核对数字，找出对不上的地方。
    """


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@_WAREHOUSE
@click.option(
    "--agencies", "roster", type=click.Path(path_type=Path), help="机关名录 / the roster (CSV)."
)
@click.option(
    "--settings",
    type=click.Path(path_type=Path),
    help="校验参数 / thresholds of the checks (TOML).",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    help="已知错印的更正 / known misprints put right (CSV).",
)
@click.option(
    "--workers", type=click.IntRange(1), help="进程数 / processes; default: one per core."
)
@click.option("--rebuild", is_flag=True, help="全部重读 / read everything anew, keep nothing else.")
@click.option(
    "--strict", is_flag=True, help="有拒收时退出码为 3 / exit 3 when a file was rejected."
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print the summary as JSON.")
@_plain_errors
def build(
    sources: tuple[Path, ...],
    warehouse: Path,
    roster: Path | None,
    settings: Path | None,
    corrections: Path | None,
    workers: int | None,
    rebuild: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """读取报告，建立数据仓库并校验 / read reports, load the warehouse, run every check."""
    from etl.build import build as build_warehouse
    from etl.given import read_given
    from etl.terminal import TerminalProgress, make_console, print_summary

    console = make_console(stderr=as_json)
    given = read_given(roster, settings, corrections)
    with TerminalProgress(console) as progress:
        summary = build_warehouse(sources, warehouse, progress, given, workers, rebuild)
    if as_json:
        click.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
    else:
        print_summary(console, summary)
    if strict and summary.rejected:
        sys.exit(STRICT_EXIT)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="另写成网页，原表与识别结果并列 / write a web page, source and reading side by side.",
)
@click.option("--all", "whole", is_flag=True, help="逐行列出 / print every row and paragraph.")
@_plain_errors
def explain(file: Path, as_json: bool, page: Path | None, whole: bool) -> None:
    """说明从一个文件读到了什么、为什么 / show what is read from one file, and why."""
    from etl.explain import explain_file

    explanations = explain_file(file)
    if page is not None:
        from etl.explain.page import render_page

        page.write_text(render_page(explanations), encoding="utf-8")
    if as_json:
        from etl.explain.record import explanation_record

        records = [explanation_record(explanation) for explanation in explanations]
        shown: Any = records[0] if len(records) == 1 else records
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif page is not None:
        click.echo(str(page))
    else:
        from etl.explain.text import print_explanation
        from etl.terminal import make_console

        console = make_console()
        for explanation in explanations:
            print_explanation(console, explanation, whole=whole)


@main.command()
@_WAREHOUSE
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@_plain_errors
def serve(warehouse: Path, port: int) -> None:
    """打开看板 / start the dashboard."""
    _serve(warehouse, port)


@main.command()
@_WAREHOUSE
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@_plain_errors
def demo(warehouse: Path, port: int) -> None:
    """用虚构样例打开看板 / build the made-up sample warehouse if there is none, and serve it."""
    from etl.build import build as build_warehouse
    from etl.given import read_given
    from etl.terminal import TerminalProgress, make_console, print_summary

    if not warehouse.exists():
        console = make_console()
        with TerminalProgress(console) as progress:
            summary = build_warehouse(
                [SAMPLE / "reports"], warehouse, progress, read_given(SAMPLE / "roster.csv")
            )
        print_summary(console, summary)
    _serve(warehouse, port)


@main.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--agencies", type=click.IntRange(1), help="机关数 / number of agencies.")
@click.option("--years", help="年度 / years, as 2019-2024.")
@click.option("--seed", type=int, help="随机种子 / seed.")
@click.option("--formats", help="格式 / formats, as html,docx.")
@_plain_errors
def sample(
    out: Path, agencies: int | None, years: str | None, seed: int | None, formats: str | None
) -> None:
    """写出一套虚构报告及其真值 / write a made-up corpus with planted faults and its truth."""
    from etl.sample import write_sample

    given: dict[str, Any] = {
        "agencies": agencies,
        "years": _years(years),
        "seed": seed,
        "formats": formats.split(",") if formats else None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        click.echo(str(write_sample(out, **chosen)))
    except ValueError as error:
        raise UsageError(f"无法写出样例 / can't write the sample: {error}") from error


@main.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON.")
@click.option("--markdown", is_flag=True, help="输出规则手册 / print the handbook, docs/rules.md.")
def rules(as_json: bool, markdown: bool) -> None:
    """列出全部校验规则 / list the checks."""
    from etl.checks import rules as known_rules
    from etl.checks.handbook import handbook
    from etl.terminal import make_console

    if markdown:
        click.echo(handbook(), nl=False)
        return
    if as_json:
        records = [asdict(rule) for rule in known_rules()]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    table = Table("规则 rule", "级别 severity", "组 group", "名称 title", "依据 basis")
    table.columns[0].no_wrap = True
    for rule in known_rules():
        title = f"{rule.title_zh}\n{rule.title_en}"
        table.add_row(rule.slug, rule.severity, rule.group, title, rule.basis)
    make_console().print(table)


@main.group()
def export() -> None:
    """导出 .csv、.xlsx 或 .parquet / write findings, a comparison or cells to a file."""


_OUT = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="目标文件，按扩展名定格式 / the file; its ending decides the format.",
)
_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)
_YEARS = click.option("--years", help="年度 / years, as 2019-2024.")
_SCOPE = click.option(
    "--scope",
    type=click.Choice(["agency", "rollup"]),
    default="agency",
    show_default=True,
    help="各机关或政府汇总 / agencies' own reports or governments' roll-ups, never both.",
)


@export.command("findings")
@_WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@_plain_errors
def export_findings_command(
    warehouse: Path, out: Path, years: str | None, scope: Scope, language: Literal["zh", "en"]
) -> None:
    """问题清单 / the findings, one a row."""
    from etl.export import export_findings

    with _reading(warehouse) as connection:
        _written(lambda: export_findings(connection, out, _where(years, scope), language))


@export.command("cells")
@_WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@_plain_errors
def export_cells_command(
    warehouse: Path, out: Path, years: str | None, scope: Scope, language: Literal["zh", "en"]
) -> None:
    """逐格数据 / every printed cell, with state, raw text and place."""
    from etl.export import export_cells

    with _reading(warehouse) as connection:
        _written(lambda: export_cells(connection, out, _where(years, scope), language))


@export.command("comparison")
@_WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@click.option(
    "--measure", "measures", multiple=True, help="指标代码，可重复 / a measure's code; repeat."
)
@_plain_errors
def export_comparison_command(
    warehouse: Path,
    out: Path,
    years: str | None,
    scope: Scope,
    language: Literal["zh", "en"],
    measures: tuple[str, ...],
) -> None:
    """比较表：机关 × 年度 × 指标 / agencies × years × measures."""
    from etl.export import DEFAULT_MEASURES, export_comparison
    from etl.export.measures import measures as all_measures

    known = set(all_measures())
    if unknown := sorted(set(measures) - known):
        raise UsageError(
            f"没有这些指标 / no such measures: {', '.join(unknown)}; "
            f"可用 / known: {', '.join(sorted(known))}"
        )
    codes = measures or DEFAULT_MEASURES
    with _reading(warehouse) as connection:
        _written(
            lambda: export_comparison(
                connection, out, codes, _where(years, scope), language=language
            )
        )


def _serve(warehouse: Path, port: int) -> None:
    """Serve until stopped, and open the address where there is a screen to show it on."""
    from dashboard.server import HOST
    from dashboard.server import serve as serve_dashboard

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UsageError(
                f"端口 {port} 已被占用，请用 --port 换一个 / "
                f"port {port} is taken; choose another with --port"
            ) from error
    address = f"http://{HOST}:{port}"
    click.echo(f"看板 dashboard: {address}  (Ctrl-C 停止 / stops it)")
    if sys.stdout.isatty() and (sys.platform == "darwin" or os.environ.get("DISPLAY")):
        threading.Timer(2, webbrowser.open, [address]).start()
    serve_dashboard(warehouse, port)


@contextmanager
def _reading(warehouse: Path) -> Iterator[DuckDBPyConnection]:
    """A read-only connection to the published file; UsageError when there is none."""
    from etl.warehouse.connect import open_for_reading
    from etl.warehouse.publish import published_file, require_warehouse

    require_warehouse(warehouse)
    file = published_file(warehouse)
    if file is None:
        raise UsageError(
            f"{warehouse}: 还没有数据仓库，请先运行 gouji build / "
            "no warehouse there yet; run gouji build first"
        )
    with closing(open_for_reading(file)) as connection:
        yield connection


def _written(write: Callable[[], Path]) -> None:
    from etl.export import ExportError

    try:
        click.echo(str(write()))
    except ExportError as error:
        raise UsageError(str(error)) from error


def _where(years: str | None, scope: Scope) -> tuple[str, list[object]]:
    from etl.export import Selection

    return Selection(_years(years), scope=scope).where()


def _years(text: str | None) -> tuple[int, int] | None:
    """(2019, 2024) from "2019-2024", (2020, 2020) from "2020"."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    try:
        years = int(first), int(last or first)
    except ValueError as error:
        raise UsageError(f"年度应写作 2019-2024 / write years as 2019-2024: {text!r}") from error
    if years[0] > years[1]:
        raise UsageError(f"年度应从早到晚 / the first year is after the last: {text!r}")
    return years
