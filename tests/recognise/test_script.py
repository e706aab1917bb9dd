"""Traditional characters and pinyin glosses are undone for matching, and nothing else is."""

from __future__ import annotations

import pytest

from etl.recognise.script import needs_simplifying, simplified, without_pinyin


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("政府信息公開工作年度報告", "政府信息公开工作年度报告"),
        ("本年新收政府資訊公開申請數量", "本年新收政府信息公开申请数量"),
        ("規範性檔案", "规范性文件"),
        ("規範性文件", "规范性文件"),
        ("青石市檔案局", "青石市档案局"),
        ("上一年專案數量", "上一年项目数量"),
        ("入口網站", "门户网站"),
        ("辦理程序", "办理程序"),
        ("未經複議直接起訴", "未经复议直接起诉"),
    ],
)
def test_traditional_wordings(printed: str, plain: str) -> None:
    assert needs_simplifying(printed)
    assert simplified(printed) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc 12",
        "程序",
        "乾县喆鑫镇",
        "〔2021〕30号",
        "①②—…\u3000“三安全一稳定”",
        "\ue000\ufffd",
    ],
)
def test_text_without_traditional_characters_is_itself(text: str) -> None:
    assert not needs_simplifying(text)
    assert simplified(text) is text


def test_pinyin_behind_a_character_goes_and_other_brackets_stay() -> None:
    assert without_pinyin("工(gong)作，公（kāi）开") == "工作，公开"
    assert without_pinyin("平台（APP）、网站（www）") == "平台（APP）、网站"
    assert without_pinyin("第(一)项 (a)") == "第(一)项 (a)"
