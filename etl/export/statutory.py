"""Reports in the statutory layout: a worksheet each, its three tables as the form prints them.

Figures stay numbers, and a cell that holds none shows its mark. Labels, spans and order come from
``etl.form``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import xlsxwriter

from etl.export.comparison import EVERYTHING, Query, Where
from etl.export.headings import heading
from etl.export.marks import mark
from etl.export.measures import Language
from etl.export.notes import write_notes
from etl.export.tables import ExportError, write_notes_sheet
from etl.form import Form, Head, Line, as_edition, groups, load_form, section_headings

MAX_REPORTS: Final = 200
"""Worksheets that one workbook takes."""

_LABEL_COLUMNS: Final = 3
_REPORTS: Final = """
select report.agency, report.year, report.form, reading.cell_values,
       reading.cell_states::varchar[] as cell_states
from report join reading using (reading_id)
where report.report_id in (select report_id from disclosure where {condition})
order by report.agency, report.year, report.scope
limit {limit}
"""


def statutory_bytes(query: Query, where: Where = EVERYTHING, language: Language = "zh") -> bytes:
    """Give a workbook with a sheet for each report; ExportError for more than ``MAX_REPORTS``."""
    condition, values = where
    reports = query(_REPORTS.format(condition=condition, limit=MAX_REPORTS + 1), values)
    if len(reports) > MAX_REPORTS:
        raise ExportError(f"more than {MAX_REPORTS} reports; choose fewer")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        looks = _looks(book)
        names = _sheet_names(reports)
        for name, row in zip(names, reports.to_dict("records"), strict=True):
            form = load_form(as_edition(str(row["form"])))
            printed = _printed(row["cell_values"], row["cell_states"], language)
            sheet = _Sheet(book.add_worksheet(name), form, printed, looks, language)
            sheet.draw(f"{row['agency']} {row['year']}")
        write_notes_sheet(book, write_notes(query, language=language))
    return out.getvalue()


@dataclass
class _Sheet:
    """One worksheet being filled from top to bottom; ``row`` is the next free one."""

    sheet: Any
    form: Form
    printed: Sequence[float | str]
    looks: dict[str, Any]
    language: Language
    row: int = 0

    def draw(self, title: str) -> None:
        """Write the title and the three tables."""
        self.sheet.set_column(0, _LABEL_COLUMNS - 1, 16)
        self.sheet.set_column(_LABEL_COLUMNS, _LABEL_COLUMNS + 14, 11)
        self.sheet.write_string(0, 0, title, self.looks["title"])
        self.row = 2
        for section, table in ((2, self._disclosure), (3, self._requests), (4, self._proceedings)):
            words = section_headings()[section][0 if self.language == "zh" else 1]
            self.sheet.write_string(self.row, 0, words, self.looks["section"])
            self.row += 1
            table()
            self.row += 1

    def _disclosure(self) -> None:
        lines = self.form.section_lines(2)
        for group in dict.fromkeys(line.group for line in lines):
            heads = self.form.section_heads(2, group)
            last = _LABEL_COLUMNS + len(heads) - 1
            self._span(self.row, 0, self.row, last, self._group(group))
            self._span(
                self.row + 1, 0, self.row + 1, 2, heading("statutory.content", self.language)
            )
            for place, head in enumerate(heads):
                self._span(self.row + 1, 3 + place, self.row + 1, 3 + place, self._with_unit(head))
            self.row += 2
            for line in lines:
                if line.group == group:
                    self._span(self.row, 0, self.row, 2, self._line(line))
                    self._values(line, heads)
                    self.row += 1

    def _requests(self) -> None:
        heads = self.form.section_heads(3)
        top, last = self.row, _LABEL_COLUMNS + len(heads) - 1
        self._span(top, 0, top + 2, 2, heading("statutory.requests", self.language))
        self._span(top, 3, top, last, heading("statutory.applicants", self.language))
        self._grouped_heads(top + 1, heads)
        self.row = top + 3
        first = self.row
        lines = self.form.section_lines(3)
        for line in lines:
            self._values(line, heads)
            self.row += 1
        self._request_labels(first, lines)

    def _request_labels(self, first: int, lines: Sequence[Line]) -> None:
        """Write outcomes and their groups over their rows, as the form merges them."""
        outcomes = [n for n, line in enumerate(lines) if line.group]
        self._span(first + outcomes[0], 0, first + outcomes[-1], 0, self._group("outcome"))
        for group in dict.fromkeys(line.group for line in lines):
            own = [n for n, line in enumerate(lines) if line.group == group]
            if group and groups()[group].parent:
                self._span(first + own[0], 1, first + own[-1], 1, self._group(group))
            for n in own:
                left = 0 if not group else 2 if groups()[group].parent else 1
                self._span(first + n, left, first + n, 2, self._line(lines[n]))

    def _proceedings(self) -> None:
        heads, lines = self.form.section_heads(4), self.form.section_lines(4)
        top = self.row
        left = _LABEL_COLUMNS
        for head in heads:
            right = left + len(lines) - 1
            if head.group:
                self._span(top + 1, left, top + 1, right, self._head(head))
            else:
                self._span(top, left, top + 1, right, self._head(head))
            for place, line in enumerate(lines):
                self._span(top + 2, left + place, top + 2, left + place, self._line(line))
                self._value(top + 3, left + place, line, head)
            left = right + 1
        grouped = [place for place, head in enumerate(heads) if head.group]
        start = _LABEL_COLUMNS + grouped[0] * len(lines)
        self._span(top, start, top, left - 1, self._group(heads[grouped[0]].group))
        self.row = top + 4

    def _grouped_heads(self, top: int, heads: Sequence[Head]) -> None:
        """Write section 3's heads: organisations under one head, the others two rows high."""
        for place, head in enumerate(heads):
            column = _LABEL_COLUMNS + place
            self._span(top + 1 if head.group else top, column, top + 1, column, self._head(head))
        grouped = [_LABEL_COLUMNS + n for n, head in enumerate(heads) if head.group]
        self._span(top, grouped[0], top, grouped[-1], self._group("organisation"))

    def _values(self, line: Line, heads: Sequence[Head]) -> None:
        for place, head in enumerate(heads):
            self._value(self.row, _LABEL_COLUMNS + place, line, head)

    def _value(self, row: int, column: int, line: Line, head: Head) -> None:
        number = self.form.cell(line.section, line.item, head.party).number
        value = self.printed[number - 1]
        if isinstance(value, str):
            self.sheet.write_string(row, column, value, self.looks["mark"])
        else:
            look = "amount" if head.kind == "amount" else "count"
            self.sheet.write_number(row, column, value, self.looks[look])

    def _span(self, top: int, left: int, bottom: int, right: int, words: str) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self.looks["head"])
        self.sheet.write_string(top, left, words, self.looks["head"])

    def _group(self, code: str) -> str:
        group = groups()[code]
        return group.label if self.language == "zh" else group.label_en

    def _line(self, line: Line) -> str:
        return line.label if self.language == "zh" else line.label_en

    def _head(self, head: Head) -> str:
        return head.label if self.language == "zh" else head.label_en

    def _with_unit(self, head: Head) -> str:
        """The 2019 edition prints no unit for procurement; it is read as 万元 and said so."""
        label = self._head(head)
        if head.unit != "万元" or "万元" in label or "yuan" in label:
            return label
        return f"{label}（{head.unit}）"


def _printed(
    values: Sequence[float], states: Sequence[str], language: Language
) -> list[float | str]:
    return [
        float(value) if state == "number" else mark(state, language)
        for value, state in zip(values, states, strict=True)
    ]


def _sheet_names(reports: pd.DataFrame) -> list[str]:
    """Agency and year in 31 characters, without what a worksheet's name may not hold, unique."""
    forbidden = str.maketrans("[]:*?/\\'", "        ")
    names: list[str] = []
    for number, row in enumerate(reports.to_dict("records"), start=1):
        name = f"{str(row['agency']).translate(forbidden).strip()[:24]} {row['year']}"
        names.append(name if name.lower() not in map(str.lower, names) else f"{name[:26]} {number}")
    return names


def _looks(book: Any) -> dict[str, Any]:
    box = {"border": 1, "border_color": "#BFC5CC", "valign": "vcenter"}
    head = {**box, "align": "center", "text_wrap": True, "bg_color": "#EEF1F4"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "section": book.add_format({"bold": True}),
        "head": book.add_format(head),
        "count": book.add_format({**box, "num_format": "#,##0.####", "align": "right"}),
        "amount": book.add_format({**box, "num_format": "#,##0.00##", "align": "right"}),
        "mark": book.add_format({**box, "align": "right", "font_color": "#8A6D1F"}),
    }
