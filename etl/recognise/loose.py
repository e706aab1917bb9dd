"""Rows rebuilt from text that lost them: one cell a line, a page's lines, a table on one line.

Such text shows no blank cells, so that a row with one comes out short and is refused later, not
shifted into the next column. Its heads come out as one row for all that stand between two rows of
figures, in printed order: whether figures may be taken by their order hangs on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod

from etl.form import groups
from etl.recognise.labels import MAX_REMEMBERED, LabelIndex, group_index, label_key
from etl.recognise.numbers import is_value
from etl.recognise.rows import Row, RowCell

_PAGE_NUMBER = re.compile(r"([-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页.{0,9})")
_LINES_BEFORE = 4
_LINES_BEHIND = 3
_LEADING_PIECES = 3
_LONGEST_PIECE = 4
_MOST_READINGS = 64
"""Ways to put a broken label together; a real one has a handful."""


def regroup(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows of grids, and those that loose lines make."""
    rebuilt: list[Row] = []
    runs = _Runs()
    for row in rows:
        if not row.in_grid:
            runs.add(row)
            continue
        if runs.texts or runs.runs:
            rebuilt.extend(runs.rows(words))
            runs = _Runs()
        for part in _split(row, words.labels):
            rebuilt.extend(_without_heads(part, words))
    return [*rebuilt, *runs.rows(words)]


@dataclass(frozen=True)
class Words:
    """What a table prints beside its figures: the labels where a row starts, if any, and heads."""

    labels: LabelIndex | None
    is_head: Callable[[str], bool]

    def is_label(self, text: str) -> bool:
        return self.labels is not None and self.labels.match(text) is not None

    @property
    def least_heads(self) -> int:
        """So many heads before the figures of a row are a row of their own, run together with it.

        Where rows have no labels, one or two heads may be what labels a row.
        """
        return 2 if self.labels else 3


@dataclass
class _Run:
    """Figures that follow each other, the lines of text before them and their line's own text."""

    before: list[RowCell]
    own: list[RowCell]
    figures: list[RowCell]
    block: int

    def is_closed_to(self, cell: RowCell) -> bool:
        """Whether a word on a line of its own is no dash of this run, whose figures share a line.

        无 may be a piece of a vertical head: 无/法/提/供.
        """
        on_a_line = len({figure.place for figure in self.figures}) == 1 < len(self.figures)
        return on_a_line and cell.text.strip().isalpha()

    def row(self, labels: Sequence[RowCell]) -> Row:
        return _row_of([*labels, *self.figures], self.block)


@dataclass
class _Runs:
    """Loose lines as they come in."""

    runs: list[_Run] = field(default_factory=list)
    texts: list[RowCell] = field(default_factory=list)
    block: int = 0

    def add(self, row: Row) -> None:
        """Takes a line of text, of figures, or of text with figures behind it."""
        cell = row.cells[0]
        if _PAGE_NUMBER.fullmatch(cell.text.strip()):
            return
        self.block = row.block
        own, figures = _figures_behind(cell)
        if not figures or (self.runs and self.runs[-1].is_closed_to(cell)):
            self.texts.append(cell)
        elif own or self.texts or not self.runs:
            self.runs.append(_Run(self.texts, own, figures, row.block))
            self.texts = []
        else:
            self.runs[-1].figures.extend(figures)

    def rows(self, words: Words) -> Iterator[Row]:
        """A row for every run of figures, and one for heads and for every label without figures."""
        behind = [run.before for run in self.runs[1:]] + [self.texts] if self.runs else []
        for run, below in zip(self.runs, behind, strict=True):
            found = _label(run, below, words.labels) if words.labels else None
            if found is None:
                yield from _rows_of_text(run.before, words, run.block)
                yield run.row(run.own)
                continue
            label, taken = found
            yield from _rows_of_text(run.before[: len(run.before) - taken[0]], words, run.block)
            yield run.row([label])
            del below[: taken[1]]
        yield from _rows_of_text(self.texts, words, self.block)


def _figures_behind(cell: RowCell) -> tuple[list[RowCell], list[RowCell]]:
    """A line's text and the figures set apart by spaces behind it."""
    if is_value(cell.text) and " " not in cell.text.strip():
        return [], [cell]
    pieces = cell.text.split(" ")
    start = len(pieces)
    while start and is_value(pieces[start - 1]):
        start -= 1
    text = " ".join(pieces[:start])
    return (
        [cell._replace(text=text)] if text else [],
        [cell._replace(text=piece) for piece in pieces[start:]],
    )


def _rows_of_text(texts: Sequence[RowCell], words: Words, block: int) -> Iterator[Row]:
    """Lines without figures: their heads in a row, and every label of a row in one of its own.

    What may be either (其他, 总计) is a head only where others surely are; what is neither, only
    between heads.
    """
    lines = [[cell._replace(text=text) for text in cell.text.split(" ")] for cell in texts]
    sure = any(words.is_head(p.text) and not words.is_label(p.text) for line in lines for p in line)
    heads: list[RowCell] = []
    unknown: list[RowCell] = []
    for cell, line in zip(texts, lines, strict=True):
        is_label = words.is_label(cell.text)
        if is_label and not (sure and words.is_head(cell.text)):
            if heads:
                yield _row_of(heads, block)
            yield _row_of([cell], block)
            heads, unknown = [], []
            continue
        for piece in line:
            if not (sure and words.is_head(piece.text)):
                unknown.append(piece)
                continue
            heads.extend([*unknown, piece] if heads else [piece])
            unknown = []
    if heads:
        yield _row_of(heads, block)


def _label(
    run: _Run, below: Sequence[RowCell], index: LabelIndex
) -> tuple[RowCell, tuple[int, int]] | None:
    """The label of a run of figures, and how many lines before and behind it belong to it.

    A label may be broken over lines, its figures on any of these. Its own line or the line before
    is tried first; broken ones must match to the letter, and no whole label is part of another.
    """
    nearest = (*run.own, *run.before[-1:])[:1]
    if nearest and index.match(nearest[0].text):
        return nearest[0], (0 if run.own else 1, 0)
    for behind in range(min(_LINES_BEHIND, len(below)) + 1):
        if behind and index.exact(below[behind - 1].text):
            break
        for before in range(min(_LINES_BEFORE, len(run.before)) + 1):
            own = [*run.before[len(run.before) - before :], *run.own]
            if len(own) > 1 and before and index.exact(own[0].text):
                break
            text = _joined(own, below[:behind], index) if own else None
            if text is not None:
                return own[0]._replace(text=text), (before, behind)
    return None


def _joined(own: Sequence[RowCell], behind: Sequence[RowCell], index: LabelIndex) -> str | None:
    """The one label that the lines make when what vertical heads left before them is taken off."""
    readings = [_without_vertical_heads(cell.text) for cell in (*own, *behind)]
    if prod(map(len, readings)) > _MOST_READINGS:
        return None
    texts = ("".join(pieces) for pieces in product(*readings))
    found: dict[str, str] = {}
    for text in texts:
        if code := index.exact(text):
            found.setdefault(code, text)
    return next(iter(found.values())) if len(found) == 1 else None


def _without_vertical_heads(text: str) -> list[str]:
    """A line as printed, and without the pieces of a merged head set beside it: 办/理/结."""
    pieces = text.split(" ")
    readings = ["".join(pieces)]
    for start, piece in enumerate(pieces[:_LEADING_PIECES], start=1):
        if not _is_piece_of_head(piece):
            break
        readings.append("".join(pieces[start:]))
    return readings


@lru_cache(maxsize=MAX_REMEMBERED)
def _is_piece_of_head(piece: str) -> bool:
    """Whether this may be left of a merged head: a character or two of it, or all of it."""
    if len(piece) > _LONGEST_PIECE:
        return group_index().exact(piece) is not None
    key = label_key(piece)
    return len(piece) == 1 or any(key in label_key(group.label) for group in groups().values())


def _split(row: Row, index: LabelIndex | None) -> list[Row]:
    """The rows that one line of text runs together: each starts at a text behind a figure.

    A text that no label follows (a formula, a remark) starts none.
    """
    if index is None:
        return [row]
    texts = [cell.text for cell in row.filled if not is_value(cell.text)]
    if len(texts) < 2 or len(row.filled) < len(texts) + 2:
        return [row]
    if sum(index.match(text) is not None for text in texts) < 2:
        return [row]
    rows: list[list[RowCell]] = [[]]
    figures = False
    for cell in row.printed:
        if figures and cell.text and not is_value(cell.text):
            rows.append(_take_blanks(rows[-1]))
            figures = False
        figures = figures or is_value(cell.text)
        rows[-1].append(cell)
    labelled = (any(c.text and index.match(c.text) for c in cells) for cells in rows)
    if len(rows) == 1 or not all(labelled):
        return [row]
    return [_row_of(cells, row.block) for cells in rows]


def _without_heads(row: Row, words: Words) -> list[Row]:
    """The row, or its heads and the rest of it where one line of text runs them together."""
    first = next((n for n, cell in enumerate(row.printed) if is_value(cell.text)), 0)
    texts = [n for n, cell in enumerate(row.printed[:first]) if cell.text]
    if words.labels:
        texts = texts[:-1]
    heads = [n for n in texts if words.is_head(row.printed[n].text)]
    if len(heads) < words.least_heads:
        return [row]
    rest = next(n for n, cell in enumerate(row.printed) if n > heads[-1] and cell.text)
    parts = row.printed[: heads[-1] + 1], row.printed[rest:]
    return [_row_of(part, row.block, in_grid=row.in_grid) for part in parts]


def _take_blanks(cells: list[RowCell]) -> list[RowCell]:
    """The blanks taken off the end of a row: they may belong to the labels of the next."""
    end = len(cells)
    while not cells[end - 1].text:
        end -= 1
    blanks = cells[end:]
    del cells[end:]
    return blanks


def _row_of(cells: Sequence[RowCell], block: int, *, in_grid: bool = False) -> Row:
    """A row of text without true columns; each cell's column is its ordinal."""
    ordinal = (cell._replace(column=n, column_span=1) for n, cell in enumerate(cells))
    return Row.of(ordinal, aligned=False, in_grid=in_grid, block=block)
