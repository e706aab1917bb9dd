"""A report as a run of titles, headings, paragraphs and tables, the same for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from etl.sample.layout import Table, table_of
from etl.sample.model import SampleReport

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
    """The report in printed order."""
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
