"""What several commands share: options, plain errors, years as they are written."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from etl.errors import UsageError
from etl.warehouse import DEFAULT_PATH, ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, dir_okay=False),
    default=lambda: Path(os.environ.get(ENVIRONMENT) or DEFAULT_PATH),
    show_default=f"{DEFAULT_PATH}, or ${ENVIRONMENT}",
    help="数据仓库文件 / the warehouse file.",
)


def plain_errors(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
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


def parse_years(text: str | None) -> tuple[int, int] | None:
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
