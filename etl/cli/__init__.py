"""The command line ``gouji``: a function a command, each handing on to the module that acts.

A command imports what it needs when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import click

from etl import __version__
from etl.cli.build import build, sample
from etl.cli.explain import explain, rules
from etl.cli.export import export
from etl.cli.serve import demo, serve


@click.group()
@click.version_option(__version__, prog_name="gouji")
def main() -> None:
    """勾稽 ties out the figures of agencies' yearly reports on open government information.

    读取政府信息公开工作年度报告，核对数字，找出对不上的地方。
    """


for command in (build, explain, serve, demo, sample, rules, export):
    main.add_command(command)
