"""A file from top to bottom, each printed thing with what became of it; filled by ``join``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from etl.document import Slot
from etl.explain.labels import LabelTrace
from etl.reading import Claim, Doubt

Role = Literal["cell", "refused", "figure", "label", "unknown", "text", "empty"]
"""What became of a slot: ``cell`` a cell of the form was read from it; ``refused`` it stands in a
row of the form that was left unread; ``figure`` it holds a figure that is in no cell; ``label``
and ``unknown`` a label that was or wasn't matched; ``text`` anything else that is printed."""


@dataclass(frozen=True, slots=True)
class TracedSlot:
    """A printed cell of a table; ``cells`` are the numbers of the form's cells read from it."""

    slot: Slot
    role: Role
    cells: tuple[int, ...] = ()
    label: LabelTrace | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedRow:
    """A printed row with what it was recognised as; ``item`` is empty where it is no line."""

    slots: tuple[TracedSlot, ...]
    section: int = 0
    item: str = ""
    refused: tuple[int, ...] = ()
    """Numbers of the form's cells that this row prints and that were left unread as a whole."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def place(self) -> str:
        return self.slots[0].slot.place if self.slots else ""

    @property
    def unread(self) -> bool:
        """Whether figures are printed here of which none was taken."""
        roles = {traced.role for traced in self.slots}
        return "cell" not in roles and bool(roles & {"figure", "refused"})


@dataclass(frozen=True, slots=True)
class TracedParagraph:
    """A paragraph, with the claims found in it and the section that it heads, if it heads one.

    ``cells`` are read from it where a file prints a table as one figure a paragraph.
    """

    text: str
    place: str
    section: int
    heading: LabelTrace | None = None
    cells: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedTable:
    """Rows of one grid that belong together; ``columns`` is how many the widest row reaches to."""

    rows: tuple[TracedRow, ...]
    place: str
    sections: tuple[int, ...]
    aligned: bool
    columns: int


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring blocks of the same sections; ``(0,)`` before the first heading."""

    sections: tuple[int, ...]
    pieces: tuple[TracedParagraph | TracedTable, ...]


@dataclass(frozen=True)
class Trace:
    """A document from top to bottom; ``loose`` are doubts about no place that it prints."""

    bands: tuple[Band, ...]
    loose: tuple[Doubt, ...] = field(default=())

    def pieces(self) -> Iterator[TracedParagraph | TracedTable]:
        return (piece for band in self.bands for piece in band.pieces)

    def tables(self) -> list[TracedTable]:
        return [piece for piece in self.pieces() if isinstance(piece, TracedTable)]

    def headings(self) -> dict[int, str]:
        """Section → the place of its heading."""
        found = {int(label.code): place for label, place in self._headings()}
        return dict(sorted(found.items()))

    def labels(self) -> Iterator[tuple[TracedSlot, int]]:
        """Every label of a table, matched or not, with the section it stands in."""
        for table in self.tables():
            for row in table.rows:
                yield from ((one, row.section) for one in row.slots if one.label)

    def _headings(self) -> Iterator[tuple[LabelTrace, str]]:
        for piece in self.pieces():
            if isinstance(piece, TracedParagraph) and piece.heading:
                yield piece.heading, piece.place
        for traced, _ in self.labels():
            if traced.label and traced.label.axis == "section":
                yield traced.label, traced.slot.place
