"""Figures for one thing that disagree, and prose in other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading import Claim, Prose
from etl.recognise.claims import find_claims, read_claims
from etl.recognise.claims.printed import normalise


def rivals_of(*texts: str, section: int = 1) -> list[str]:
    prose = [Prose(section, text, f"第{n}段") for n, text in enumerate(texts, start=1)]
    claims, doubts = read_claims(prose, 2023, "agency", "")
    assert claims == find_claims(prose, 2023)
    assert all(doubt.code == "rival-claims" and doubt.place for doubt in doubts)
    return [doubt.detail for doubt in doubts]


@pytest.mark.parametrize(
    "texts",
    [
        ("全年主动公开政府信息300条。", "全年主动公开政府信息310条。"),
        ("全年主动公开政府信息300条。", "全年发布信息900条。"),
        ("收到政府信息公开申请3件。", "未收到政府信息公开申请。"),
        ("收到政府信息公开申请3件，办结3件。", "全年共收到政府信息公开申请5件。"),
        ("收到政府信息公开申请3件。", "全年办理政府信息公开申请9件。"),
        ("“甲”微信公众号发布信息30条。", "“乙”微信公众号发布信息50条。"),
        ("未发生行政诉讼。", "因政府信息公开引发行政诉讼2件。"),
    ],
)
def test_a_contradicted_figure_leaves_a_doubt(texts: tuple[str, ...]) -> None:
    (detail,) = rivals_of(*texts)
    assert any(text in detail for text in texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("全年主动公开政府信息300条。", "全年主动公开政府信息300条。"),
        ("全年主动公开政府信息300余条。", "全年主动公开政府信息312条。"),
        ("全年主动公开政府信息300条。", "政府信息公开专栏公开信息200条。"),
        ("全年主动公开政府信息300条。", "主动公开预算3条、文件28条、通知46条。"),
        ("各类信息公开80条，会议信息公开20条，合计公开信息100条。",),
        ("历年累计公开政府信息9000条，其中2023年主动公开300条。",),
        ("全年共收到政府信息公开申请30件，上年结转2件。", "全年共处理政府信息公开申请32件。"),
        ("全年收到政府信息公开申请30件，答复29件。", "共办理信息公开申请29件。"),
        ("收到38件申请，其中政府信息公开申请6件。",),
    ],
)
def test_what_the_wording_explains_is_no_doubt(texts: tuple[str, ...]) -> None:
    assert rivals_of(*texts) == []


def claim_of(text: str) -> Claim:
    (claim,) = find_claims([Prose(1, text, "p")], 2023)
    return claim


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("前言。我局主動公開政府信息３１２條。", "我局主動公開政府信息３１２條。"),
        ("前言。我局主動公開政府資訊312條。", "我局主動公開政府資訊312條。"),
        ("前言。我局主(zhu)动公开政府信息312条。", "我局主(zhu)动公开政府信息312条。"),
        ("前言。我局 主动公开 政府信息 312 条。", "我局 主动公开 政府信息 312 条。"),
        (
            "前言！《軟體檔案公開辦法》后主動公開政府信息312條。",
            "《軟體檔案公開辦法》后主動公開政府信息312條。",
        ),
    ],
)
def test_the_quote_is_as_printed(printed: str, quote: str) -> None:
    claim = claim_of(printed)
    assert (claim.value, claim.quote) == (312, quote)


def test_a_long_traditional_quote_ends_behind_its_figure() -> None:
    text = "圍繞資訊化和檔案管理" * 20 + "，全年主動公開政府資訊312條，" + "優化服務" * 40 + "。"
    quote = claim_of(text).quote
    assert quote in text
    assert "312條" in quote


@given(st.text(alphabet="政府資訊信息公開公开檔案12３條 《》(gong)〔〕，。\u3000", max_size=60))
def test_places_lead_back_into_the_printed_text(printed: str) -> None:
    text, positions = normalise(printed)
    if positions is None:
        assert len(text) == len(printed)
        return
    assert len(positions) == len(text)
    assert positions == sorted(positions)
    assert all(0 <= place < len(printed) for place in positions)


@given(
    st.lists(
        st.sampled_from(list("全年收到申请公开信息其中条件12,。；(）无未均办结3万余")), max_size=40
    )
)
def test_any_string_is_read_without_an_error(characters: list[str]) -> None:
    text = "".join(characters)
    for claim in find_claims([Prose(1, text, "p")], 2023):
        assert claim.quote in text
        assert claim.value >= 0
