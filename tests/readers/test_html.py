from __future__ import annotations

from datetime import date

import pytest

from etl.readers import read_bytes
from etl.readers.text_tools import PICTURE
from tests.readers.build import from_html, grids, one_grid, paragraphs, refusal, spans, texts


def test_spans_give_true_columns_and_places() -> None:
    grid = one_grid(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>1</td><td>2</td></tr><tr><td>丙</td><td>3</td><td>4</td></tr></table>"
    )
    assert grid.aligned
    assert spans(grid) == {
        (0, 0): ("甲", 2, 1),
        (0, 1): ("乙", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 0): ("丙", 1, 1),
        (2, 1): ("3", 1, 1),
        (2, 2): ("4", 1, 1),
    }
    assert grid.rows[1][0].place == "T1 R2 C2"


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("rowspan=0", (2, 1)),
        ("rowspan=99999", (2, 1)),
        ("rowspan=abc", (1, 1)),
        ("rowspan=-3", (1, 1)),
        ("rowspan='2.5x'", (2, 1)),
        ("colspan=0", (1, 1)),
        ("colspan=9999999999", (1, 256)),
    ],
)
def test_malformed_spans_are_bounded(attribute: str, expected: tuple[int, int]) -> None:
    rows = "<tr><td>1</td></tr>" if "row" in attribute else "<tr><td>1</td><td>2</td></tr>"
    grid = one_grid(f"<table><tr><td {attribute}>甲</td></tr>{rows}</table>")
    first = grid.rows[0][0]
    assert (first.row_span, first.column_span) == expected


@pytest.mark.parametrize(
    ("width", "columns"), [("1", [0, 1, 0, 1]), ("30", [0, 1, 0, 2]), ("1%", [0, 1, 0, 2])]
)
def test_columns_of_a_pixel_are_none(width: str, columns: list[int]) -> None:
    grid = one_grid(
        f"<table><col width=60><col width={width}><col width=60>"
        "<tr><td>甲</td><td colspan=2>1</td></tr><tr><td colspan=2>乙</td><td>2</td></tr></table>"
    )
    assert [slot.column for row in grid.rows for slot in row] == columns


def test_cells_beyond_the_known_columns_stay_beyond_the_others() -> None:
    grid = one_grid(
        "<table><col width=60><col width=1><col width=60><tr><td colspan=2>甲</td><td>1</td></tr>"
        "<tr><td colspan=2>乙</td><td>2</td><td>3</td><td>4</td></tr></table>"
    )
    assert [slot.column for slot in grid.rows[1]] == [0, 1, 2, 3]


def test_a_span_ends_with_its_section() -> None:
    grid = one_grid(
        "<table><thead><tr><td rowspan=5>甲</td><td>乙</td></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert spans(grid)[1, 0] == ("1", 1, 1)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p><span>1</span><span>2</span></p>", "12"),
        ("1<br>2", "1 2"),
        ("<p>1</p><p>2</p>", "1 2"),
        ("商业<br>企业", "商业企业"),
        ("<p>商业</p>\n  <p>企业</p>", "商业企业"),
        ("本年新\n      制作", "本年新制作"),
        ("5<sup>1</sup>", "5 1"),
        ("<s>5</s>7", "5 7"),
        ("<del>5</del><ins>7</ins>", "7"),
        ("&nbsp;0\u3000", "0"),
        ("&nbsp;", ""),
        ("\u200b0\ufeff", "0"),
        ("<div style='display:none'>7</div>8", "8"),
        ("<!-- 7 -->8<script>9</script>", "8"),
        ("<img src=a.png>", PICTURE),
        ("<img src=a.gif width=1 height=1>", ""),
        ("<img src=a.png>8", "8"),
        ("<input value=8>", "8"),
        ("<input type=hidden value=8>", ""),
        ("<table><tr><td>8</td></tr></table>", "8"),
        ("１２", "１２"),
        ("１<br>２", "１ ２"),
        ("<ruby>工<rt>gong</rt></ruby>作", "工作"),
    ],
)
def test_text_of_a_cell(markup: str, text: str) -> None:
    grid = one_grid(f"<table><tr><td>{markup}</td><td>尾</td></tr><tr><td>a</td></tr></table>")
    assert grid.rows[0][0].text == text


def test_hidden_cells_and_rows_are_not_there() -> None:
    grid = one_grid(
        "<table><tr><td>甲</td><td hidden>1</td><td>2</td></tr>"
        "<tr style='display: none'><td>9</td></tr><tr><td>乙</td><td>3</td></tr></table>"
    )
    assert texts(grid) == [["甲", "2"], ["乙", "3"]]


def test_layout_tables_dissolve_in_order() -> None:
    document = from_html(
        "<table><tr><td>导航</td><td><p>一、总体</p><table><tr><td>甲</td><td>1</td></tr></table>"
        "<p>二、其他</p></td></tr><tr><td><table><tr><td>页脚</td></tr></table></td></tr></table>"
    )
    assert [text for text, _ in paragraphs(document)] == ["导航", "一、总体", "二、其他", "页脚"]
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"]]]


def test_a_table_that_frames_text_is_paragraphs() -> None:
    sentence = (
        "本年度主动公开政府信息五百二十三条，主要类别为机构职能、财政预决算、工作动态等。" * 2
    )
    framed = f"<table><tr><td><p>{sentence}</p><p>第二段</p></td></tr></table>"
    column = f"<table><tr><td>一、总体</td></tr><tr><td>{sentence}</td></tr></table>"
    assert [text for text, _ in paragraphs(from_html(framed))] == [sentence, "第二段"]
    assert [text for text, _ in paragraphs(from_html(column))] == ["一、总体", sentence]


def test_paragraphs_split_at_blocks_and_breaks_only() -> None:
    document = from_html(
        "<div>一、<b>总体</b>\n<span>情况</span><br>正文&nbsp; 第二\n行</div>"
        "<ul><li>甲</li><li>乙</li></ul><noscript>无</noscript>尾"
    )
    assert paragraphs(document) == [
        ("一、总体情况", "P1"),
        ("正文 第二行", "P2"),
        ("甲", "P3"),
        ("乙", "P4"),
        ("尾", "P5"),
    ]


def test_page_metadata() -> None:
    document = from_html(
        "<p>正文</p>",
        "<title>某局年报-某县人民政府</title><meta name='PubDate' content='2024-01-15 10:20'>"
        "<meta name=ContentSource content='某局'><meta name=SiteName content='某县人民政府'>",
    )
    assert document.title == "某局年报-某县人民政府"
    assert document.published_on == date(2024, 1, 15)
    assert document.hints == ("某局", "某县人民政府")


@pytest.mark.parametrize(
    "line",
    [
        "<p>发布日期：2024-01-15 来源：某局 浏览次数：5</p>",
        "<p>来源：某局 　发布时间：2024年1月15日 10:20 字体：大</p>",
        "<table><tr><td>发布机构</td><td>某局</td><td>发布日期</td><td>2024/1/15</td></tr></table>",
        "<table><tr><td>发布机构：某局</td><td>发文日期：2024.01.15</td></tr></table>",
    ],
)
def test_visible_byline(line: str) -> None:
    document = from_html(f"{line}<p>正文</p>")
    assert document.published_on == date(2024, 1, 15)
    assert "某局" in document.hints


def test_dates_that_are_none_are_left_out() -> None:
    assert from_html("<p>发布日期：2024-13-45</p>").published_on is None
    assert from_html("<p>截至2024-01-15，正文</p>").published_on is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("declared", ["", "<meta charset=gb2312>", "<meta charset='utf-8'>"])
def test_encodings_whatever_is_declared(encoding: str, declared: str) -> None:
    page = f"<html><head>{declared}</head><body><p>一、总体情况㐂，政府信息公开</p></body></html>"
    document = read_bytes(page.encode(encoding), "page.htm")
    assert paragraphs(document) == [("一、总体情况㐂，政府信息公开", "P1")]


def test_nesting_beyond_reason_is_refused_at_once() -> None:
    assert refusal(b"<html>" + b"<div>" * 200_000 + b"x", "deep.html") == "too-large"


@pytest.mark.parametrize(
    "script",
    [
        r'var c = "<p>一、总体<\/p><table class=\"t\"><tr><td>甲</td><td>1</td></tr><\/table>";',
        r"var c = '<p>一、总体</p>' + '<table><tr><td>\u7532</td><td>1</td></tr></table>'",
    ],
)
def test_a_report_kept_in_a_script(script: str) -> None:
    document = from_html(f"<h1>年报</h1><script>if (1<2) {{ {script} }}</script>")
    assert paragraphs(document) == [("年报", "P1"), ("一、总体", "P2")]
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"]]]


def test_scripts_of_a_page_with_tables_are_left_alone() -> None:
    document = from_html(
        "<table><tr><td>甲</td><td>1</td></tr></table>"
        "<script>x = '<table><tr><td>乙</td><td>2</td></tr></table>'</script>"
    )
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"]]]
