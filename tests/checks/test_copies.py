"""Copied prose: what is compared, what is found, which report came first."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.copies import find_copies
from benchmarks.copies_corpus import Phrases, build_corpus
from etl.checks import run_checks
from etl.checks.copies.candidates import MOST, Texts, likely_copies
from etl.checks.copies.exact import joined, overlap, passages
from etl.checks.copies.shingles import LENGTH, signatures
from etl.checks.copies.wording import own_names, own_sentences
from etl.checks.settings import Settings, store_settings
from tests.checks.examples.copies import OTHER, OWN
from tests.checks.warehouses import Agency, Report, build

RULES = ["text-repeated", "text-copied"]


def _checked(
    reports: Iterable[Report], agencies: Iterable[Agency], **limits: float
) -> DuckDBPyConnection:
    connection = build(reports, agencies)
    store_settings(connection, Settings({"text-copied": limits}))
    run_checks(connection, RULES)
    return connection


def _rows(connection: DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def _bare(text: str, names: Sequence[str] = ()) -> str:
    return joined(own_sentences([(text, "P1")], names))


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度没有其他需要报告的事项。",
        "2023年未收取信息处理费。",
        "（一）主动公开情况。",
        "3.政府信息公开平台建设情况",
        "本报告中所列数据的统计期限为2023年1月1日至2023年12月31日。",
        "2023年，我局未收到政府信息公开申请。",
        "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。",
        "根据《中华人民共和国政府信息公开条例》的规定，结合我局实际，编制本年度报告。",
        "无。",
    ],
)
def test_what_everyone_writes_is_left_out(sentence: str) -> None:
    assert _bare(sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "全年共收到申请12件，多数与征地补偿有关，均在期限内答复。",
        "公开工作与业务脱节的情况较为突出，查询不便。",
        "因答复引用条款不当，被提起行政复议2件，均已结案。",
    ],
)
def test_what_an_agency_says_itself_counts(sentence: str) -> None:
    assert _bare(sentence)


def test_names_figures_and_marks_make_no_difference() -> None:
    ours = own_names("云泽县水利局", "云泽县", ["县水利局"])
    theirs = own_names("宁川市渔业局", None, ["渔业局"])
    text = "2023年，云泽县水利局在云泽公布水库水位1,204次，县水利局逐日核对；我局另设专栏。"
    copy = "2024年,宁川市渔业局在宁川公布水库水位98次,渔业局逐日核对；本局另设专栏。"
    assert _bare(text, ours) == _bare(copy, theirs)


def test_traditional_characters_make_no_difference() -> None:
    ours = own_names("云泽县水利局", "云泽县", [])
    text = "云泽县水利局在闸门边公布水库水位，群众随时翻阅。"
    assert _bare("雲澤縣水利局在閘門邊公布水庫水位，群眾隨時翻閱。", ours) == _bare(text, ours)
    assert _bare("本年度沒有其他需要報告的事項。") == ""


@given(st.text("公开文件群众查询，。0 \n", max_size=80), st.text("公开文件群众。", max_size=80))
def test_overlap_is_a_share(left: str, right: str) -> None:
    found = overlap(left, right)
    assert 0 <= found.share <= 1
    assert 0 <= found.characters <= len(left)
    long_enough = len(left) >= LENGTH
    assert overlap(left, left).share == (1 if long_enough and left.strip("\n") else 0)


def test_shared_passages_are_quoted_from_both_places() -> None:
    own = own_sentences([(OTHER[0], "P1"), (OWN[1].replace("半天", "一天"), "P2")], ())
    other = own_sentences([(OWN[0], "L4"), (OWN[1], "L7"), (OWN[2], "L9")], ())
    (passage,) = passages(own, other)
    assert passage == {
        "text": OWN[1].replace("半天", "一天"), "place": "P2",
        "other_text": OWN[1], "other_place": "L7",
    }  # fmt: skip


def test_what_is_left_out_of_a_passage_is_marked() -> None:
    text = OWN[0] + "本年度没有其他需要报告的事项。" + OWN[1]
    own = own_sentences([(text, "P1")], ())
    (passage,) = passages(own, own_sentences([(OWN[0] + OWN[1], "L4")], ()))
    assert passage["text"] == OWN[0] + "……" + OWN[1]
    assert passage["other_text"] == OWN[0] + OWN[1]


def _three(**last: Any) -> tuple[list[Report], list[Agency]]:
    prose = {1: OWN[:2], 5: OWN[2:]}
    reports = [Report(2023, number, prose=prose) for number in (1, 2)]
    reports += [Report(2023, 3, prose={1: OTHER[:2], 5: OTHER[2:]})]
    reports[1] = replace(reports[1], **last)
    return reports, [Agency(number) for number in (1, 2, 3)]


def test_same_year_without_dates_names_both() -> None:
    connection = _checked(*_three())
    assert _rows(
        connection,
        "select report_id, other_report_id, tied, cluster_id from text_copy order by 1",
    ) == [(100, 200, True, 100), (200, 100, True, 100)]
    assert len(_rows(connection, "select 1 from finding where rule = 'text-copied'")) == 2


def test_the_one_published_first_is_no_copy() -> None:
    reports, agencies = _three(published_on=date(2024, 1, 9))
    reports[0] = replace(reports[0], published_on=date(2024, 1, 20))
    connection = _checked(reports, agencies)
    assert _rows(
        connection, "select report_id, other_report_id, tied, cluster_id from text_copy"
    ) == [(100, 200, False, 200)]
    assert _rows(connection, "select agency_id, section from finding") == [(1, None)]


def test_running_again_gives_the_same() -> None:
    connection = _checked(*_three())
    before = _rows(connection, "from text_copy order by all")
    run_checks(connection, RULES)
    assert _rows(connection, "from text_copy order by all") == before


def test_limits_are_the_offices() -> None:
    assert _rows(_checked(*_three(), least_characters=1000), "from text_copy") == []


def test_warehouse_without_prose_decides_nothing() -> None:
    connection = _checked([Report(2023)], [Agency()])
    assert _rows(connection, "select distinct outcome from check_result") == [("undecided",)]


def _crowd(shared: Sequence[str], sharing: int, agencies: int) -> DuckDBPyConnection:
    """Reports of their own wording, in many of which ``shared`` sentences stand as well."""
    chance = random.Random(3)
    phrases = Phrases(chance)
    reports = []
    for number in range(1, agencies + 1):
        own = phrases.text(phrases.topics(), 250)
        reports.append(
            Report(2023, number, prose={1: ("".join(own), *(shared if number <= sharing else ()))})
        )
    return _checked(reports, [Agency(number) for number in range(1, agencies + 1)])


def test_text_that_half_of_all_share_is_still_seen() -> None:
    short = [f"{line}。" for paragraph in OWN for line in paragraph.replace("，", "。").split("。")]
    connection = _crowd(["".join(line for line in short if len(line) > 1)], 30, 60)
    copying = _rows(connection, "select agency_id from finding where rule = 'text-copied'")
    assert sorted(copying) == [(number,) for number in range(1, 31)]


def test_customary_sentence_alone_is_no_copy() -> None:
    connection = _crowd(["严格执行三审三校制度，确保发布内容准确无误。"], 60, 60)
    assert _rows(connection, "from text_copy") == []


@pytest.mark.parametrize(
    ("paragraph", "alike"),
    [
        ("", False),
        (" \n\t\u3000。。。！\n", False),
        ("1,234.5%，" * 20_000, False),
        ("《" * 50_000, False),
        ("".join(OWN).replace("。", "，") * 3_000, True),
        ("有人来问水库的水位，值班员当场翻开登记簿给他看。" * 10_000, True),
        ("\x00𠮷𡈽" * 500, True),
    ],
    ids=["empty", "marks", "figures", "brackets", "a megabyte", "one sentence", "rare letters"],
)
def test_odd_prose_is_compared_or_left_alone(paragraph: str, alike: bool) -> None:
    reports = [Report(2023, number, prose={1: (paragraph,)}) for number in (1, 2)]
    connection = _checked(reports, [Agency(1), Agency(2)])
    assert bool(_rows(connection, "from text_copy")) is alike


def test_one_text_of_thousands_makes_few_pairs() -> None:
    count = 5_000
    number = np.arange(count)
    signature = np.repeat(signatures(["".join(OWN)]), count, axis=0)
    same = np.full(count, 2023)
    texts = Texts(number, number, same, 0 * same, 0 * same + 400, signature)
    left, right = likely_copies(texts, 0.5)
    assert len(left) <= MOST * count
    assert set(left.tolist()) == set(number.tolist())
    assert not (left == right).any()


def test_names_are_taken_literally_and_the_longest_first() -> None:
    names = own_names(
        "云泽县水利局（渔政站）", "云泽县", ["水利局", "县水利局", "a.c(", "[局", "*"]
    )
    assert _bare("云泽县水利局（渔政站）在河口立牌，abc(不算。", names) == "〇在河口立牌abc不算"
    assert _bare("a.c(与[局一道在河口立牌。", names) == "〇与〇一道在河口立牌"
    assert _bare("县水利局同水利局在河口立牌。", names) == "〇同〇在河口立牌"


def test_a_name_inside_anothers_name_hides_no_copy() -> None:
    reports = [Report(2022, 1, prose={1: OWN}), Report(2023, 2, prose={1: OWN})]
    connection = _checked(reports, [Agency(1, name="云泽县水利局"), Agency(2, name="水利局")])
    assert _rows(connection, "select report_id, share from text_copy") == [(200, 1.0)]


def test_planted_copies_are_found(tmp_path: Any) -> None:
    path = tmp_path / "corpus.duckdb"
    planted = build_corpus(path, 600, seed=5)
    _, _, found = find_copies(path)
    pairs = {(report_id, other, kind) for report_id, other, kind, _ in found}
    plain = [p for p in planted if p.kind == "copied" and p.share >= 0.7]
    assert len(plain) >= 3
    assert {(p.report_id, p.other_report_id, p.kind) for p in plain} <= pairs
    assert {report_id for report_id, *_ in found} <= {p.report_id for p in planted}
