"""Draws what the command line shows: progress, summaries, an explained report."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from etl.build import Summary
from etl.explain import Explanation, doubt_texts
from etl.form import FormCell, load_form
from etl.reading import CellReading, ReportReading
from etl.refusals import refusal_text

STAGES = {
    "reading": "读取报告 reading reports",
    "agencies": "归并机关 resolving agencies",
    "tables": "生成统计表 filling tables",
    "checks": "勾稽校验 running checks",
}
PLAIN_WIDTH = 140
"""Columns of what goes to a file or a pipe."""
SEVERITIES = {"error": "错误", "query": "待核", "note": "提示"}
STATE_MARKS = {"blank": "[dim]空[/]", "absent": "[dim]·[/]"}


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


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Print what was read from a report: identity, tables as printed, claims, doubts, findings."""
    console.rule(escape(explanation.path))
    if explanation.refused is not None:
        zh, en = refusal_text(explanation.refused)
        place = f" @ {explanation.refused.place}" if explanation.refused.place else ""
        console.print(f"[red]拒收 refused[/] \\[{explanation.refused.code}]{escape(place)}")
        console.print(escape(zh))
        console.print(escape(en), style="dim")
        return
    reading = explanation.reading
    assert reading is not None
    _print_identity(console, explanation.format, reading)
    for section in (2, 3, 4):
        console.print(_section_table(reading, section))
    _print_claims(console, reading)
    _print_doubts(console, reading)
    _print_findings(console, explanation)


def _print_identity(console: Console, form: str, reading: ReportReading) -> None:
    numbers = sum(cell.state == "number" for cell in reading.cells)
    console.print(f"[bold]{escape(reading.title)}[/]  [dim]{form}[/]", highlight=False)
    console.print(
        f"机关 agency [bold]{escape(reading.agency)}[/] · 年度 year [bold]{reading.year}[/] · "
        f"表式 edition {reading.edition} · 范围 scope {reading.scope} · "
        f"发布 published {reading.published_on or '—'}"
    )
    console.print(f"数字 figures {numbers} / {len(reading.cells)}")


def _section_table(reading: ReportReading, section: int) -> Table:
    """A statutory table with the text as printed; a state that is no number shows its mark."""
    form = load_form(reading.edition)
    lines, heads = form.section_lines(section), form.section_heads(section)
    printed = dict(zip(form.cells, reading.cells, strict=True))
    shown = {(cell.item, cell.party): _mark(printed[cell]) for cell in form.section_cells(section)}
    places = [printed[cell].place for cell in form.section_cells(section) if printed[cell].place]
    where = f" {places[0]} – {places[-1]}" if places else ""
    if section == 2:
        return _list_table(form.section_cells(2), printed, f"表 section 2{where}")
    table = Table(title=f"表 section {section}{where}", title_justify="left")
    table.add_column("")
    for head in heads:
        table.add_column(head.label, justify="right")
    for line in lines:
        table.add_row(escape(line.label[:24]), *(shown[line.item, head.party] for head in heads))
    return table


def _list_table(
    cells: tuple[FormCell, ...], printed: dict[FormCell, CellReading], title: str
) -> Table:
    table = Table(title=title, title_justify="left")
    for name in ("行 line", "栏 head", "数 figure", "单位 unit"):
        table.add_column(name)
    for cell in cells:
        table.add_row(cell.line.label, cell.head.label, _mark(printed[cell]), cell.head.unit)
    return table


def _mark(cell: CellReading) -> str:
    if cell.state == "unreadable":
        return f"[red]{escape(cell.raw)}[/]"
    return STATE_MARKS.get(cell.state) or escape(cell.raw)


def _print_claims(console: Console, reading: ReportReading) -> None:
    for claim in reading.claims:
        about = "≈" if claim.approximate else "="
        channel = f" ({claim.channel})" if claim.channel else ""
        console.print(
            f"文中 claim [bold]{claim.measure}[/]{channel} {about} {claim.value:g}  "
            f"[dim]{claim.place}[/] {escape(claim.quote)}",
            highlight=False,
        )


def _print_doubts(console: Console, reading: ReportReading) -> None:
    for doubt in reading.doubts:
        zh, en = doubt_texts()[doubt.code]
        console.print(f"[yellow]存疑 doubt[/] {doubt.place} {zh} / {en}", highlight=False)
        if doubt.detail:
            console.print(f"    {escape(doubt.detail)}", highlight=False, style="dim")


def _print_findings(console: Console, explanation: Explanation) -> None:
    if not explanation.findings:
        console.print("[green]本报告内部无勾稽问题 no finding within this report[/]")
    for finding in explanation.findings:
        colour = {"error": "red", "query": "yellow"}.get(finding.severity, "blue")
        console.print(
            f"[{colour}]{finding.severity}[/] {finding.rule}: {escape(finding.message_zh)}"
        )
        console.print(f"    {escape(finding.message_en)}", highlight=False, style="dim")
