"""Figures that other programs print in odd ways: broken in a narrow cell, close to their label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.page_layout import PageLayout, Word
from tests.readers.build import texts
from tests.readers.test_pdf_tables import lay_out, level, net, page, upright, word

EDGES, LEVELS = (50, 150, 180, 210), (100, 130, 160)
SIDE = 3
"""Points from a cell's side to its text; five digits of four points fit beside two of these."""


def printed(*lines: tuple[int, float, str]) -> list[Word]:
    """A word for each (column, level, text), a label before all in a cell filled to its sides."""
    label = word(EDGES[0] + SIDE, 145, "一、本年新收申请数量项")
    head = [word(EDGES[c] + SIDE, 115, text) for c, text in enumerate(("项目", "甲", "乙"))]
    return [label, *head, *(word(EDGES[c] + SIDE, y, text) for c, y, text in lines)]


def read(words: list[Word]) -> list[str]:
    (grid,) = lay_out(page(words, net(EDGES, LEVELS)))
    return texts(grid)[1][1:]


@given(st.integers(100_000, 10**10 - 1).filter(lambda n: len(str(n)) < 10))
def test_a_figure_that_finds_no_room_in_its_cell_is_one(number: int) -> None:
    whole = str(number)
    words = printed((1, 139, whole[:6]), (1, 151, whole[6:] or "0"), (2, 145, "7"))
    assert read(words) == [whole[:6] + (whole[6:] or "0"), "7"]


@given(
    st.from_regex(r"[１-９][０-９]{2}", fullmatch=True),
    st.from_regex(r"[０-９]{1,2}", fullmatch=True),
)
def test_a_figure_of_full_width_digits_is_one_too(above: str, below: str) -> None:
    words = printed((1, 139, above), (1, 151, below), (2, 145, "７"))
    assert read(words) == [above + below, "７"]


@pytest.mark.parametrize(
    "lines",
    [
        ((1, 139, "1507"), (1, 151, "4"), (2, 145, "7")),
        ((1, 139, "150743"), (1, 151, "205312"), (2, 145, "7")),
        ((1, 139, "015074"), (1, 151, "2"), (2, 145, "7")),
        ((1, 139, "150743"), (1, 151, "2"), (2, 139, "7"), (2, 151, "8")),
        ((1, 139, "150743"), (1, 151, "2"), (2, 139, "205312"), (2, 151, "8")),
        ((1, 139, "150743"), (1, 151, "2")),
        ((1, 137, "150743"), (1, 157, "2"), (2, 145, "7")),
        ((1, 139, "150743"), (1, 151, "-"), (2, 145, "7")),
        ((1, 139, "１５０"), (1, 151, "2"), (2, 145, "７")),
        ((1, 139, "０１５"), (1, 151, "２"), (2, 145, "７")),
        ((1, 139, "１５"), (1, 151, "２"), (2, 145, "７")),
    ],
    ids=[
        "room for more",
        "as many digits below",
        "begins with a nought",
        "two rows in one",
        "two rows of long figures",
        "no whole figure beside",
        "far apart",
        "no digits below",
        "digits of two widths",
        "begins with a full-width nought",
        "room for one more of full width",
    ],
)
def test_two_lines_that_may_be_two_figures_stay_apart(
    lines: tuple[tuple[int, float, str], ...],
) -> None:
    assert " " in read(printed(*lines))[0]


def test_a_row_overleaf_goes_on_where_a_merged_cell_has_lost_its_side() -> None:
    """A label of several rows fills the second of three pages, where its side isn't drawn."""
    xs = (50, 100, 200, 260)

    def part(
        number: int, rows: list[tuple[float, str, str]], first: int, *, ends: tuple[int, ...] = ()
    ) -> PageLayout:
        top, bottom = 60, 60 + 40 * len(rows)
        rulings = [upright(x, top, bottom) for x in xs[first:]]
        rulings += [level(xs[1], xs[-1], top + 40 * n) for n in range(1, len(rows))]
        rulings += [level(xs[0], xs[-1], y) for y in ends]
        words = [word(103, y, label) for y, label, _ in rows]
        words += [word(210, y, figure) for y, _, figure in rows if figure]
        return page(words, rulings, number)

    pages = [
        part(1, [(80, "予以公开", "11"), (120, "没有现成信息需要另行制作", "12")], 0, ends=(60,)),
        part(
            2,
            [(80, "的", ""), (120, "信访举报", "13"), (160, "申请人没有正当理由逾期不", "14")],
            1,
        ),
        part(3, [(80, "补", ""), (120, "其他", "15")], 0, ends=(140,)),
    ]
    (grid,) = lay_out(*pages)
    rows = [[slot.text for slot in row if slot.column] for row in grid.rows]
    assert [row for row in rows if any(row)] == [
        ["予以公开", "11"],
        ["没有现成信息需要另行制作的", "12"],
        ["信访举报", "13"],
        ["申请人没有正当理由逾期不补", "14"],
        ["其他", "15"],
    ]


@pytest.mark.parametrize(
    ("x", "told"), [(142, True), (143.5, False)], ids=["in the column", "out of it"]
)
def test_a_figure_close_to_its_label_is_told_by_the_figures_above(x: float, told: bool) -> None:
    rows = [("行政许可", "8164", 142.0), ("行政处罚事项", "2244", 142.0)]
    words = [
        w
        for n, (label, f, at) in enumerate(rows)
        for w in (word(50, 100 + 20 * n, label), word(at, 100 + 20 * n, f))
    ]
    words += [word(50, 140, "行政事业性收费的收入总"), word(x, 140, "76")]
    (grid,) = lay_out(page(words))
    assert (texts(grid)[-1] == ["行政事业性收费的收入总", "76"]) is told


@pytest.mark.parametrize("label", ["行政事业性收费的文 8", "行政事业性收费的文 —"])
def test_the_end_of_a_longer_figure_is_parted_from_no_label(label: str) -> None:
    words = [word(50, 100, "行政许可"), word(142, 100, "164")]
    words += [word(50, 120, label[:-2]), word(132, 120, label[-1]), word(142, 120, "164")]
    assert not any("164" in row[1:] for grid in lay_out(page(words)) for row in texts(grid)[1:])
