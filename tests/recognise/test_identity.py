"""Agency, year and scope from titles as agencies print them."""

from __future__ import annotations

import pytest

from etl.document import Document, Paragraph
from etl.reading import Prose, Refused
from etl.recognise.identity import agency_in_title, find_scope, find_year, identify


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("城郊街道2020年度政府信息公开工作报告", "城郊街道", 2020),
        ("云泽县教育局2023年政府信息公开工作年度报告", "云泽县教育局", 2023),
        ("2023年度云泽县教育局政府信息公开年度报告", "云泽县教育局", 2023),
        ("云泽县教育局关于2023年度政府信息公开工作的报告", "云泽县教育局", 2023),
        ("云泽县教育局政府信息公开工作年度报告（2023年）", "云泽县教育局", 2023),
        ("云泽县人民政府2022年信息公开年报", "云泽县人民政府", 2022),
        ("云泽县人民政府信息公开工作年度报告(2022年度)", "云泽县人民政府", 2022),
        ("云泽县人民政府办公室２０２１年政府信息公开工作年度报告", "云泽县人民政府办公室", 2021),
        ("二〇二二年青石镇人民政府政府信息公开工作年度报告", "青石镇人民政府", 2022),
        ("宿迁市2023年政府信息公开工作年度报告", "宿迁市", 2023),
        ("【年报】云泽县司法局 2024年度 政府信息公开工作年度报告", "云泽县司法局", 2024),
    ],
)
def test_titles(title: str, agency: str, year: int) -> None:
    assert (agency_in_title(title), find_year(title)) == (agency, year)


def _document(*paragraphs: str, title: str = "") -> Document:
    blocks = tuple(Paragraph(text, f"P{n}") for n, text in enumerate(paragraphs, start=1))
    return Document("text", blocks, title)


def test_a_title_broken_over_lines() -> None:
    texts = ("青石镇2020年度政府信息", "公开工作报告", "根据《条例》要求，现报告如下。")
    found = identify(_document(*texts), texts, "x.txt")
    assert (found.agency, found.year) == ("青石镇", 2020)


def test_the_file_name_is_the_last_resort() -> None:
    texts = ("一、总体情况", "全年平稳。")
    found = identify(_document(*texts), texts, "2022/03_青石镇2022年政府信息公开工作年度报告.html")
    assert (found.agency, found.year) == ("青石镇", 2022)


NAME = "云泽县教育局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("云泽县人民政府门户网站", NAME), "x.html"),
        (("云泽县人民政府门户网站", NAME[6:], "云泽县教育局"), "x.html"),
        (("附件2", NAME), "x.html"),
        ((f"名称：{NAME}", "发布日期：2024-01-20"), "x.html"),
        (("上一篇：云泽县财政局2022年政府信息公开工作年度报告", NAME), "x.html"),
        ((f"{NAME}（2024年1月）",), "x.html"),
        (("云泽县教育局2023年《政府信息公开工作年度报告》",), "x.html"),
        (("云泽县教育局关于报送2023年度政府信息公开工作年度报告的报告",), "x.html"),
        (("云泽县教育局政府信息公开年度报告", "（2023年1月1日－2023年12月31日）"), "x.html"),
        (("云泽县教育局政府信息公开年度报告", "发布时间：2024-01-20"), "2023/x.html"),
        (("2023年政府信息公开工作年度报告",), "云泽县教育局.docx"),
        (("云泽县政府信息公开年度报告", NAME), "x.html"),
    ],
)
def test_the_agency_and_year_among_other_lines(texts: tuple[str, ...], name: str) -> None:
    found = identify(_document(*texts), texts, name)
    assert (found.agency, found.year) == ("云泽县教育局", 2023)


@pytest.mark.parametrize(
    ("texts", "name", "code"),
    [
        (("云泽县教育局2022—2023年政府信息公开工作年度报告",), "x.html", "no-year"),
        (("2024年云泽县教育局2023年度政府信息公开工作年度报告",), "x.html", "no-year"),
        (("云泽县教育局政府信息公开工作年度报告（2024年1月20日）",), "x.html", "no-year"),
        (("青石镇政府信息公开工作年度报告",), "t20240120_7.html", "no-year"),
        (("附件2", "2023年政府信息公开工作年度报告"), "x.html", "no-agency"),
        (("全县2023年政府信息公开工作年度报告",), "x.html", "no-agency"),
        ((NAME, NAME.replace("教育", "财政")), "x.html", "no-agency"),
        (("一、总体情况",), "report.html", "no-agency"),
        (("青石镇政府信息公开工作年度报告",), "report.html", "no-year"),
        (("青石镇2017年政府信息公开工作年度报告",), "report.html", "year-before-form"),
    ],
)
def test_what_cannot_be_told_is_refused(texts: tuple[str, ...], name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        identify(_document(*texts), texts, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("agency", "prose", "scope"),
    [
        ("宿迁市", "平稳。", "rollup"),
        ("云泽县人民政府", "2023年，全县主动公开政府信息3000条。", "rollup"),
        ("云泽县人民政府", "2023年，本机关主动公开政府信息300条。", "agency"),
        ("云泽县人民政府办公室", "2023年，全县主动公开政府信息3000条。", "agency"),
        ("青石镇人民政府", "全县工作会议精神已落实。", "agency"),
    ],
)
def test_scope(agency: str, prose: str, scope: str) -> None:
    title = f"{agency}2023年政府信息公开工作年度报告"
    assert find_scope(agency, title, [Prose(1, prose, "P1")]) == scope


@pytest.mark.parametrize(
    ("texts", "name", "by_path"),
    [
        (("青石镇2022年政府信息公开工作年度报告",), "x.md", False),
        (("政府信息公开工作年度报告",), "青石镇2022年政府信息公开工作年度报告.md", True),
        (("青石镇政府信息公开工作年度报告",), "2022/x.md", True),
    ],
)
def test_it_is_known_when_the_path_had_to_tell(
    texts: tuple[str, ...], name: str, by_path: bool
) -> None:
    found = identify(_document(*texts), texts, name)
    assert (found.agency, found.year, found.named_by_path) == ("青石镇", 2022, by_path)


def test_folders_that_disagree_tell_no_year() -> None:
    texts = ("青石镇政府信息公开工作年度报告",)
    with pytest.raises(Refused) as refused:
        identify(_document(*texts), texts, "2021/2022/x.md")
    assert refused.value.code == "no-year"
