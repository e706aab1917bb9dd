"""Divides a document's prose by the six sections of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from etl.reading import Prose
from etl.recognise.labels import section_of
from etl.recognise.rows import Row
from etl.recognise.tables import heading_section

_RUN_ON = re.compile(r"[。；]([一二三四五六]、[^。；，]{4,30})$")
LEAST_CONTENTS = 3
"""So many headings right below one another are a table of contents when they come again."""


def outline(rows: Sequence[Row], table_rows: frozenset[int]) -> tuple[tuple[int, ...], list[Prose]]:
    """The sections whose heading is printed, and every paragraph with its section.

    ``table_rows`` are the positions of rows that belong to the statutory tables. A heading counts
    only when it moves on in the form's order, so that 总体情况 in the text opens no section twice.
    """
    section = 0
    found: list[int] = []
    prose: list[Prose] = []
    begin = contents_end(rows)
    for position, row in enumerate(rows):
        if len(row.filled) != 1:
            continue
        heading = heading_section(row) if position >= begin else None
        cell = row.filled[0]
        if heading is not None and heading > section:
            section = heading
            found.append(heading)
        elif position not in table_rows:
            prose.append(Prose(section, cell.text, cell.place))
            if (behind := _heading_behind(cell.text)) and behind > section:
                section = behind
                found.append(behind)
    return tuple(found), prose


def _heading_behind(text: str) -> int | None:
    """The section whose numbered heading ran into the end of the paragraph before it."""
    numbered = _RUN_ON.search(text)
    return section_of(numbered[1]) if numbered else None


def contents_end(rows: Sequence[Row]) -> int:
    """The position behind a table of contents; 0 where there is none."""
    first = next((n for n, row in enumerate(rows) if heading_section(row) is not None), len(rows))
    headings = list(takewhile(bool, map(heading_section, rows[first:])))
    if len(headings) < LEAST_CONTENTS:
        return 0
    end = first + len(headings)
    return end if headings[0] in map(heading_section, rows[end:]) else 0
