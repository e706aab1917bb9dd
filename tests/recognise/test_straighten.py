"""Line numbers beside everything, and lines that run a table or the whole report together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.document import Document, Paragraph
from etl.reading import ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document, grid
from tests.recognise.layouts import HEADINGS, expand, figures, of_section, read_cells, tables

KNOWN = figures("2021")
TRUTH = {code: value for s in (2, 3, 4) for code, value in of_section(KNOWN, s).items()}
TITLE = "青石镇2022年政府信息公开工作年度报告"


def _lines() -> list[list[str]]:
    """The report as a sheet's lines: title, headings and tables, in one column where alone."""
    lines = [[TITLE], ["一、总体情况"], ["全年主动公开信息10条。"]]
    for section, rows in tables("2021", KNOWN).items():
        lines += [[HEADINGS[section]], *expand(rows)]
    return [
        *lines,
        ["五、存在的主要问题及改进情况"],
        ["无。"],
        ["六、其他需要报告的事项"],
        ["无。"],
    ]


def _read(lines: Sequence[Sequence[str]], aligned: bool = True) -> ReportReading:
    return recognise(Document("xlsx", (grid(lines, aligned),)), "x")


def _all(reading: ReportReading) -> dict[tuple[int, str, str], float]:
    return {code: value for s in (2, 3, 4) for code, value in read_cells(reading, s).items()}


@pytest.mark.parametrize("start", [1, 5])
def test_a_column_that_numbers_every_line_is_left_out(start: int) -> None:
    reading = _read([[str(n), *line] for n, line in enumerate(_lines(), start)])
    assert (reading.agency, reading.year) == ("青石镇", 2022)
    assert reading.sections == (1, 2, 3, 4, 5, 6)
    assert _all(reading) == TRUTH


def test_numbers_with_a_gap_are_no_line_numbers() -> None:
    lines = [[str(n), *line] for n, line in enumerate(_lines(), 1)]
    lines[7][0] = "99"
    with pytest.raises(Exception, match="no-agency"):
        _read(lines)


@pytest.mark.parametrize("aligned", [True, False])
def test_a_report_on_one_line_is_read_cell_by_cell(aligned: bool) -> None:
    reading = _read([[text for line in _lines() for text in line if text]], aligned)
    assert (reading.agency, reading.year) == ("青石镇", 2022)
    assert reading.sections == (1, 2, 3, 4, 5, 6)
    assert _all(reading) == TRUTH


def _joined(section: int, between: str, *, blank: str = "") -> Paragraph:
    texts = [t for row in expand(tables("2021", KNOWN)[section]) for t in row if t]
    if blank:
        texts.remove(blank)
    return Paragraph(between.join(texts), f"L{section}")


def _with_lines(between: str, *, blank: str = "") -> ReportReading:
    blocks = [
        paragraph
        for section in (2, 3, 4)
        for paragraph in (
            Paragraph(HEADINGS[section], f"H{section}"),
            _joined(section, between, blank=blank if section == 3 else ""),
        )
    ]
    return recognise(document(*blocks), "x")


def test_tables_on_a_line_each_with_spaces_between() -> None:
    assert _all(_with_lines(" ")) == TRUTH


def test_a_figure_lost_from_a_line_costs_its_row() -> None:
    lost = str(KNOWN[3, "received", "business"])
    reading = _with_lines(" ", blank=lost)
    read = read_cells(reading, 3)
    assert read == {code: value for code, value in TRUTH.items() if code in read}
    assert len(read) == 24 * 7


def test_figures_with_nothing_between_are_unreadable_not_absent() -> None:
    reading = _with_lines("")
    assert {cell.state for cell in reading.cells} == {"unreadable"}
    assert {doubt.section for doubt in reading.doubts} == {2, 3, 4}
    assert "no-table" not in {doubt.code for doubt in reading.doubts}


def test_prose_below_a_heading_is_no_table() -> None:
    prose = "行政许可123件，行政处罚4567件，行政强制89件。"
    blocks = (
        Paragraph(HEADINGS[2], "H"),
        Paragraph(prose, "P"),
        grid(expand(tables("2021", KNOWN)[3])),
    )
    reading = recognise(document(*blocks), "x")
    assert {cell.state for cell in reading.cells[:10]} == {"absent"}
    assert {(d.code, d.section) for d in reading.doubts} == {("no-table", 2)}


def test_a_table_of_something_else_is_none_of_the_forms() -> None:
    rows = [["项目", "金额"], ["行政事业性收费", "5"], ["其他", "7"], ["总计", "12"]]
    below = Paragraph("五、存在的主要问题及改进情况", "H"), grid(rows)
    reading = recognise(document(grid(expand(tables("2021", KNOWN)[3])), *below), "x")
    assert not reading.doubts


def test_tab_lines_whose_labels_take_a_cell_more_keep_their_blanks() -> None:
    rows = [[t for t in row[:-7] if t] + row[-7:] for row in expand(tables("2021", KNOWN)[3])]
    for row in rows[3:]:
        row[-4] = ""
    reading = recognise(document(Paragraph(HEADINGS[3], "H"), grid(rows, aligned=False)), "x")
    assert all(cell.state in ("number", "blank") for cell in reading.cells[10:185])


@pytest.mark.parametrize("number", range(3, 28))
def test_tab_lines_that_lost_a_cell_are_never_read_a_column_over(number: int) -> None:
    rows = [[t for t in row[:-7] if t] + row[-7:] for row in expand(tables("2021", KNOWN)[3])]
    del rows[number][-3]
    reading = recognise(document(Paragraph(HEADINGS[3], "H"), grid(rows, aligned=False)), "x")
    read = read_cells(reading, 3)
    assert read == {code: value for code, value in TRUTH.items() if code in read}
    assert len(read) <= 24 * 7
