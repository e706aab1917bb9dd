"""What the prose claims held against the tables, and what sections 5 and 6 say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.checks import run_checks
from etl.reading import State
from tests.checks.warehouses import Position, Report, build, claim

REFUSALS = ("refused_secret", "refused_law", "refused_security", "refused_third_party")


def _judged(report: Report, rule: str) -> tuple[str, list[tuple[Any, ...]]]:
    connection = build([report])
    run_checks(connection, only=[rule])
    (outcome,) = connection.execute("select outcome from check_result").fetchone() or ("none",)
    found = connection.execute(
        "select left_value, right_value, message_zh, evidence from finding order by item"
    ).fetchall()
    return outcome, found


@settings(max_examples=10)
@given(counts=st.lists(st.integers(0, 40), min_size=4, max_size=4), off=st.integers(-3, 3))
def test_a_refusal_claimed_is_the_sum_of_its_reasons(counts: list[int], off: int) -> None:
    cells = {(3, item, "total"): float(n) for item, n in zip(REFUSALS, counts, strict=True)}
    claimed = max(sum(counts) + off, 0)
    outcome, found = _judged(
        Report(cells=cells, claims=(claim("refused", float(claimed)),)), "claim-outcome"
    )
    assert outcome == ("pass" if claimed == sum(counts) else "fail")
    assert [row[:2] for row in found] == [
        (float(claimed), float(sum(counts))) for _ in found if claimed != sum(counts)
    ]


def test_reasons_that_are_there_may_exceed_the_claim_by_themselves() -> None:
    cells: dict[Position, float | State] = {
        (3, "refused_law", "total"): 5.0,
        (3, "refused_secret", "total"): "blank",
    }
    outcome, found = _judged(Report(cells=cells, claims=(claim("refused", 3.0),)), "claim-outcome")
    assert outcome == "fail"
    assert "至少 5" in found[0][2]
    assert json.loads(found[0][3])["table"]["refused"] is None


def test_one_of_several_claims_that_does_not_fit_is_named() -> None:
    said = (claim("granted", 18.0), claim("granted", 17.0))
    outcome, found = _judged(Report(claims=said), "claim-outcome")
    assert outcome == "fail"
    assert [row[:2] for row in found] == [(17.0, 18.0)]
    assert [one["fits"] for one in json.loads(found[0][3])["claims"]].count(True) == 1


def test_about_a_figure_is_near_it() -> None:
    near = Report(claims=(claim("requests_concluded", 20.0, approximate=True),))
    far = Report(claims=(claim("requests_concluded", 10.0, approximate=True),))
    assert _judged(near, "claim-outcome")[0] == "pass"
    assert _judged(far, "claim-outcome")[0] == "fail"


def test_a_figure_for_one_channel_is_no_claim_of_the_total() -> None:
    report = Report(claims=(claim("requests_concluded", 3.0, channel="website"),))
    assert _judged(report, "claim-outcome")[0] == "undecided"


@pytest.mark.parametrize(
    ("claimed", "outcome"), [(8.0, "pass"), (6.0, "pass"), (7.0, "fail"), (4.0, "fail")]
)
def test_lawsuits_are_those_of_both_routes(claimed: float, outcome: str) -> None:
    assert (
        _judged(Report(claims=(claim("litigation_cases", claimed),)), "claim-cases")[0] == outcome
    )


@pytest.mark.parametrize(
    ("paragraphs", "outcome"),
    [
        ((), "fail"),
        (("无",), "fail"),
        (("暂无。",), "fail"),
        (("本年度，我局政府信息公开工作没有发现明显问题。",), "fail"),
        (("（一）存在的问题：无", "（二）改进情况", "1. 无"), "fail"),
        (("/",), "fail"),
        (("公开内容不够全面，更新不及时。",), "pass"),
        (("工作力度不大。",), "pass"),
        (("无" * 10, "下一步将加强业务培训。"), "pass"),
    ],
)
def test_section_5_says_something_or_nothing(paragraphs: tuple[str, ...], outcome: str) -> None:
    report = Report(prose={1: ("我局公开信息。",), 5: paragraphs})
    assert _judged(report, "problems-empty")[0] == outcome


def test_a_lost_heading_leaves_section_5_undecided() -> None:
    report = Report(prose={1: ("我局公开信息。",)}, sections=(1, 2, 3, 4, 6))
    assert _judged(report, "problems-empty")[0] == "undecided"


@pytest.mark.parametrize(
    ("unpaid", "text", "outcome"),
    [
        (0.0, "无其他需要报告的事项。", "pass"),
        ("blank", "无其他需要报告的事项。", "undecided"),
        (1.0, "发出收费通知1件，实际收取0元。", "pass"),
        (1.0, "无其他需要报告的事项。", "fail"),
    ],
)
def test_fees_are_explained_where_one_went_unpaid(unpaid: Any, text: str, outcome: str) -> None:
    report = Report(cells={(3, "other_unpaid", "total"): unpaid}, prose={6: (text,)})
    assert _judged(report, "fee-unexplained")[0] == outcome


def test_a_heading_without_text_is_silent_on_fees() -> None:
    cells = {(3, "other_unpaid", "total"): 1.0}
    silent = Report(cells=cells, prose={1: ("我局公开信息。",)})
    assert _judged(silent, "fee-unexplained")[0] == "fail"
    lost = Report(cells=cells, prose={1: ("我局公开信息。",)}, sections=(1, 2, 3, 4, 5))
    assert _judged(lost, "fee-unexplained")[0] == "undecided"


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        ("近31件", "pass"),
        ("31余件", "fail"),
        ("超过31件", "fail"),
        ("约31件", "pass"),
        ("", "pass"),
    ],
)
def test_a_figure_called_near_or_over_fits_on_that_side(quote: str, outcome: str) -> None:
    said = replace(claim("requests_received", 31.0, approximate=True), quote=quote)
    cells: dict[Position, float | State] = {
        (3, item, "total"): n
        for item, n in (("received", 30.5), ("carried_in", 100.0), ("concluded", 200.0))
    }
    found = _judged(Report(cells=cells, claims=(said,)), "claim-received")
    assert found[0] == outcome
    assert all("约 31 件" in row[2] for row in found[1])


def test_a_denial_is_told_in_its_own_words() -> None:
    said = replace(claim("carried_out", 0.0), quote="所有申请均已全部办结。")
    for rule in ("claim-outcome", "claim-contradiction"):
        outcome, found = _judged(Report(claims=(said,)), rule)
        assert outcome == "fail"
        assert found[0][2].startswith("正文称“所有申请均已全部办结。”，表中")
