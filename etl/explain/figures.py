"""How figures are written, on a terminal as on a page."""

from __future__ import annotations

from etl.reading import CellReading

MOST_NOTES = 60
"""Doubts and labels of one table that are listed; a register read amiss has thousands."""
SHORT_SUM = 4
"""A sum of more terms than this is written without its zeros."""


def format_value(value: float | None) -> str:
    """``1234``, ``1.5``; a dash where there is no number, which is never 0."""
    if value is None:
        return "–"
    return f"{value:.6f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def converted(cell: CellReading) -> str:
    """The value of a number whose printed text isn't simply that number; empty where it is."""
    shown = format_value(cell.value)
    return shown if cell.state == "number" and cell.raw.strip() != shown else ""
