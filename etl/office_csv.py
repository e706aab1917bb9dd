"""CSV files that an office keeps by hand: the roster, the corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import process

from etl.errors import UsageError

LIKELY_MISSPELT = 75.0
"""Likeness (0–100) to a known column from which another name is taken for a slip."""

Row = dict[str, str | None]


def read_office_csv(
    path: Path, columns: Sequence[str], required: Sequence[str]
) -> list[tuple[int, Row]]:
    """Line number and text of each row, in UTF-8 (with or without BOM) or GB18030.

    A text is stripped, and None where the column is empty or not there; other columns than
    ``columns`` are the office's own. UsageError when the file can't be read, lacks a ``required``
    column or has one whose name looks misspelt.
    """
    reader = csv.DictReader(io.StringIO(decode_office_text(path), newline=""))
    names = reader.fieldnames or ()
    if missing := [column for column in required if column not in names]:
        raise UsageError(
            f"{path}: 缺少列 / lacks the column {', '.join(missing)}; 首行应为 / the first line "
            f"should be: {','.join(columns)}"
        )
    _require_known_columns(names, columns, path)
    return [
        (reader.line_num, {column: (row.get(column) or "").strip() or None for column in columns})
        for row in reader
    ]


def decode_office_text(path: Path) -> str:
    """The text of a file in UTF-8 (with or without BOM) or GB18030; UsageError for any other."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: 无法打开 / can't be opened: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: 不是 UTF-8 或 GB18030 编码 / is neither UTF-8 nor GB18030")


def _require_known_columns(names: Sequence[str], columns: Sequence[str], path: Path) -> None:
    for name in names:
        if name in columns:
            continue
        near = process.extractOne(name, columns, score_cutoff=LIKELY_MISSPELT)
        if near:
            raise UsageError(
                f"{path}: 列名 {name!r} 是否应为 {near[0]!r}？请改正或换个不相近的名称 / "
                f"is column {name!r} meant to be {near[0]!r}? Mend it or give it another name"
            )
