from __future__ import annotations

import pytest

from etl.document import Grid
from etl.readers import read_bytes
from tests.readers.build import from_text, grids, paragraphs, refusal, texts
from tests.shared import REAL_SAMPLE, needs_shared


def test_flattened_cells_rows_and_continued_lines() -> None:
    document = from_text("二、情况\n\t甲\n\t本年新\n制作数量\n\t\n\n\t乙\n\t0\n\t\n\n\n尾\n")
    (grid,) = grids(document)
    assert not grid.aligned
    assert texts(grid) == [["甲", "本年新制作数量", ""], ["乙", "0", ""]]
    assert [slot.place for slot in grid.rows[1]] == ["L7", "L8", "L9"]
    assert paragraphs(document) == [("二、情况", "L1"), ("尾", "L12")]


@pytest.mark.parametrize(
    "following", ["六、其他需要报告的事项", "（一）存在的问题", "全年没有其他事项。"]
)
def test_text_after_the_last_figure_is_not_part_of_it(following: str) -> None:
    document = from_text(f"\t甲\n\t0\n{following}\n")
    assert texts(grids(document)[0]) == [["甲", "0"]]
    assert paragraphs(document) == [(following, "L3")]


def test_a_figure_broken_over_two_lines_does_not_close_up() -> None:
    assert texts(grids(from_text("\t甲\n\t1\n2\n"))[0]) == [["甲", "1 2"]]


def test_sentences_behind_tabs_are_paragraphs() -> None:
    sentence = "本年度主动公开政府信息五百二十三条，主要类别为机构职能、财政预决算、工作动态等。"
    document = from_text(f"\t一、总体情况\n\t{sentence}\n\n一、\t总体\n")
    assert not grids(document)
    assert [text for text, _ in paragraphs(document)] == ["一、总体情况", sentence, "一、 总体"]


def test_rows_of_tabs() -> None:
    (grid,) = grids(from_text("甲\t1\t2\n\t3\t4\n"))
    assert grid.aligned
    assert texts(grid) == [["甲", "1", "2"], ["", "3", "4"]]
    assert grid.rows[1][2].place == "L2 C3"


def test_a_tab_before_every_row_is_no_column() -> None:
    (grid,) = grids(from_text("\t甲\t1\n\t乙\t2\n"))
    assert texts(grid) == [["甲", "1"], ["乙", "2"]]


def test_doubled_line_ends_keep_the_rows() -> None:
    lines = "题\n\t甲\n\t1\n\n\t乙\n\t2\n\n文\n"
    assert texts(grids(from_text(lines.replace("\n", "\n\n")))[0]) == [["甲", "1"], ["乙", "2"]]
    assert texts(grids(from_text(lines.replace("\n", "\r\r\n")))[0]) == [["甲", "1"], ["乙", "2"]]


def test_markdown_table() -> None:
    document = from_text("# 标题\n\n| 甲 | **1** |\n|---|:-:|\n| a\\|b | 3<br>件 |\n", "a.md")
    (grid,) = grids(document)
    assert grid.aligned
    assert texts(grid) == [["甲", "1"], ["a|b", "3件"]]
    assert grid.rows[1][1].place == "L5 C2"
    assert document.title == "标题"


def test_trailing_pipes_are_empty_cells() -> None:
    (grid,) = grids(from_text("信息 | 甲 | 乙 | 丙 |\n规章 | 0 | 0 | | |\n许可 | 0 |\n"))
    assert not grid.aligned
    assert texts(grid) == [["信息", "甲", "乙", "丙"], ["规章", "0", "0", "", ""], ["许可", "0"]]


def test_a_row_of_dashes_is_figures() -> None:
    (grid,) = grids(from_text("| 甲 | 乙 |\n| - | - |\n"))
    assert texts(grid) == [["甲", "乙"], ["-", "-"]]


def test_pipes_on_lines_of_their_own() -> None:
    document = from_text("二、情况\n信息内容\n|\n本年\n|\n|\n规章\n|\n0\n三、正文\n正文。\n")
    (grid,) = grids(document)
    assert texts(grid) == [["信息内容", "本年", "", "规章", "0"]]
    assert [slot.place for slot in grid.rows[0]] == ["L2", "L4", "L6", "L7", "L9"]
    assert [text for text, _ in paragraphs(document)] == ["二、情况", "三、正文", "正文。"]


def test_a_whole_table_on_one_line() -> None:
    (grid,) = grids(from_text("甲 | 乙 | 丙 | 1 | 2 | 3\n"))
    assert texts(grid) == [["甲", "乙", "丙", "1", "2", "3"]]


def test_pipes_of_page_layout_leave_the_text() -> None:
    document = from_text("年报 | 某县政府\n\n| | | 一、总体情况 | | |\n\n| | | |\n")
    assert paragraphs(document) == [("年报 | 某县政府", "L1"), ("一、总体情况", "L3 C3")]
    assert not grids(document)


def test_html_table_in_markdown() -> None:
    markup = (
        "文\n\n<table>\n<tr><td rowspan=2>甲</td><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>\n尾"
    )
    document = from_text(markup, "a.md")
    (grid,) = grids(document)
    assert grid.aligned
    assert [(s.text, s.place) for s in grid.rows[1]] == [("2", "L3 R2 C2")]
    assert paragraphs(document) == [("文", "L1"), ("尾", "L7")]


def test_plain_lines_stay_paragraphs() -> None:
    document = from_text("规章\n\n0\n\n0\n")
    assert paragraphs(document) == [("规章", "L1"), ("0", "L3"), ("0", "L5")]


def test_markdown_keeps_signs_and_digits() -> None:
    document = from_text("-5\n\n\\-5 1\\.5\n\n#5\n", "a.md")
    assert [text for text, _ in paragraphs(document)] == ["-5", "-5 1.5", "#5"]


def test_damage_stays_visible() -> None:
    cut = "一、总体情况，政府信息公开".encode()[:-1]
    assert paragraphs(read_bytes(cut, "a.txt"))[0][0].endswith("\ufffd")
    assert refusal(bytes(range(128, 256)) * 20, "a.txt") == "undecodable"


_SENTENCE = "（一）主动公开。2022年，我单位通过县政府网站主动公开政府信息386条。\n"


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.md", "a.html"])
def test_text_that_was_lost_before_it_was_stored_is_undecodable(encoding: str, name: str) -> None:
    lost = {
        "ascii": _SENTENCE.encode("ascii", "replace"),
        "gbk": _SENTENCE.encode("gbk").decode("utf-8", "replace").encode(),
    }
    assert refusal(lost[encoding] * 5, name) == "undecodable"


def test_question_marks_that_somebody_wrote_are_no_damage() -> None:
    for text in ("为什么？？？" * 9 + "?" * 30, "a ? b ?? c : d\n" * 90, "填???了\n" * 3):
        assert paragraphs(from_text(text))
    some_lost = _SENTENCE * 3 + _SENTENCE.encode("ascii", "replace").decode()
    assert paragraphs(from_text(some_lost))[-1][0].startswith("?")


@needs_shared
def test_sample_report() -> None:
    document = read_bytes(REAL_SAMPLE.read_bytes(), REAL_SAMPLE.name)
    second, third, fourth = grids(document)
    assert [len(row) for row in second.rows] == [1, 4, 4, 4] + [1, 4, 4, 4] * 2 + [1, 3, 3] * 2
    assert {len(row) for row in third.rows[3:]} == {8, 9, 10}
    assert [len(row) for row in fourth.rows] == [2, 7, 15, 15]
    assert second.rows[1][1].text == "本年新制作数量"
    assert second.rows[1][1].place == "L34"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html"])
def test_a_figure_that_the_file_breaks_off_in_is_no_number(name: str) -> None:
    whole = {"a.csv": "甲,乙\n1,24786\n", "a.html": "<table><tr><td>1<td>24786</table>"}
    text = whole.get(name, "甲 | 乙\n1 | 24786\n")
    cut = text[: text.index("86")]

    def last(source: str) -> str:
        grid = read_bytes(source.encode(), name).blocks[-1]
        assert isinstance(grid, Grid)
        return grid.rows[-1][-1].text

    assert last(text) == "24786"
    assert last(cut) == "247\ufffd"
