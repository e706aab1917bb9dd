"""Steps on merged labels: written out in every cell, left out, or turned into rows of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

from etl.form import groups, load_form
from etl.sample.blocks import TableBlock
from etl.sample.layout import Box, Table, place, width_of
from etl.sample.model import SampleReport
from etl.sample.steps.edit import Row, Step, keyed, laid_out, rebuilt, with_blocks

_HEAD_ROWS = 3
_COLON = "："


def _unmerged(report: SampleReport, rng: Random, repeated: bool) -> SampleReport:
    """No merged cells at all: their text in each cell, or in the first with the others empty."""

    def written_out(table: Table) -> Iterator[Row]:
        for row in place(table):
            boxes: list[Box] = []
            for cell in row:
                alone = Box(cell.box.text if cell.starts or repeated else "")
                first = replace(cell.box, row_span=1, column_span=1) if cell.starts else alone
                copied = Box(cell.box.text if repeated else "")
                boxes += [first, *[copied] * (cell.box.column_span - 1)]
            yield tuple(boxes)

    return with_blocks(
        report,
        [
            replace(block, table=tuple(written_out(block.table)))
            if isinstance(block, TableBlock)
            else block
            for block in laid_out(report)
        ],
    )


def _figures(table: Table) -> Iterator[tuple[str, str, Row]]:
    """(item, own label, figures) of each row of section 3."""
    for row in table[_HEAD_ROWS:]:
        boxes = tuple(box for box in row if box.key)
        labels = [box.text for box in row if not box.key]
        if boxes and boxes[0].key:
            yield boxes[0].key[1], labels[-1], boxes


def _narrow_heads(table: Table) -> Iterator[Row]:
    """The heads of section 3 above a single column of labels."""
    first, *others = table[0]
    yield (replace(first, column_span=1), *others)
    yield from table[1:_HEAD_ROWS]


def _leaf_labels(table: Table, report: SampleReport) -> Iterator[Row]:
    """Each row of section 3 with its own label alone; what it stands under isn't printed."""
    yield from _narrow_heads(table)
    for _, label, figures in _figures(table):
        yield (Box(label), *figures)


def _parent_rows(table: Table, report: SampleReport) -> Iterator[Row]:
    """What several rows of section 3 stand under as a row of its own above them."""
    parents = {line.item: _parents(line.group) for line in load_form(report.edition).lines}
    yield from _narrow_heads(table)
    open_groups: tuple[str, ...] = ()
    for item, label, figures in _figures(table):
        for group in parents[item]:
            if group not in open_groups:
                yield (Box(report.wordings.groups[group], 1, len(figures) + 1),)
        open_groups = parents[item]
        yield (Box(label), *figures)


def _joined_labels(table: Table, report: SampleReport) -> Iterator[Row]:
    """What a row of section 3 stands under in front of its label, in one cell."""
    parents = {line.item: _parents(line.group) for line in load_form(report.edition).lines}
    yield from _narrow_heads(table)
    for item, label, figures in _figures(table):
        above = [report.wordings.groups[group] for group in parents[item][1:]]
        yield (Box(_COLON.join((*above, label))), *figures)


def _parents(group: str) -> tuple[str, ...]:
    """The groups that a line stands in, from the outside in."""
    return (*_parents(groups()[group].parent), group) if group else ()


def _leaf_heads(table: Table, report: SampleReport) -> Iterator[Row]:
    """One row of heads in section 3: the parties, with nothing above them."""
    corner, outer, inner = table[0][0], table[1], table[2]
    heads = (outer[0], *inner, outer[-1])
    yield (replace(corner, row_span=1), *(replace(box, row_span=1) for box in heads))
    yield from table[_HEAD_ROWS:]


def _joined_case_heads(table: Table, report: SampleReport) -> Iterator[Row]:
    """One row of heads in section 4: route and outcome in one cell."""
    form, words = load_form(report.edition), report.wordings
    yield tuple(
        Box(words.heads[4, head.group, head.party] + words.lines[4, line.group, line.item])
        for head in form.section_heads(4)
        for line in form.section_lines(4)
    )
    yield table[-1]


def _transposed(table: Table, report: SampleReport) -> Iterator[Row]:
    """Section 3 with a row a party and a column an item."""
    form, words = load_form(report.edition), report.wordings
    rows = list(_figures(table))
    yield (Box(""), *(Box(label) for _, label, _ in rows))
    for n, head in enumerate(form.section_heads(3)):
        yield (Box(words.heads[3, head.group, head.party]), *(boxes[n] for *_, boxes in rows))


def _same_twice(report: SampleReport, rng: Random) -> SampleReport:
    """All tables once more at the end, the same: a page carries its text for telephones as well."""
    blocks = laid_out(report)
    copies = [
        replace(block, table=tuple(tuple(replace(b, key=None) for b in r) for r in block.table))
        for block in blocks
        if isinstance(block, TableBlock)
    ]
    return with_blocks(report, (*blocks, *copies))


def _blank_head_row(table: Table, report: SampleReport) -> Iterator[Row]:
    """An empty row between the heads of section 3 and its figures."""
    at = next(n for n, row in enumerate(table) if keyed(row))
    yield from (*table[:at], (Box("", 1, width_of(table)),), *table[at:])


STEPS: dict[str, Step] = {
    "unmerged-repeated": partial(_unmerged, repeated=True),
    "unmerged-empty": partial(_unmerged, repeated=False),
    "leaf-labels": rebuilt(3, _leaf_labels),
    "parent-rows": rebuilt(3, _parent_rows),
    "joined-labels": rebuilt(3, _joined_labels),
    "leaf-heads": rebuilt(3, _leaf_heads),
    "joined-case-heads": rebuilt(4, _joined_case_heads),
    "transposed": rebuilt(3, _transposed),
    "same-twice": _same_twice,
    "blank-head-row": rebuilt(3, _blank_head_row),
}
