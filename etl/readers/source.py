"""Lines of a text file with their numbers, and tables made of what stands on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.document import Grid, Paragraph, Slot
from etl.readers.grids import check_size, is_prose

_FIGURE = re.compile(r"[-+—－/\d０-９.,，%％件项条元万 ]*$")


class Line(NamedTuple):
    """A line of a text file; ``number`` counts from 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the line; a lone tab is an empty cell, so it isn't blank."""
        return not self.text.strip(" \u3000\xa0\ufeff\f\v")

    @property
    def place(self) -> str:
        """Where the line is, as ``L12``."""
        return f"L{self.number}"


class Piece(NamedTuple):
    """The text of one cell and its place."""

    text: str
    place: str


def looks_like_figure(text: str) -> bool:
    """Whether a text is made of digits, signs and measure words alone; an empty text is."""
    return bool(_FIGURE.match(text))


def undoubled(lines: list[Line]) -> list[Line]:
    """The lines without the blank line that some conversion put after every line.

    Told by the runs of blank lines: every line is followed by one, and all runs are 1, 3, 5 long.
    """
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.is_blank:
            runs[-1].append(line)
        elif len(runs) > 1 and len(runs[-1]) % 2:  # a line and an even number of blanks, mostly 0
            return lines
        else:
            runs.append([line])
    if len({len(run) for run in runs[1:-1]}) < 2:
        return lines
    return runs[0] + [line for run in runs[1:] for line in run[: 1 + (len(run) - 1) // 2]]


def to_blocks(rows: Sequence[Sequence[Piece]], aligned: bool) -> list[Paragraph | Grid]:
    """The rows as grids; rows of sentences among them, set with tabs or pipes, as paragraphs."""
    blocks: list[Paragraph | Grid] = []
    pending: list[Sequence[Piece]] = []
    for row in rows:
        if _is_text(row):
            _flush(pending, aligned, blocks)
            blocks.extend(Paragraph(piece.text, piece.place) for piece in row if piece.text)
        else:
            pending.append(row)
    _flush(pending, aligned, blocks)
    return blocks


def _is_text(row: Sequence[Piece]) -> bool:
    filled = [piece.text for piece in row if piece.text]
    return any(map(is_prose, filled)) and not any(map(looks_like_figure, filled))


def _flush(rows: list[Sequence[Piece]], aligned: bool, blocks: list[Paragraph | Grid]) -> None:
    pieces = [piece for row in rows for piece in row]
    if len(pieces) == 1 and pieces[0].text:
        blocks.append(Paragraph(*pieces[0]))
    elif any(piece.text for piece in pieces):
        blocks.append(_grid(rows, aligned))
    rows.clear()


def _grid(rows: Sequence[Sequence[Piece]], aligned: bool) -> Grid:
    place = rows[0][0].place.split(" ")[0]
    check_size(place, len(rows), sum(map(len, rows)))
    width = _shared_width(rows) if aligned else 0
    if width:
        rows = _without_margins(rows, width)
    slots = [
        tuple([Slot(piece.text, at, column, piece.place) for column, piece in enumerate(row)])
        for at, row in enumerate(rows)
    ]
    return Grid(tuple(slots), place, bool(width))


def _shared_width(rows: Sequence[Sequence[Piece]]) -> int:
    """The length that all rows with text have; 0 when they differ."""
    widths = {len(row) for row in rows if any(piece.text for piece in row)}
    return widths.pop() if len(widths) == 1 else 0


def _without_margins(rows: Sequence[Sequence[Piece]], width: int) -> list[Sequence[Piece]]:
    """The rows without the blank columns that a page's layout leaves on either side."""
    filled = [n for n in range(width) if any(n < len(row) and row[n].text for row in rows)]
    return [row[filled[0] : filled[-1] + 1] if len(row) == width else row for row in rows]
