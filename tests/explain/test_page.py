"""The web page: every cell once, links that lead somewhere, nothing of a file taken for markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.explain import Explanation, explain_file
from etl.explain.page import render_page
from etl.form import load_form
from tests.explain.files import HOSTILE, PROSE, explain_one, explain_text, odd_text
from tests.reports import report_text
from tests.shared import ROOT

FORMATS = {
    path.suffix: path
    for path in sorted((ROOT / "data" / "sample" / "reports").rglob("*.*"), reverse=True)
    if path.suffix != ".zip"
}
"""Ending → the first sample file of it."""


def _parsed(explanations: Sequence[Explanation]) -> LexborHTMLParser:
    return LexborHTMLParser(render_page(explanations))


def _first(page: LexborHTMLParser, selector: str) -> LexborNode:
    found = page.css(selector)
    assert found, selector
    return found[0]


def _by_id(page: LexborHTMLParser) -> dict[str, LexborNode]:
    nodes = page.css("[id]")
    found = {str(node.attributes["id"]): node for node in nodes}
    assert len(found) == len(nodes), "an id stands twice"
    return found


def _cells(page: LexborHTMLParser, part: int = 1) -> dict[int, LexborNode]:
    """Number of a cell of the form → where the page draws it."""
    found = {}
    for name, node in _by_id(page).items():
        if match := re.fullmatch(rf"e{part}c(\d+)", name):
            found[int(match[1])] = node
    return found


def _assert_links_lead_somewhere(page: LexborHTMLParser) -> None:
    names = _by_id(page)
    for node in page.css("a[href]"):
        assert str(node.attributes["href"]).removeprefix("#") in names
    for node in page.css("[data-twin]"):
        assert set(str(node.attributes["data-twin"]).split()) <= set(names)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Explanation:
    return explain_one(tmp_path_factory.mktemp("odd"), odd_text())


@pytest.mark.parametrize("path", FORMATS.values(), ids=FORMATS)
def test_every_cell_stands_once_on_the_right_and_points_at_its_source(path: Path) -> None:
    (explanation,) = explain_file(path)
    reading = explanation.reading
    assert reading is not None
    page = _parsed([explanation])
    cells, names = _cells(page), _by_id(page)
    assert sorted(cells) == [cell.number for cell in load_form(reading.edition).cells]
    for number, node in cells.items():
        printed = reading.cells[number - 1]
        assert printed.state in str(node.attributes["class"]).split()
        twin = node.attributes.get("data-twin")
        assert bool(twin) == bool(printed.place)
        if twin and printed.state != "unreadable":
            source = names[twin]
            assert printed.raw.strip() in source.text()
            assert printed.place in (str(source.attributes.get("title")) + source.text())
            assert node.attributes["id"] in str(source.attributes["data-twin"]).split()
    _assert_links_lead_somewhere(page)


def test_the_page_needs_nothing_from_elsewhere(odd: Explanation) -> None:
    text = render_page([odd])
    page = LexborHTMLParser(text)
    assert page.css("link, img, iframe, object, script[src]") == []
    assert not re.search(r"https?:|url\(|@import", text)


def test_what_is_odd_is_marked(odd: Explanation) -> None:
    page = _parsed([odd])
    cells = _cells(page)
    states = {str(node.attributes["class"]).split()[0] for node in cells.values()}
    assert states == {"number", "blank", "dash", "unreadable", "absent"}
    left = [node.text(strip=True) for node in page.css("tr.unread > .place")]
    assert len(left) == 3
    assert [node.text() for node in page.css("td.unknown > .alike")]
    assert page.css("td.fuzzy > .alike")
    _first(page, ".stages .partly")
    assert len(page.css(".findings li")) == len(odd.findings)
    fee = next(node for node in cells.values() if "251000元" in node.text())
    assert "25.1" in fee.text()


def test_states_differ_without_colour(odd: Explanation) -> None:
    keys = [node.text() for node in _parsed([odd]).css(".legend .key")]
    assert len(set(keys)) == len(keys)


def test_claims_are_marked_in_their_sentences(odd: Explanation) -> None:
    assert odd.reading is not None
    page = _parsed([odd])
    marked = "".join(node.text() for node in page.css(".left mark"))
    assert marked == PROSE
    assert len(page.css(".right .claims tr")) == len(odd.reading.claims) == 3


@pytest.mark.parametrize("where", ["title", "label", "prose", "head"])
def test_text_of_a_file_is_never_markup(tmp_path: Path, where: str) -> None:
    text = report_text("青石镇", 2022)
    old = {
        "title": "青石镇2022年",
        "label": "8.属于行政查询事项",
        "prose": "本年度工作平稳。",
        "head": "公益组织",
    }[where]
    assert old in text
    page = _parsed(explain_text(tmp_path, text.replace(old, old + HOSTILE), "a.txt"))
    assert [node.text() for node in page.css("script")] == [page.css("script")[-1].text()]
    assert page.css("img") == []
    assert "alert('x')" in _first(page, "body").text()
    assert all(not name.startswith("on") for node in page.css("*") for name in node.attributes)


def test_the_name_of_a_file_is_escaped(tmp_path: Path) -> None:
    name = "青石镇2022年<b onclick=x>&.md"
    page = _parsed(explain_text(tmp_path, report_text("青石镇", 2022), name))
    assert page.css("b[onclick]") == []
    assert _first(page, "title").text().startswith(name)


def test_a_refused_file_shows_reason_and_document(tmp_path: Path) -> None:
    explanation = explain_one(tmp_path, "关于召开会议的通知\n\n请准时参加。\n")
    page = _parsed([explanation])
    assert _first(page, ".refusal code").text() == "no-report"
    assert "请准时参加。" in _first(page, ".left").text()
    _first(page, ".stages .stopped")
    assert page.css("table.form") == []
    _assert_links_lead_somewhere(page)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.md", ""), ("a.docx", "PK\x03\x04 nothing"), ("a.zip", "PK\x05\x06 nothing")],
)
def test_a_file_without_text_shows_the_reason_alone(tmp_path: Path, name: str, text: str) -> None:
    page = _parsed(explain_text(tmp_path, text, name))
    assert _first(page, ".refusal code").text()
    assert page.css(".band") == []


def test_two_reports_of_one_file_stand_apart(tmp_path: Path) -> None:
    text = (
        report_text("青石镇", 2022)
        + "\n"
        + report_text("白水乡", 2022, {(3, "received", "total"): "5"})
    )
    explanations = explain_text(tmp_path, text)
    page = _parsed(explanations)
    assert [node.text(strip=True) for node in page.css("h1")] == ["青石镇2022", "白水乡2022"]
    assert len(_cells(page, 1)) == len(_cells(page, 2)) == 200
    assert "青石镇" not in _first(page, "#e2 .left").text()
    _assert_links_lead_somewhere(page)


def test_a_section_that_was_not_found_is_drawn_as_absent(tmp_path: Path) -> None:
    text = report_text("青石镇", 2022)
    start = text.index("四、政府信息公开行政复议")
    page = _parsed(explain_text(tmp_path, text[:start] + text[text.index("五、存在") :]))
    cells = [node for n, node in _cells(page).items() if n > 185]
    assert len(cells) == 15
    assert {str(node.attributes["class"]) for node in cells} == {"absent"}


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{line.label}</td>{'<td>0</td>' * 7}</tr>"
        for line in load_form("2021").section_lines(3)
    )
    heads = "".join(f"<th>{head.label}</th>" for head in load_form("2021").section_heads(3)[1:-1])
    text = (
        "<html><body><h1>青石镇2022年政府信息公开工作年度报告</h1>"
        "<p>三、收到和处理政府信息公开申请情况</p><table>"
        "<tr><td rowspan=2></td><th rowspan=2>自然人</th><th colspan=5>法人或其他组织</th>"
        f"<th rowspan=2>总计</th></tr><tr>{heads}</tr>{rows}</table></body></html>"
    )
    page = _parsed(explain_text(tmp_path, text, "a.html"))
    merged = page.css(".printed td[colspan='5'], .printed td[rowspan='2']")
    assert [node.text() for node in merged] == ["", "自然人", "法人或其他组织", "总计"]
    assert len(page.css(".printed td.cell")) == 175


def test_a_register_of_thousands_of_rows_is_drawn_in_part(tmp_path: Path) -> None:
    rows = "\n".join(f"| 第{n}号登记事项 | 1 | 2 | 0 | 0 | 0 | 0 | 3 |" for n in range(900))
    text = report_text("青石镇", 2022)
    row = "| 2.重复申请"
    assert row in text
    page = _parsed(explain_text(tmp_path, text.replace(row, rows + "\n" + row)))
    assert 400 <= len(page.css(".printed tr")) < 900
    assert len(page.css(".doubts li")) < 100
    _assert_links_lead_somewhere(page)
