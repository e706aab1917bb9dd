"""Files cut short by a transfer: where the text breaks off in a figure, digits may be missing.

Markup ends in a tag and text in a line end or a word; containers that are cut are refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Grid, Paragraph, Slot
from etl.readers.text_tools import UNREADABLE


def mark_cut_end(blocks: Sequence[Paragraph | Grid], source: str) -> list[Paragraph | Grid]:
    """The blocks of a text, its last figure marked as uncertain if ``source`` breaks off in it."""
    if not blocks or not source[-1:].isdigit():
        return list(blocks)
    *before, last = blocks
    if isinstance(last, Paragraph):
        return [*before, Paragraph(last.text + UNREADABLE, last.place)]
    return [*before, Grid(_marked(last.rows), last.place, last.aligned)]


def _marked(rows: tuple[tuple[Slot, ...], ...]) -> tuple[tuple[Slot, ...], ...]:
    """The rows with the last cell that prints something marked."""
    at = max(n for n, row in enumerate(rows) if any(slot.text for slot in row))
    filled = max(n for n, slot in enumerate(rows[at]) if slot.text)
    slot = rows[at][filled]
    row = (*rows[at][:filled], slot._replace(text=slot.text + UNREADABLE), *rows[at][filled + 1 :])
    return (*rows[:at], row, *rows[at + 1 :])
