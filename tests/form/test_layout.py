"""The layout of the statutory tables: rectangles without a gap, every cell of the form once."""

from __future__ import annotations

import pytest

from etl.form import EDITIONS, Edition, load_form
from etl.form.layout import Figure, Label, table_layout

WIDTHS = {2: 4, 3: 10, 4: 15}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("section", WIDTHS)
def test_labels_and_figures_fill_a_rectangle(edition: Edition, section: int) -> None:
    taken: set[tuple[int, int]] = set()
    rows = table_layout(edition, section)
    for number, row in enumerate(rows):
        column = 0
        for part in row:
            while (number, column) in taken:
                column += 1
            height = part.rows if isinstance(part, Label) else 1
            own = {(number + r, column + c) for r in range(height) for c in range(part.columns)}
            assert not own & taken
            taken |= own
    assert taken == {(r, c) for r in range(len(rows)) for c in range(WIDTHS[section])}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_stands_once_in_printed_order(edition: Edition) -> None:
    drawn = [
        part.cell
        for section in WIDTHS
        for row in table_layout(edition, section)
        for part in row
        if isinstance(part, Figure)
    ]
    assert tuple(drawn) == load_form(edition).cells


def test_a_label_of_a_line_names_its_item() -> None:
    named = {
        part.item
        for row in table_layout("2021", 3)
        for part in row
        if isinstance(part, Label) and part.role == "row"
    }
    assert named == {line.item for line in load_form("2021").section_lines(3)}
