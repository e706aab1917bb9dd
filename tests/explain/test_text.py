"""What a person reads on a terminal, and what a script reads as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from etl.explain import Explanation
from etl.explain.record import explanation_record
from etl.explain.text import print_explanation
from tests.explain.files import RECEIVED, explain_one, odd_text
from tests.reports import report_text


def _text(explanation: Explanation, *, whole: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=160, soft_wrap=True)
    print_explanation(console, explanation, whole=whole)
    return out.getvalue()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Explanation:
    return explain_one(tmp_path_factory.mktemp("odd"), odd_text())


def test_rows_worth_telling_are_told_and_zeros_counted(odd: Explanation) -> None:
    text = _text(odd)
    for told in ("3件→3", "251000元→25.1", "/〔短横〕", "0/0〔不可读〕", "〔空白〕"):
        assert told in text
    assert "1.属于国家秘密" not in text
    assert "全为 0" in text
    assert "1.属于国家秘密" in _text(odd, whole=True)


def test_labels_and_doubts_are_told_at_their_rows(odd: Explanation) -> None:
    lines = _text(odd).splitlines()
    (alike,) = (line for line in lines if "≈ 3.危机三安全一隐定" in line)
    assert "3.危及“三安全一稳定”" in alike
    assert "% 相似，其次" in alike
    assert any("✗ 3.要求出版刊物 → 未认出" in line for line in lines)
    assert any("存疑" in line and "9.不知名的行" in line for line in lines)


def test_identity_and_stages_are_told(odd: Explanation) -> None:
    text = _text(odd)
    assert "机关 ← 题名" in text
    assert "! 统计表" in text
    assert "6 / 6" in text


def test_a_refused_file_tells_what_to_do_and_what_was_read(tmp_path: Path) -> None:
    body = "\n\n".join(f"第{n}段" for n in range(40))
    explanation = explain_one(tmp_path, "关于召开会议的通知\n\n" + body)
    text = _text(explanation)
    assert "no-report" in text
    assert "核对文件是否放错" in text
    assert "第3段" in text
    assert "第39段" not in text
    assert "第39段" in _text(explanation, whole=True)


def test_markup_of_the_terminal_in_a_file_is_text(tmp_path: Path) -> None:
    explanation = explain_one(tmp_path, "[red]通知[/] [/bold]\n")
    assert "[red]通知[/] [/bold]" in _text(explanation)
    text = report_text("青石镇", 2022).replace("8.属于行政查询事项", "8.属于行政查询[/]事顶")
    assert "[/]" in _text(explain_one(tmp_path, text))


def test_the_record_keeps_its_shape_and_says_why(odd: Explanation) -> None:
    record = json.loads(json.dumps(explanation_record(odd)))
    assert record["agency"] == "青石镇"
    assert {one["stage"]: one["progress"] for one in record["stages"]}["cells"] == "partly"
    cells = {(c["section"], c["item"], c["party"]): c for c in record["cells"]}
    assert len(cells) == 200
    assert cells[RECEIVED]["value"] == 3
    labels = {label["text"]: label for label in record["labels"]}
    assert labels["3.要求出版刊物"]["code"] is None
    assert labels["3.要求出版刊物"]["nearest"]["code"] == "rejected_publication"
    assert labels["3.危机三安全一隐定"]["place"]
    assert labels["自然人"]["axis"] == "party"
    assert {doubt["code"] for doubt in record["doubts"]} >= {"cell-count", "unknown-row"}
    assert all(doubt["zh"] and doubt["en"] for doubt in record["doubts"])
    balance = next(f for f in record["findings"] if f["rule"] == "balance")
    assert {term["item"] for term in balance["left"]} == {"received", "carried_in"}
    assert balance["left_value"] != balance["right_value"]
    assert any(stated["used"] for stated in record["stated"])


def test_the_record_of_a_refusal_says_where_it_stopped(tmp_path: Path) -> None:
    record = explanation_record(explain_one(tmp_path, ""))
    assert record["refused"]["code"] == "empty"
    assert record["refused"]["zh"]
    assert [one["progress"] for one in record["stages"]].count("stopped") == 1
    assert "cells" not in record
