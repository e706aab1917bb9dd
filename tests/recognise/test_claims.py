from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.reading import MEASURES, Claim, Prose
from etl.recognise.claims import QUOTE_LIMIT, find_claims
from etl.recognise.claims.marks import load_cues

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "shared" / "samples"
LEAST_PRECISION = 0.99
LEAST_RECALL = 0.95


class Sentence(NamedTuple):
    """A row of the sentences' files; ``claims`` as ``measure[@channel]=value[~][+]``.

    ``scope`` is ``agency``, ``rollup``, or ``zone`` for an agency that governs an area.
    """

    pattern: str
    year: int
    section: int
    scope: str
    text: str
    claims: frozenset[str]


def load_sentences(name: str) -> list[Sentence]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return [
            Sentence(
                row["pattern"],
                int(row["year"]),
                int(row["section"]),
                row["scope"],
                row["sentence"],
                frozenset(row["claims"].split()),
            )
            for row in csv.DictReader(lines)
        ]


def spell(claim: Claim) -> str:
    """``~`` marks an approximate figure, ``+`` one that was added up."""
    channel = f"@{claim.channel}" if claim.channel else ""
    value = f"{claim.value:.10g}"
    marks = ("~" if claim.approximate else "") + ("+" if claim.derived else "")
    return f"{claim.measure}{channel}={value}{marks}"


def spell_all(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(map(spell, claims))


def claims_of(*texts: str, year: int = 2023, section: int = 1, scope: str = "agency") -> set[str]:
    prose = [Prose(section, text, f"第{number}段") for number, text in enumerate(texts, start=1)]
    return set(spell_all(find_claims(prose, year, scope)))


PATTERNS = load_sentences("claims_sentences.csv")
"""One or more for each wording that the specification lists, then variations."""
PARAGRAPHS = load_sentences("claims_paragraphs.csv")
"""Written by kind of agency before the reader was tried on them."""
SENTENCES = [*PATTERNS, *PARAGRAPHS]
SILENT = [sentence for sentence in SENTENCES if not sentence.claims]


def read(sentence: Sentence) -> tuple[Claim, ...]:
    prose = [Prose(sentence.section, sentence.text, "p")]
    if sentence.scope == "zone":
        return find_claims(prose, sentence.year, "agency", "江口经济开发区管委会")
    return find_claims(prose, sentence.year, sentence.scope)


@pytest.mark.parametrize("sentences", [PATTERNS, PARAGRAPHS], ids=["patterns", "paragraphs"])
def test_precision_and_recall(sentences: list[Sentence]) -> None:
    right = wrong = missed = 0
    for sentence in sentences:
        found = spell_all(read(sentence))
        right += len(found & sentence.claims)
        wrong += len(found - sentence.claims)
        missed += len(sentence.claims - found)
    assert right + missed > 250
    assert right / (right + wrong) >= LEAST_PRECISION
    assert right / (right + missed) >= LEAST_RECALL


@pytest.mark.parametrize("sentence", SILENT, ids=lambda sentence: sentence.text[:24])
def test_silent_sentences_claim_nothing(sentence: Sentence) -> None:
    assert read(sentence) == ()


def test_every_measure_is_exercised() -> None:
    named = {claim.split("=")[0].split("@")[0] for row in SENTENCES for claim in row.claims}
    assert named == set(MEASURES)


def test_quote_is_printed_and_bounded() -> None:
    long = "围绕中心工作" * 30 + "，全年主动公开政府信息３２５ 条，" + "持续优化服务" * 30 + "。"
    (claim,) = find_claims([Prose(1, "前一句。" + long, "第3段")], 2023)
    assert claim.value == 325
    assert claim.place == "第3段"
    assert "３２５ 条" in claim.quote
    assert claim.quote in long
    assert len(claim.quote) <= QUOTE_LIMIT + 2


@pytest.mark.parametrize(
    ("printed", "claim"),
    [
        ("1,234条", "1234"),
        ("1234 条", "1234"),
        ("１２３４条", "1234"),
        ("1.2万条", "12000"),
        ("18万余条", "180000~"),
        ("近600条", "600~"),
        ("约为600条", "600~"),
        ("600条以上", "600~"),
        ("600多条", "600~"),
        ("两千三百条", "2300"),
        ("0条", "0"),
        ("叁佰贰拾条", "320"),
        ("1万2千余条", "12000~"),
        ("二百余条", "200~"),
        ("3.14万条", "31400"),
        ("120，2023年工作有序", "120"),
    ],
)
def test_number_spellings(printed: str, claim: str) -> None:
    assert claims_of(f"全年主动公开政府信息{printed}。") == {f"disclosed_items={claim}"}


@pytest.mark.parametrize(
    "printed",
    [
        *("12%", "3期", "5场", "300人次", "2023年", "第3条", "2.5倍"),
        *("1,23条", "1 04条", "0.5条", "三四百条", "几百条", "100-200条", "123456789012条"),
    ],
)
def test_other_numbers_are_no_items(printed: str) -> None:
    assert claims_of(f"全年主动公开政府信息{printed}。") == set()


def test_better_wording_wins_over_earlier_place() -> None:
    found = claims_of("全年发布信息900条。", "全年主动公开政府信息300条。")
    assert found == {"disclosed_items=300"}


def test_of_equal_wordings_the_earlier_section_stands() -> None:
    prose = [
        Prose(2, "全年主动公开政府信息300条。", "b"),
        Prose(1, "全年主动公开政府信息310条。", "a"),
    ]
    (claim,) = find_claims(prose, 2023)
    assert (claim.value, claim.place) == (310, "a")


def test_of_equal_wordings_in_a_section_the_first_stands() -> None:
    found = claims_of("全年主动公开政府信息300条。", "全年主动公开政府信息310条。")
    assert found == {"disclosed_items=300"}


def test_a_stated_total_wins_over_an_enumeration() -> None:
    listed = "主动公开预算信息3条、政策文件28条、通知公告46条。"
    assert claims_of(listed) == {"disclosed_items=77+"}
    assert claims_of(listed, "全年公开信息90条。") == {"disclosed_items=90"}


def test_an_open_enumeration_is_not_added_up() -> None:
    assert claims_of("主动公开预算信息3条、政策文件28条、通知公告46条等。") == set()


def test_channels_never_become_a_total() -> None:
    found = claims_of("政府网站发布信息100条，微信公众号发布信息50条。")
    assert found == {"disclosed_items@website=100", "disclosed_items@wechat=50"}


def test_received_wins_over_handled_and_both_fall_back() -> None:
    handled = "全年共处理政府信息公开申请1717件。"
    assert claims_of(handled) == {"requests_received=1717"}
    found = claims_of(handled, "全年共收到政府信息公开申请1641件。")
    assert found == {"requests_received=1641"}


def test_heading_gives_the_topic() -> None:
    assert claims_of("全年共收到5件，办结4件。") == set()
    found = claims_of("（二）依申请公开情况", "全年共收到5件，办结4件。")
    assert found == {"requests_received=5", "requests_concluded=4"}


def test_other_years_are_left_out() -> None:
    sentence = "2022年，我局主动公开政府信息310条，收到政府信息公开申请3件。"
    assert claims_of(sentence, year=2023) == set()
    assert claims_of(sentence, year=2022) == {"disclosed_items=310", "requests_received=3"}


def test_a_year_in_characters_is_a_year() -> None:
    assert claims_of("二〇二二年，公开政府信息300条。") == set()
    assert claims_of("二○二三年，公开政府信息300条。") == {"disclosed_items=300"}


def test_the_article_of_a_law_counts_nothing() -> None:
    assert claims_of("按照条例第五十条公开政府信息。") == set()


def test_subject_must_match_the_scope() -> None:
    whole = "全县共收到政府信息公开申请205件。"
    office = "县政府办公室收到政府信息公开申请20件。"
    assert claims_of(whole) == set()
    assert claims_of(office) == {"requests_received=20"}
    assert claims_of(whole, office, scope="rollup") == {"requests_received=205"}


def test_problems_and_plans_claim_only_with_their_year() -> None:
    assert claims_of("主动公开政府信息300条。", section=5) == set()
    assert claims_of("2023年主动公开政府信息300条。", section=5) == {"disclosed_items=300"}


@pytest.mark.parametrize(
    "text",
    [
        "注：2022年结转的申请中有2件为重复申请，3件已于1月办结。",
        "备注1：收到政府信息公开申请5件。",
        "说明：上年结转的3件中2件已答复。",
        "四、结转下年度继续办理2",
    ],
)
def test_notes_and_rows_of_a_table_claim_nothing(text: str) -> None:
    assert claims_of(text, section=3) == set()


def test_prose_before_the_first_heading_is_the_overview() -> None:
    text = "依申请公开办结5件，其中予以公开3件、部分公开1件，结转下年度1件。"
    found = claims_of(text, section=0)
    assert found == claims_of(text, section=1)
    assert {"granted=3", "partial=1", "carried_out=1"} <= found


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("各乡镇收到公开申请42件，县直各部门收到144件。", set()),
        ("县教育局收到政府信息公开申请30件。", set()),
        ("各乡镇收到公开申请42件，县直各部门收到144件，共186件。", {"requests_received=186"}),
        ("各县区、市直各部门收到政府信息公开申请186件。", {"requests_received=186"}),
    ],
)
def test_a_share_of_a_rollup_is_not_the_whole(text: str, claims: set[str]) -> None:
    assert claims_of(text, scope="rollup") == claims


@pytest.mark.parametrize("last", ["均为0", "均为零", "都是0件", "各0件"])
def test_one_figure_for_several_measures(last: str) -> None:
    found = claims_of(f"新收政府信息公开申请、上年结转申请、行政复议案件数{last}。")
    assert found == {"requests_received=0", "carried_in=0", "reconsideration_cases=0"}


def test_figures_for_several_measures_in_turn() -> None:
    found = claims_of("政府信息公开申请新收、上年结转、办结分别为21件、2件、22件。")
    assert found == {"requests_received=21", "carried_in=2", "requests_concluded=22"}


def test_an_aside_on_another_year_ends_with_its_semicolon() -> None:
    found = claims_of("收到政府信息公开申请18件，2022年为24件；结转下年2件。")
    assert found == {"requests_received=18", "carried_out=2"}


def test_no_disputes_says_nothing_of_requests() -> None:
    found = claims_of("未发生因依申请公开引起的行政复议、行政诉讼。")
    assert found == {"reconsideration_cases=0", "litigation_cases=0"}


def test_reading_is_repeatable() -> None:
    prose = [Prose(row.section, row.text, row.pattern) for row in SENTENCES]
    assert find_claims(prose, 2023) == find_claims(prose, 2023)


def test_no_word_stands_under_two_cues() -> None:
    assert len(load_cues()) > 400


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not here")
def test_real_report() -> None:
    (path,) = SAMPLES.glob("*2020*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    prose = [Prose(1, line, str(number)) for number, line in enumerate(lines) if len(line) > 5]
    assert spell_all(find_claims(prose, 2020)) == {"disclosed_items=523", "requests_received=0"}
