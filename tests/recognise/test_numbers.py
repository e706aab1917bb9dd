"""One printed cell: number, blank, dash or unreadable, and never a guess."""

from __future__ import annotations

import pytest

from etl.form import Kind
from etl.recognise.numbers import is_value, read_cell


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0", "count", 0),
        (" 12 ", "count", 12),
        ("１２３", "count", 123),
        ("1,234", "count", 1234),
        ("1，234，567", "count", 1234567),
        ("0件", "count", 0),
        ("12 项", "count", 12),
        ("1.2万", "count", 12000),
        ("-8", "change", -8),
        ("+1", "change", 1),
        ("增98", "change", 98),
        ("减少3", "change", -3),
        ("59237.2449", "amount", 59237.2449),
        ("251000元", "amount", 25.1),
        ("113.96万元", "amount", 113.96),
        ("1.2万", "amount", 1.2),
        ("0.5亿元", "amount", 5000),
        ("3.5", "count", 3.5),
        ("-4", "count", -4),
        ("1\u00a0234", "count", 1234),
        ("12\u2009345\u202f678", "count", 12345678),
        ("３４０５８２０元", "amount", 340.582),
        ("113.96（万元）", "amount", 113.96),
        ("25萬元", "amount", 25),
        ("10300 条", "count", 10300),
        ("12項", "count", 12),
        ("零", "count", 0),
        ("〇", "count", 0),
        ("三件", "count", 3),
        ("两件", "count", 2),
        ("十件", "count", 10),
        ("二十三项", "count", 23),
    ],
)
def test_numbers(text: str, kind: Kind, value: float) -> None:
    cell = read_cell(text, kind, "L1")
    assert (cell.state, cell.value) == ("number", value)
    assert (cell.raw, cell.place) == (text, "L1")


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_blank(text: str) -> None:
    cell = read_cell(text, "count", "L1")
    assert (cell.state, cell.value) == ("blank", None)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "／", "无", "N/A"])
def test_dash(text: str) -> None:
    cell = read_cell(text, "count", "L1")
    assert (cell.state, cell.value) == ("dash", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("详见附件", "count"),
        ("0/0", "change"),
        ("--253", "change"),
        ("增", "change"),
        ("减-3", "change"),
        ("1 2", "count"),
        ("1,23", "count"),
        ("0,123", "count"),
        ("①", "count"),
        ("5²", "count"),
        ("12余", "count"),
        ("5元", "count"),
        ("5件", "amount"),
        ("1..2", "amount"),
        ("O", "count"),
        ("十二", "count"),
        ("12%", "count"),
        ("700余条", "count"),
        ("一", "count"),
        ("三", "count"),
        ("件", "count"),
        ("1\u00a02", "count"),
        ("12\u00a034", "count"),
        ("1 234", "count"),
        ("\ue0015", "count"),
        ("5\ufffd", "count"),
        ("1234\u00a0567", "count"),
        ("三件", "amount"),
    ],
)
def test_what_is_no_number_is_not_guessed(text: str, kind: Kind) -> None:
    cell = read_cell(text, kind, "L1")
    assert (cell.state, cell.value) == ("unreadable", None)


def test_the_heads_unit_counts_unless_the_cell_has_its_own() -> None:
    assert read_cell("251000", "amount", "L1", "元").value == 25.1
    assert read_cell("25.1万元", "amount", "L1", "元").value == 25.1


@pytest.mark.parametrize(
    "text",
    ["0", "/", "12件", "0/0", "--253", "增98", "1,234", "零", "三件", "1\u00a0234", "25萬元"],
)
def test_figures_look_like_figures(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["1.属于国家秘密", "", "其他", "二、上年结转", "2.重复申请", "三", "一、"]
)
def test_labels_do_not(text: str) -> None:
    assert not is_value(text)
