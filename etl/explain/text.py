"""An explanation on a terminal: short enough to read, or everything with ``whole``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.markup import escape

from etl.explain.explanation import Explanation
from etl.explain.findings import Finding
from etl.explain.identity import disagrees, statements
from etl.explain.join import trace
from etl.explain.stages import Stage, stages
from etl.explain.text_tables import doubt_note, loose_table, print_table, row_notes
from etl.explain.trace import Trace, TracedParagraph
from etl.explain.words import (
    heading_words,
    words,
)
from etl.form import TABLE_SECTIONS, section_headings
from etl.reading import Refused, ReportReading, Statement
from etl.refusals import refusal_text

_COLOURS = {"error": "red", "query": "yellow", "note": "blue"}
_MARKS = {
    "done": "[green]✓[/]",
    "partly": "[yellow]![/]",
    "stopped": "[red]✗[/]",
    "ahead": "[dim]·[/]",
}
_FIRST_LINES = 12
"""Lines of a refused file that are shown without ``whole``."""


def print_explanation(console: Console, explanation: Explanation, *, whole: bool = False) -> None:
    """Print how far the reading got and what was read; with ``whole`` every row and paragraph."""
    part = f" ({explanation.part}/{explanation.parts})" if explanation.parts > 1 else ""
    console.rule(escape(explanation.path) + part)
    found = trace(explanation.document, explanation.reading) if explanation.document else None
    said = statements(explanation, found)
    if explanation.refused is not None:
        _print_refusal(console, explanation.refused)
    else:
        assert explanation.reading is not None
        _print_identity(console, explanation.reading, said, whole=whole)
    _print_stages(console, stages(explanation, found))
    if found is None:
        return
    if explanation.reading is None:
        _print_statements(console, said, said)
        _print_document(console, found, None if whole else _FIRST_LINES)
        return
    if whole:
        _print_document(console, found, None)
    _print_reading(console, explanation.reading, found, whole=whole)
    _print_findings(console, explanation.findings)


def _print_reading(console: Console, reading: ReportReading, found: Trace, *, whole: bool) -> None:
    _print_sections(console, reading, found)
    for section in TABLE_SECTIONS:
        tables = [table for table in found.tables() if section in table.sections]
        if loose := loose_table(found, section, reading):
            tables.append(loose)
        if not tables:
            console.print(f"[yellow]没有表 no table:[/] {heading_words(section).both}")
        for table in tables:
            print_table(console, table, section, reading, whole=whole)
    _print_unplaced(console, found)
    for doubt in found.loose:
        console.print(f"{escape(doubt.place)} {doubt_note(doubt)}", highlight=False)
    _print_claims(console, reading)


def _print_refusal(console: Console, refused: Refused) -> None:
    zh, en = refusal_text(refused)
    place = f" @ {escape(refused.place)}" if refused.place else ""
    console.print(f"[red]拒收 refused[/] \\[{refused.code}]{place}", highlight=False)
    console.print(escape(zh), highlight=False)
    console.print(escape(en), style="dim", highlight=False)


def _print_identity(
    console: Console, reading: ReportReading, said: Sequence[Statement], *, whole: bool
) -> None:
    console.print(
        f"[bold]{escape(reading.agency)}[/] · [bold]{reading.year}[/] 年度 · "
        f"表式 edition {reading.edition} · {words(f'scope.{reading.scope}').both} · "
        f"发布 published {reading.published_on or '—'}",
        highlight=False,
    )
    used = "；".join(
        f"{words(f'stated.{one.what}').zh} ← {words(f'told.{one.told_by}').zh} {one.place}".strip()
        for one in said
        if one.used
    )
    console.print(f"  依据 told by: {escape(used) or '—'}", highlight=False)
    _print_statements(console, [one for one in said if whole or disagrees(one, said)], said)
    if reading.named_by_path:
        console.print(f"  [yellow]{words('source.none').both}[/]", highlight=False)


def _print_statements(
    console: Console, shown: Iterable[Statement], said: Sequence[Statement]
) -> None:
    for one in shown:
        mark = "[yellow]≠[/]" if disagrees(one, said) else "[green]✓[/]" if one.used else " "
        console.print(
            f"  {mark} {words(f'stated.{one.what}').zh} [bold]{escape(one.value)}[/] ← "
            f"{words(f'told.{one.told_by}').zh} [dim]{escape(one.place)}[/] {escape(one.quote)}",
            highlight=False,
        )


def _print_stages(console: Console, reached: Sequence[Stage]) -> None:
    parts = [
        f"{_MARKS[stage.progress]} {words(f'stage.{stage.name}').zh} {escape(stage.detail.zh)}"
        for stage in reached
        if stage.progress != "ahead"
    ]
    console.print(" → ".join(parts), highlight=False)


def _print_sections(console: Console, reading: ReportReading, found: Trace) -> None:
    places = found.headings()
    shown = [
        f"{heading_words(n).zh} {escape(places.get(n, '')) or '[yellow]无标题 no heading[/]'}"
        for n in section_headings()
        if n in reading.sections
    ]
    missing = [heading_words(n).zh for n in section_headings() if n not in reading.sections]
    console.print("部分 sections: " + " · ".join(shown), highlight=False)
    if missing:
        console.print("  [yellow]没有找到 not found:[/] " + " · ".join(missing), highlight=False)


def _print_unplaced(console: Console, found: Trace) -> None:
    """What was left unread in tables that stand in none of the statutory sections."""
    for table in found.tables():
        if set(table.sections) & set(TABLE_SECTIONS):
            continue
        for row in table.rows:
            for note in row_notes(row, row.section) if row.doubts else ():
                console.print(f"{escape(row.place)} {note}", highlight=False)


def _print_claims(console: Console, reading: ReportReading) -> None:
    for claim in reading.claims:
        about = "≈" if claim.approximate else "="
        channel = f"（{escape(claim.channel)}）" if claim.channel else ""
        derived = " 合计得出 summed" if claim.derived else ""
        console.print(
            f"文中 claim [bold]{words(f'measure.{claim.measure}').zh}[/]{channel} {about} "
            f"{claim.value:g}{derived}  [dim]{escape(claim.place)}[/] {escape(claim.quote)}",
            highlight=False,
        )


def _print_findings(console: Console, findings: Sequence[Finding]) -> None:
    if not findings:
        console.print("[green]本报告内部无勾稽问题 no finding within this report[/]")
    for finding in findings:
        grade = words(f"severity.{finding.severity}").both
        whose = words(f"attribution.{finding.attribution}").zh
        console.print(
            f"[{_COLOURS[finding.severity]}]{grade}[/] {finding.rule}（{whose}）: "
            f"{escape(finding.message_zh)}",
            highlight=False,
        )
        console.print(f"    {escape(finding.message_en)}", highlight=False, style="dim")


def _print_document(console: Console, found: Trace, limit: int | None) -> None:
    """The document as it was read, line by line, with the place of each."""
    lines = list(_document_lines(found))
    console.print("读到的文档 the document as read:", highlight=False)
    for line in lines[:limit]:
        console.print(f"  {line}", highlight=False)
    if limit is not None and len(lines) > limit:
        more = len(lines) - limit
        console.print(f"  … 另有 {more} 行，用 --all 看全 / {more} more lines; --all shows them")


def _document_lines(found: Trace) -> Iterator[str]:
    for piece in found.pieces():
        if isinstance(piece, TracedParagraph):
            heading = f"[bold]§{piece.heading.code}[/] " if piece.heading else ""
            yield f"[dim]{escape(piece.place)}[/] {heading}{escape(piece.text)}"
            continue
        for row in piece.rows:
            texts = " │ ".join(escape(one.slot.text) for one in row.slots)
            yield f"[dim]{escape(row.place)}[/] {texts}"
