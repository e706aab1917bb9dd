"""``gouji explain`` and ``gouji rules``: what is read from a file, what is checked."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from etl.cli.options import plain_errors


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="另写成网页，原表与识别结果并列 / write a web page, source and reading side by side.",
)
@click.option("--all", "whole", is_flag=True, help="逐行列出 / print every row and paragraph.")
@plain_errors
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


@click.command()
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
