"""Tables as they are found on agencies' websites: each is read right or refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.document import Grid, Paragraph, Slot
from etl.form import load_form
from etl.readers import read_bytes
from etl.readers.grids import Cell, lay_out
from etl.reading import ReportReading
from etl.recognise import recognise
from tests.recognise.grids import (
    CASES,
    disclosure_rows,
    document,
    grid,
    proceedings_rows,
    requests_rows,
)
from tests.recognise.layouts import expand, figures, of_section, read_cells, section_3

HEADINGS = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}
OUTCOMES = [line.label for line in load_form("2021").section_lines(4)]
ROUTES = [head.label for head in load_form("2021").section_heads(4)]


def _values(reading: ReportReading, section: int) -> list[float | None]:
    form = load_form(reading.edition)
    pairs = zip(form.cells, reading.cells, strict=True)
    return [cell.value for code, cell in pairs if code.section == section]


def _states(reading: ReportReading, item: str) -> set[str]:
    form = load_form(reading.edition)
    pairs = zip(form.cells, reading.cells, strict=True)
    return {cell.state for code, cell in pairs if code.item == item}


def _codes(reading: ReportReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


def _all_of_section_3(rows: int = 25) -> list[float]:
    return [100 * row + column for row in range(1, rows + 1) for column in range(1, 8)]


def _two_row_heads(rows: Sequence[Sequence[str]], spans: bool = True) -> Grid:
    """Section 3 as the form prints it, with 法人或其他组织 over five columns."""
    heads = rows[0][1:]
    first = [("", 2, 1), (heads[0], 2, 1), ("法人或其他组织", 1, 5), (heads[6], 2, 1)]
    cells = [first, [(head, 1, 1) for head in heads[1:6]]]
    cells += [[(text, 1, 1) for text in row] for row in rows[1:]]
    laid = [[Cell(t, r if spans else 1, c if spans else 1) for t, r, c in row] for row in cells]
    return lay_out(laid, "T1")


def _text(*lines: str) -> ReportReading:
    title = "青石镇2022年政府信息公开工作年度报告"
    return recognise(read_bytes("\n".join((title, *lines, "")).encode(), "x.txt"), "x.txt")


def _piped(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def test_spans_lost_in_a_content_system() -> None:
    reading = recognise(document(_two_row_heads(requests_rows("2021"), spans=False)), "x")
    assert _values(reading, 3) == _all_of_section_3()


def test_a_lost_cell_among_the_heads_moves_no_total_among_its_parts() -> None:
    whole = _two_row_heads(requests_rows("2021"))
    rows = [[Cell(s.text, s.row_span, s.column_span) for s in row] for row in whole.rows]
    del rows[0][2]
    reading = recognise(document(lay_out(rows, "T1")), "x")
    assert _values(reading, 3) == _all_of_section_3()


def test_a_blank_cell_too_many_behind_a_row_is_refused() -> None:
    rows = requests_rows("2021")
    rows[3] = [rows[3][0], "", *rows[3][1:-1], ""]
    reading = recognise(document(grid(rows)), "x")
    assert _states(reading, "granted") == {"unreadable"}
    assert _codes(reading) == {"cell-count"}


def test_a_figure_lost_from_a_padded_row_is_refused() -> None:
    rows = requests_rows("2021", labels=3)
    for row in rows[1:4]:
        row[:3] = [row[2], "", ""]
    del rows[3][4]
    reading = recognise(document(grid(rows, aligned=False)), "x")
    assert _states(reading, "granted") == {"unreadable"}
    assert _values(reading, 3)[:7] == _all_of_section_3()[:7]


def test_a_figure_drawn_over_two_grid_columns_like_its_head() -> None:
    rows = requests_rows("2021")
    cells = [[Cell(text, 1, 2 if n == 4 else 1) for n, text in enumerate(row)] for row in rows]
    reading = recognise(document(lay_out(cells, "T1")), "x")
    assert _values(reading, 3) == _all_of_section_3()
    assert not reading.doubts


def test_two_years_side_by_side_are_refused() -> None:
    rows = requests_rows("2021")
    both = [[row[0], *(t for text in row[1:] for t in (text, text if n == 0 else "5"))]
            for n, row in enumerate(rows)]  # fmt: skip
    reading = recognise(document(grid(both)), "x")
    assert set(_values(reading, 3)) == {None}
    assert "head-order" in _codes(reading)


def test_total_first_in_flattened_text_is_refused() -> None:
    rows = [[row[0], row[7], *row[1:7]] for row in requests_rows("2021")]
    reading = recognise(document(grid(rows, aligned=False)), "x")
    assert set(_values(reading, 3)) == {None}
    assert _codes(reading) == {"head-order"}


def test_a_subtotal_column_in_flattened_text_is_refused() -> None:
    rows = requests_rows("2021")
    wide = [[*row[:7], "9", row[7]] for row in rows]
    reading = recognise(document(grid(wide, aligned=False)), "x")
    assert set(_values(reading, 3)) == {None}


def test_a_table_without_heads_below_its_heading() -> None:
    known = figures("2021")
    rows = expand(section_3("2021", known))[3:]
    reading = recognise(document(Paragraph(HEADINGS[3], "P2"), grid(rows)), "x")
    assert read_cells(reading, 3) == of_section(known, 3)
    assert _codes(reading) == {"no-heads"}


def test_a_table_without_heads_that_does_not_add_up_is_refused() -> None:
    rows = requests_rows("2021")[1:]
    reading = recognise(document(Paragraph(HEADINGS[3], "P2"), grid(rows)), "x")
    assert set(_values(reading, 3)) == {None}
    assert _codes(reading) == {"head-order"}


def test_a_table_without_heads_and_heading_is_named() -> None:
    blocks = grid(requests_rows("2021")[1:]), grid(disclosure_rows("2021"))
    reading = recognise(document(*blocks), "x")
    assert set(_values(reading, 3)) == {None}
    assert _codes(reading) == {"unread-table"}


def test_padded_rows_with_the_heads_lost_take_no_blank_for_a_figure() -> None:
    rows = [[*row, "", ""] for row in disclosure_rows("2019")[:3]]
    rows[0][1] = ""
    rows[1] = ["规章", "2", "3", "", "", ""]
    reading = recognise(document(grid([*rows, *disclosure_rows("2019")[3:]]), year=2020), "x")
    assert _states(reading, "regulation") == {"unreadable"}


def test_heads_of_a_spreadsheet_broken_over_two_rows() -> None:
    rows = [[*row, *[""] * (5 - len(row))] for row in disclosure_rows("2019")]
    rows[0:1] = [["信息内容", "本年新", "本年新", "对外公开", ""],
                 ["", "制作数量", "公开数量", "总数量", ""]]  # fmt: skip
    reading = recognise(document(grid(rows), year=2020), "x")
    assert _values(reading, 2) == list(range(1, 23))


def test_notes_inside_labels_and_a_row_of_its_own_in_hubei() -> None:
    rows = disclosure_rows("2019")
    rows[1][0] += "（设区的市、自治州人民政府应提供相关数据）"
    rows.insert(3, ["其他主动公开文件（含以本单位名义正式签发的文件）", "7", "8", "9"])
    reading = recognise(document(grid(rows), year=2020), "x")
    assert _values(reading, 2) == list(range(1, 23))
    assert _codes(reading) == {"unknown-row"}


def test_section_4_as_three_small_tables() -> None:
    figures = [[str(5 * n + i) for i in range(1, 6)] for n in range(3)]
    tables = [grid([[name], OUTCOMES, row]) for name, row in zip(ROUTES, figures, strict=True)]
    heading = Paragraph(HEADINGS[4], "P2")
    reading = recognise(document(grid(disclosure_rows("2021")), heading, *tables), "x")
    assert _values(reading, 4) == list(range(1, 16))


def test_routes_of_section_4_in_another_order_are_refused() -> None:
    rows = proceedings_rows()
    rows[0] = [*rows[0][5:10], *rows[0][:5], *rows[0][10:]]
    reading = recognise(document(grid(disclosure_rows("2021")), grid(rows)), "x")
    assert set(_values(reading, 4)) == {None}
    assert _codes(reading) == {"head-order"}


def test_two_rows_of_figures_in_section_4_are_named() -> None:
    rows = [*proceedings_rows(), ["7"] * 15]
    reading = recognise(document(grid(disclosure_rows("2021")), grid(rows)), "x")
    assert _states(reading, "upheld") == {"unreadable"}
    assert _codes(reading) == {"two-rows"}


def test_a_whole_table_on_one_line() -> None:
    tables = (disclosure_rows("2021"), requests_rows("2021"), proceedings_rows())
    lines = [" | ".join(text for row in rows for text in row if text) for rows in tables]
    reading = _text(*(t for n, line in enumerate(lines, 2) for t in (HEADINGS[n], line)))
    assert _values(reading, 2) == list(range(1, 11))
    assert _values(reading, 3) == _all_of_section_3()
    assert _values(reading, 4) == list(CASES)


@pytest.mark.parametrize("gap", ["\n|\n", "\n\n", "\n"])
def test_one_cell_a_line_with_pipes_blanks_or_nothing_between(gap: str) -> None:
    rows = [["自然人", "法人或其他组织", "总计"], *requests_rows("2021")[1:]]
    rows_apart = "\n\n" if "|" in gap else gap
    reading = _text(HEADINGS[3], rows_apart.join(gap.join(row) for row in rows))
    assert _values(reading, 3) == _all_of_section_3()


def test_piped_rows_padded_behind_their_figures() -> None:
    rows = [["三", *row] if n == 5 else row for n, row in enumerate(requests_rows("2021"))]
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    reading = _text(HEADINGS[3], _piped(padded))
    assert _values(reading, 3) == _all_of_section_3()


def test_a_metadata_table_before_the_report() -> None:
    meta = grid([["索引号", "123", "发布机构", "青石镇人民政府"], ["发布日期", "无", "文号", "/"]])
    reading = recognise(document(meta, grid(requests_rows("2021"))), "x")
    assert _values(reading, 3) == _all_of_section_3()


def test_words_and_doubled_signs_in_figures() -> None:
    rows = disclosure_rows("2019")
    rows[4][1:] = ["8", "增98", "0/0"]
    rows[5][1:] = ["6", "--253", "9"]
    reading = recognise(document(grid(rows), year=2020), "x")
    values = _values(reading, 2)
    assert values[6:12] == [8, 98, None, 6, None, 9]


def test_overlapping_merges_of_many_rows_end() -> None:
    rows = tuple((Slot("自然人", n, n % 200, "p", 900 - n, 1),) for n in range(900))
    reading = recognise(document(Grid(rows, "T1"), grid(disclosure_rows("2021"))), "x")
    assert _values(reading, 2) == list(range(1, 11))


def test_a_fee_head_in_traditional_characters_keeps_its_unit() -> None:
    rows = disclosure_rows("2021")
    rows[-2][1] = "本年收費金額（單位：萬元）"
    rows[-1][1] = "251"
    assert _values(recognise(document(grid(rows)), "x"), 2)[-1] == 251


def test_a_stray_total_costs_its_own_row_alone() -> None:
    rows = requests_rows("2021")
    rows.insert(1, ["总计", *["9"] * 7])
    reading = recognise(document(grid(rows)), "x")
    assert _states(reading, "concluded") == {"unreadable"}
    assert sum(value is not None for value in _values(reading, 3)) == 24 * 7
    assert _codes(reading) == {"repeated-row"}


def test_a_figure_too_many_in_a_run_of_lines_moves_none_to_its_neighbour() -> None:
    """Text tells no columns: with a blank at one end and a figure twice there are fifteen again."""
    cases = ["", "1", "2", "3", "6", "4", "5", "0", "6", "15", "2", "1", "7", "7", "7", "10"]
    reading = _text(HEADINGS[4], "\n".join([*ROUTES, *(OUTCOMES * 3), *cases]))
    form = load_form(reading.edition)
    told = zip(form.cells, reading.cells, strict=True)
    assert {cell.state for code, cell in told if code.section == 4} <= {"unreadable", "absent"}
    assert _codes(reading) & {"no-total-fits", "cell-count"}


def test_a_blank_that_may_be_padding_or_a_cell_needs_totals_that_fit() -> None:
    cases = ["", "7", "1", "5", "5", "13", "4", "", "2", "5", "11", "", "6", "5", "3", "14"]
    reading = _text(HEADINGS[4], "\n".join([*ROUTES, *(OUTCOMES * 3), *cases]))
    form = load_form(reading.edition)
    told = zip(form.cells, reading.cells, strict=True)
    assert {cell.state for code, cell in told if code.section == 4} <= {"unreadable", "absent"}
