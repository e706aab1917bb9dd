"""The varieties of layout that agencies publish, each made by hand from figures that tie out."""

from __future__ import annotations

import pytest

from etl.document import Grid, Paragraph
from etl.form import EDITIONS, Edition, load_form
from etl.readers.grids import Cell, lay_out
from etl.reading import ReportReading
from etl.recognise import recognise
from tests.recognise.grids import document, grid
from tests.recognise.layouts import (
    FLATTENED,
    HEADINGS,
    Figures,
    Table,
    expand,
    figures,
    of_section,
    read_cells,
    read_text,
    report_text,
    section_2,
    section_3,
    section_4,
    tables,
)

KNOWN = figures("2021")
ROUTES = [head.label for head in load_form("2021").section_heads(4)]
OUTCOMES = [line.label for line in load_form("2021").section_lines(4)]
FIFTEEN = [cell.text for cell in section_4(KNOWN)[-1]]


def _codes(reading: ReportReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


def _with(section: int, table: Table | list[list[str]] | tuple[list[list[str]], ...]) -> list[Grid]:
    """The grids of a whole report, with this in place of one section's table."""
    blocks: list[Grid] = []
    for number, rows in tables("2021", KNOWN).items():
        if number != section:
            blocks.append(lay_out(rows, f"T{number}"))
            continue
        for part in table if isinstance(table, tuple) else (table,):
            texts = all(isinstance(cell, str) for row in part for cell in row)
            blocks.append(grid(part) if texts else lay_out(part, "T9"))  # type: ignore[arg-type]
    return blocks


def _without_total(rows: Table) -> Table:
    heads = [[rows[0][0], Cell("申请人情况", 1, 6)], rows[1][:-1], rows[2]]
    return [*heads, *(row[:-1] for row in rows[3:])]


def _with_subtotal(rows: Table) -> Table:
    heads = [
        [rows[0][0], Cell("申请人情况", 1, 8)],
        [rows[1][0], Cell("法人或其他组织", 1, 6), rows[1][2]],
        [*rows[2], Cell("小计")],
    ]
    sums = (sum(int(cell.text) for cell in row[-6:-1]) for row in rows[3:])
    return [
        *heads,
        *([*row[:-1], Cell(str(s)), row[-1]] for row, s in zip(rows[3:], sums, strict=True)),
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", FLATTENED)
@pytest.mark.parametrize("headings", [True, False])
def test_every_way_of_flattening(edition: Edition, kind: str, headings: bool) -> None:
    if not headings and kind in ("word", "spaces"):
        pytest.skip("without a heading between them nothing tells one table from the next")
    known = figures(edition)
    text = report_text(edition, tables(edition, known), FLATTENED[kind], headings=headings)
    reading = read_text(text)
    for section in (2, 3, 4):
        assert read_cells(reading, section) == of_section(known, section)
    assert _codes(reading) <= {"by-count", "no-heads"}


@pytest.mark.parametrize("kind", FLATTENED)
def test_heads_that_lost_their_second_half(kind: str) -> None:
    known = figures("2019")
    sections = tables("2019", known)
    sections[2][1][1:3] = [Cell("本年新"), Cell("本年新")]
    reading = read_text(report_text("2019", sections, FLATTENED[kind]))
    assert read_cells(reading, 2) == of_section(known, 2)


def test_the_first_blocks_title_row_is_missing() -> None:
    reading = recognise(document(*_with(2, section_2("2021", KNOWN)[1:])), "x")
    assert read_cells(reading, 2) == of_section(KNOWN, 2)


@pytest.mark.parametrize("width", [4, 5, 6])
def test_section_2_of_four_to_six_columns(width: int) -> None:
    reading = recognise(document(*_with(2, section_2("2021", KNOWN, width))), "x")
    assert read_cells(reading, 2) == of_section(KNOWN, 2)
    assert not reading.doubts


@pytest.mark.parametrize(
    "kind", ["word", "pipes on lines of their own", "piped", "markdown", "piped without blanks"]
)
def test_a_table_without_totals_in_text(kind: str) -> None:
    sections = tables("2021", KNOWN) | {3: _without_total(section_3("2021", KNOWN))}
    reading = read_text(report_text("2021", sections, FLATTENED[kind]))
    expected = {c: v for c, v in of_section(KNOWN, 3).items() if c[2] != "total"}
    assert read_cells(reading, 3) == expected


@pytest.mark.parametrize(
    "kind", ["word", "pipes on lines of their own", "piped", "markdown", "piped without blanks"]
)
def test_a_subtotal_behind_the_organisations_in_text(kind: str) -> None:
    sections = tables("2021", KNOWN) | {3: _with_subtotal(section_3("2021", KNOWN))}
    reading = read_text(report_text("2021", sections, FLATTENED[kind]))
    assert read_cells(reading, 3) == of_section(KNOWN, 3)


def test_a_subtotal_whose_head_is_lost_is_refused() -> None:
    rows = _with_subtotal(section_3("2021", KNOWN))
    del rows[2][-1]
    sections = tables("2021", KNOWN) | {3: rows}
    reading = read_text(report_text("2021", sections, FLATTENED["a cell a line"]))
    assert read_cells(reading, 3) == {}
    assert _codes(reading) == {"cell-count"}


def test_a_table_without_a_column_for_others() -> None:
    rows = section_3("2021", KNOWN)
    heads = [
        [rows[0][0], Cell("申请人情况", 1, 6)],
        [rows[1][0], Cell("法人或其他组织", 1, 4), rows[1][2]],
        rows[2][:-1],
    ]
    body = [[*row[:-2], row[-1]] for row in rows[3:]]
    reading = recognise(document(*_with(3, [*heads, *body])), "x")
    expected = {c: v for c, v in of_section(KNOWN, 3).items() if c[2] != "other_org"}
    assert read_cells(reading, 3) == expected


def test_a_label_merged_with_its_only_figure_is_named() -> None:
    rows = section_3("2021", KNOWN)
    rows[3] = [Cell("一、本年新收政府信息公开申请数量：5", 1, 10)]
    reading = recognise(document(*_with(3, rows)), "x")
    assert [(d.code, d.item) for d in reading.doubts] == [("lone-figure", "received")]
    assert (3, "received", "total") not in read_cells(reading, 3)


def test_section_4_with_its_routes_as_rows() -> None:
    body = [[route, *FIFTEEN[5 * n : 5 * n + 5]] for n, route in enumerate(ROUTES)]
    reading = recognise(document(*_with(4, [["类别", *OUTCOMES], *body])), "x")
    assert read_cells(reading, 4) == of_section(KNOWN, 4)


def test_section_4_with_its_outcomes_as_rows() -> None:
    body = [[outcome, *FIFTEEN[n::5]] for n, outcome in enumerate(OUTCOMES)]
    reading = recognise(document(*_with(4, [["结果", *ROUTES], *body])), "x")
    assert read_cells(reading, 4) == of_section(KNOWN, 4)


def test_a_route_that_lost_a_figure_leaves_the_table_unread() -> None:
    body = [[route, *FIFTEEN[5 * n : 5 * n + 5]] for n, route in enumerate(ROUTES)]
    del body[1][3]
    reading = recognise(document(*_with(4, [["类别", *OUTCOMES], *body])), "x")
    assert read_cells(reading, 4) == {}
    assert "two-rows" in _codes(reading)


def test_three_rows_of_five_without_routes_are_not_read() -> None:
    body = [FIFTEEN[5 * n : 5 * n + 5] for n in range(3)]
    reading = recognise(document(*_with(4, [OUTCOMES, *body])), "x")
    assert read_cells(reading, 4) == {}
    assert "two-rows" in _codes(reading)


def test_section_4_as_one_table_for_each_law() -> None:
    rows = section_4(KNOWN)
    review = [[ROUTES[0], *[""] * 4], OUTCOMES, FIFTEEN[:5]]
    lawsuits = [
        [*(text for route in ROUTES[1:] for text in (route, *[""] * 4))],
        OUTCOMES * 2,
        [cell.text for cell in rows[-1][5:]],
    ]
    blocks = _with(4, (review, lawsuits))
    reading = recognise(document(*blocks[:2], Paragraph(HEADINGS[4], "P9"), *blocks[2:]), "x")
    assert read_cells(reading, 4) == of_section(KNOWN, 4)


def test_section_4_with_a_label_before_its_figures() -> None:
    rows = section_4(KNOWN)
    labelled = [[Cell("类别", 3, 1), *rows[0]], *rows[1:3], [Cell("件数"), *rows[3]]]
    reading = recognise(document(*_with(4, labelled)), "x")
    assert read_cells(reading, 4) == of_section(KNOWN, 4)


@pytest.mark.parametrize("gap", [" ", "\t", "\n", "\n\n"])
def test_fifteen_figures_on_one_line_or_on_fifteen(gap: str) -> None:
    sections = {section: rows for section, rows in tables("2021", KNOWN).items() if section < 4}
    text = report_text("2021", sections, FLATTENED["word"])
    heads = gap.join(cell.text for row in section_4(KNOWN)[:3] for cell in row)
    before, after = text.split("五、")
    reading = read_text("\n".join((before, HEADINGS[4], heads, gap.join(FIFTEEN), "五、" + after)))
    assert read_cells(reading, 4) == of_section(KNOWN, 4)


def test_figures_of_a_page_where_labels_are_broken_over_lines() -> None:
    def row(item: str) -> str:
        heads = load_form("2021").section_heads(3)
        return " ".join(str(KNOWN[3, item, head.party]) for head in heads)

    lines = [
        HEADINGS[3], "商业 科研 社会公 法律服", "人 其他", "企业 机构 益组织 务机构",
        f"一、本年新收政府信息公开申请数量 {row('received')}",
        f"二、上年结转政府信息公开申请数量 {row('carried_in')}",
        f"（一）予以公开 {row('granted')}", "三", "（二）部分公开（区分处理的，只计这一", "、",
        f"情形，不计其他情形） {row('partial')}", f"本 1.属于国家秘密 {row('refused_secret')}",
        "年 2.其他法律行政法规禁止公", f"度 开 {row('refused_law')}", "办 （三）",
        f"理 不予 3.危及“三安全一稳定” {row('refused_security')}", "- 5 -",
        f"7.属于行政执法案卷 {row('refused_case_file')}", "1.本机关不掌握相关政府",
        f"（四） {row('unable_not_held')}", "信息", "无法 2.没有现成信息需要另行",
        f"提供 {row('unable_creation')}", "制作", "3.补正后申请内容仍不明", row("unable_unclear"),
        "确", "2.申请人逾期未按收费通", f"处理 知要求缴纳费用、行政机 {row('other_unpaid')}",
        "关不再处理其政府信息公", "开申请", f"3.其他 {row('other_misc')}",
        f"（七）总计 {row('concluded')}", f"四、结转下年度继续办理 {row('carried_out')}",
    ]  # fmt: skip
    reading = read_text("\n".join(("青石镇2022年政府信息公开工作年度报告", *lines)))
    read = read_cells(reading, 3)
    assert read == {code: value for code, value in KNOWN.items() if code in read}
    assert len(read) == 7 * 15
    assert _codes(reading) == {"no-heads"}


def test_a_line_whose_label_is_lost_does_not_take_the_next_one() -> None:
    heads = load_form("2021").section_heads(3)
    rows = [
        " ".join(str(KNOWN[3, item, head.party]) for head in heads)
        for item in ("received", "carried_in", "granted")
    ]
    labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
    ]
    lines = [f"{labels[0]} {rows[0]}", f"某行 {rows[1]}", f"{labels[2]} {rows[2]}"]
    text = "\n".join(("青石镇2022年政府信息公开工作年度报告", HEADINGS[3], *lines))
    reading = read_text(text)
    assert {item for _, item, _ in read_cells(reading, 3)} == {"received", "granted"}
    assert _codes(reading) == {"unknown-row", "no-heads"}


def _two_years(rows: Table, other: Table, *, interleaved: bool) -> Table:
    """Section 3 with the figures of two years, pair by pair or one year after the other."""
    heads = [[rows[0][0], Cell("申请人情况", 1, 14)]]
    if interleaved:
        heads += [[Cell("自然人", 1, 2), Cell("法人或其他组织", 1, 10), Cell("总计", 1, 2)]]
        heads += [[Cell(cell.text, 1, 2) for cell in rows[2]]]
    else:
        heads += [[*rows[1], *rows[1]], [*rows[2], *rows[2]]]
    body = []
    for one, two in zip(rows[3:], other[3:], strict=True):
        pairs = zip(one[-7:], two[-7:], strict=True)
        both = [c for pair in pairs for c in pair] if interleaved else [*one[-7:], *two[-7:]]
        body.append([*one[:-7], *both])
    return [*heads, *body]


@pytest.mark.parametrize("kind", FLATTENED)
@pytest.mark.parametrize("interleaved", [True, False])
def test_two_years_side_by_side_are_never_read(kind: str, interleaved: bool) -> None:
    other = figures("2021", seed=9)
    both = _two_years(section_3("2021", KNOWN), section_3("2021", other), interleaved=interleaved)
    sections = tables("2021", KNOWN) | {3: both}
    reading = read_text(report_text("2021", sections, FLATTENED[kind]))
    assert read_cells(reading, 3) == {}
    assert _codes(reading) & {"cell-count", "head-order"}
    laid = recognise(document(*_with(3, both)), "x")
    assert read_cells(laid, 3) == {}


def test_a_section_with_its_heading_alone_says_so() -> None:
    blocks = [Paragraph(text, f"P{n}") for n, text in HEADINGS.items()]
    reading = recognise(document(*blocks), "x")
    assert {cell.state for cell in reading.cells} == {"absent"}
    assert [(d.code, d.section, d.place) for d in reading.doubts] == [
        ("no-table", n, f"P{n}") for n in HEADINGS
    ]


def test_section_2_as_a_sentence() -> None:
    sentence = Paragraph("本年制发行政规范性文件3件，行政许可处理决定12件。", "P3")
    reading = recognise(
        document(Paragraph(HEADINGS[2], "P2"), sentence, *_with(3, section_3("2021", KNOWN))[1:]),
        "x",
    )
    assert read_cells(reading, 2) == {}
    assert [(d.code, d.section) for d in reading.doubts] == [("no-table", 2)]


def test_other_tables_before_the_prescribed_ones() -> None:
    budget = grid([["项目", "预算数", "总计"], ["行政许可", "3", "7"], ["总计", "15", "32"]])
    staff = grid(
        [["科室", "在编", "其他", "总计"], ["办公室", "1", "2", "3"], ["总计", "4", "5", "9"]]
    )
    own = tables("2021", KNOWN)
    blocks = [
        block
        for section, extra in ((2, budget), (3, staff), (4, budget))
        for block in (Paragraph(HEADINGS[section], "P"), extra, lay_out(own[section], "T"))
    ]
    reading = recognise(document(budget, staff, *blocks), "x")
    read: Figures = {}
    for section in (2, 3, 4):
        read |= read_cells(reading, section)
    assert read == KNOWN


def test_the_statistics_table_of_before_2019_is_not_read() -> None:
    old = grid(
        [["统 计 指 标", "单位", "统计数"], ["一、主动公开情况", "—", "—"],
         ["（一）主动公开政府信息数", "条", "523"], ["其中：主动公开规范性文件数", "条", "4"],
         ["三、依申请公开情况", "—", "—"], ["（一）收到申请数", "件", "12"],
         ["四、行政复议数量", "件", "1"], ["（一）维持具体行政行为数", "件", "1"]]
    )  # fmt: skip
    reading = recognise(document(Paragraph(HEADINGS[2], "P2"), Paragraph(HEADINGS[3], "P3"), old,
                                 Paragraph(HEADINGS[4], "P4")), "x")  # fmt: skip
    assert {cell.state for cell in reading.cells} == {"absent"}
    assert reading.doubts


def test_a_table_broken_over_pages_with_its_heads_repeated_in_text() -> None:
    rows = section_3("2021", KNOWN)
    first = "\n".join(" | ".join(row) for row in expand(rows[:3] + rows[3:5]))
    text = report_text("2021", {2: section_2("2021", KNOWN)}, FLATTENED["markdown"])
    again = "\n".join(" | ".join(row) for row in expand([*rows[:3], *rows[5:]]))
    before, after = text.split("五、")
    reading = read_text("\n".join((before, HEADINGS[3], first, "- 3 -", again, "五、" + after)))
    assert read_cells(reading, 3) == of_section(KNOWN, 3)
