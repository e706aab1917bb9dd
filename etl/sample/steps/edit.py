"""What steps on a laid-out report share: its blocks, and cuts through merged tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random

from etl.sample.blocks import Block, TableBlock, blocks_of
from etl.sample.layout import Box, Table, place
from etl.sample.model import SampleReport

Step = Callable[[SampleReport, Random], SampleReport]
Row = tuple[Box, ...]
Change = Callable[[Table], Iterable[Block | Table]]
RowsOf = Callable[[Table, SampleReport], Iterator[Row]]


def laid_out(report: SampleReport) -> tuple[Block, ...]:
    """The report's own blocks, without those of a second report in the same file."""
    return tuple(blocks_of(replace(report, companion=None)))


def with_blocks(report: SampleReport, blocks: Iterable[Block]) -> SampleReport:
    """The report with these blocks in place of its own."""
    return replace(report, blocks=tuple(blocks))


def change_table(report: SampleReport, section: int, change: Change) -> SampleReport:
    """The report with the table of a section replaced by what ``change`` makes of it."""

    def blocks() -> Iterator[Block]:
        for block in laid_out(report):
            if isinstance(block, TableBlock) and block.section == section:
                for made in change(block.table):
                    yield TableBlock(section, made) if isinstance(made, tuple) else made
            else:
                yield block

    return with_blocks(report, blocks())


def rebuilt(section: int, rows: RowsOf) -> Callable[[SampleReport, Random], SampleReport]:
    """A step that writes the rows of one section's table anew."""

    def step(report: SampleReport, rng: Random) -> SampleReport:
        return change_table(report, section, lambda table: (tuple(rows(table, report)),))

    return step


def cut(table: Table, row: int) -> tuple[Table, Table]:
    """The table in two, above and below ``row``; a box across the cut goes on as an empty one."""
    above = tuple(
        tuple(replace(box, row_span=min(box.row_span, row - n)) for box in boxes)
        for n, boxes in enumerate(table[:row])
    )
    placed = list(place(table))
    starts = _starting_rows(table)
    below = []
    for n, boxes in enumerate(placed[row:], start=row):
        kept = []
        for cell in boxes:
            left = cell.box.row_span - (n - starts[id(cell.box), cell.column])
            if cell.starts:
                kept.append(cell.box)
            elif n == row:
                kept.append(Box("", left, cell.box.column_span))
        below.append(tuple(kept))
    return above, tuple(below)


def _starting_rows(table: Table) -> dict[tuple[int, int], int]:
    starts: dict[tuple[int, int], int] = {}
    for n, boxes in enumerate(place(table)):
        for cell in boxes:
            if cell.starts:
                starts[id(cell.box), cell.column] = n
            elif (id(cell.box), cell.column) not in starts:
                raise ValueError("a box goes on that never started")
    return starts


def keyed(row: Row) -> bool:
    """Whether a row holds figures of the form."""
    return any(box.key for box in row)
