"""``gouji build`` and ``gouji sample``: reports into a warehouse, made-up reports into files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from etl.cli.options import WAREHOUSE, parse_years, plain_errors
from etl.errors import UsageError

STRICT_EXIT = 3


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@WAREHOUSE
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
@plain_errors
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


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--agencies", type=click.IntRange(1), help="机关数 / number of agencies.")
@click.option("--years", help="年度 / years, as 2019-2024.")
@click.option("--seed", type=int, help="随机种子 / seed.")
@click.option("--formats", help="格式 / formats, as html,docx.")
@plain_errors
def sample(
    out: Path, agencies: int | None, years: str | None, seed: int | None, formats: str | None
) -> None:
    """写出一套虚构报告及其真值 / write a made-up corpus with planted faults and its truth."""
    from etl.sample import write_sample

    given: dict[str, Any] = {
        "agencies": agencies,
        "years": parse_years(years),
        "seed": seed,
        "formats": formats.split(",") if formats else None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        click.echo(str(write_sample(out, **chosen)))
    except ValueError as error:
        raise UsageError(f"无法写出样例 / can't write the sample: {error}") from error
