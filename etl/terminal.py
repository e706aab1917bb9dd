"""Draws what the command line shows of a build: its progress and its summary."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from etl.build import Summary

STAGES = {
    "reading": "读取报告 reading reports",
    "agencies": "归并机关 resolving agencies",
    "tables": "生成统计表 filling tables",
    "checks": "勾稽校验 running checks",
}
PLAIN_WIDTH = 140
"""Columns of what goes to a file or a pipe."""
SEVERITIES = {"error": "错误", "query": "待核", "note": "提示"}


class TerminalProgress:
    """A bar per stage on a terminal, one plain line per stage elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> TerminalProgress:
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def start(self, stage: str, total: int | None = None) -> None:
        if not self._console.is_terminal:
            count = f" ({total})" if total is not None else ""
            self._console.print(STAGES[stage] + count)
            return
        if self._task is not None:
            self._bars.update(self._task, visible=False)
        self._task = self._bars.add_task(STAGES[stage], total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, steps)


def make_console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, and wide enough for tables in a file or a pipe."""
    console = Console(stderr=stderr, soft_wrap=True)
    if console.is_terminal:
        return console
    return Console(stderr=stderr, soft_wrap=True, width=PLAIN_WIDTH)


def print_summary(console: Console, summary: Summary) -> None:
    """Print what a build did: counts, each refused file with its reason, findings by severity."""
    console.print(
        f"本次 this build: 文件 files {summary.files} · 读取 read {summary.read} · "
        f"未变 unchanged {summary.unchanged} · 已移除 removed {summary.removed} · "
        f"拒收 rejected {len(summary.rejected)}"
    )
    for rejection in summary.rejected:
        place = f" @ {escape(rejection.place)}" if rejection.place else ""
        console.print(
            f"  [red]✗[/] {escape(rejection.path)}{place} \\[{rejection.code}]", highlight=False
        )
        console.print(f"    {escape(rejection.reason_zh)}", highlight=False)
        console.print(f"    {escape(rejection.reason_en)}", highlight=False, style="dim")
    for correction in summary.settled_corrections:
        console.print(
            f"报告已自行印出，更正不再保留 correction settled, the report prints it now: "
            f"{escape(correction)}",
            highlight=False,
        )
    console.print(
        f"库中 in the warehouse: 机关 agencies {summary.agencies} · "
        f"报告 reports {summary.reports} · 文件 files: "
        f"采用 loaded {summary.loaded}, 被替代 superseded {summary.superseded}, "
        f"重复 duplicate {summary.duplicate}, 拒收 rejected {summary.rejected_in_all}"
    )
    findings = " · ".join(
        f"{SEVERITIES[severity]} {severity} {count}" for severity, count in summary.findings.items()
    )
    console.print(f"核查问题 findings: {findings or '无 none'}")
