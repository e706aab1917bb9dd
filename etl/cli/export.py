"""``gouji export``: findings, a comparison or cells into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from etl.cli.options import WAREHOUSE, parse_years, plain_errors
from etl.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Scope = Literal["agency", "rollup"]


@click.group()
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
@WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@plain_errors
def export_findings_command(
    warehouse: Path, out: Path, years: str | None, scope: Scope, language: Literal["zh", "en"]
) -> None:
    """问题清单 / the findings, one a row."""
    from etl.export import export_findings

    with _reading(warehouse) as connection:
        _written(lambda: export_findings(connection, out, _where(years, scope), language))


@export.command("cells")
@WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@plain_errors
def export_cells_command(
    warehouse: Path, out: Path, years: str | None, scope: Scope, language: Literal["zh", "en"]
) -> None:
    """逐格数据 / every printed cell, with state, raw text and place."""
    from etl.export import export_cells

    with _reading(warehouse) as connection:
        _written(lambda: export_cells(connection, out, _where(years, scope), language))


@export.command("comparison")
@WAREHOUSE
@_OUT
@_YEARS
@_SCOPE
@_LANGUAGE
@click.option(
    "--measure", "measures", multiple=True, help="指标代码，可重复 / a measure's code; repeat."
)
@plain_errors
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
    from etl.measures import measures as all_measures

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

    return Selection(parse_years(years), scope=scope).where()
