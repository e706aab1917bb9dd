"""What pages do to tables: rows cut by a page's end, page numbers within, figures set close."""

from __future__ import annotations

import pytest

from etl.document import Grid
from etl.readers.drawn import lay_out_pages
from etl.readers.page_layout import Box, PageLayout
from etl.readers.pdf.dots import dotted_lines
from tests.readers.build import texts
from tests.readers.sheet import Sheet
from tests.readers.test_pdf_tables import ROWS, XS, YS, filled, lay_out, net, page, word

CUT = "3.其他法规禁止"
NEXT = ["4.规划", "4", "5"]


def _cut(label: str, rest: list[str]) -> list[list[str]]:
    """The rows of a table whose last row on a page, closed, is followed by a row overleaf."""
    first = [*filled(ROWS[:2]), word(54, 150, label), word(160, 150, "7"), word(260, 150, "8")]
    second = filled([rest, NEXT], 70)
    (grid,) = lay_out(page(first, net(XS, YS)), page(second, net(XS, (60, 80, 100)), number=2))
    return texts(grid)[2:]


def test_a_row_of_a_numbered_table_goes_on_overleaf_where_no_number_stands() -> None:
    assert _cut("3.其他法规禁止的", ["公开事项", "", ""]) == [
        ["3.其他法规禁止的公开事项", "7", "8"],
        NEXT,
    ]


@pytest.mark.parametrize(
    ("label", "rest"),
    [
        ("3.其他法规禁止的", ["4.公开事项", "", ""]),
        ("3.其他法规禁止的", ["公开事项", "", "6"]),
        ("3.其他", ["公开事项", "", ""]),
        ("其他法规禁止", ["公开事项", "", ""]),
    ],
    ids=["numbered itself", "figures of its own", "room for more above", "no numbers"],
)
def test_a_row_overleaf_that_may_be_one_of_its_own_is_left_so(label: str, rest: list[str]) -> None:
    assert _cut(label, rest) == [[label, "7", "8"], rest, NEXT]


def test_a_page_number_that_never_counts_stands_in_no_way_of_a_table() -> None:
    def numbered(number: int) -> PageLayout:
        foot = word(270, 810, "第 1 页共 2 页")
        rows = ROWS if number == 1 else [["规划", "4", "5"], ["计划", "6", "7"], ["许可", "", ""]]
        return page([*filled(rows), foot], net(XS, YS), number=number)

    (grid,) = lay_out_pages([numbered(1), numbered(2)])
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 6


@pytest.mark.parametrize(
    ("first", "grids"),
    [(["公开事项", "", ""], 1), (["项目", "甲", ""], 2)],
    ids=["a label alone", "a head"],
)
def test_over_a_foot_that_is_left_a_label_alone_shows_that_the_table_goes_on(
    first: list[str], grids: int
) -> None:
    last = ["3.其他法规禁止的", "7", "8"]
    above = page([*filled([*ROWS[:2], last]), word(54, 810, "内部资料")], net(XS, YS))
    below = page(filled([first, NEXT], 70), net(XS, (60, 80, 100)), number=2)
    assert len(lay_out(above, below)) == grids


@pytest.mark.parametrize(
    ("level", "counts", "taken"),
    [(806, True, True), (800, True, False), (806, False, False)],
    ids=["own line", "level with figures", "no count"],
)
def test_a_page_number_over_a_table_is_taken_out(level: float, counts: bool, taken: bool) -> None:
    def numbered(number: int) -> PageLayout:
        words = [word(60, 780, "甲"), word(160, 780, "3"), word(60, 800, "乙"), word(160, 800, "4")]
        mark = word(180, level, str(number) if counts else "9")
        return page([*words, mark], net(XS[:3], (770, 790, 820)), number=number)

    for number, grid in enumerate(lay_out(numbered(1), numbered(2)), 1):
        last = texts(grid)[-1][1]
        assert (last == "4") == taken, number


@pytest.mark.parametrize(
    ("others", "parted"),
    [([("16", 203), ("134", 224)], True), ([("134", 224)], False), ([("1600", 210)], False)],
    ids=["two columns", "no figure on the left", "a figure across"],
)
def test_figures_set_close_are_parted_by_those_of_other_rows(
    others: list[tuple[str, float]], parted: bool
) -> None:
    words = [word(60, 150, "规章"), word(203, 150, "168"), word(220, 150, "1343")]
    words += [word(60, 170, "许可"), *(word(x, 170, text) for text, x in others)]
    (grid,) = lay_out(page(words))
    first = [text for text in texts(grid)[0] if text]
    assert first == (["规章", "168", "1343"] if parted else ["规章", "168 1343"])


def test_dots_in_a_row_are_a_line_and_a_few_are_none() -> None:
    dots = [Box(50 + 1.5 * n, 99.6, 50.8 + 1.5 * n, 100.4) for n in range(200)]
    (line,) = dotted_lines([*dots, *(Box(x, 300, x + 1, 301) for x in (50, 53, 56))])
    assert (line.x0, round(line.x1, 1), line.middle) == (50, 349.3, 100)


def test_a_table_ruled_by_dots_is_read_by_its_lines() -> None:
    sheet = Sheet()
    for x in range(4):
        for n in range(40):
            sheet.bar(60 + 80 * x, 100 + 1.5 * n, 60.2 + 80 * x, 100.2 + 1.5 * n)
    for y in range(4):
        for n in range(160):
            sheet.bar(60 + 1.5 * n, 100 + 19.5 * y, 60.2 + 1.5 * n, 100.2 + 19.5 * y)
    sheet.cells(60, 100, [["项目", "甲", "乙"], ["规章", "", "有"], ["文件", "无", ""]], row=19.5)
    (grid,) = (block for block in sheet.read().blocks if isinstance(block, Grid))
    assert texts(grid) == [["项目", "甲", "乙"], ["规章", "", "有"], ["文件", "无", ""]]


def test_a_narrow_decimal_point_parts_no_figure() -> None:
    sheet = Sheet()
    sheet.table(60, 100, [["项目", "金额"], ["收费", ""]])
    for n, sign in enumerate("3144"):
        sheet.text(150 + 5 * n, 134, sign)
    sheet.text(170, 134, ".")
    for n, sign in enumerate("19"):
        sheet.text(175 + 5 * n, 134, sign)
    (grid,) = (block for block in sheet.read().blocks if isinstance(block, Grid))
    assert texts(grid)[1] == ["收费", "3144.19"]
