"""Divides a document's prose by the six sections of the report."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Prose
from etl.recognise.rows import Row
from etl.recognise.tables import heading_section


def outline(rows: Sequence[Row], table_rows: frozenset[int]) -> tuple[tuple[int, ...], list[Prose]]:
    """The sections whose heading is printed, and every paragraph with its section.

    ``table_rows`` are the positions of rows that belong to the statutory tables. A heading counts
    only when it moves on in the form's order, so that 总体情况 in the text opens no section twice.
    """
    section = 0
    found: list[int] = []
    prose: list[Prose] = []
    for position, row in enumerate(rows):
        if len(row.filled) != 1:
            continue
        heading = heading_section(row)
        if heading is not None and heading > section:
            section = heading
            found.append(heading)
        elif position not in table_rows:
            cell = row.filled[0]
            prose.append(Prose(section, cell.text, cell.place))
    return tuple(found), prose
