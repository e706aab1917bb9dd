"""``gouji serve`` and ``gouji demo``: the dashboard."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import click

from etl.cli.options import SAMPLE, WAREHOUSE, plain_errors
from etl.errors import UsageError


@click.command()
@WAREHOUSE
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@plain_errors
def serve(warehouse: Path, port: int) -> None:
    """打开看板 / start the dashboard."""
    _serve(warehouse, port)


@click.command()
@WAREHOUSE
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@plain_errors
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
