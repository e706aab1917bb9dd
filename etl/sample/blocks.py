"""A report as a run of titles, headings, paragraphs and tables, the same for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from etl.sample.layout import Table, table_of
from etl.sample.model import ABSENT, Key, PrintedCell, SampleReport

BlockKind = Literal["title", "heading", "paragraph"]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A title line, a section heading or a paragraph, with the section it stands in (0: before)."""

    kind: BlockKind
    section: int
    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The table of a section."""

    section: int
    table: Table


Block = TextBlock | TableBlock


def blocks_of(report: SampleReport) -> Iterator[Block]:
    """Everything that is printed, in order: the report, and the one that shares its file."""
    yield from report.blocks or _prescribed(report)
    if report.companion:
        yield from blocks_of(report.companion)


def printed_cells(report: SampleReport) -> dict[Key, PrintedCell]:
    """Every cell of the edition as its own blocks print it; one that no box holds is absent."""
    own = replace(report, companion=None)
    tables = (block.table for block in blocks_of(own) if isinstance(block, TableBlock))
    texts = {box.key: box.text for table in tables for row in table for box in row if box.key}
    return {
        key: replace(cell, raw=texts[key]) if key in texts else ABSENT
        for key, cell in report.cells.items()
    }


def _prescribed(report: SampleReport) -> Iterator[Block]:
    for line in report.title_lines:
        yield TextBlock("title", 0, line)
    for section, texts in sorted(report.telling.paragraphs.items()):
        if section:
            yield TextBlock("heading", section, report.wordings.sections[section])
        for text in texts:
            yield TextBlock("paragraph", section, text)
        if section in report.printed_sections:
            yield TableBlock(section, table_of(report, section))
        elif section in (2, 3, 4):
            yield TextBlock("paragraph", section, report.lost_table_note)
