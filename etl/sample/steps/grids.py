"""Steps on the tables: rows and columns lost, added, moved, split, put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

from etl.form import load_form
from etl.sample.blocks import TextBlock
from etl.sample.layout import Box, Table, width_of
from etl.sample.model import SampleReport
from etl.sample.steps.edit import (
    Row,
    Step,
    change_table,
    cut,
    keyed,
    laid_out,
    rebuilt,
    with_blocks,
)
from etl.sample.tables import read_toml

_HEAD_ROWS = 3
"""Rows above the figures in sections 3 and 4."""


def _total_first(table: Table, report: SampleReport) -> Iterator[Row]:
    parties = len(load_form(report.edition).section_heads(3))
    for n, row in enumerate(table):
        if n == 1:
            yield (row[-1], *row[:-1])
        elif keyed(row):
            yield (*row[:-parties], row[-1], *row[-parties:-1])
        else:
            yield row


def _total_head_first(table: Table, report: SampleReport) -> Iterator[Row]:
    """总计 before 自然人 among the heads alone, as flattening a merged head may leave them."""
    for n, row in enumerate(table):
        yield (row[-1], *row[:-1]) if n == 1 else row


def _with_subtotal(table: Table, report: SampleReport) -> Iterator[Row]:
    heads = load_form(report.edition).section_heads(3)
    inner = [head.party for head in heads if head.group]
    for n, row in enumerate(table):
        if n == 0:
            yield (*row[:-1], replace(row[-1], column_span=row[-1].column_span + 1))
        elif n == 1:
            yield (row[0], replace(row[1], column_span=len(inner) + 1), row[2])
        elif n == 2:
            yield (*row, Box(report.wordings.groups["subtotal"]))
        else:
            item = row[-1].key[1] if row[-1].key else ""
            values = [report.cells[3, item, party].value or 0 for party in inner]
            yield (*row[:-1], Box(f"{sum(values):.0f}"), row[-1])


def _without_total(table: Table, report: SampleReport) -> Iterator[Row]:
    for n, row in enumerate(table):
        if n == 0:
            yield (*row[:-1], replace(row[-1], column_span=row[-1].column_span - 1))
        else:
            yield row if n == 2 else row[:-1]


def _without_heads(table: Table, report: SampleReport) -> Iterator[Row]:
    yield from table[_HEAD_ROWS:]


def _without_first_title(table: Table, report: SampleReport) -> Iterator[Row]:
    yield from table[1:]


def _five_columns(table: Table, report: SampleReport) -> Iterator[Row]:
    """The label over two columns, as some offices draw section 2."""
    for row in table:
        yield (replace(row[0], column_span=row[0].column_span + 1), *row[1:])


def _other_documents(table: Table, report: SampleReport) -> Iterator[Row]:
    """A row that the form doesn't have, with figures of its own."""
    label = read_toml("steps.toml")["rows"]["other_documents"]
    for row in table:
        yield row
        if any(box.key and box.key[1] == "normative_document" for box in row):
            figures = [Box(str(31 + 7 * n)) for n in range(len(row) - 1)]
            yield (Box(label), *figures)


def _other_outcome(table: Table, report: SampleReport) -> Iterator[Row]:
    """An outcome that the form doesn't have, above the row that adds them up."""
    label = read_toml("steps.toml")["rows"]["other_outcome"]
    outcomes = report.wordings.groups["outcome"]
    for row in table:
        if any(box.key and box.key[1] == "concluded" for box in row):
            yield (Box(label, 1, 2), *(Box("0") for box in row if box.key))
        above = row[0].text == outcomes and row[0].row_span > 1
        yield (replace(row[0], row_span=row[0].row_span + 1), *row[1:]) if above else row


def _lost_row(table: Table, report: SampleReport) -> Iterator[Row]:
    """One plain row of section 3 is not printed: the one on requests carried in."""
    yield from (row for row in table if not any(b.key and b.key[1] == "carried_in" for b in row))


def _lost_cell(table: Table, report: SampleReport) -> Iterator[Row]:
    """One row of section 3 has a figure too few, so that its others may stand anywhere."""
    for row in table:
        short = any(box.key and box.key[1] == "granted" for box in row)
        yield (*row[:-3], *row[-2:]) if short else row


def _spacer_column(table: Table, report: SampleReport) -> Iterator[Row]:
    """An empty column at the right edge."""
    for row in table:
        yield (*row, Box(""))


def _blank_rows(table: Table, report: SampleReport) -> Iterator[Row]:
    """An empty row above the figures and one below the last."""
    blank = (Box("", 1, width_of(table)),)
    yield from (*table[:_HEAD_ROWS], blank, *table[_HEAD_ROWS:], blank)


def _routes_as_rows(table: Table, report: SampleReport) -> Iterator[Row]:
    """Section 4 with a row a route."""
    form, words = load_form(report.edition), report.wordings
    lines = form.section_lines(4)
    outcomes = (words.lines[4, line.group, line.item] for line in lines)
    yield (Box(""), *(Box(text) for text in outcomes))
    boxes = {box.key: box for row in table for box in row}
    for head in form.section_heads(4):
        figures = (boxes[4, line.item, head.party] for line in lines)
        yield (Box(words.heads[4, head.group, head.party]), *figures)


def _three_tables(report: SampleReport, rng: Random) -> SampleReport:
    """Section 4 as one small table a route."""
    form, words = load_form(report.edition), report.wordings
    lines = form.section_lines(4)
    outcomes = tuple(Box(words.lines[4, line.group, line.item]) for line in lines)

    def tables(table: Table) -> Iterator[Table]:
        boxes = {box.key: box for row in table for box in row}
        for head in form.section_heads(4):
            title = Box(words.heads[4, head.group, head.party], 1, len(lines))
            figures = tuple(boxes[4, line.item, head.party] for line in lines)
            yield ((title,), outcomes, figures)

    return change_table(report, 4, tables)


def _block_tables(report: SampleReport, rng: Random) -> SampleReport:
    """Section 2 as one small table a block."""

    def tables(table: Table) -> Iterator[Table]:
        starts = [n for n, row in enumerate(table) if len(row) == 1]
        for start, end in zip(starts, [*starts[1:], len(table)], strict=True):
            yield table[start:end]

    return change_table(report, 2, tables)


def _split(report: SampleReport, rng: Random, section: int, repeat_heads: bool) -> SampleReport:
    """The table over two pages, as two tables; the heads may stand on both."""

    def halves(table: Table) -> Iterator[Table]:
        first = 4 if section == 2 else _HEAD_ROWS + 6
        above, below = cut(table, rng.randrange(first, len(table) - 4))
        heads = table[:_HEAD_ROWS] if repeat_heads else ()
        yield from (above, (*heads, *below))

    return change_table(report, section, halves)


def _heads_again(table: Table, report: SampleReport) -> Iterator[Row]:
    """The heads of section 3 printed once more within the table, as after a page break."""
    above, below = cut(table, _HEAD_ROWS + 10)
    yield from (*above, *table[:_HEAD_ROWS], *below)


def _disclosure_sentence(report: SampleReport, rng: Random) -> SampleReport:
    """No table in section 2: a sentence states some of its figures."""
    cells = report.cells
    figures = {item: cells[2, item, "decisions"].raw for item in ("licence", "penalty", "coercion")}
    sentence = read_toml("steps.toml")["around"]["disclosure_sentence"]
    text = sentence.format(**figures, fee=cells[2, "fee", "amount"].raw)
    return change_table(report, 2, lambda table: (TextBlock("paragraph", 2, text),))


def _as_pictures(report: SampleReport, rng: Random, sections: tuple[int, ...]) -> SampleReport:
    """Tables that are images: their headings follow one another with nothing between."""
    for section in sections:
        report = change_table(report, section, lambda table: ())
    return report


def _two_years_aside(table: Table, report: SampleReport) -> Iterator[Row]:
    """Last year's table to the right of this year's, row by row."""
    yield tuple(Box(_year(report, back), 1, width_of(table)) for back in (0, 1))
    for now, before in zip(table, _last_year(table), strict=True):
        yield (*now, *before)


def _two_years_within(table: Table, report: SampleReport) -> Iterator[Row]:
    """Two columns a party in section 3: this year and the last."""
    for n, row in enumerate(table):
        if not keyed(row):
            first = 1 if n == 0 else 0
            rows = 2 if n == 1 else 1
            yield (
                *(replace(box, row_span=box.row_span + 1) for box in row[:first]),
                *(
                    replace(b, row_span=min(b.row_span, rows), column_span=2 * b.column_span)
                    for b in row[first:]
                ),
            )
        if n == 2:
            heads = load_form(report.edition).section_heads(3)
            yield tuple(Box(_year(report, back)) for _ in heads for back in (0, 1))
        if keyed(row):
            labels = tuple(box for box in row if not box.key)
            pairs = zip(row, _last_year((row,))[0], strict=True)
            yield (*labels, *(box for pair in pairs if pair[0].key for box in pair))


def _year(report: SampleReport, back: int) -> str:
    text: str = read_toml("steps.toml")["heads"]["year"]
    return text.format(year=report.year - back)


def _last_year(table: Table) -> Table:
    """The same table with other figures, which aren't the report's."""
    return tuple(
        tuple(
            replace(box, text=f"{int(box.text or 0) + 3}", key=None) if box.key else box
            for box in row
        )
        for row in table
    )


def _annexed_tables(report: SampleReport, rng: Random) -> SampleReport:
    """All three tables one after another at the end, as an annex."""
    blocks = laid_out(report)
    texts = [block for block in blocks if isinstance(block, TextBlock)]
    return with_blocks(report, [*texts, *(b for b in blocks if not isinstance(b, TextBlock))])


STEPS: dict[str, Step] = {
    "total-first": rebuilt(3, _total_first),
    "total-head-first": rebuilt(3, _total_head_first),
    "with-subtotal": rebuilt(3, _with_subtotal),
    "without-total": rebuilt(3, _without_total),
    "without-heads": rebuilt(3, _without_heads),
    "without-first-title": rebuilt(2, _without_first_title),
    "five-columns": rebuilt(2, _five_columns),
    "other-documents": rebuilt(2, _other_documents),
    "other-outcome": rebuilt(3, _other_outcome),
    "lost-row": rebuilt(3, _lost_row),
    "lost-cell": rebuilt(3, _lost_cell),
    "spacer-column": rebuilt(3, _spacer_column),
    "blank-rows": rebuilt(3, _blank_rows),
    "heads-again": rebuilt(3, _heads_again),
    "routes-as-rows": rebuilt(4, _routes_as_rows),
    "three-tables": _three_tables,
    "block-tables": _block_tables,
    "split-disclosure": partial(_split, section=2, repeat_heads=False),
    "split-requests": partial(_split, section=3, repeat_heads=False),
    "split-requests-heads": partial(_split, section=3, repeat_heads=True),
    "disclosure-sentence": _disclosure_sentence,
    "disclosure-picture": partial(_as_pictures, sections=(2,)),
    "all-pictures": partial(_as_pictures, sections=(2, 3, 4)),
    "two-years-aside": rebuilt(3, _two_years_aside),
    "two-years-aside-4": rebuilt(4, _two_years_aside),
    "two-years-within": rebuilt(3, _two_years_within),
    "annexed-tables": _annexed_tables,
}
