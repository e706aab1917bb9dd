"""The left side of the page: the file as printed, each thing marked with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.explain.explanation import Explanation
from etl.explain.page.anchors import Anchors, shown_rows
from etl.explain.page.markup import attributes, both, element, escape, spans
from etl.explain.trace import Band, TracedParagraph, TracedRow, TracedSlot, TracedTable
from etl.explain.words import doubt_words, label_words, likeness_words, words
from etl.reading import Claim, Doubt

MANY_COLUMNS = 6
"""Columns from which a table scrolls on a narrow screen rather than break its labels."""

_COLUMN = re.compile(r" C\d+$")


class SourceSide:
    """Draws the bands of one report as they are printed."""

    def __init__(self, anchors: Anchors, explanation: Explanation) -> None:
        self._anchors = anchors
        self._explanation = explanation

    def band(self, band: Band) -> str:
        """The paragraphs and tables of a band."""
        return "".join(
            self._paragraph(piece) if isinstance(piece, TracedParagraph) else self._table(piece)
            for piece in band.pieces
        )

    def _paragraph(self, piece: TracedParagraph) -> str:
        inner = self._quotes(piece.text, piece.claims)
        twins = [self._anchors.cell(number) for number in piece.cells]
        if twins:
            inner = element("a", inner, href=f"#{twins[0]}")
        return element(
            "p",
            f"{_place(piece.place)}{inner}{_doubts(piece.doubts)}",
            id=self._anchors.slot(piece.place),
            class_="heading" if piece.heading else "cell" if twins else None,
            data_twin=" ".join(twins),
        )

    def _table(self, table: TracedTable) -> str:
        if all(_alone(row) for row in table.rows):
            return "".join(self._line(row) for row in table.rows)
        rows = "".join(self._rows(table))
        kind = "printed wide" if table.columns >= MANY_COLUMNS else "printed"
        flat = "" if table.aligned else element("p", both(words("page.flat")), class_="note")
        return (
            element("div", element("table", rows, class_=kind), class_="scroll", tabindex="0")
            + flat
        )

    def _line(self, row: TracedRow) -> str:
        """A row of a spreadsheet that prints one text, which is a paragraph to a reader."""
        one = next((one for one in row.slots if one.slot.text), None)
        if one is None:
            return ""
        heading = one.label is not None and one.label.axis == "section"
        return element(
            "p",
            _place(one.slot.place) + self._quotes(one.slot.text, one.claims) + _doubts(row.doubts),
            id=self._anchors.slot(one.slot.place),
            class_="heading" if heading else None,
        )

    def _rows(self, table: TracedTable) -> Iterator[str]:
        covered: dict[int, int] = {}
        drawn = shown_rows(table)
        for number, row in drawn:
            cells = "".join(self._cells(row, covered, number, table))
            kinds = [kind for kind in ("doubt", "unread") if _is(kind, row)]
            place = element("th", escape(_COLUMN.sub("", row.place)), class_="place", scope="row")
            twins = [self._anchors.cell(number) for number in row.refused]
            opening = attributes(
                id=self._anchors.row(row.place) if row.slots else None,
                class_=" ".join(kinds),
                data_twin=" ".join(twins),
            )
            yield f"<tr{opening}>{place}{cells}</tr>"
            if row.doubts or row.unread:
                yield _note_row(row, table.columns)
        if rest := len(table.rows) - len(drawn):
            more = both(words("page.more", count=rest))
            yield element("tr", element("td", more, colspan=str(table.columns + 1)))

    def _cells(
        self, row: TracedRow, covered: dict[int, int], number: int, table: TracedTable
    ) -> Iterator[str]:
        """The slots of a row in their columns; a column that the file leaves out is filled."""
        column = 0
        for one in row.slots:
            slot = one.slot
            while table.aligned and column < slot.column:
                if covered.get(column, 0) <= number:
                    yield '<td class="empty"></td>'
                column += 1
            yield self._cell(one, row)
            column = slot.column + slot.column_span
            bottom = number + slot.row_span
            covered |= dict.fromkeys(range(slot.column, column), bottom)

    def _cell(self, one: TracedSlot, row: TracedRow) -> str:
        twins = self._twins(one, row)
        inner = self._quotes(one.slot.text, one.claims)
        if one.cells:
            inner = element("a", inner or "&nbsp;", href=f"#{twins[0]}")
        elif one.label and not one.label.exact:
            inner += self._alike(one, row.section)
        return element(
            "td",
            inner,
            id=self._anchors.slot(one.slot.place),
            class_=f"{one.role} fuzzy" if _is_fuzzy(one) else one.role,
            data_twin=" ".join(twins),
            title=_title(one, row.section),
            **spans(one.slot.row_span, one.slot.column_span),
        )

    def _twins(self, one: TracedSlot, row: TracedRow) -> list[str]:
        if one.cells:
            return [self._anchors.cell(number) for number in one.cells]
        if one.label is None:
            return []
        return self._anchors.label_cells(row.section, one.label, self._explanation)

    @staticmethod
    def _alike(one: TracedSlot, section: int) -> str:
        """Under a label that doesn't match to the letter: what it was taken for, and why."""
        assert one.label is not None
        taken, alike = label_words(one.label, section), likeness_words(one.label, one.slot.text)
        mark = "≈" if one.label.code else "✗"
        return element("small", f"{mark} {escape(taken.zh)}<br>{escape(alike.zh)}", class_="alike")

    def _quotes(self, text: str, claims: Sequence[Claim]) -> str:
        """The text with the sentences that state a claim marked."""
        out, done = "", 0
        for start, end, stated in _stretches(text, claims):
            names = " ".join(self._anchors.claim(claim) for claim in stated)
            targets = "".join(f'<i id="{self._anchors.quote(claim)}"></i>' for claim in stated)
            quote = element("a", escape(text[start:end]), href=f"#{names.split()[0]}")
            out += escape(text[done:start]) + targets
            out += element("mark", quote, data_twin=names)
            done = end
        return out + escape(text[done:])


def _stretches(text: str, claims: Sequence[Claim]) -> list[tuple[int, int, list[Claim]]]:
    """Start, end and claims of each quoted stretch; overlapping ones are taken together."""
    found: list[tuple[int, int, list[Claim]]] = []
    for claim in claims:
        at = text.find(claim.quote)
        start, end = (at, at + len(claim.quote)) if at >= 0 else (0, len(text))
        found.append((start, end, [claim]))
    merged: list[tuple[int, int, list[Claim]]] = []
    for start, end, stated in sorted(found, key=lambda stretch: stretch[:2]):
        if merged and start < merged[-1][1]:
            first, last, before = merged[-1]
            merged[-1] = (first, max(last, end), [*before, *stated])
        else:
            merged.append((start, end, stated))
    return merged


def _alone(row: TracedRow) -> bool:
    filled = [one for one in row.slots if one.slot.text]
    return len(filled) <= 1 and not any(one.cells for one in row.slots) and not row.unread


def _is(kind: str, row: TracedRow) -> bool:
    return row.unread if kind == "unread" else bool(row.doubts)


def _is_fuzzy(one: TracedSlot) -> bool:
    return one.role == "label" and one.label is not None and not one.label.exact


def _title(one: TracedSlot, section: int) -> str:
    """What a slot was recognised as, for whoever points at it."""
    lines = [one.slot.place]
    if one.label is not None:
        lines.append(label_words(one.label, section).both)
    if one.role in ("figure", "refused"):
        lines.append(words("role.left").both)
    return "\n".join(lines)


def _note_row(row: TracedRow, columns: int) -> str:
    """Below a row that is in doubt or was left unread: why."""
    inner = _doubts(row.doubts) or element("span", both(words("role.left")), class_="why")
    return element("tr", element("td", inner, colspan=str(columns + 1)), class_="reason")


def _doubts(doubts: Sequence[Doubt]) -> str:
    return "".join(
        element("span", f"<b>!</b> {both(doubt_words(doubt.code))}", class_="why")
        for doubt in doubts
    )


def _place(place: str) -> str:
    return element("span", escape(place), class_="place")
