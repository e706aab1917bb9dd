"""The right side of the page: the statutory tables filled with what was recognised."""

from __future__ import annotations

from collections import Counter

from etl.explain.explanation import Explanation
from etl.explain.figures import converted, format_value
from etl.explain.page.anchors import Anchors
from etl.explain.page.markup import both, element, escape, spans
from etl.explain.words import words
from etl.form import load_form
from etl.form.layout import Figure, Label, table_layout
from etl.reading import CellReading, ReportReading

BLANK = "空"
UNREAD = "？"


class FormSide:
    """Draws the tables of one report in the form's own layout."""

    def __init__(self, anchors: Anchors, explanation: Explanation, reading: ReportReading) -> None:
        self._anchors = anchors
        self._explanation = explanation
        self._reading = reading
        self._doubted = {(doubt.section, doubt.item) for doubt in reading.doubts if doubt.item}

    def table(self, section: int) -> str:
        """The table of a section with every cell of the edition, read or not."""
        told: Counter[tuple[str, str]] = Counter()
        rows = "".join(
            element("tr", "".join(self._part(part, section, told) for part in row))
            for row in table_layout(self._reading.edition, section)
        )
        table = element("table", f"<tbody>{rows}</tbody>", class_=f"form section{section}")
        return element("div", table, class_="scroll", tabindex="0") + self._tally(section)

    def _part(self, part: Label | Figure, section: int, told: Counter[tuple[str, str]]) -> str:
        if isinstance(part, Label):
            return self._label(part, section, told)
        return self._figure(part)

    def _label(self, part: Label, section: int, told: Counter[tuple[str, str]]) -> str:
        """A label, with the printed one that was taken for it as its twin."""
        axis, code = ("item", part.item) if part.item else ("party", part.party)
        printed = self._anchors.labels.get((section, axis, code), []) if code else []
        number = told[axis, code]
        told[axis, code] += 1
        twin = printed[min(number, len(printed) - 1)] if printed else None
        inner = escape(part.zh)
        if twin:
            inner = element("a", inner, href=f"#{twin}")
        doubted = (section, part.item) in self._doubted
        return element(
            "th",
            inner + (' <b class="bang">!</b>' if doubted else ""),
            class_=part.role,
            data_twin=twin,
            title=part.en,
            **spans(part.rows, part.columns),
        )

    def _figure(self, part: Figure) -> str:
        number = part.cell.number
        cell = self._reading.cells[number - 1]
        printed = self._anchors.printed_of.get(number)
        inner = shown(cell, in_row=number in self._anchors.refused)
        if printed:
            inner = element("a", inner, href=f"#{printed}")
        flags = self._anchors.flags.get(number, ())
        inner += "".join(
            element("a", str(flag), href=f"#{self._anchors.finding(flag)}", class_="flag")
            for flag in flags
        )
        return element(
            "td",
            inner,
            id=self._anchors.cell(number),
            class_=f"{cell.state} flagged" if flags else cell.state,
            data_twin=printed,
            title=self._title(cell),
            **spans(1, part.columns),
        )

    @staticmethod
    def _title(cell: CellReading) -> str:
        state = words(f"state.{cell.state}").both
        parts = (cell.place, f"“{cell.raw}”" if cell.raw else "", state, format_value(cell.value))
        return " · ".join(part for part in parts if part not in ("", "–"))

    def _tally(self, section: int) -> str:
        """How many cells of the table are in which state."""
        form = load_form(self._reading.edition)
        counts = Counter(
            self._reading.cells[cell.number - 1].state for cell in form.section_cells(section)
        )
        told = (f"{both(words(f'state.{state}'))} {count}" for state, count in counts.most_common())
        return element("p", " · ".join(told), class_="tally")


def shown(cell: CellReading, *, in_row: bool = False) -> str:
    """A cell's figure, or the mark of its state; the printed text too where it is another.

    ``in_row`` says that the cell's text is that of a whole row, which was left unread.
    """
    if cell.state == "number":
        value = escape(format_value(cell.value))
        return f"{value}<small>{escape(cell.raw.strip())}</small>" if converted(cell) else value
    if cell.state == "blank":
        return BLANK
    if cell.state == "absent":
        return ""
    return UNREAD if in_row else escape(cell.raw.strip())
