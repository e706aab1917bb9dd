"""Steps that print a table out of the form's order, or with rows and columns it doesn't have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from etl.form import load_form
from etl.sample.blocks import Block, TableBlock
from etl.sample.layout import Box, Table, width_of
from etl.sample.model import SampleReport
from etl.sample.steps.edit import Row, Step, change_table, keyed, laid_out, rebuilt, with_blocks
from etl.sample.tables import read_toml


def _extra_cell(table: Table, report: SampleReport) -> Iterator[Row]:
    """One row of section 3 has a figure too many, at an unknown place."""
    for row in table:
        if any(box.key and box.key[1] == "granted" for box in row):
            yield (*row[:-4], Box("5"), *row[-4:])
        else:
            yield row


def _swapped_parties(table: Table, report: SampleReport) -> Iterator[Row]:
    """Two columns of section 3 have changed places, heads and figures alike."""
    for n, row in enumerate(table):
        if n == 2:
            yield (row[1], row[0], *row[2:])
        elif keyed(row):
            yield (*row[:-6], row[-5], row[-6], *row[-4:])
        else:
            yield row


def _swapped_rows(table: Table, report: SampleReport) -> Iterator[Row]:
    """The first two rows of section 3 have changed places."""
    yield from (*table[:3], table[4], table[3], *table[5:])


def _swapped_outcomes(table: Table, report: SampleReport) -> Iterator[Row]:
    """结果纠正 before 结果维持 in every block of section 4."""
    outcomes = len(load_form(report.edition).section_lines(4))

    def swap(boxes: Row) -> Row:
        blocks = [boxes[start : start + outcomes] for start in range(0, len(boxes), outcomes)]
        return tuple(box for b in blocks for box in ((b[1], b[0], *b[2:]) if b[1:] else b))

    head, middle, lower, figures = table
    yield from (head, (*swap(middle[:outcomes]), *middle[outcomes:]), swap(lower), swap(figures))


def _swapped_columns(table: Table, report: SampleReport) -> Iterator[Row]:
    """The first two columns of figures in section 2 have changed places where a block has three."""
    for row in table:
        yield (row[0], row[2], row[1], row[3]) if len(row) == 4 else row


def _cases_without_total(table: Table, report: SampleReport) -> Iterator[Row]:
    """Section 4 without its columns 总计."""
    outcomes = len(load_form(report.edition).section_lines(4))

    def dropped(boxes: Row) -> Row:
        return tuple(box for n, box in enumerate(boxes) if n % outcomes != outcomes - 1)

    head, middle, lower, figures = table
    spans = tuple(
        replace(box, column_span=box.column_span * (outcomes - 1) // outcomes) for box in head
    )
    routes = (replace(box, column_span=outcomes - 1) for box in middle[outcomes:])
    yield from (spans, (*dropped(middle[:outcomes]), *routes), dropped(lower), dropped(figures))


def _serial_column(table: Table, report: SampleReport) -> Iterator[Row]:
    """A column of serial numbers to the left of section 3."""
    label = read_toml("steps.toml")["heads"]["serial"]
    serial = 0
    for n, row in enumerate(table):
        serial += keyed(row)
        first = (Box(label, 3),) if n == 0 else (Box(str(serial)),) if keyed(row) else ()
        yield (*first, *row)


def _unit_row(table: Table, report: SampleReport) -> Iterator[Row]:
    """A row above the heads that names the unit of the figures."""
    unit = load_form(report.edition).section_heads(3)[0].unit
    text = read_toml("steps.toml")["heads"]["unit"].format(unit=unit)
    yield ((Box(text, 1, width_of(table))),)
    yield from table


def _note_row(table: Table, report: SampleReport) -> Iterator[Row]:
    """A note below the figures, within the table, with figures of its own."""
    yield from table
    text = read_toml("steps.toml")["rows"]["note"].format(previous=report.year - 1)
    yield (Box(text, 1, width_of(table)),)


def _previous_column(table: Table, report: SampleReport) -> Iterator[Row]:
    """A column with last year's total at the right edge of section 3."""
    label = read_toml("steps.toml")["heads"]["previous_total"].format(previous=report.year - 1)
    for n, row in enumerate(table):
        if n == 0:
            yield (*row, Box(label, 3))
        elif keyed(row):
            yield (*row, Box(f"{int(row[-1].text or 0) + 11}"))
        else:
            yield row


def _printed_twice(report: SampleReport, rng: Random) -> SampleReport:
    """Section 3 twice, the second time with other figures: a draft was left in."""

    def twice(table: Table) -> Iterator[Block | Table]:
        yield table
        yield tuple(
            tuple(
                replace(box, text=f"{int(box.text) + 7}", key=None) if box.key else box
                for box in row
            )
            for row in table
        )

    return change_table(report, 3, twice)


def _one_table(report: SampleReport, rng: Random) -> SampleReport:
    """The tables of sections 3 and 4 drawn as one, with the heading of 4 as a row between."""
    blocks = laid_out(report)
    tables = {b.section: b.table for b in blocks if isinstance(b, TableBlock)}
    width = max(width_of(tables[3]), width_of(tables[4]))
    heading = (Box(report.wordings.sections[4], 1, width),)
    joined = TableBlock(3, (*_widened(tables[3], width), heading, *tables[4]))
    kept = [
        b for b in blocks if b.section != 4 and not (isinstance(b, TableBlock) and b.section == 3)
    ]
    at = next(n for n, b in enumerate(kept) if b.section > 3)
    return with_blocks(report, (*kept[:at], joined, *kept[at:]))


def _widened(table: Table, width: int) -> Table:
    """The table with the last box of its first row reaching to ``width``, and blanks below."""
    missing = width - width_of(table)
    first = (*table[0], Box("", len(table), missing))
    return (first, *table[1:])


STEPS: dict[str, Step] = {
    "extra-cell": rebuilt(3, _extra_cell),
    "swapped-parties": rebuilt(3, _swapped_parties),
    "swapped-rows": rebuilt(3, _swapped_rows),
    "swapped-outcomes": rebuilt(4, _swapped_outcomes),
    "swapped-columns": rebuilt(2, _swapped_columns),
    "cases-without-total": rebuilt(4, _cases_without_total),
    "serial-column": rebuilt(3, _serial_column),
    "unit-row": rebuilt(3, _unit_row),
    "note-row": rebuilt(3, _note_row),
    "previous-column": rebuilt(3, _previous_column),
    "printed-twice": _printed_twice,
    "one-table": _one_table,
}
