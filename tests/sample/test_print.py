"""Sheets and Word files as they come out of a printer: borders, and room for every label."""

from __future__ import annotations

import io

import openpyxl
import pytest

from etl.sample.layout import Box, Placed
from etl.sample.sheets import COLUMN_WIDTH, row_height
from etl.sample.specimen import make_specimen
from etl.sample.varieties import render
from etl.sample.word97_file import _EDGES


@pytest.mark.parametrize(("variety", "ruled"), [("plain", True), ("unruled", False)])
def test_a_workbook_has_borders_unless_it_is_said_to_have_none(variety: str, ruled: bool) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(make_specimen(5), "xlsx", variety)))
    styles = {cell.border.left.style for row in book.worksheets[0] for cell in row}
    assert ("thin" in styles) is ruled


@pytest.mark.parametrize(("variety", "ruled"), [("plain", True), ("unruled", False)])
def test_a_word_file_has_borders_unless_it_is_said_to_have_none(variety: str, ruled: bool) -> None:
    assert (_EDGES in render(make_specimen(5), "doc", variety)) is ruled


def test_a_row_is_as_high_as_the_lines_of_its_longest_cell() -> None:
    def height(text: str, rows: int = 1, columns: int = 1) -> float:
        return row_height([Placed(Box(text, rows, columns), 0, True)])

    line = height("")
    label = "字" * (COLUMN_WIDTH // 2 - 1)
    assert height(label) == line
    assert height(f"{label}字") == 2 * line
    assert height(f"{label}字", columns=2) == line
    assert height(f"{label}字", rows=2) == line
    assert height("一\n二") == 2 * line
