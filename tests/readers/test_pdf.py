from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from etl.reading import Refused
from tests.readers.build import grids, paragraphs, refusal, texts
from tests.readers.sheet import FONT, PAGE, Sheet

ROWS = [["项目", "甲", "乙"], ["规章", "12", "-"], ["文件", "", "3"]]


def _sheet() -> Sheet:
    sheet = Sheet()
    sheet.text(60, 60, "二、主动公开情况")
    sheet.table(60, 100, ROWS)
    return sheet


def test_text_and_tables_come_in_reading_order_with_places() -> None:
    sheet = _sheet()
    sheet.text(60, 190, "无其他事项。")
    document = sheet.read()
    assert paragraphs(document) == [("二、主动公开情况", "p1 P1"), ("无其他事项。", "p1 P2")]
    (grid,) = grids(document)
    assert document.blocks[1] is grid
    assert grid.aligned
    assert texts(grid) == ROWS
    assert (grid.place, grid.rows[2][1].place) == ("p1 T1", "p1 T1 R3 C2")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_drawn_sideways_and_turned_is_read_upright(angle: int) -> None:
    sheet = Sheet(PAGE if angle == 180 else PAGE[::-1])  # the canvas itself swaps the sides
    canvas = sheet.canvas
    canvas.setPageRotation(angle)
    moved = {90: (595, 0), 180: (595, 842), 270: (0, 842)}[angle]
    canvas.translate(*moved)
    canvas.rotate(angle)
    sheet.text(60, 60, "二、主动公开情况")
    sheet.table(60, 100, ROWS)
    document = sheet.read()
    assert texts(grids(document)[0]) == ROWS
    assert paragraphs(document)[0][0] == "二、主动公开情况"


def test_text_drawn_upwards_in_a_cell_is_one_text() -> None:
    sheet = Sheet()
    sheet.table(60, 100, [["", "甲", "乙"], ["规章", "1", "2"]], row=60)
    sheet.canvas.saveState()
    sheet.canvas.translate(80, sheet.height - 155)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont(FONT, 10)
    sheet.canvas.drawString(0, 0, "信息内容")
    sheet.canvas.restoreState()
    assert texts(grids(sheet.read())[0])[0] == ["信息内容", "甲", "乙"]


def test_a_character_drawn_twice_for_bold_type_counts_once() -> None:
    sheet = _sheet()
    sheet.cells(60.4, 100, ROWS)
    sheet.text(60, 200, "办结11件")
    sheet.text(60.3, 200, "办结11件")
    document = sheet.read()
    assert texts(grids(document)[0]) == ROWS
    assert paragraphs(document)[-1][0] == "办结11件"


def test_a_watermark_at_a_slant_or_big_and_pale_leaves_cells_alone() -> None:
    sheet = _sheet()
    sheet.canvas.saveState()
    sheet.canvas.translate(80, sheet.height - 160)
    sheet.canvas.rotate(35)
    sheet.canvas.setFont(FONT, 12)
    sheet.canvas.drawString(0, 0, "内部资料 2024")
    sheet.canvas.restoreState()
    sheet.canvas.setFillGray(0.8)
    sheet.text(90, 140, "样本 88", size=30)
    sheet.canvas.setFillGray(0)
    document = sheet.read()
    assert texts(grids(document)[0]) == ROWS
    assert len(document.blocks) == 2


def test_text_outside_the_page_and_invisible_text_are_not_read() -> None:
    sheet = _sheet()
    sheet.text(700, 130, "999")
    sheet.text(60, 900, "页外")
    hidden = sheet.canvas.beginText(150, sheet.height - 134)
    hidden.setTextRenderMode(3)
    hidden.textOut("777")
    sheet.canvas.drawText(hidden)
    document = sheet.read()
    assert texts(grids(document)[0]) == ROWS
    assert len(document.blocks) == 2


def test_a_dash_at_the_end_of_a_line_stays_a_dash() -> None:
    sheet = Sheet()
    sheet.table(60, 100, [["规章a", "-"], ["b", "5"], ["c-", "-"], ["d", "6"]], width=30, row=12)
    assert texts(grids(sheet.read())[0]) == [["规章a", "-"], ["b", "5"], ["c-", "-"], ["d", "6"]]


def test_radicals_that_look_like_ideographs_are_read_as_these() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "⼀、⼈⺠政府⻓")
    assert paragraphs(sheet.read())[0][0] == "一、人民政府长"


def test_a_password_and_none_but_the_owners() -> None:
    locked = Sheet(encrypt=StandardEncryption("secret", canPrint=0))
    locked.text(60, 60, "甲")
    assert refusal(locked.bytes(), "a.pdf") == "encrypted"
    owned = Sheet(encrypt=StandardEncryption("", ownerPassword="o", canCopy=0))
    owned.text(60, 60, "甲")
    assert paragraphs(owned.read()) == [("甲", "p1 P1")]


def test_a_file_cut_short_is_refused_and_never_mended() -> None:
    data = _sheet().bytes()
    for part in (0.3, 0.6, 0.9):
        assert refusal(data[: int(len(data) * part)], "a.pdf") == "truncated"
    assert refusal(b"%PDF-1.4\nnothing\n%%EOF\n", "a.pdf") == "corrupt"


def test_a_page_that_is_a_picture_is_named() -> None:
    sheet = _sheet()
    sheet.next_page()
    sheet.picture(0, 0, 595, 842)
    sheet.text(300, 820, "第2页")
    with pytest.raises(Refused) as refused:
        sheet.read()
    assert (refused.value.code, refused.value.place) == ("scan", "p2")


def test_a_scan_with_its_reading_hidden_below_is_a_scan() -> None:
    sheet = Sheet()
    hidden = sheet.canvas.beginText(60, 700)
    hidden.setTextRenderMode(3)
    for _ in range(40):
        hidden.textLine("本年新收政府信息公开申请数量 12")
    sheet.canvas.drawText(hidden)
    sheet.picture(0, 0, 595, 842)
    assert refusal(sheet.bytes(), "a.pdf") == "scan"


def test_a_cover_with_a_title_over_a_picture_is_no_scan() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 595, 842)
    sheet.text(60, 300, "云泽县柳塘乡人民政府2023年政府信息公开工作年度报告")
    assert sheet.read().blocks
