"""The statutory tables as the form prints them, as HTML: merged heads, row groups, cell states.

Labels, spans and order come from ``etl.form.layout``. All data are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from dashboard.style import format_number
from dashboard.texts import Language, text
from etl.export.marks import mark
from etl.form import Form, Head, Line, section_headings
from etl.form.layout import Figure, Label, LayoutRow, table_layout
from etl.reading import ABSENT, CellReading

STYLESHEET = Path(__file__).with_suffix(".css")

Key = tuple[int, str, str]
"""(section, item, party)"""

_BLANK = "␣"


@dataclass(frozen=True)
class Printed:
    """What one report prints: its cells, and why some of them are flagged."""

    form: Form
    cells: Mapping[Key, CellReading]
    flags: Mapping[Key, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Other:
    """Another year of the same agency, to set beside."""

    year: int
    form: Form
    cells: Mapping[Key, CellReading]


def render_table(
    section: int, printed: Printed, language: Language, other: Other | None = None
) -> str:
    """HTML of the table of ``section``; with ``other``, each cell also shows the difference."""
    drawing = _Drawing(printed, language, other)
    rows = "".join(drawing.row(parts) for parts in table_layout(printed.form.edition, section))
    heading = section_headings()[section][0 if language == "zh" else 1]
    return (
        f'<div class="g-scroll" tabindex="0"><table class="g-form g-section-{section}">'
        f"<caption>{escape(heading)}</caption><tbody>{rows}</tbody></table></div>"
    )


def render_legend(language: Language) -> str:
    """HTML that shows how each state of a cell, and a flagged cell, look."""
    samples = (
        ("number", "0"),
        ("blank", _BLANK),
        ("dash", "—"),
        ("unreadable", text("legend.unreadable.sample", language)),
        ("absent", "&nbsp;"),
    )
    parts = [
        f'<span class="g-key"><span class="g-cell g-{state}">{sample}</span>'
        f"{escape(_state_name(state, language))}</span>"
        for state, sample in samples
    ]
    parts.append(
        f'<span class="g-key"><span class="g-cell g-number g-flag">12</span>'
        f"{escape(text('legend.flag', language))}</span>"
    )
    return f'<div class="g-legend">{"".join(parts)}</div>'


def line_label(form: Form, section: int, item: str, language: Language) -> str:
    """The printed label of an item, or its code where the edition has none of that name."""
    found = next((line for line in form.section_lines(section) if line.item == item), None)
    return _label(found, language) if found else item


def head_label(form: Form, section: int, party: str, language: Language) -> str:
    """The printed label of a party, or its code where the edition has none of that name."""
    found = next((head for head in form.section_heads(section) if head.party == party), None)
    return _label(found, language) if found else party


def _label(printed: Line | Head, language: Language) -> str:
    return printed.label if language == "zh" else printed.label_en


class _Drawing:
    """One table being drawn, row by row."""

    def __init__(self, printed: Printed, language: Language, other: Other | None) -> None:
        self.printed = printed
        self.language = language
        self.other = other

    def row(self, parts: LayoutRow) -> str:
        """One ``tr``."""
        drawn = (self._th(p) if isinstance(p, Label) else self._td(p) for p in parts)
        return f"<tr>{''.join(drawn)}</tr>"

    def _th(self, label: Label) -> str:
        span = _span(label.rows, label.columns)
        return f'<th class="g-{label.role}"{span}>{escape(label.wording(self.language))}</th>'

    def _td(self, figure: Figure) -> str:
        key = (figure.cell.section, figure.cell.item, figure.cell.party)
        cell = self.printed.cells.get(key, ABSENT)
        reasons = self.printed.flags.get(key, ())
        classes = f"g-{cell.state}" + (" g-flag" if reasons else "")
        title = escape("\n".join([*reasons, *self._explain(cell)]), quote=True)
        return (
            f'<td class="{classes}"{_span(1, figure.columns)} title="{title}">'
            f"{_shown(cell)}{self._difference(key, cell)}</td>"
        )

    def _explain(self, cell: CellReading) -> Iterator[str]:
        if cell.state != "number":
            yield mark(cell.state, self.language)
        elif cell.raw.strip() and cell.raw.strip() != format_number(cell.value).replace(",", ""):
            yield text("cell.raw", self.language, raw=cell.raw)
        if cell.place:
            yield cell.place

    def _difference(self, key: Key, cell: CellReading) -> str:
        if self.other is None:
            return ""
        if key not in self.other.form.numbers:
            note = text("compare.no_such_cell", self.language, year=self.other.year)
            return f'<span class="g-other" title="{escape(note)}">×</span>'
        before = self.other.cells.get(key, ABSENT)
        if cell.value is None or before.value is None:
            shown = _shown(before)
        else:
            change = cell.value - before.value
            shown = f"{format_number(before.value)} ({_signed(change)})" if change else "＝"
        return f'<span class="g-other">{shown}</span>'


def _state_name(state: str, language: Language) -> str:
    """The word of a cell's state, which the exported files use too."""
    return text("legend.number", language) if state == "number" else mark(state, language)


def _shown(cell: CellReading) -> str:
    if cell.state == "number":
        return format_number(cell.value)
    if cell.state == "blank":
        return _BLANK
    return escape(cell.raw) if cell.state in ("dash", "unreadable") else ""


def _signed(change: float) -> str:
    return f"{'+' if change > 0 else '−'}{format_number(abs(change))}"


def _span(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
