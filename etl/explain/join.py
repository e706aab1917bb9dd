"""Joins what a file prints with what was recognised in it: block by block, slot by slot.

A recognised cell carries the place of the slot it was read from, so that the two are joined by
place alone and the recogniser isn't asked to keep a record of its steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.document import Document, Grid, Paragraph, Slot
from etl.explain.facts import Facts, Spot
from etl.explain.labels import (
    LabelTrace,
    trace_group,
    trace_heading,
    trace_item,
    trace_party,
    trace_unknown,
)
from etl.explain.trace import (
    Band,
    Role,
    Trace,
    TracedParagraph,
    TracedRow,
    TracedSlot,
    TracedTable,
)
from etl.form import TABLE_SECTIONS, FormCell
from etl.reading import ReportReading
from etl.recognise.numbers import is_value
from etl.recognise.tables import LONGEST_HEADING

LONGEST_LABEL = 60
"""Characters; a longer text in a table is a note of the form, no label."""
LIKELY_HEAD = 50.0
"""Least similarity of a text among heads that is shown as a head nobody knows."""

Piece = TracedParagraph | TracedTable


def trace(document: Document, reading: ReportReading | None) -> Trace:
    """The document with what became of each thing it prints; ``reading`` is None when refused.

    Of a file with several reports only the blocks from the reading's first to its last are traced.
    """
    facts = Facts(document, reading)
    pieces = list(_Walk(facts).pieces(document, _span(document, reading)))
    return Trace(tuple(_bands(pieces)), tuple(facts.loose))


def _span(document: Document, reading: ReportReading | None) -> range:
    """The blocks that a reading covers: those with anything it names a place of."""
    if reading is None:
        return range(len(document.blocks))
    named = {prose.place for prose in reading.prose} | {cell.place for cell in reading.cells}
    own = [n for n, block in enumerate(document.blocks) if named & set(_places(block))]
    return range(own[0], own[-1] + 1) if own else range(len(document.blocks))


def _places(block: Paragraph | Grid) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (slot.place for slots in block.rows for slot in slots)
    else:
        yield block.place


class _Walk:
    """One pass over a document; ``section`` is the one whose heading or table came last."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.section = 0

    def pieces(self, document: Document, span: range) -> Iterator[Piece]:
        for number in span:
            block = document.blocks[number]
            if isinstance(block, Grid):
                yield from self._tables(block, number)
            else:
                yield self._paragraph(block, number)

    def _paragraph(self, block: Paragraph, number: int) -> TracedParagraph:
        heading = self._heading(block.text)
        cells = self.facts.cells.get(block.place, [])
        refused = self.facts.refused.get((number, 0), [])
        if heading is not None:
            self.section = int(heading.code)
        elif cells:
            self.section = cells[0].section
        return TracedParagraph(
            block.text,
            block.place,
            self.section,
            heading,
            tuple(cell.number for cell in (*cells, *refused)),
            tuple(self.facts.claims.get(block.place, ())),
            tuple(self.facts.doubts.get((number, 0), ())),
        )

    def _heading(self, text: str) -> LabelTrace | None:
        """The heading that a text is, if it moves on in the form's order."""
        label = trace_heading(text) if len(text) <= LONGEST_HEADING else None
        return label if label is not None and int(label.code) > self.section else None

    def _tables(self, grid: Grid, block: int) -> Iterator[TracedTable]:
        """The rows of a grid, divided where another section's table begins."""
        sections = self._row_sections(grid, block)
        rows = [
            self._row(slots, (block, number), section)
            for number, (slots, section) in enumerate(zip(grid.rows, sections, strict=True))
        ]
        self.section = sections[-1] if sections else self.section
        columns = max((s.column + s.column_span for slots in grid.rows for s in slots), default=0)
        start = 0
        for end in (*_cuts(grid, sections), len(rows)):
            part = rows[start:end]
            found = tuple(dict.fromkeys(row.section for row in part))
            place = next((row.place for row in part if row.slots), grid.place)
            yield TracedTable(tuple(part), place, found, grid.aligned, columns)
            start = end

    def _row_sections(self, grid: Grid, block: int) -> list[int]:
        """The section each row belongs to.

        A row without cells belongs to the table below it, unless a heading comes in between.
        """
        known: list[int] = []
        headed: list[bool] = []
        reached = self.section
        for number, slots in enumerate(grid.rows):
            cells = self._cells_of(slots, (block, number))
            heading = None if cells else self._heading_of(slots, reached)
            known.append(cells[0].section if cells else int(heading.code) if heading else 0)
            headed.append(heading is not None)
            reached = max(reached, known[-1])
        sections: list[int] = []
        for number, own in enumerate(known):
            below = next((n for n in range(number, len(known)) if known[n]), None)
            above = sections[-1] if sections else self.section
            after = above if below is None or headed[below] else known[below]
            sections.append(own or after)
        return sections

    def _cells_of(self, slots: Sequence[Slot], spot: Spot) -> list[FormCell]:
        taken = [cell for slot in slots for cell in self.facts.cells.get(slot.place, ())]
        return taken or self.facts.refused.get(spot, [])

    @staticmethod
    def _heading_of(slots: Sequence[Slot], reached: int) -> LabelTrace | None:
        filled = [slot.text for slot in slots if slot.text]
        if len(filled) != 1 or len(filled[0]) > LONGEST_HEADING:
            return None
        label = trace_heading(filled[0])
        return label if label is not None and int(label.code) > reached else None

    def _row(self, slots: Sequence[Slot], spot: Spot, section: int) -> TracedRow:
        cells = self._cells_of(slots, spot)
        items = {cell.item for cell in cells}
        item = items.pop() if len(items) == 1 and section in (2, 3) else ""
        refused = tuple(cell.number for cell in self.facts.refused.get(spot, ()))
        doubts = tuple(self.facts.doubts.get(spot, ()))
        named = {doubt.detail for doubt in doubts if doubt.code == "unknown-head"}
        reader = _SlotReader(self.facts, section, item, bool(cells), bool(refused), named)
        alone = sum(bool(slot.text) for slot in slots) == 1
        traced = tuple(reader.read(slot, alone) for slot in slots)
        return TracedRow(traced, section, item, refused, doubts)


class _SlotReader:
    """What became of the slots of one row."""

    def __init__(
        self,
        facts: Facts,
        section: int,
        item: str,
        has_cells: bool,
        refused: bool,
        unknown_heads: set[str],
    ) -> None:
        self.facts = facts
        self.section = section
        self.item = item
        self.has_cells = has_cells
        self.refused = refused
        self.unknown_heads = unknown_heads

    def read(self, slot: Slot, alone: bool) -> TracedSlot:
        claims = tuple(self.facts.claims.get(slot.place, ()))
        cells = tuple(cell.number for cell in self.facts.cells.get(slot.place, ()))
        label = None if cells or not slot.text else self._label(slot.text, alone)
        return TracedSlot(slot, self._role(slot, cells, label), cells, label, claims)

    def _role(self, slot: Slot, cells: tuple[int, ...], label: LabelTrace | None) -> Role:
        if cells:
            return "cell"
        if not slot.text:
            return "empty"
        if label is not None:
            return "label" if label.code else "unknown"
        if self.section in TABLE_SECTIONS and is_value(slot.text):
            return "refused" if self.refused else "figure"
        return "refused" if self.refused else "text"

    def _label(self, text: str, alone: bool) -> LabelTrace | None:
        """What a text was taken for; None where it is no label at all."""
        if is_value(text) or len(text) > LONGEST_LABEL:
            return None
        if alone and (heading := trace_heading(text)) is not None:
            return heading
        if self.section not in TABLE_SECTIONS:
            return None
        first, second = (trace_item, trace_party) if self.item else (trace_party, trace_item)
        if self.section == 4 and self.has_cells:
            return None
        found = first(self.section, text) or trace_group(text) or second(self.section, text)
        if found is not None and self._stands(found):
            return found
        nearest = trace_unknown(self.section, text)
        likely = nearest.best is not None and nearest.best.similarity >= LIKELY_HEAD
        shown = self.has_cells or likely or text in self.unknown_heads
        return nearest if shown else None

    def _stands(self, label: LabelTrace) -> bool:
        """Whether a misspelt label was really accepted: a cell of what it names was read."""
        return label.exact or (self.section, label.code) in self.facts.codes


def _cuts(grid: Grid, sections: Sequence[int]) -> Iterator[int]:
    """The rows at which another section begins and that no merged cell reaches into."""
    bottom = 0
    for number, slots in enumerate(grid.rows):
        if number and sections[number] != sections[number - 1] and bottom <= number:
            yield number
        bottom = max((bottom, *(slot.row + slot.row_span for slot in slots)))


def _bands(pieces: Sequence[Piece]) -> Iterator[Band]:
    """Neighbouring pieces of the same sections, taken together."""
    sections: tuple[int, ...] = ()
    band: list[Piece] = []
    for piece in pieces:
        own = piece.sections if isinstance(piece, TracedTable) else (piece.section,)
        if band and not set(own) <= set(sections):
            yield Band(sections, tuple(band))
            band = []
        sections = sections if band else own
        band.append(piece)
    if band:
        yield Band(sections, tuple(band))
