"""Hidden rows and columns: what is left is as if they had never been in the sheet."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Grid
from etl.readers.hidden import shown_part
from etl.readers.xlsx import sheet_grid

_HEIGHT, _WIDTH = 5, 6
_lines = st.sets(st.integers(0, 7))


def _covered_texts(grid: Grid, height: int, width: int) -> list[list[str]]:
    """Of each place what is printed over it; every place is covered once."""
    texts = [[""] * width for _ in range(height)]
    for row, slots in enumerate(grid.rows):
        for slot in slots:
            assert slot.row == row
            for down in range(slot.row_span):
                for right in range(slot.column_span):
                    assert not texts[row + down][slot.column + right]
                    texts[row + down][slot.column + right] = slot.text
    return texts


@settings(max_examples=60)
@given(
    _lines,
    _lines,
    st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(0, 4), st.integers(0, 5)),
)
def test_what_is_left_stands_as_on_the_screen(
    rows: set[int], columns: set[int], corners: tuple[int, int, int, int]
) -> None:
    top, bottom = sorted(corners[0::2])
    left, right = sorted(corners[1::2])
    values = {(r, c): f"{r}-{c}" for r in range(_HEIGHT) for c in range(_WIDTH)}
    merged = {(top, left): (bottom, right)}
    whole = sheet_grid("甲", values, merged, _HEIGHT, _WIDTH)
    shown_rows = [r for r in range(_HEIGHT) if r not in rows]
    shown_columns = [c for c in range(_WIDTH) if c not in columns]
    part = shown_part(whole, rows, columns)
    printed = _covered_texts(whole, _HEIGHT, _WIDTH)
    assert len(part.rows) == len(shown_rows)
    assert _covered_texts(part, len(shown_rows), len(shown_columns)) == [
        [printed[row][column] for column in shown_columns] for row in shown_rows
    ]
    assert all([s.column for s in row] == sorted(s.column for s in row) for row in part.rows)
