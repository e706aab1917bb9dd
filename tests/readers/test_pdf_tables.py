"""Tables found by geometry: ruled in every manner, without lines, and over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Grid, Paragraph
from etl.readers.drawn import lay_out_pages
from etl.readers.drawn.row_labels import match_labels
from etl.readers.page_layout import Box, PageLayout, Word
from tests.readers.build import grids, spans, texts
from tests.readers.sheet import Sheet

HEIGHT = 10.0
WIDE = 8.0


def word(x: float, y: float, text: str) -> Word:
    """A word whose box begins at x, with its middle at y."""
    width = sum(WIDE / 2 if sign.isascii() else WIDE for sign in text)
    return Word(text, Box(x, y - HEIGHT / 2, x + width, y + HEIGHT / 2))


def page(
    words: Sequence[Word], rulings: Sequence[Box] = (), number: int = 1, **more: tuple[Box, ...]
) -> PageLayout:
    return PageLayout(number, 595, 842, tuple(words), tuple(rulings), **more)


def level(x0: float, x1: float, y: float) -> Box:
    return Box(x0, y - 0.4, x1, y + 0.4)


def upright(x: float, y0: float, y1: float) -> Box:
    return Box(x - 0.4, y0, x + 0.4, y1)


def lay_out(*pages: PageLayout) -> list[Grid]:
    return [block for block in lay_out_pages(pages) if isinstance(block, Grid)]


def net(xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    return [level(xs[0], xs[-1], y) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


XS, YS = (50, 150, 250, 350), (100, 120, 140, 160)


def filled(rows: Sequence[Sequence[str]], top: float = 110, step: float = 20) -> list[Word]:
    return [
        word(XS[c] + 10, top + r * step, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]


ROWS = [["项目", "甲", "乙"], ["规章", "12", ""], ["文件", "-", "3"]]


def _sides(drawn: Callable[[Box], Box]) -> list[Box]:
    """One object per side of each cell, as browsers print it; sides next to each other twice."""
    return [
        drawn(side)
        for y0, y1 in pairwise(YS)
        for x0, x1 in pairwise(XS)
        for side in (
            level(x0, x1, y0 + 0.5),
            level(x0, x1, y1 - 0.5),
            upright(x0 + 0.5, y0, y1),
            upright(x1 - 0.5, y0, y1),
        )
    ]


MANNERS = {
    "whole lines": net(XS, YS),
    "sides": _sides(lambda side: side),
    "sides apart": _sides(lambda b: Box(b.x0 + 1, b.y0 + 1, b.x1 + 1, b.y1 + 1)),
    "without outer sides": net(XS, YS)[:4] + net(XS, YS)[5:7],
    "without top and foot": net(XS, YS)[1:3] + net(XS, YS)[4:],
    "broken into dashes": [
        Box(b.x0 + n * b.width / 40, b.y0, b.x0 + (n + 0.7) * b.width / 40, b.y1)
        if b.width > b.height
        else Box(b.x0, b.y0 + n * b.height / 10, b.x1, b.y0 + (n + 0.7) * b.height / 10)
        for b in net(XS, YS)
        for n in range(40 if b.width > b.height else 10)
    ],
}


@pytest.mark.parametrize("manner", MANNERS)
def test_lines_drawn_in_any_manner_make_the_same_table(manner: str) -> None:
    (grid,) = lay_out(page(filled(ROWS), MANNERS[manner]))
    assert grid.aligned
    assert texts(grid) == ROWS


def test_cells_coloured_over_a_dark_ground_are_ruled_by_what_shows_between() -> None:
    tiles = tuple(Box(x0 + 1, y0 + 1, x1, y1) for y0, y1 in pairwise(YS) for x0, x1 in pairwise(XS))
    ground = Box(XS[0], YS[0], XS[-1] + 1, YS[-1] + 1)
    (grid,) = lay_out(page(filled(ROWS), fills=(ground, *tiles)))
    assert texts(grid) == ROWS


def test_merged_cells_are_one_slot_with_spans() -> None:
    lines = [
        *(level(50, 350, y) for y in (100, 160)),
        level(150, 350, 120),
        level(150, 350, 140),
        *(upright(x, 100, 160) for x in (50, 150, 350)),
        upright(250, 120, 160),
    ]
    words = [word(60, 130, "甲"), word(200, 110, "乙"), *filled([["", "1", "2"]] * 2, 130)]
    (grid,) = lay_out(page(words, lines))
    assert spans(grid) == {
        (0, 0): ("甲", 3, 1),
        (0, 1): ("乙", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 1): ("1", 1, 1),
        (2, 2): ("2", 1, 1),
    }


def test_a_head_written_downwards_and_a_broken_one_are_whole_texts() -> None:
    words = [
        *(word(60, 105 + 11 * n, sign) for n, sign in enumerate("三、本年度")),
        word(160, 110, "商业"),
        word(160, 121, "企业"),
        word(260, 110, "5"),
    ]
    (grid,) = lay_out(page(words, net(XS, (100, 160, 200))))
    assert texts(grid)[0] == ["三、本年度", "商业企业", "5"]


def test_a_figure_across_a_line_belongs_to_neither_side_alone() -> None:
    words = [*filled(ROWS), Word("123456", Box(135, 145, 165, 155))]
    words = [w for w in words if w.text not in ("文件", "-")]
    (grid,) = lay_out(page(words, net(XS, YS)))
    assert spans(grid)[2, 0] == ("123456", 1, 2)


def test_figures_that_touch_a_line_between_them_stay_two() -> None:
    sheet = Sheet()
    sheet.table(60, 100, [["项目", "", ""], ["规章", "", ""]], width=30)
    sheet.text(90 + 30 - 5.2, 134, "1")
    sheet.text(120.6, 134, "2")
    assert texts(grids(sheet.read())[0])[1] == ["规章", "1", "2"]


def test_a_frame_around_the_page_is_no_table() -> None:
    frame = net((20, 575), (20, 822))
    blocks = lay_out_pages([page([*filled(ROWS), word(60, 60, "题名")], [*frame, *net(XS, YS)])])
    assert isinstance(blocks[0], Paragraph)
    assert isinstance(blocks[1], Grid)
    assert texts(blocks[1]) == ROWS


def test_two_tables_side_by_side_are_two() -> None:
    beside = [Box(b.x0 + 330, b.y0, b.x1 + 330, b.y1) for b in net((50, 100, 150), YS)]
    words = [*filled(ROWS), word(390, 110, "去年"), word(440, 130, "7")]
    first, second = lay_out(page(words, [*net(XS, YS), *beside]))
    assert texts(first) == ROWS
    assert texts(second)[:2] == [["去年", ""], ["", "7"]]


def _two_pages(bottom: Sequence[Box], top: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    return [*net(XS, YS), *bottom], [*top, *net(XS, (60, 80, 100))]


def test_a_table_goes_on_over_the_page_and_its_head_stands_once() -> None:
    above, below = _two_pages([], [])
    second = [["项目", "甲", "乙"], ["规划", "4", "5"]]
    (grid,) = lay_out(page(filled(ROWS), above), page(filled(second, 70), below, number=2))
    assert texts(grid) == [*ROWS, second[1]]
    assert grid.rows[3][1].place == "p2 T1 R2 C2"


def test_a_row_cut_open_by_the_page_is_one_row() -> None:
    stubs = [upright(x, 160, 175) for x in XS]
    tops = [upright(x, 45, 60) for x in XS]
    cut = [*filled(ROWS), word(60, 168, "其他法规禁"), word(160, 168, "7"), word(260, 168, "8")]
    rest = [word(60, 52, "止公开"), *filled([["规划", "4", "5"], ["计划", "6", "7"]], 70)]
    above, below = _two_pages(stubs, tops)
    (grid,) = lay_out(page(cut, above), page(rest, below, number=2))
    assert texts(grid) == [
        *ROWS,
        ["其他法规禁止公开", "7", "8"],
        ["规划", "4", "5"],
        ["计划", "6", "7"],
    ]


@pytest.mark.parametrize(("end", "rest"), [(145, True), (110, False)])
def test_a_row_cut_and_closed_is_told_by_a_full_line_above(end: float, rest: bool) -> None:
    above, below = _two_pages([], [])
    last = Word("其他法规禁止", Box(52, 145, end, 155))
    first = [*filled(ROWS[:2]), last, word(160, 150, "7"), word(260, 150, "8")]
    second = [word(52, 70, "公开"), *filled([["规划", "4", "5"]], 90)]
    (grid,) = lay_out(page(first, above), page(second, below, number=2))
    if rest:
        assert texts(grid)[2:] == [["其他法规禁止公开", "7", "8"], ["规划", "4", "5"]]
    else:
        assert texts(grid)[2:] == [["其他法规禁止", "7", "8"], ["公开", "", ""], ["规划", "4", "5"]]


def test_tables_of_other_columns_do_not_go_on() -> None:
    other = net((50, 90, 350), (60, 80, 100))
    words = [word(60, 70, "一"), word(100, 70, "1")]
    assert len(lay_out(page(filled(ROWS), net(XS, YS)), page(words, other, number=2))) == 2


LABELS = ["规章制度", "行政规范性", "许可"]
FIGURES = [["12", "7", "100"], ["3", "", "45"], ["-", "0", "6"]]


def test_columns_without_lines_are_where_figures_stand() -> None:
    words = [word(60, 150 + 20 * n, label) for n, label in enumerate(LABELS)]
    for n, row in enumerate(FIGURES):
        words += [word(200 + 60 * c, 150 + 20 * n, text) for c, text in enumerate(row) if text]
    words += [word(190 + 60 * c, 128, head) for c, head in enumerate(["甲类", "乙类", "丙类"])]
    blocks = lay_out_pages([page([*words, word(50, 80, "二、主动公开政府信息情况如下所述")])])
    assert isinstance(blocks[0], Paragraph)
    (grid,) = (block for block in blocks if isinstance(block, Grid))
    assert grid.aligned
    body = [[label, *row] for label, row in zip(LABELS, FIGURES, strict=True)]
    assert [slot.text for slot in grid.rows[0]] == ["甲类", "乙类", "丙类"]
    assert texts(grid)[1:] == body


def test_text_in_a_column_of_figures_stays_in_its_cell() -> None:
    words = [word(60, 150 + 20 * n, label) for n, label in enumerate(LABELS)]
    for n, row in enumerate([["12", "7"], ["若干", "8"], ["5", "6"]]):
        words += [word(200 + 60 * c, 150 + 20 * n, text) for c, text in enumerate(row)]
    (grid,) = lay_out(page(words))
    assert texts(grid)[1] == ["行政规范性", "若干", "8"]


@pytest.mark.parametrize("stands", ["first", "middle", "last"])
def test_figures_beside_the_first_the_middle_or_the_last_line_of_labels(stands: str) -> None:
    words = []
    y = 100.0
    for n, lines in enumerate([3, 1, 2, 4, 1]):
        levels = [y + 12 * line for line in range(lines)]
        words += [word(60, at, f"标签{n}第{k}行") for k, at in enumerate(levels)]
        at = {"first": levels[0], "last": levels[-1], "middle": (levels[0] + levels[-1]) / 2}
        words += [word(220, at[stands], str(n)), word(280, at[stands], str(n + 10))]
        y = levels[-1] + 20
    (grid,) = lay_out(page(words))
    assert grid.aligned
    assert texts(grid) == [
        ["".join(f"标签{n}第{k}行" for k in range(lines)), str(n), str(n + 10)]
        for n, lines in enumerate([3, 1, 2, 4, 1])
    ]


def test_labels_that_fit_two_ways_are_left_in_order() -> None:
    """Evenly set lines, figures beside the first or the last of each: nothing tells which."""
    words = [word(60, 100 + 14 * n, f"标签第{n}行") for n in range(4)]
    words += [word(220 + 60 * c, y, "5") for y in (100, 142) for c in (0, 1)]
    (grid,) = lay_out(page(words))
    assert not grid.aligned
    assert sum("5" in row for row in texts(grid)) == 2


def test_stripes_part_rows_whose_figures_are_left_blank() -> None:
    rows = [["规章", "12", "7"], ["许可", "", ""], ["处罚", "5", "6"]]
    words = filled(rows)
    stripe = Box(50, 120, 350, 140)
    (grid,) = lay_out(page(words, fills=(stripe,)))
    assert texts(grid) == rows


def test_a_row_of_page_numbers_is_none_and_a_cell_alone_on_its_line_is_kept() -> None:
    def numbered(number: int) -> PageLayout:
        words = [word(66, 100, "本页的正文只有这一行字。"), word(290, 810, f"- {number} -")]
        return page([*words, word(50, 120, "字" * 60)], number=number)

    blocks = lay_out_pages([numbered(n) for n in (1, 2, 3)])
    assert not any("-" in b.text for b in blocks if isinstance(b, Paragraph))
    alone = lay_out_pages([page([word(60, 100, "正文。"), word(290, 810, "7")], number=3)])
    assert [b.text for b in alone if isinstance(b, Paragraph)] == ["正文。", "7"]


def test_lines_of_a_paragraph_run_on_over_lines_and_pages() -> None:
    full = "字" * 58
    first = [word(66, 700, full[:57]), word(50, 716, full + "甲"), word(50, 732, full + "乙")]
    second = [word(50, 60, "丙到此为止。"), word(66, 76, "另起一段。")]
    blocks = lay_out_pages([page(first), page(second, number=2)])
    assert [(b.text[-6:], b.place) for b in blocks if isinstance(b, Paragraph)] == [
        ("丙到此为止。", "p1 P1"),
        ("另起一段。", "p2 P1"),
    ]


_TEXTS = st.text("甲乙丙0123456789-", max_size=4)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(_TEXTS, min_size=width, max_size=width), min_size=2, max_size=8
        )
    ),
    st.randoms(use_true_random=False),
)
def test_any_ruled_table_is_read_as_drawn(rows: list[list[str]], chance: object) -> None:
    xs = [50.0 + 80 * n for n in range(len(rows[0]) + 1)]
    ys = [100.0 + 20 * n for n in range(len(rows) + 1)]
    words = [
        word(xs[c] + 10, ys[r] + 10, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    lines = net(xs, ys)
    chance.shuffle(words)  # type: ignore[attr-defined]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    (grid,) = lay_out(page(words, lines))
    assert texts(grid) == rows


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=9),
    st.sampled_from(["first", "middle", "last"]),
)
def test_labels_are_matched_rightly_or_not_at_all(counts: list[int], stands: str) -> None:
    labels, figures, y = list[float](), list[float](), 0.0
    expected = list[range]()
    for lines in counts:
        levels = [y + 12 * n for n in range(lines)]
        expected.append(range(len(labels), len(labels) + lines))
        labels += levels
        at = {"first": levels[0], "last": levels[-1], "middle": (levels[0] + levels[-1]) / 2}
        figures.append(at[stands])
        y = levels[-1] + 17
    assert match_labels(labels, figures, HEIGHT) == expected
