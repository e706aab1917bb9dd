"""Tables of tabs in text: one cell a line with a tab before it, or a row a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from etl.document import Grid, Paragraph
from etl.readers.grids import is_prose
from etl.readers.source import Line, Piece, looks_like_figure, to_blocks
from etl.readers.text_tools import clean, join_lines

_MARKER = re.compile(r"\s*([（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．])\s*")
_CONTINUATION_LINES = 12
_CONTINUATION_LENGTH = 40
_AFTER_FIGURE_LENGTH = 4


def take(
    lines: Sequence[Line], at: int, unmark: Callable[[str], str]
) -> tuple[int, list[Paragraph | Grid]]:
    """How many lines from ``at`` on make a table of tabs, and its blocks; 0 when none starts."""
    table = _Table(unmark)
    end = at
    while end < len(lines):
        line = lines[end]
        if line.is_blank:
            if not (table.rows and _goes_on(lines, end)):
                break
            table.close_row()
        elif not table.add(line):
            break
        end += 1
    return (end - at, table.blocks()) if table.rows else (0, [])


def is_numbered_line(text: str) -> bool:
    """Whether the tab only follows the number of a heading or list item: ``一、<tab>总体情况``."""
    marker, tab, behind = text.strip("\t ").partition("\t")
    return bool(tab) and "\t" not in behind and _MARKER.fullmatch(marker) is not None


def _goes_on(lines: Sequence[Line], blank: int) -> bool:
    """Whether a table resumes after one blank line, the end of a row."""
    following = lines[blank + 1] if blank + 1 < len(lines) else None
    return following is not None and not following.is_blank and _has_cells(following.text)


def _has_cells(text: str) -> bool:
    return "\t" in text and not is_numbered_line(text)


class _Table:
    """Rows as they come in: a row is the texts and lines of its cells."""

    def __init__(self, unmark: Callable[[str], str]) -> None:
        self.rows: list[list[tuple[list[str], str]]] = []
        self.unmark = unmark
        self.row_open = False
        self.one_cell_lines = False

    def close_row(self) -> None:
        """Ends the row of one-cell lines."""
        self.row_open = False

    def add(self, line: Line) -> bool:
        """Takes a line into the table; False when it doesn't belong there."""
        if not _has_cells(line.text):
            return self._continue_cell(line)
        fields = line.text.split("\t")
        if len(fields) == 2 and not fields[0].strip():
            self._add_cell(fields[1], line)
        else:
            self.rows.append(
                [([field], f"{line.place} C{n}") for n, field in enumerate(fields, start=1)]
            )
            self.row_open = False
        return True

    def _add_cell(self, text: str, line: Line) -> None:
        if not self.row_open:
            self.rows.append([])
            self.row_open = self.one_cell_lines = True
        self.rows[-1].append(([text], line.place))

    def _continue_cell(self, line: Line) -> bool:
        """A line without tab goes on with the cell before it, unless it reads as new text.

        The table of a report ends in a figure, and the next heading may follow without a blank.
        """
        if not self.row_open:
            return False
        cell = self.rows[-1][-1][0]
        if len(cell) > _CONTINUATION_LINES:
            return False
        begun, text = join_lines(cell), clean(line.text)
        if looks_like_figure(begun):
            limit = _CONTINUATION_LENGTH if not begun else _AFTER_FIGURE_LENGTH
            if _MARKER.match(text) or len(text) > limit:
                return False
        if is_prose(text):
            return False
        cell.append(line.text)
        return True

    def blocks(self) -> list[Paragraph | Grid]:
        """The table's blocks, with the tab that opens every row of a table left out."""
        rows = self.rows
        if not self.one_cell_lines and all(len(r) > 1 and not r[0][0][0].strip() for r in rows):
            rows = [row[1:] for row in rows]
        pieces = [
            [Piece(self.unmark("\n".join(texts)), place) for texts, place in row] for row in rows
        ]
        return to_blocks(pieces, aligned=not self.one_cell_lines)
