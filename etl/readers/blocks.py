"""The stream of blocks that a reader of marked-up pages fills: ``P12``, ``T3``."""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Grid, Paragraph
from etl.readers.grids import Cell, Placed, has_text, lay_out, place_cells, without_slivers
from etl.readers.text_tools import join_broken


class BlockStream:
    """Paragraphs and grids in reading order; each kind is numbered from 1."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._paragraphs = 0
        self._tables = 0

    def add_paragraph(self, text: str) -> None:
        """Adds a paragraph unless it prints nothing; its broken lines are joined."""
        text = join_broken(text)
        if text:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, f"P{self._paragraphs}"))

    def add_table(self, rows: Sequence[Sequence[Cell]], widths: Sequence[int] = ()) -> None:
        """Adds a table of cells with spans unless it prints nothing; ``widths`` in twips."""
        self._add_grid(without_slivers(lay_out(rows, self._next_table()), widths))

    def add_placed(
        self, rows: Sequence[Sequence[Placed]], widths: Sequence[int] = (), *, aligned: bool = True
    ) -> None:
        """Adds a table of placed cells unless it prints nothing; ``aligned`` as of ``Grid``."""
        grid = place_cells(rows, self._next_table(), aligned=aligned)
        self._add_grid(without_slivers(grid, widths))

    def _next_table(self) -> str:
        return f"T{self._tables + 1}"

    def _add_grid(self, grid: Grid) -> None:
        if has_text(grid):
            self._tables += 1
            self.blocks.append(grid)
