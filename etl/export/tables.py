"""Tables into files: CSV, XLSX and Parquet, by the file's ending.

A table is a frame whose cells are numbers, dates or text. Text stays text: a name that begins like
a formula is never run by a spreadsheet. A missing figure arrives here as its mark (空白, 短横, …);
only what was never there (None) leaves a cell empty.
"""

from __future__ import annotations

import csv
import io
import math
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import xlsxwriter

Style = Literal["text", "count", "decimal", "percent", "ratio", "change", "points"]
ENDINGS = (".csv", ".xlsx", ".parquet")
EXCEL_ROWS = 1_048_576

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER_FORMATS: dict[Style, str] = {
    "text": "@",
    "count": "#,##0",
    "decimal": "#,##0.00##",
    "percent": "0.0%",
    "ratio": "0.0",
    "change": "+#,##0.####;-#,##0.####;0",
    "points": "+0.0;-0.0;0.0",
}
_WIDTHS: dict[Style, int] = {"text": 16}
_CJK = 0x2E80


class ExportError(Exception):
    """An export that can't be written as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heads from top to bottom, and how its numbers are written.

    ``percent`` numbers are in percent (43.6, not 0.436); a workbook shows them as 43.6%.
    """

    heads: tuple[str, ...]
    style: Style = "text"
    width: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """The sheet 数据说明: its name and its lines, each a heading and a text."""

    sheet: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A frame with its columns described; ``row_styles`` wins over the columns' styles."""

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sheet: str = "data"
    frozen: int = 1
    row_styles: tuple[Style, ...] | None = None
    notes: Notes | None = None

    @property
    def head_rows(self) -> int:
        """How many rows the heads take."""
        return max(len(column.heads) for column in self.columns)

    def names(self) -> list[str]:
        """Name each column in one line, its heads joined."""
        return [" · ".join(head for head in column.heads if head) for column in self.columns]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows; NaN and NaT come as None."""
        for row in self.frame.astype(object).itertuples(index=False, name=None):
            yield tuple(None if _is_missing(value) else value for value in row)

    def style(self, row: int, column: int) -> Style:
        """Say how a number in this row and column is written."""
        if self.row_styles is not None and self.columns[column].style != "text":
            return self.row_styles[row]
        return self.columns[column].style


def plain_table(frame: pd.DataFrame, sheet: str = "data") -> Table:
    """Describe a frame by its own column names, number columns as counts."""
    columns = tuple(
        Column((str(name),), "decimal" if pd.api.types.is_numeric_dtype(frame[name]) else "text")
        for name in frame.columns
    )
    return Table(frame, columns, sheet)


def write_table(table: Table | pd.DataFrame, path: Path) -> Path:
    """Write a table to ``path`` in the format of its ending, and give the path back.

    Raises ExportError for another ending, and for more rows than a worksheet holds.
    """
    return write_whole(table_bytes(table, path.suffix), path)


def write_whole(content: bytes, path: Path) -> Path:
    """Write a file in one piece and give its path back; what was there stays until the end.

    Raises OSError naming ``path``. What is no plain file, such as a pipe, is written as it is.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return path
    target = path.resolve()
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def table_bytes(table: Table | pd.DataFrame, ending: str) -> bytes:
    """Give the file's content for an ending of ``ENDINGS``."""
    writers: dict[str, Callable[[Table], bytes]] = {
        ".csv": _csv_bytes,
        ".xlsx": _xlsx_bytes,
        ".parquet": _parquet_bytes,
    }
    if ending.lower() not in writers:
        raise ExportError(f"{ending or 'no ending'}: write {', '.join(ENDINGS)}")
    whole = table if isinstance(table, Table) else plain_table(table)
    return writers[ending.lower()](whole)


def safe_text(text: str) -> str:
    """Give text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv_bytes(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads Chinese as noise."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(safe_text(name) for name in table.names())
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows())
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: object) -> object:
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.12g}")
    return value


def _parquet_bytes(table: Table) -> bytes:
    """Columns by their codes, whatever language their heads are in."""
    out = io.BytesIO()
    table.frame.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()


def _xlsx_bytes(table: Table) -> bytes:
    if len(table.frame) + table.head_rows > EXCEL_ROWS:
        raise ExportError(
            f"{len(table.frame):,} rows don't fit a worksheet ({EXCEL_ROWS:,}); "
            "write .csv or .parquet, or choose fewer reports"
        )
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(table.sheet[:31])
        _write_heads(book, sheet, table)
        _write_rows(book, sheet, table)
        sheet.freeze_panes(table.head_rows, table.frozen)
        last = table.head_rows + len(table.frame) - 1
        sheet.autofilter(table.head_rows - 1, 0, last, len(table.columns) - 1)
        if table.notes is not None:
            write_notes_sheet(book, table.notes)
    return out.getvalue()


def _write_heads(book: Any, sheet: Any, table: Table) -> None:
    look = book.add_format(
        {
            "bold": True,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
            "border_color": "#BFC5CC",
            "bg_color": "#EEF1F4",
        }
    )
    depth = table.head_rows
    padded = [(*column.heads, *[""] * (depth - len(column.heads))) for column in table.columns]
    for top, left, bottom, right in _head_spans(padded, depth):
        text = padded[left][top]
        if (top, left) == (bottom, right):
            sheet.write_string(top, left, text, look)
        else:
            sheet.merge_range(top, left, bottom, right, "", look)
            sheet.write_string(top, left, text, look)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width or _column_width(column))


def _head_spans(heads: list[tuple[str, ...]], depth: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (top, left, bottom, right) of each head: equal neighbours merge, as do rows below."""
    for top in range(depth):
        left = 0
        while left < len(heads):
            right = left
            while right + 1 < len(heads) and heads[right + 1][: top + 1] == heads[left][: top + 1]:
                right += 1
            if heads[left][top] or top == 0:
                bottom = top
                while bottom + 1 < depth and not any(
                    h[bottom + 1] for h in heads[left : right + 1]
                ):
                    bottom += 1
                yield top, left, bottom, right
            left = right + 1


def _write_rows(book: Any, sheet: Any, table: Table) -> None:
    looks = {
        style: book.add_format({"num_format": code, "align": "right", "valign": "top"})
        for style, code in _NUMBER_FORMATS.items()
    }
    words = book.add_format({"num_format": "@", "valign": "top"})
    marks = book.add_format({"align": "right", "font_color": "#8A6D1F", "valign": "top"})
    days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    for number, row in enumerate(table.rows()):
        for place, value in enumerate(row):
            at = (number + table.head_rows, place)
            style = table.style(number, place)
            if isinstance(value, bool) or value is None:
                sheet.write(*at, value)
            elif isinstance(value, (int, float)):
                shown = value / 100 if style == "percent" else value
                sheet.write_number(*at, shown, looks["count" if style == "text" else style])
            elif isinstance(value, (date, datetime)):
                sheet.write_datetime(*at, value, days)
            else:
                sheet.write_string(*at, str(value), words if style == "text" else marks)


def write_notes_sheet(book: Any, notes: Notes) -> None:
    """Add the sheet of the notes to a workbook that is being written."""
    sheet = book.add_worksheet(notes.sheet[:31])
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrap = book.add_format({"valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 96)
    for row, (heading, text) in enumerate(notes.lines):
        sheet.write_string(row, 0, heading, bold)
        sheet.write_string(row, 1, text, wrap)


def _column_width(column: Column) -> int:
    longest = max(text_width(head) for head in column.heads[-1:])
    return max(_WIDTHS.get(column.style, 11), min(longest + 2, 24))


def text_width(text: str) -> int:
    """Count the letters of a text, Chinese ones twice: its width in a worksheet's units."""
    return sum(2 if ord(letter) >= _CJK else 1 for letter in text)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
