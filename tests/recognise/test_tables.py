"""Every figure goes under its own head, or the row is refused: never one column over."""

from __future__ import annotations

from itertools import chain

import pytest

from etl.document import Grid, Paragraph, Slot
from etl.form import EDITIONS, Edition, load_form
from etl.reading import CellReading, Refused, ReportReading
from etl.recognise import recognise
from tests.recognise.grids import (
    CASES,
    disclosure_rows,
    document,
    grid,
    proceedings_rows,
    requests_rows,
)


def _section(reading: ReportReading, section: int) -> dict[tuple[str, str], CellReading]:
    form = load_form(reading.edition)
    return {
        (cell.item, cell.party): printed
        for cell, printed in zip(form.cells, reading.cells, strict=True)
        if cell.section == section
    }


def _requests(rows: list[list[str]], aligned: bool = True) -> ReportReading:
    return recognise(document(grid(rows, aligned)), "x")


def _expected(edition: Edition) -> dict[tuple[str, str], float]:
    form = load_form(edition)
    return {
        (line.item, head.party): 100 * row + column
        for row, line in enumerate(form.section_lines(3), start=1)
        for column, head in enumerate(form.section_heads(3), start=1)
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("labels", [1, 3])
@pytest.mark.parametrize("aligned", [True, False])
def test_a_whole_table_of_section_3(edition: Edition, labels: int, aligned: bool) -> None:
    reading = _requests(requests_rows(edition, labels), aligned)
    assert reading.edition == edition
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected(edition)
    assert not reading.doubts


def test_the_place_is_that_of_the_printed_cell() -> None:
    cells = _section(_requests(requests_rows("2021")), 3)
    assert cells["received", "natural_person"].place == "R2 C2"
    assert cells["carried_out", "total"].place == "R26 C8"


@pytest.mark.parametrize("aligned", [True, False])
def test_a_row_that_lacks_a_cell_is_refused_not_shifted(aligned: bool) -> None:
    rows = requests_rows("2021")
    del rows[3][4]
    reading = _requests(rows, aligned)
    cells = _section(reading, 3)
    assert {cells["granted", head.party].state for head in load_form("2021").section_heads(3)} == {
        "unreadable"
    }
    assert cells["partial", "natural_person"].value == 401
    assert [(d.code, d.item) for d in reading.doubts] == [("cell-count", "granted")]


@pytest.mark.parametrize("aligned", [True, False])
def test_a_row_with_a_cell_too_many_is_refused(aligned: bool) -> None:
    rows = requests_rows("2021")
    rows[3].insert(4, "9")
    reading = _requests(rows, aligned)
    assert _section(reading, 3)["granted", "total"].state == "unreadable"
    assert [(d.code, d.item) for d in reading.doubts] == [("cell-count", "granted")]


def test_a_row_whose_merged_label_lost_its_columns_is_read_by_count() -> None:
    rows = requests_rows("2021", labels=3)
    rows[1] = ["一、本年新收政府信息公开申请数量", *rows[1][3:]]
    reading = _requests(rows)
    cells = _section(reading, 3)
    heads = load_form("2021").section_heads(3)
    assert [cells["received", h.party].value for h in heads] == list(range(101, 108))
    assert [(d.code, d.item) for d in reading.doubts] == [("by-count", "received")]


def test_heads_one_column_off_are_not_trusted() -> None:
    rows = requests_rows("2021", labels=3)
    rows[0] = [*rows[0][1:], ""]
    reading = _requests(rows)
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")
    assert [d.code for d in reading.doubts] == ["by-count"]


def test_padding_that_could_be_blank_figures_is_refused() -> None:
    rows = requests_rows("2021", labels=3)
    rows[0] = [*rows[0][1:], ""]
    rows[1] = ["一、本年新收政府信息公开申请数量", "", "", "1", "0", "0", "0", "0", "", ""]
    assert _section(_requests(rows), 3)["received", "total"].state == "unreadable"


def test_columns_are_taken_by_name_when_the_total_comes_first() -> None:
    rows = [[row[0], row[7], *row[1:7]] for row in requests_rows("2021")]
    reading = _requests(rows)
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")


def test_an_extra_subtotal_column_is_left_out() -> None:
    rows = [
        [*row[:7], "小计" if n == 0 else "7777", row[7]]
        for n, row in enumerate(requests_rows("2021"))
    ]
    reading = _requests(rows)
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")


def test_a_column_with_a_head_the_form_does_not_have_is_named() -> None:
    rows = [
        [*row[:7], "外国组织" if n == 0 else "7777", row[7]]
        for n, row in enumerate(requests_rows("2021"))
    ]
    reading = _requests(rows)
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")
    assert [(d.code, d.detail) for d in reading.doubts] == [("unknown-head", "外国组织")]


def test_a_total_headed_otherwise_is_the_total() -> None:
    rows = requests_rows("2021")
    rows[0][-1] = "合 计"
    assert _section(_requests(rows), 3)["received", "total"].value == 107


def test_a_table_without_totals_leaves_them_absent() -> None:
    reading = _requests([row[:-1] for row in requests_rows("2021")])
    cells = _section(reading, 3)
    assert cells["received", "total"].state == "absent"
    assert cells["received", "other_org"].value == 106


def test_a_row_the_form_does_not_have_is_named() -> None:
    rows = requests_rows("2021")
    rows.insert(4, ["（九）县里另加的一行", *["1"] * 7])
    reading = _requests(rows)
    assert [(d.code, d.place) for d in reading.doubts] == [("unknown-row", "R5 C1")]
    assert _section(reading, 3)["partial", "total"].value == 407


def test_a_row_out_of_order_is_refused() -> None:
    rows = requests_rows("2021")
    rows.append(rows.pop(3))
    reading = _requests(rows)
    assert _section(reading, 3)["granted", "total"].state == "unreadable"
    assert [(d.code, d.item) for d in reading.doubts] == [("row-order", "granted")]


def test_a_table_broken_by_a_page_with_its_heads_repeated() -> None:
    rows = requests_rows("2021")
    first, second = rows[:10], [rows[0], *rows[10:]]
    reading = recognise(document(grid(first), Paragraph("- 3 -", "P2"), grid(second)), "x")
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")


def test_one_cell_a_line_without_row_marks() -> None:
    rows = requests_rows("2021")
    lines = [Paragraph(text, f"L{n}") for n, text in enumerate(chain.from_iterable(rows)) if text]
    reading = recognise(document(*lines), "x")
    assert {k: c.value for k, c in _section(reading, 3).items()} == _expected("2021")


def test_one_cell_a_line_with_a_figure_lost_is_refused() -> None:
    rows = requests_rows("2021")
    rows[3][4] = ""
    lines = [Paragraph(text, f"L{n}") for n, text in enumerate(chain.from_iterable(rows)) if text]
    cells = _section(recognise(document(*lines), "x"), 3)
    assert cells["granted", "natural_person"].state == "unreadable"
    assert cells["partial", "natural_person"].value == 401


def test_states_are_kept_apart() -> None:
    rows = requests_rows("2021")
    rows[1][1:6] = ["0", "", "/", "见附件", "－"]
    cells = _section(_requests(rows), 3)
    states = [cells["received", h.party].state for h in load_form("2021").section_heads(3)][:5]
    assert states == ["number", "blank", "dash", "unreadable", "dash"]
    assert cells["received", "nonprofit"].raw == "见附件"
    assert _section(_requests(rows), 4)["upheld", "reconsideration"].state == "absent"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("aligned", [True, False])
def test_a_whole_table_of_section_2(edition: Edition, aligned: bool) -> None:
    reading = recognise(document(grid(disclosure_rows(edition), aligned)), "x")
    form = load_form(edition)
    values = [c.value for c in reading.cells[: len(form.section_cells(2))]]
    assert values == [float(cell.number) for cell in form.section_cells(2)]
    assert not reading.doubts


def test_short_blocks_padded_to_the_tables_width() -> None:
    width = max(map(len, disclosure_rows("2021")))
    rows = [[*row, *[""] * (width - len(row))] for row in disclosure_rows("2021")]
    reading = recognise(document(grid(rows)), "x")
    assert [c.value for c in reading.cells[:10]] == list(range(1, 11))


def test_heads_that_lost_their_second_line_are_taken_by_order() -> None:
    rows = disclosure_rows("2019")
    rows[0] = ["信息内容", "本年新", "本年新", "对外公开总数量"]
    reading = recognise(document(grid(rows), year=2020), "x")
    assert [c.value for c in reading.cells[:22]] == list(range(1, 23))


def test_a_row_of_section_2_with_a_figure_missing_is_refused() -> None:
    rows = disclosure_rows("2021")
    del rows[1][2]
    reading = recognise(document(grid(rows, aligned=False)), "x")
    cells = _section(reading, 2)
    assert {cells["regulation", p].state for p in ("issued", "repealed", "in_force")} == {
        "unreadable"
    }
    assert cells["normative_document", "issued"].value == 4


def test_a_fee_head_in_yuan_is_converted() -> None:
    rows = disclosure_rows("2021")
    rows[-2][1] = "本年收费金额（单位：元）"
    rows[-1][1] = "251000"
    fee = _section(recognise(document(grid(rows)), "x"), 2)["fee", "amount"]
    assert (fee.value, fee.raw) == (25.1, "251000")


@pytest.mark.parametrize("aligned", [True, False])
def test_a_whole_table_of_section_4(aligned: bool) -> None:
    reading = recognise(document(grid(proceedings_rows(), aligned)), "x")
    assert [c.value for c in reading.cells[-15:]] == list(CASES)


def test_fourteen_figures_are_refused() -> None:
    rows = proceedings_rows()
    rows[2].pop()
    reading = recognise(document(grid(rows)), "x")
    assert {c.state for c in reading.cells[-15:]} == {"unreadable"}
    assert [d.code for d in reading.doubts] == ["cell-count"]


def test_a_row_of_blanks_is_blank_not_absent() -> None:
    rows = proceedings_rows()
    rows[2] = [""] * 15
    reading = recognise(document(grid(rows)), "x")
    assert {c.state for c in reading.cells[-15:]} == {"blank"}


def test_a_figure_merged_over_two_columns_is_refused() -> None:
    rows = grid(requests_rows("2021")).rows
    merged = [s for s in rows[3] if s.column != 2]
    merged[1] = Slot(merged[1].text, 3, 1, merged[1].place, 1, 2)
    broken = (*rows[:3], tuple(merged), *rows[4:])
    reading = recognise(document(Grid(broken, "T1")), "x")
    assert _section(reading, 3)["granted", "natural_person"].state == "unreadable"


def test_two_reports_in_one_document_are_refused() -> None:
    other = requests_rows("2021")
    other[1][1] = "5"
    with pytest.raises(Refused) as refused:
        recognise(document(grid(requests_rows("2021")), grid(proceedings_rows()), grid(other)), "x")
    assert refused.value.code == "two-reports"


def test_a_document_without_any_table_or_heading_is_no_report() -> None:
    with pytest.raises(Refused) as refused:
        recognise(document(Paragraph("关于召开会议的通知", "P2")), "x")
    assert refused.value.code == "no-report"
