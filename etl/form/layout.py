"""The statutory tables as the form prints them: rows of labels and figures with their spans.

Nothing here knows HTML, worksheets or terminals; whoever draws a table walks its rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from etl.form import Edition, Form, FormCell, Group, Head, Line, groups, load_form

Role = Literal["block", "head", "row", "group", "note"]

BLOCK_COLUMNS = 3
"""Columns of figures in section 2, shared out among a block's one to three heads."""
LABEL_COLUMNS = 3
"""Columns of labels in section 3: two levels of groups and the line's own."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label. ``item`` or ``party`` names the line or head it stands for, if it does.

    ``unit`` is that of a head's figures, which not every head prints.
    """

    zh: str
    en: str
    role: Role
    rows: int = 1
    columns: int = 1
    item: str = ""
    party: str = ""
    unit: str = ""

    def wording(self, language: Literal["zh", "en"]) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a cell of the form stands."""

    cell: FormCell
    columns: int = 1
    rows: int = 1


LayoutRow = tuple[Label | Figure, ...]


@cache
def table_layout(edition: Edition, section: int) -> tuple[LayoutRow, ...]:
    """The rows of a section's table from top to bottom; each holds what starts in it.

    Section 2 is 4 columns wide, section 3 is 10, section 4 is 15.
    """
    drawn = {2: _blocks, 3: _applicants, 4: _routes}[section]
    return tuple(drawn(load_form(edition)))


def placed_parts(edition: Edition, section: int) -> Iterator[tuple[int, int, Label | Figure]]:
    """Row and column, from 0, of each label and figure, for whoever draws by position."""
    free: dict[int, int] = {}  # column → the first row that no label from above covers
    for row, parts in enumerate(table_layout(edition, section)):
        column = 0
        for part in parts:
            while free.get(column, 0) > row:
                column += 1
            yield row, column, part
            right = column + part.columns
            free |= dict.fromkeys(range(column, right), row + part.rows)
            column = right


def _blocks(form: Form) -> Iterator[LayoutRow]:
    """Section 2: block after block, each with its own heads."""
    lines = form.section_lines(2)
    for group in dict.fromkeys(line.group for line in lines):
        heads = form.section_heads(2, group)
        spans = _shares(len(heads))
        yield (_group(group, "block", columns=1 + BLOCK_COLUMNS),)
        names = (_head(h, columns=span) for h, span in zip(heads, spans, strict=True))
        yield (_group("corner", "head"), *names)
        for line in lines:
            if line.group == group:
                cells = (form.cell(2, line.item, head.party) for head in heads)
                figures = (Figure(cell, n) for cell, n in zip(cells, spans, strict=True))
                yield (_line(line), *figures)


def _applicants(form: Form) -> Iterator[LayoutRow]:
    """Section 3: three rows of heads, then the lines under their groups of two levels."""
    heads = form.section_heads(3)
    yield (
        _caption("balance", "note", rows=3, columns=LABEL_COLUMNS),
        _caption("applicants", "head", columns=len(heads)),
    )
    upper: list[Label] = []
    for head in heads:
        members = _members(head, heads)
        if not head.group:
            upper.append(_head(head, rows=2))
        elif head is members[0]:
            upper.append(_group(head.group, "head", columns=len(members)))
    yield tuple(upper)
    yield tuple(_head(head) for head in heads if head.group)
    lines = form.section_lines(3)
    for number, line in enumerate(lines):
        figures = (Figure(form.cell(3, line.item, head.party)) for head in heads)
        yield (*_line_labels(number, lines), *figures)


def _routes(form: Form) -> Iterator[LayoutRow]:
    """Section 4: the outcomes of each route side by side over one row of figures."""
    heads, lines = form.section_heads(4), form.section_lines(4)
    first: list[Label] = []
    second: list[Label] = []
    third: list[Label] = []
    for head in heads:
        members = _members(head, heads)
        below = second if not head.group else third
        if not head.group:
            first.append(_head(head, columns=len(lines)))
        else:
            if head is members[0]:
                first.append(_group(head.group, "head", columns=len(lines) * len(members)))
            second.append(_head(head, columns=len(lines)))
        below.extend(
            Label(line.label, line.label_en, "head", 1 if head.group else 2, 1, line.item)
            for line in lines
        )
    yield from (tuple(first), tuple(second), tuple(third))
    yield tuple(Figure(form.cell(4, line.item, head.party)) for head in heads for line in lines)


def _line_labels(number: int, lines: Sequence[Line]) -> Iterator[Label]:
    """The labels that start in this row: groups that begin here, then the line's own."""
    line = lines[number]
    chain = _chain(line.group)
    for code in chain:
        rows = [n for n, other in enumerate(lines) if code in _chain(other.group)]
        if number == rows[0]:
            yield _group(code, "group", rows=len(rows))
    yield _line(line, columns=LABEL_COLUMNS - len(chain))


def _chain(group: str) -> tuple[str, ...]:
    """The groups a line stands in, the outermost first."""
    return (*_chain(groups()[group].parent), group) if group else ()


def _shares(heads: int) -> list[int]:
    """Columns that each of ``heads`` spans, so that every block is equally wide."""
    base, left = divmod(BLOCK_COLUMNS, heads)
    return [base + (1 if n >= heads - left else 0) for n in range(heads)]


def _members(head: Head, heads: Sequence[Head]) -> list[Head]:
    return [other for other in heads if other.group == head.group]


def _head(head: Head, rows: int = 1, columns: int = 1) -> Label:
    return Label(head.label, head.label_en, "head", rows, columns, party=head.party, unit=head.unit)


def _line(line: Line, columns: int = 1) -> Label:
    return Label(line.label, line.label_en, "row", 1, columns, item=line.item)


def _group(code: str, role: Role, rows: int = 1, columns: int = 1) -> Label:
    group = groups()[code]
    return Label(group.label, group.label_en, role, rows, columns)


def _caption(code: str, role: Role, rows: int = 1, columns: int = 1) -> Label:
    caption = _captions()[code]
    return Label(caption.label, caption.label_en, role, rows, columns)


@cache
def _captions() -> dict[str, Group]:
    """What the form prints beside lines, heads and groups; never matched when a table is read."""
    text = resources.files(__package__).joinpath("captions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Group(row["code"], "", row["label_zh"], row["label_en"]) for row in rows}
