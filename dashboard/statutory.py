"""The statutory tables as the form prints them, as HTML: merged heads, row groups, cell states.

Everything comes from ``etl.form``; a new edition of the form needs no change here as long as its
tables are built from lines, heads and groups. All data are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from dashboard.style import format_number
from dashboard.texts import Language, text
from etl.export.marks import mark
from etl.form import Form, Head, Line, groups, section_headings
from etl.reading import ABSENT, CellReading

STYLESHEET = Path(__file__).with_suffix(".css")

Key = tuple[int, str, str]
"""(section, item, party)"""

_BLANK = "␣"
_BLOCK_COLUMNS = 3
_LABEL_COLUMNS = 3


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
    draw = _Drawing(section, printed, language, other)
    body = {2: draw.blocks, 3: draw.applicants, 4: draw.routes}[section]
    rows = "".join(f"<tr>{row}</tr>" for row in body())
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
    """One table being drawn: each method yields the inside of a ``tr``."""

    def __init__(
        self, section: int, printed: Printed, language: Language, other: Other | None
    ) -> None:
        self.section = section
        self.form = printed.form
        self.printed = printed
        self.language = language
        self.other = other
        self.lines = printed.form.section_lines(section)

    def blocks(self) -> Iterator[str]:
        """Section 2: block after block, each with its own heads over a grid of four columns."""
        for group in dict.fromkeys(line.group for line in self.lines):
            heads = self.form.section_heads(2, group)
            spans = _spread(len(heads))
            yield self._th(self._group(group), columns=1 + _BLOCK_COLUMNS, kind="block")
            yield self._th(text("form.content", self.language)) + "".join(
                self._th(_label(head, self.language), columns=span)
                for head, span in zip(heads, spans, strict=True)
            )
            for line in self.lines:
                if line.group == group:
                    yield self._th(_label(line, self.language), kind="row") + "".join(
                        self._td(line, head, columns=span)
                        for head, span in zip(heads, spans, strict=True)
                    )

    def applicants(self) -> Iterator[str]:
        """Section 3: three rows of heads, then the lines under their groups of two levels."""
        heads = self.form.section_heads(3)
        yield self._th(
            text("form.balance_note", self.language), rows=3, columns=_LABEL_COLUMNS, kind="note"
        ) + self._th(text("form.applicants", self.language), columns=len(heads))
        yield from self._grouped_heads(heads, rows=2)
        for number, line in enumerate(self.lines):
            cells = "".join(self._td(line, head) for head in heads)
            yield self._row_labels(number, line) + cells

    def routes(self) -> Iterator[str]:
        """Section 4: the outcomes of each route side by side in a single row of figures."""
        heads = self.form.section_heads(4)
        outcomes = len(self.lines)
        first, second, third = "", "", ""
        for head in heads:
            label = self._th(_label(head, self.language), columns=outcomes)
            own = "".join(
                self._th(_label(line, self.language), rows=1 if head.group else 2)
                for line in self.lines
            )
            if not head.group:
                first, second = first + label, second + own
                continue
            members = [other for other in heads if other.group == head.group]
            if head is members[0]:
                first += self._th(self._group(head.group), columns=outcomes * len(members))
            second, third = second + label, third + own
        yield from (first, second, third)
        yield "".join(self._td(line, head) for head in heads for line in self.lines)

    def _grouped_heads(self, heads: Sequence[Head], rows: int) -> Iterator[str]:
        upper, lower = "", ""
        for head in heads:
            label = _label(head, self.language)
            if not head.group:
                upper += self._th(label, rows=rows)
                continue
            members = [other for other in heads if other.group == head.group]
            if head is members[0]:
                upper += self._th(self._group(head.group), columns=len(members))
            lower += self._th(label)
        yield upper
        yield lower

    def _row_labels(self, number: int, line: Line) -> str:
        """The label cells that start in this row: groups that begin here, then the line's own."""
        chain = _chain(line.group)
        labels = ""
        for code in chain:
            members = [n for n, other in enumerate(self.lines) if code in _chain(other.group)]
            if number == members[0]:
                labels += self._th(self._group(code), rows=len(members), kind="group")
        own = self._th(_label(line, self.language), columns=_LABEL_COLUMNS - len(chain), kind="row")
        return labels + own

    def _group(self, code: str) -> str:
        group = groups()[code]
        return group.label if self.language == "zh" else group.label_en

    def _th(self, label: str, *, rows: int = 1, columns: int = 1, kind: str = "head") -> str:
        return f'<th class="g-{kind}"{_span(rows, columns)}>{escape(label)}</th>'

    def _td(self, line: Line, head: Head, columns: int = 1) -> str:
        key = (self.section, line.item, head.party)
        if key not in self.form.numbers:
            return f'<td class="g-none"{_span(1, columns)}></td>'
        cell = self.printed.cells.get(key, ABSENT)
        reasons = self.printed.flags.get(key, ())
        classes = f"g-{cell.state}" + (" g-flag" if reasons else "")
        title = escape("\n".join([*reasons, *self._explain(cell)]), quote=True)
        return (
            f'<td class="{classes}"{_span(1, columns)} title="{title}">'
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


def _chain(group: str) -> tuple[str, ...]:
    """The groups a line stands in, the outermost first."""
    if not group:
        return ()
    return (*_chain(groups()[group].parent), group)


def _spread(heads: int) -> list[int]:
    """Columns that each of ``heads`` spans, so that every block is equally wide."""
    base, left = divmod(_BLOCK_COLUMNS, heads)
    return [base + (1 if n >= heads - left else 0) for n in range(heads)]


def _span(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
