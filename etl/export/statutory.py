"""Reports in the statutory layout: a worksheet each, its three tables as the form prints them.

Figures stay numbers, and a cell that holds none shows its mark. Labels, spans and order come from
``etl.form.layout``.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, NamedTuple

import pandas as pd
import xlsxwriter

from etl.export.comparison import EVERYTHING, Query, Where
from etl.export.marks import mark
from etl.export.notes import write_notes
from etl.export.tables import ExportError, text_width, write_notes_sheet
from etl.form import TABLE_SECTIONS, Edition, FormCell, as_edition, section_headings
from etl.form.layout import Figure, Label, placed_parts, table_layout
from etl.measures import UNITS_EN, Language

MAX_REPORTS: Final = 200
"""Worksheets that one workbook takes."""

_A4: Final = 9
"""What a workbook calls the size of the paper."""
_LINE_HEIGHT: Final = 15
"""Points."""
_MARGIN: Final = 1
"""Letters of a column's width that stay empty at its sides."""
_WIDTHS: Final = (9, 15, 40, *[11] * 15)
"""Of the columns, in letters: A to C for labels as section 3 prints them, D to R for figures."""
_EDGES: Final[dict[int, Sequence[int]]] = {2: (0, 3, 4, 5, 6), 3: range(11), 4: range(3, 19)}
"""Section → the worksheet's column at which each column of its table begins, and the end."""
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
            edition = as_edition(str(row["form"]))
            printed = _printed(row["cell_values"], row["cell_states"], language)
            sheet = _Sheet(book.add_worksheet(name), edition, printed, looks, language)
            sheet.draw(f"{row['agency']} {row['year']}")
        write_notes_sheet(book, write_notes(query, language=language))
    return out.getvalue()


class _Box(NamedTuple):
    """A cell of a worksheet, or the cells that are merged into one; both ends are inside."""

    top: int
    left: int
    bottom: int
    right: int

    def lines(self, words: str) -> int:
        """How many lines the words take when they are broken at this width."""
        width = sum(_WIDTHS[self.left : self.right + 1])
        return ceil(text_width(words) / (width - _MARGIN))


@dataclass
class _Sheet:
    """One worksheet being filled from top to bottom; ``row`` is the next free one."""

    sheet: Any
    edition: Edition
    printed: Sequence[float | str]
    looks: dict[str, Any]
    language: Language
    row: int = 0

    def draw(self, title: str) -> None:
        """Write the title and the three tables."""
        self._set_page()
        self.sheet.write_string(0, 0, title, self.looks["title"])
        self.row = 2
        for section in TABLE_SECTIONS:
            words = section_headings()[section][0 if self.language == "zh" else 1]
            self.sheet.write_string(self.row, 0, words, self.looks["section"])
            self.row += 1
            self._table(section)
            self.row += 1

    def _set_page(self) -> None:
        """Set the columns' widths; on paper, all columns stand on one page."""
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)

    def _table(self, section: int) -> None:
        edges = _EDGES[section]
        lines: Counter[int] = Counter()
        for row, column, part in placed_parts(self.edition, section):
            top, left = self.row + row, edges[column]
            box = _Box(top, left, top + part.rows - 1, edges[column + part.columns] - 1)
            if isinstance(part, Figure):
                self._figure(box, part.cell)
                continue
            words = _words(part, self.language)
            self._write(box, words, part.role)
            for covered in range(box.top, box.bottom + 1):
                lines[covered] = max(lines[covered], ceil(box.lines(words) / part.rows))
        for row, count in lines.items():
            if count > 1:  # no program gives merged cells the height that their words need
                self.sheet.set_row(row, count * _LINE_HEIGHT)
        self.row += len(table_layout(self.edition, section))

    def _figure(self, box: _Box, cell: FormCell) -> None:
        value = self.printed[cell.number - 1]
        kind = "amount" if cell.head.kind == "amount" else "count"
        self._write(box, value, "mark" if isinstance(value, str) else kind)

    def _write(self, box: _Box, value: float | str, look: str) -> None:
        if box[:2] != box[2:]:
            self.sheet.merge_range(*box, "", self.looks[look])
        write = self.sheet.write_string if isinstance(value, str) else self.sheet.write_number
        write(box.top, box.left, value, self.looks[look])


def _words(label: Label, language: Language) -> str:
    """A label's words; the 2019 edition prints no unit for procurement, so it is added."""
    words = label.wording(language)
    unit = UNITS_EN.get(label.unit, "") if language == "en" else label.unit
    if label.unit != "万元" or unit in words:
        return words
    return f"{words} ({unit})" if language == "en" else f"{words}（{unit}）"


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
    """The formats by role of a label and by what a figure is."""
    box = {"border": 1, "border_color": "#BFC5CC", "valign": "vcenter"}
    label = {**box, "text_wrap": True, "bg_color": "#F7F8FA"}
    head = {**label, "align": "center", "bg_color": "#EEF1F4"}
    figure = {**box, "align": "right", "shrink": True}
    looks = {
        "title": {"bold": True, "font_size": 14},
        "section": {"bold": True},
        "block": {**label, "bold": True, "bg_color": "#E3E7EC"},
        "head": head,
        "note": head,
        "group": {**label, "align": "center"},
        "row": label,
        "count": {**figure, "num_format": "#,##0.####"},
        "amount": {**figure, "num_format": "#,##0.00##"},
        "mark": {**figure, "font_color": "#8A6D1F"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}
