"""Damage to tables in HTML, Word's XML and Excel's XML: rows, columns, cells and tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple


@dataclass(frozen=True)
class Dialect:
    """How a format writes tables. ``cell`` has groups for the opening tag and what is in it."""

    table: re.Pattern[str]
    row: re.Pattern[str]
    cell: re.Pattern[str]
    span: re.Pattern[str]
    """A width above 1; its group is the number."""
    height: re.Pattern[str]
    """A height above 1, where the format leaves out the cells that are covered."""
    wide: Callable[[str, int], str] | None
    """A cell's markup and a width → the cell with that width; None where cells have no width."""


Damage = Callable[[str, Random, Dialect], str | None]
"""A text and chance → the damaged text; None where there is nothing to damage."""


class Cell(NamedTuple):
    """One cell of the markup: where it stands, its first column and how many it covers."""

    start: int
    end: int
    column: int
    width: int


def _tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{name}\b[^>]*(?<!/)>.*?</{name}>|<{name}\b[^>]*/>", re.S | re.I)


def _html_wide(cell: str, width: int) -> str:
    bare = re.sub(r"\s*colspan\s*=\s*[\"']?\d+[\"']?", "", cell, count=1, flags=re.I)
    return re.sub(r"^<(t[dh])", rf'<\1 colspan="{width}"', bare, count=1, flags=re.I)


def _word_wide(cell: str, width: int) -> str:
    bare = re.sub(r"<w:gridSpan[^>]*/>", "", cell, count=1)
    return re.sub(r"<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{width}"/>', bare, count=1)


_NEVER = re.compile(r"(?!)()")
DIALECTS = {
    "html": Dialect(
        _tag("table"), _tag("tr"), re.compile(r"<(t[dh])\b[^>]*>.*?</\1>", re.S | re.I),
        re.compile(r"^<t[dh]\b[^>]*colspan\s*=\s*[\"']?(\d+)", re.I),
        re.compile(r"^<t[dh]\b[^>]*rowspan\s*=\s*[\"']?(\d+)", re.I), _html_wide,
    ),
    "docx": Dialect(
        _tag("w:tbl"), _tag("w:tr"), _tag("w:tc"),
        re.compile(r"<w:gridSpan w:val=\"(\d+)\""), _NEVER, _word_wide,
    ),
    "xlsx": Dialect(
        _tag("sheetData"), _tag("row"), _tag("c"), _NEVER, _NEVER, None,
    ),
}  # fmt: skip


def drop_row(text: str, rng: Random, dialect: Dialect) -> str | None:
    return _edit_row(text, rng, dialect, lambda row: "")


def duplicate_row(text: str, rng: Random, dialect: Dialect) -> str | None:
    return _edit_row(text, rng, dialect, lambda row: row + row)


def swap_rows(text: str, rng: Random, dialect: Dialect) -> str | None:
    """Two rows that follow each other change places."""
    rows = list(dialect.row.finditer(text))
    if len(rows) < 2:
        return None
    at = rng.randrange(len(rows) - 1)
    (a, b), (c, d) = rows[at].span(), rows[at + 1].span()
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def drop_cell(text: str, rng: Random, dialect: Dialect) -> str | None:
    """A cell is missing, so that those behind it move up."""
    return _edit_cell(text, rng, dialect, lambda cell: "")


def duplicate_cell(text: str, rng: Random, dialect: Dialect) -> str | None:
    return _edit_cell(text, rng, dialect, lambda cell: cell + cell)


def empty_cell(text: str, rng: Random, dialect: Dialect) -> str | None:
    """A cell stays and its text is gone."""
    return _edit_cell(text, rng, dialect, lambda cell: re.sub(r">[^<]+<", "><", cell))


def widen_cell(text: str, rng: Random, dialect: Dialect) -> str | None:
    """A cell covers one column more, so that those behind it move on."""
    wide = dialect.wide
    if wide is None:
        return None
    return _edit_cell(text, rng, dialect, lambda cell: wide(cell, rng.randint(2, 4)))


def split_row(text: str, rng: Random, dialect: Dialect) -> str | None:
    """A row breaks in two between cells."""
    row = _choose(text, rng, dialect.row)
    cells = list(dialect.cell.finditer(row[0])) if row else []
    if row is None or len(cells) < 2:
        return None
    at = row.start() + rng.choice(cells[1:]).start()
    opening = re.match(r"<[^>]*>", row[0])
    closing = row[0][row[0].rindex("</") :]
    assert opening
    return text[:at] + closing + opening[0] + text[at:]


def merge_cells(text: str, rng: Random, dialect: Dialect) -> str | None:
    """Two neighbours become one cell of double width that holds both texts."""
    row, wide = _choose(text, rng, dialect.row), dialect.wide
    cells = list(dialect.cell.finditer(row[0])) if row else []
    if row is None or wide is None or len(cells) < 2:
        return None
    at = rng.randrange(len(cells) - 1)
    left, right = cells[at], cells[at + 1]
    inside = re.search(r">([^<]+)<", right[0])
    merged = re.sub(
        r">([^<]+)<", lambda found: f">{found[1]}{inside[1] if inside else ''}<", left[0], count=1
    )
    start, end = row.start() + left.start(), row.start() + right.end()
    return text[:start] + wide(merged, 2) + text[end:]


def drop_column(text: str, rng: Random, dialect: Dialect) -> str | None:
    """A column of a table is missing in every row; wider cells get narrower by one."""
    table = _choose(text, rng, dialect.table)
    if table is None:
        return None
    rows = list(dialect.row.finditer(table[0]))
    gone = rng.randrange(1, 12)
    new = table[0]
    for row, cells in reversed(list(zip(rows, _place(rows, dialect), strict=True))):
        for cell in reversed(cells):
            if cell.column <= gone < cell.column + cell.width:
                start, end = row.start() + cell.start, row.start() + cell.end
                new = new[:start] + _narrower(new[start:end], cell, dialect) + new[end:]
    return text[: table.start()] + new + text[table.end() :] if new != table[0] else None


def drop_tag(text: str, rng: Random, dialect: Dialect) -> str | None:
    """One opening or closing tag is missing."""
    tag = _choose(text, rng, re.compile(r"</?[A-Za-z][^<>]*>"))
    return text[: tag.start()] + text[tag.end() :] if tag else None


def drop_label(text: str, rng: Random, dialect: Dialect) -> str | None:
    """The text of a cell without digits is missing."""
    label = _choose(text, rng, re.compile(r"(?<=>)[^<>\d\s][^<>\d]*(?=<)"))
    return text[: label.start()] + text[label.end() :] if label else None


MARKUP_DAMAGE: tuple[Damage, ...] = (
    drop_row, duplicate_row, swap_rows, drop_cell, duplicate_cell, empty_cell, widen_cell,
    split_row, merge_cells, drop_column, drop_tag, drop_label,
)  # fmt: skip


def _narrower(markup: str, cell: Cell, dialect: Dialect) -> str:
    return dialect.wide(markup, cell.width - 1) if dialect.wide and cell.width > 1 else ""


def _place(rows: list[re.Match[str]], dialect: Dialect) -> list[list[Cell]]:
    """The cells of each row with their true columns, past what hangs down from rows above."""
    hanging: dict[int, int] = {}
    placed = []
    for row in rows:
        cells, column, below = [], 0, {c: left - 1 for c, left in hanging.items() if left > 1}
        for match in dialect.cell.finditer(row[0]):
            while column in hanging:
                column += 1
            width, height = (_number(span, match[0]) for span in (dialect.span, dialect.height))
            cells.append(Cell(match.start(), match.end(), column, width))
            if height > 1:
                below |= dict.fromkeys(range(column, column + width), height - 1)
            column += width
        hanging = below
        placed.append(cells)
    return placed


def _number(pattern: re.Pattern[str], cell: str) -> int:
    found = pattern.search(cell)
    return int(found[1]) if found else 1


def _choose(text: str, rng: Random, pattern: re.Pattern[str]) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def _edit_row(text: str, rng: Random, dialect: Dialect, edit: Callable[[str], str]) -> str | None:
    row = _choose(text, rng, dialect.row)
    return text[: row.start()] + edit(row[0]) + text[row.end() :] if row else None


def _edit_cell(text: str, rng: Random, dialect: Dialect, edit: Callable[[str], str]) -> str | None:
    row = _choose(text, rng, dialect.row)
    cell = _choose(row[0], rng, dialect.cell) if row else None
    if row is None or cell is None:
        return None
    start, end = row.start() + cell.start(), row.start() + cell.end()
    return text[:start] + edit(cell[0]) + text[end:]
