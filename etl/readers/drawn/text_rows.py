"""Lines of a drawn page cut into the texts and figures that may be cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.drawn.lines import Line, text_of
from etl.readers.page_layout import Box, Word, around
from etl.readers.source import looks_like_figure
from etl.readers.text_tools import is_wide

_PARTED = 0.6
"""Type heights between the texts of two columns at least."""
_ALIGNED = 1.0
"""Points by which figures of one column differ in their left or right end or their centre."""
_NEAR = 12.0
"""Type heights between two figures of one column at most."""
_DASHES = "-—－–/"


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together on a line."""

    words: tuple[Word, ...]
    box: Box
    is_figure: bool


@dataclass(frozen=True, slots=True)
class TextRow:
    """A line cut where columns may part."""

    line: Line
    pieces: tuple[Piece, ...]

    @property
    def figures(self) -> list[Piece]:
        """The figures at its end."""
        labels = [n for n, piece in enumerate(self.pieces) if not piece.is_figure]
        return list(self.pieces[labels[-1] + 1 if labels else 0 :])

    @property
    def labels(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.is_figure]


def text_row(line: Line) -> TextRow:
    """The line cut at its wider gaps."""
    groups: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        height = max(before.box.height, word.box.height)
        if word.box.x0 - before.box.x1 > _PARTED * height:
            groups.append([])
        groups[-1].append(word)
    return TextRow(line, tuple(map(_piece, groups)))


def parted_by_figures(rows: Sequence[TextRow]) -> list[TextRow]:
    """The rows with a figure parted from the label it stands close to.

    Such a figure is told by another near above or below that it is aligned with.
    """
    alone = [p.box for row in rows for p in row.pieces if p.is_figure and len(p.words) == 1]
    return [
        TextRow(row.line, tuple(part for p in row.pieces for part in _label_and_figure(p, alone)))
        for row in rows
    ]


def _label_and_figure(piece: Piece, figures: Sequence[Box]) -> list[Piece]:
    if piece.is_figure or len(piece.words) == 1 or not _ends_label(piece.words[-2].text):
        return [piece]
    label, figure = _piece(piece.words[:-1]), _piece(piece.words[-1:])
    if label.is_figure or not (figure.is_figure and _is_aligned(figure.box, figures)):
        return [piece]
    return [label, figure]


def _ends_label(text: str) -> bool:
    """Whether a figure may follow: after a digit or sign it would be the end of a longer one."""
    return is_wide(text[-1]) and text[-1] not in _DASHES and not looks_like_figure(text)


def _is_aligned(box: Box, figures: Sequence[Box]) -> bool:
    return any(
        abs(box.middle - other.middle) < _NEAR * box.height
        and min(
            abs(box.x0 - other.x0), abs(box.x1 - other.x1), abs(box.centre - other.centre)
        ) < _ALIGNED
        for other in figures
    )  # fmt: skip


def parted_by_columns(rows: Sequence[TextRow]) -> list[TextRow]:
    """The rows with figures parted that stand close, where those of other rows show two columns.

    A figure may be printed in groups of three: its parts have no column of their own.
    """
    alone = [p.box for row in rows for p in row.figures if len(p.words) == 1]
    return [
        TextRow(row.line, tuple(part for piece in row.pieces for part in _parts(piece, alone)))
        for row in rows
    ]


def _parts(piece: Piece, alone: Sequence[Box]) -> list[Piece]:
    groups: list[list[Word]] = [[piece.words[0]]]
    for before, word in pairwise(piece.words):
        if piece.is_figure and _is_gutter(before.box, word.box, alone):
            groups.append([])
        groups[-1].append(word)
    return [piece] if len(groups) == 1 else list(map(_piece, groups))


def _is_gutter(left: Box, right: Box, figures: Sequence[Box]) -> bool:
    """Whether figures stand above or below both boxes, and none across the gap between them."""
    gap = (left.x1 + right.x0) / 2
    if any(box.x0 < gap < box.x1 for box in figures):
        return False
    return any(left.x0 < box.x1 <= gap for box in figures) and any(
        gap <= box.x0 < right.x1 for box in figures
    )


def _piece(words: Sequence[Word]) -> Piece:
    text = text_of(words)
    figure = looks_like_figure(text) and any(sign.isdigit() or sign in _DASHES for sign in text)
    return Piece(tuple(words), around([word.box for word in words]), figure)
