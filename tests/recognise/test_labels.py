"""Labels are matched by name, tolerant of the slips that reports print, and never by chance."""

from __future__ import annotations

import pytest

from etl.form import EDITIONS, Edition, load_form
from etl.recognise.labels import (
    edition_index,
    head_index,
    label_and_figure,
    label_key,
    line_index,
    section_index,
    section_of,
)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("section", [2, 3, 4])
def test_the_forms_own_labels_match_to_the_letter(edition: Edition, section: int) -> None:
    form = load_form(edition)
    for line in form.section_lines(section):
        assert line_index(section).exact(line.label) == line.item
    for head in form.section_heads(section):
        index = head_index(section, form.edition, head.group if section == 2 else None)
        assert index.exact(head.label) == head.party


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("3.危机“三安全一稳定”", "refused_security"),
        ("３．危及「三安全一稳定」", "refused_security"),
        ("7.属于行政法案卷", "refused_case_file"),
        ("2.没有现成信息需另行制作", "unable_creation"),
        ("一、本年新收到政府信息公开申请数量", "received"),
        ("二、上年结转政府信息公开数量", "carried_in"),
        ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "partial"),
        ("（二） 部分公开", "partial"),
        ("（六）其它处理", "other"),
        ("6、属于四类过程性性信息", "refused_process"),
        ("（七）总 计", "concluded"),
        ("3.补正後申請內容仍不明確", "unable_unclear"),
        ("2.沒有現成資訊需要另行製作", "unable_creation"),
        ("3.危(wei)及“三安全一稳定”", "refused_security"),
    ],
)
def test_variants_and_slips_of_section_3(printed: str, item: str) -> None:
    assert line_index(3).match(printed) == item


@pytest.mark.parametrize("printed", ["小计", "自然人", "（三）不予公开", "数量", "公开"])
def test_other_labels_match_nothing(printed: str) -> None:
    assert line_index(3).match(printed) is None


def test_notes_in_brackets_are_left_aside() -> None:
    assert line_index(2).match("规章（设区的市、自治州人民政府应提供相关数据）") == "regulation"


def test_editions_are_told_by_their_own_heads() -> None:
    assert edition_index().exact("本年新\n制作数量") == "2019"
    assert edition_index().exact("本年制发件数") == "2021"
    assert edition_index().exact("信息内容") is None


@pytest.mark.parametrize(
    ("printed", "section"),
    [
        ("总体情况。", "1"),
        ("—、总体情况", "1"),
        ("二、行政机关主动公开政府信息情况", "2"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "4"),
        ("六、其它需要报告的事项", "6"),
    ],
)
def test_section_headings(printed: str, section: str) -> None:
    assert section_index().match(printed) == section


def test_key_drops_numbering_but_not_numerals_of_the_label() -> None:
    assert label_key("5.属于三类内部事务信息") == "属于三类内部事务信息"
    assert label_key("三类") == "三类"


@pytest.mark.parametrize(
    ("printed", "section"),
    [
        ("三、收到和处理政府信息公开总体情况", 3),
        ("五、政府信息公开工作存在的主要问题及下一步计划", 5),
        ("二、主动公开情况", 2),
        ("二、政府信息主动公开情况", 2),
        ("三、依申请公开政府信息情况", 3),
        ("六、其他事项", 6),
        ("四、政府信息公開行政複議、行政訴訟情況", 4),
        ("一、主动公开政府信息情况", 2),
        ("主动公开情况", None),
        ("（一）政府信息主动公开情况", None),
        ("（二）依申请公开情况", None),
        ("三、政府信息公开总体状况", None),
    ],
)
def test_a_headings_numeral_must_agree_unless_its_wording_is_exact(
    printed: str, section: int | None
) -> None:
    assert section_of(printed) == section


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("本年增/减（指2020年增加或减少的事项数，减用负值表示，如-8）", "change"),
        ("本年增/", "change"),
        ("上一年项目数量（指2019年事项数）", "previous"),
        ("处理决定数量（指2020年办件量）", "decisions"),
        ("采购总金额（万元,保留四位小数）", "amount"),
        ("現行有效件數", "in_force"),
    ],
)
def test_heads_with_notes_and_lost_letters(head: str, party: str) -> None:
    assert head_index(2).match(head) == party


def test_a_label_with_its_figure() -> None:
    assert label_and_figure("一、本年新收政府信息公开申请数量：3件。") == (
        "一、本年新收政府信息公开申请数量",
        3,
    )
    assert label_and_figure("2.重复申请 12") == ("2.重复申请", 12)
    assert label_and_figure("一、本年新收政府信息公开申请数量 1 2") is None
    assert label_and_figure("12") is None
