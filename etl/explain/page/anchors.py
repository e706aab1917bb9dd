"""The names by which what is printed and what was recognised point at each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.explain.explanation import Explanation
from etl.explain.figures import SHORT_SUM
from etl.explain.findings import Finding
from etl.explain.labels import LabelTrace
from etl.explain.trace import Trace, TracedParagraph, TracedRow, TracedSlot, TracedTable
from etl.form import FormCell, load_form
from etl.reading import Claim

MOST_ROWS = 400
"""Rows of a table that are drawn; a register of thousands of rows is no table of the form."""


def shown_rows(table: TracedTable) -> list[tuple[int, TracedRow]]:
    """The rows that are drawn, numbered: of a very long table its start, and whatever was read."""
    return [
        (number, row)
        for number, row in enumerate(table.rows)
        if number < MOST_ROWS or row.refused or any(_is_read(one) for one in row.slots)
    ]


def _is_read(one: TracedSlot) -> bool:
    return bool(one.cells or one.claims or (one.label and one.label.code))


class Anchors:
    """Names of one report's parts, unique on the page, and which of them belong together."""

    def __init__(self, prefix: str, explanation: Explanation, trace: Trace) -> None:
        self._prefix = prefix
        self._names: dict[str, str] = {}
        self._drawn: set[str] = set()
        self.printed_of: dict[int, str] = {}
        """Number of a cell of the form → the name of the slot or row it was read from."""
        self.refused: set[int] = set()
        """Numbers of the cells whose whole row was left unread."""
        self.labels: dict[tuple[int, str, str], list[str]] = {}
        """(section, axis, code) → the names of the printed labels that were taken for it."""
        self._claims = explanation.reading.claims if explanation.reading else ()
        for piece in trace.pieces():
            if isinstance(piece, TracedParagraph):
                self.printed_of |= dict.fromkeys(piece.cells, self.slot(piece.place))
                self._drawn.add(piece.place)
                continue
            for _, row in shown_rows(piece):
                self.printed_of |= dict.fromkeys(row.refused, self.row(row.place))
                self.refused |= set(row.refused)
                for one in row.slots:
                    name = self.slot(one.slot.place)
                    if one.slot.text:
                        self._drawn.add(one.slot.place)
                    self.printed_of |= dict.fromkeys(one.cells, name)
                    if one.label and one.label.code:
                        key = (row.section, one.label.axis, one.label.code)
                        self.labels.setdefault(key, []).append(name)
        self.flags = _flags(explanation)

    def slot(self, place: str) -> str:
        """The name of what is printed at a place."""
        return self._names.setdefault(place, f"{self._prefix}s{len(self._names) + 1}")

    def find(self, place: str) -> str | None:
        """The name of what is drawn at a place; None where nothing is."""
        return self._names.get(place) if place in self._drawn else None

    def row(self, place: str) -> str:
        """The name of the row that begins at a place."""
        return f"{self.slot(place)}r"

    def cell(self, number: int) -> str:
        """The name of a cell of the form."""
        return f"{self._prefix}c{number}"

    def claim(self, claim: Claim) -> str:
        """The name of a claim in the list of what was recognised."""
        return f"{self._prefix}k{self._claims.index(claim) + 1}"

    def quote(self, claim: Claim) -> str:
        """The name of the sentence that states a claim."""
        return f"{self._prefix}q{self._claims.index(claim) + 1}"

    def finding(self, number: int) -> str:
        """The name of a finding, counted from 1."""
        return f"{self._prefix}f{number}"

    def heading(self, section: int) -> str:
        """The name of a section's row of the page."""
        return f"{self._prefix}h{section}"

    def label_cells(self, section: int, label: LabelTrace, explanation: Explanation) -> list[str]:
        """The names of the form's cells that a printed label names."""
        reading = explanation.reading
        if reading is None or label.axis not in ("item", "party") or not label.code:
            return []
        cells = load_form(reading.edition).section_cells(section)
        named = (c for c in cells if label.code == (c.item if label.axis == "item" else c.party))
        return [self.cell(cell.number) for cell in named]


def finding_cells(finding: Finding, explanation: Explanation) -> list[FormCell]:
    """The cells that a finding is about; of a long sum only those that aren't zero."""
    if explanation.reading is None:
        return []
    form = load_form(explanation.reading.edition)
    terms = [
        term
        for side in (finding.left, finding.right)
        for term in side
        if len(side) <= SHORT_SUM or term.value != 0
    ]
    if terms:
        known = (t for t in terms if form.has(t.section, t.item, t.party))
        found = [form.cell(t.section, t.item, t.party) for t in known]
        return list(dict.fromkeys(found))
    if finding.section is None or not finding.item:
        return []
    return [
        cell
        for cell in form.section_cells(finding.section)
        if cell.item == finding.item and finding.party in (None, cell.party)
    ]


def _flags(explanation: Explanation) -> dict[int, list[int]]:
    """Number of a cell → the findings about it, counted from 1."""
    flags: dict[int, list[int]] = {}
    for number, cell in _flagged(explanation.findings, explanation):
        flags.setdefault(cell.number, []).append(number)
    return flags


def _flagged(
    findings: Sequence[Finding], explanation: Explanation
) -> Iterator[tuple[int, FormCell]]:
    for number, finding in enumerate(findings, start=1):
        yield from ((number, cell) for cell in finding_cells(finding, explanation))
