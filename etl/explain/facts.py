"""What a reading says of each place of its document: cells, claims, doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from etl.document import Document, Grid, Slot
from etl.explain.labels import trace_item
from etl.form import FormCell, load_form
from etl.reading import CellReading, Claim, Doubt, ReportReading

Spot = tuple[int, int]
"""(block, row) of a printed row, both from 0; a paragraph is row 0 of its block."""


class Facts:
    """A reading's facts by the place they were read from.

    ``cells`` and ``claims`` stand at a place, ``refused`` and ``doubts`` at a row: a row left
    unread gives its cells one place, and a doubt names the first cell of its row.
    """

    def __init__(self, document: Document, reading: ReportReading | None) -> None:
        self.cells: defaultdict[str, list[FormCell]] = defaultdict(list)
        self.claims: defaultdict[str, list[Claim]] = defaultdict(list)
        self.refused: defaultdict[Spot, list[FormCell]] = defaultdict(list)
        self.doubts: defaultdict[Spot, list[Doubt]] = defaultdict(list)
        self.loose: list[Doubt] = []
        self.codes: set[tuple[int, str]] = set()
        self._blocks = document.blocks
        self._printed = {place: (spot, text) for spot, place, text in _printed(document)}
        if reading is not None:
            self._take(reading)

    def _take(self, reading: ReportReading) -> None:
        for cell, printed in zip(load_form(reading.edition).cells, reading.cells, strict=True):
            self._take_cell(cell, printed)
        for claim in reading.claims:
            self.claims[claim.place].append(claim)
        for doubt in reading.doubts:
            spot = self._row(doubt.place, doubt.section, doubt.item)
            if spot is None:
                self.loose.append(doubt)
            else:
                self.doubts[spot].append(doubt)

    def _take_cell(self, cell: FormCell, printed: CellReading) -> None:
        if printed.place not in self._printed:
            return
        self.codes |= {(cell.section, cell.item), (cell.section, cell.party)}
        text = self._printed[printed.place][1]
        if printed.state == "unreadable" and text.strip() != printed.raw.strip():
            spot = self._row(printed.place, cell.section, cell.item)
            assert spot is not None
            self.refused[spot].append(cell)
        else:
            self.cells[printed.place].append(cell)

    def _row(self, place: str, section: int | None, item: str | None) -> Spot | None:
        """The row that a place means: that of the item's label, at the place or below it.

        A row's place is that of its first cell, which may be a merged one from further up.
        """
        if place not in self._printed:
            return None
        block, row = self._printed[place][0]
        content = self._blocks[block]
        if section and item and isinstance(content, Grid):
            for number in range(row, len(content.rows)):
                if _names(content.rows[number], section, item):
                    return block, number
        return block, row


def _names(slots: tuple[Slot, ...], section: int, item: str) -> bool:
    traces = (trace_item(section, slot.text) for slot in slots if slot.text)
    return any(label is not None and label.code == item for label in traces)


def _printed(document: Document) -> Iterator[tuple[Spot, str, str]]:
    for block, content in enumerate(document.blocks):
        if isinstance(content, Grid):
            for row, slots in enumerate(content.rows):
                yield from (((block, row), slot.place, slot.text) for slot in slots)
        else:
            yield (block, 0), content.place, content.text
