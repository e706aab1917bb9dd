"""What every reader produces and the recogniser alone understands: paragraphs and grids in order.

A ``Document`` says what is printed and where, and nothing of what it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text outside any table; ``place`` says where, as a person would look for it."""

    text: str
    place: str


class Slot(NamedTuple):
    """One printed cell of a grid, at the row and column (from 0) of its top left corner.

    A merged cell is one slot with spans above 1. In a flattened grid (``Grid.aligned`` false)
    ``column`` is only the cell's ordinal within its row.
    """

    text: str
    row: int
    column: int
    place: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: for each row, its slots in printed order.

    A slot stands in the row where it starts; rows that a merged cell covers don't repeat it.
    ``aligned`` tells whether slots carry true columns (HTML, DOCX, XLSX, PDF) or only their order
    (flattened text, where merged cells are lost).
    """

    rows: tuple[tuple[Slot, ...], ...]
    place: str
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its blocks in reading order and what its metadata says of it."""

    format: str
    blocks: tuple[Paragraph | Grid, ...]
    title: str = ""
    published_on: date | None = None
    hints: tuple[str, ...] = field(default=())
    """Other texts that may name the agency: publisher line, page metadata."""
    scanned: tuple[int, ...] = field(default=())
    """Pages, from 1, that are pictures and were read by a program that may misread them."""
