"""The statutory tables of an explanation on a terminal: each row with what it was recognised as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.document import Slot
from etl.explain.figures import MOST_NOTES, converted, format_value
from etl.explain.labels import LabelTrace
from etl.explain.trace import Trace, TracedParagraph, TracedRow, TracedSlot, TracedTable
from etl.explain.words import (
    code_words,
    doubt_words,
    heading_words,
    label_words,
    likeness_words,
    words,
)
from etl.form import FormCell, load_form
from etl.reading import CellReading, Doubt, ReportReading

_LABEL_WIDTH = 24


def print_table(
    console: Console, table: TracedTable, section: int, reading: ReportReading, *, whole: bool
) -> None:
    """Print the rows of a section that have figures, then what is to be said of single rows.

    Without ``whole`` rows that hold nothing but zeros are only counted.
    """
    rows = [row for row in table.rows if row.section == section]
    lines = {row.place: _figures(row, reading) for row in rows}
    filled = [row for row in rows if lines[row.place]]
    told = [row for row in filled if whole or not _is_zero(lines[row.place])]
    console.print(
        f"[bold]{heading_words(section).zh}[/]  [dim]{escape(rows[0].place)} – "
        f"{escape(rows[-1].place)}[/]",
        highlight=False,
    )
    if told:
        console.print(_drawn(section, [(row, lines[row.place]) for row in told], reading))
    if rest := len(filled) - len(told):
        console.print(
            f"  另有 {rest} 行全为 0 / {rest} more rows of zeros", style="dim", highlight=False
        )
    notes = [(row.place, note) for row in rows for note in row_notes(row, section)]
    limit = len(notes) if whole else MOST_NOTES
    for place, note in notes[:limit]:
        console.print(f"  [dim]{escape(place)}[/] {note}", highlight=False)
    if (rest := len(notes) - limit) > 0:
        console.print(f"  {words('page.more', count=rest).both}", style="dim", highlight=False)


def loose_table(found: Trace, section: int, reading: ReportReading) -> TracedTable | None:
    """The figures of a section printed as paragraphs, a row an item; None where there are none."""
    own = [p for p in found.pieces() if isinstance(p, TracedParagraph) and p.section == section]
    figured = [p for p in own if p.cells]
    if not figured:
        return None
    cells = load_form(reading.edition).cells
    rows = [
        TracedRow(
            tuple(TracedSlot(Slot(p.text, 0, 0, p.place), "cell", p.cells) for p in run), section
        )
        for _, run in groupby(figured, lambda p: "" if section == 4 else cells[p.cells[0] - 1].item)
    ]
    return TracedTable(tuple(rows), figured[0].place, (section,), aligned=False, columns=1)


def row_notes(row: TracedRow, section: int) -> Iterator[str]:
    """What is to be said of a row: labels not matched to the letter, figures left out, doubts."""
    for one in row.slots:
        if one.label and not one.label.exact:
            yield _label_note(one.slot.text, one.label, section)
    left = [one.slot.text for one in row.slots if one.role in ("figure", "refused")]
    if left:
        texts = " │ ".join(map(escape, left))
        yield f"[yellow]{words('role.left').both}[/] {texts}"
    for doubt in row.doubts:
        yield doubt_note(doubt)


def doubt_note(doubt: Doubt) -> str:
    """What the reading was unsure of, and what else the place may have meant."""
    zh, en = doubt_words(doubt.code)
    note = f"[yellow]存疑 doubt[/] {zh} [dim]{en}[/]"
    if doubt.detail:
        note += f"：{escape(doubt.detail)}"
    if doubt.alternative and doubt.section:
        section = doubt.section
        meant = "，".join(
            f"{code_words('party', section, party).zh} {format_value(value)}"
            for party, value in doubt.alternative
        )
        note += f"；{words('page.alternative').both}: {escape(meant)}"
    return note


def _label_note(text: str, label: LabelTrace, section: int) -> str:
    taken, alike = label_words(label, section), likeness_words(label, text)
    mark = "≈" if label.code else "✗"
    return f"[yellow]{mark}[/] {escape(text)} → {escape(taken.zh)}（{escape(alike.zh)}）"


def _figures(row: TracedRow, reading: ReportReading) -> list[tuple[FormCell, CellReading]]:
    form = load_form(reading.edition)
    numbers = [*(n for one in row.slots for n in one.cells), *row.refused]
    return [(form.cells[n - 1], reading.cells[n - 1]) for n in numbers]


def _is_zero(figures: Sequence[tuple[FormCell, CellReading]]) -> bool:
    return all(cell.state == "number" and cell.value == 0 for _, cell in figures)


def _drawn(
    section: int,
    rows: Sequence[tuple[TracedRow, Sequence[tuple[FormCell, CellReading]]]],
    reading: ReportReading,
) -> Table:
    """A column for each applicant in section 3; elsewhere each figure with its head's name."""
    heads = load_form(reading.edition).section_heads(section) if section == 3 else ()
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_header=bool(heads))
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", max_width=2 * _LABEL_WIDTH, overflow="fold")
    for head in heads:
        table.add_column(head.label, justify="right", overflow="fold")
    if not heads:
        table.add_column("", overflow="fold")
    for row, figures in rows:
        for name, own in _by_item(section, row, figures):
            shown = {c.party: _shown(p, in_row=c.number in row.refused) for c, p in own}
            cells = [shown.get(head.party, "") for head in heads]
            named = (
                f"{escape(_head(section, c))} {_shown(p, in_row=bool(row.refused))}" for c, p in own
            )
            table.add_row(escape(row.place), escape(name), *(cells or [" · ".join(named)]))
    return table


def _by_item(
    section: int, row: TracedRow, figures: Sequence[tuple[FormCell, CellReading]]
) -> Iterator[tuple[str, list[tuple[FormCell, CellReading]]]]:
    """The figures of a row by item; by route in section 4, whose row holds all three."""
    own: dict[str, list[tuple[FormCell, CellReading]]] = {}
    for cell, printed in figures:
        own.setdefault(cell.head.label if section == 4 else cell.line.label, []).append(
            (cell, printed)
        )
    yield from own.items()


def _head(section: int, cell: FormCell) -> str:
    return cell.line.label if section == 4 else cell.head.label


def _shown(cell: CellReading, *, in_row: bool) -> str:
    """The text as printed, with its value or its state where that isn't the text itself.

    ``in_row`` says that it stands in a row left unread, whose whole text is its own.
    """
    raw = escape(cell.raw.strip())
    if cell.state == "number":
        value = converted(cell)
        return f"{raw}→[bold]{value}[/]" if value else f"[bold]{raw}[/]"
    raw = "" if in_row else raw
    return f"{raw}[yellow]〔{words(f'state.{cell.state}').zh}〕[/]"
