"""The three tables of a report as merged grids, before any format: what stands where, how wide.

The spans follow the printed form (section 3: header of three rows over ten columns; section 4:
header of three rows over fifteen columns).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from etl.form import Form, Line, groups, load_form
from etl.sample.model import Key, SampleReport
from etl.sample.tables import read_toml

_BLOCK_WIDTH = 4
_LABEL_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell and how many rows and columns it covers.

    ``key`` names the cell of the form whose figure it holds; labels and anything else have none.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in one row of the expanded grid; ``starts`` is false where it comes from above."""

    box: Box
    column: int
    starts: bool


Table = tuple[tuple[Box, ...], ...]


def table_of(report: SampleReport, section: int) -> Table:
    """The table of section 2, 3 or 4 of a report, row by row."""
    build = {2: _disclosure_rows, 3: _request_rows, 4: _dispute_rows}[section]
    return tuple(build(report, load_form(report.edition)))


def width_of(table: Table) -> int:
    """Columns of the table."""
    return sum(box.column_span for box in table[0])


def place(table: Table) -> Iterator[list[Placed]]:
    """The boxes that show in each row, in column order, those merged from above included.

    A row may end short of the table's width or go on beyond it.
    """
    width = width_of(table)
    open_boxes: dict[int, tuple[Box, int]] = {}
    for row in table:
        starting = deque(row)
        placed: list[Placed] = []
        column = 0
        while starting or (column < width and column in open_boxes):
            above = open_boxes.pop(column, None)
            box, left = above or ((new := starting.popleft()), new.row_span)
            placed.append(Placed(box, column, above is None))
            if left > 1:
                open_boxes[column] = (box, left - 1)
            column += box.column_span
        yield placed


def _disclosure_rows(report: SampleReport, form: Form) -> Iterator[tuple[Box, ...]]:
    lines = [line for line in form.lines if line.section == 2]
    for group, block in groupby(lines, key=lambda line: line.group):
        heads = form.section_heads(2, group)
        labels = [Box(report.wordings.heads[2, group, head.party]) for head in heads]
        yield (Box(report.wordings.groups[group], 1, _BLOCK_WIDTH),)
        yield _block_row(read_toml("wording.toml")["content"], labels)
        for line in block:
            figures = [_figure(report, (2, line.item, head.party)) for head in heads]
            yield _block_row(report.wordings.lines[2, group, line.item], figures)


def _block_row(first: str, boxes: list[Box]) -> tuple[Box, ...]:
    """A row of four columns; the last cell takes the columns that the block doesn't use."""
    rest = _BLOCK_WIDTH - len(boxes)
    return (Box(first), *boxes[:-1], replace(boxes[-1], column_span=rest))


def _figure(report: SampleReport, key: Key) -> Box:
    return Box(report.cells[key].raw, key=key)


def _request_rows(report: SampleReport, form: Form) -> Iterator[tuple[Box, ...]]:
    yield from _request_header(report, form)
    lines = form.section_lines(3)
    outcomes = [line for line in lines if _under_outcome(line)]
    previous = ""
    for line in lines:
        label = report.wordings.lines[3, line.group, line.item]
        boxes: list[Box] = []
        if outcomes and line == outcomes[0]:
            boxes.append(Box(report.wordings.groups["outcome"], len(outcomes), 1))
        if line.group == "outcome":
            boxes.append(Box(label, 1, 2))
        elif line.group:
            if line.group != previous:
                rows = sum(other.group == line.group for other in lines)
                boxes.append(Box(report.wordings.groups[line.group], rows, 1))
            boxes.append(Box(label))
        else:
            boxes.append(Box(label, 1, _LABEL_WIDTH))
        previous = line.group
        figures = (_figure(report, (3, line.item, h.party)) for h in form.section_heads(3))
        yield (*boxes, *figures)


def _request_header(report: SampleReport, form: Form) -> Iterator[tuple[Box, ...]]:
    wording = read_toml("wording.toml")
    heads = form.section_heads(3)
    labels = {h.party: report.wordings.heads[3, h.group, h.party] for h in heads}
    inner = [labels[h.party] for h in heads if h.group]
    first, last = heads[0], heads[-1]
    yield (
        Box(wording["balance_note"], 3, _LABEL_WIDTH),
        Box(wording["applicants"], 1, len(heads)),
    )
    yield (
        Box(labels[first.party], 2),
        Box(report.wordings.groups["organisation"], 1, len(inner)),
        Box(labels[last.party], 2),
    )
    yield tuple(Box(text) for text in inner)


def _dispute_rows(report: SampleReport, form: Form) -> Iterator[tuple[Box, ...]]:
    lines, routes = form.section_lines(4), form.section_heads(4)
    outcomes = [report.wordings.lines[4, line.group, line.item] for line in lines]
    suits = [route for route in routes if route.group]
    labels = {r.party: report.wordings.heads[4, r.group, r.party] for r in routes}
    yield (
        Box(labels[routes[0].party], 1, len(lines)),
        Box(report.wordings.groups["litigation"], 1, len(lines) * len(suits)),
    )
    yield (
        *(Box(text, 2) for text in outcomes),
        *(Box(labels[suit.party], 1, len(lines)) for suit in suits),
    )
    yield tuple(Box(text) for _ in suits for text in outcomes)
    yield tuple(_figure(report, (4, line.item, r.party)) for r in routes for line in lines)


def _under_outcome(line: Line) -> bool:
    """Whether the line stands under 三、本年度办理结果, directly or within one of its groups."""
    return line.group == "outcome" or (
        bool(line.group) and groups()[line.group].parent == "outcome"
    )
