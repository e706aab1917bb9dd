"""Agency, year and scope from titles as agencies print them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Grid, Paragraph, Slot
from etl.reading import Prose, Refused
from etl.recognise.identity import Identity, agency_in_title, find_year, gather, identify
from etl.recognise.identity.names import is_agency, same_agency
from etl.recognise.identity.preface import find_period_sentence
from etl.recognise.identity.scope import find_scope
from etl.recognise.outline import outline
from etl.recognise.rows import document_rows
from etl.refusals import refusal_codes


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


def _identify(document: Document, name: str) -> Identity:
    rows = tuple(document_rows(document))
    _, prose = outline(rows, frozenset())
    return identify(gather(rows, prose, name, document))


def test_a_title_broken_over_lines() -> None:
    texts = ("青石镇2020年度政府信息", "公开工作报告", "根据《条例》要求，现报告如下。")
    found = _identify(_document(*texts), "x.txt")
    assert (found.agency, found.year) == ("青石镇", 2020)


def test_the_file_name_is_the_last_resort() -> None:
    texts = ("一、总体情况", "全年平稳。")
    found = _identify(_document(*texts), "2022/03_青石镇2022年政府信息公开工作年度报告.html")
    assert (found.agency, found.year) == ("青石镇", 2022)


with (Path(__file__).parent / "identities.csv").open(encoding="utf-8", newline="") as file:
    SHAPES = list(csv.DictReader(file))


def _printed(lines: str) -> Document:
    """The lines of a shape as a document: ¶ between lines, ‖ between the cells of a row."""
    blocks = []
    for number, line in enumerate(lines.split("¶"), start=1):
        cells = line.split("‖")
        slots = tuple(Slot(text, 0, n, f"T{number} C{n + 1}") for n, text in enumerate(cells))
        grid = Grid((slots,), f"T{number}")
        blocks.append(grid if len(cells) > 1 else Paragraph(line, f"P{number}"))
    blocks.append(Paragraph("一、总体情况", "P99"))
    return Document("html", tuple(blocks))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["shape"])
def test_shapes(shape: dict[str, str]) -> None:
    """Every shape of ``identities.csv``; an empty agency stands for a refusal."""
    if shape["refused"]:
        with pytest.raises(Refused) as refused:
            _identify(_printed(shape["lines"]), shape["path"])
        assert refused.value.code == shape["refused"]
        return
    found = _identify(_printed(shape["lines"]), shape["path"])
    assert (found.agency, str(found.year), found.scope) == (
        shape["agency"], shape["year"], shape["scope"]
    )  # fmt: skip


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
    assert find_scope(agency, title, [Prose(1, prose, "P1")]).scope == scope


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
    found = _identify(_document(*texts), name)
    assert (found.agency, found.year) == ("青石镇", 2022)
    assert any(d.code == "named-by-path" for d in found.doubts) == by_path


PLACES = ("云泽县", "澄岭市", "贵泽市", "全州县", "本泽区", "和林旗")
BODIES = ("教育局", "发展和改革局", "人力资源和社会保障局", "住房和城乡建设局", "人民政府办公室")
TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{year}年度{agency}政府信息公开年度报告",
    "{agency}关于{year}年度政府信息公开工作情况的报告",
    "{agency}政府信息公开工作年度报告（{year}年）",
    "《{agency}{year}年信息公开年报》",
)
NOISE = (
    "首页 > 政府信息公开年报",
    "附件2",
    "政府信息公开年报",
    "索引号：001-2024",
    "字号：大 中 小",
)


@given(data=st.data())
def test_a_title_is_understood_however_it_is_broken_and_framed(data: st.DataObject) -> None:
    place, body = data.draw(st.sampled_from(PLACES)), data.draw(st.sampled_from(BODIES))
    year = data.draw(st.integers(2019, 2030))
    title = data.draw(st.sampled_from(TITLES)).format(agency=place + body, year=year)
    breaks = [title.index(place) + len(place), title.index(body) + len(body), title.index("公开")]
    cut = data.draw(st.sampled_from([0, *breaks]))
    lines = [part for part in (title[:cut], title[cut:]) if part]
    if data.draw(st.booleans()):
        lines = [" ".join(line) for line in lines]
    above = data.draw(st.lists(st.sampled_from(NOISE), max_size=3))
    found = _identify(_printed("¶".join([*above, *lines])), "x.html")
    assert (found.agency, found.year, found.scope) == (place + body, year, "agency")


LETTERS = st.text(
    "云泽县教育局政府信息公开工作年度报告202134（）《》，。：和、全市我 ", max_size=40
)


@given(st.lists(LETTERS, max_size=5), st.text("云泽县教育局年报20213/._-（）", max_size=20))
def test_whatever_is_printed_gives_a_sound_identity_or_a_refusal(
    lines: list[str], name: str
) -> None:
    try:
        found = _identify(_printed("¶".join(lines)), name + ".txt")
    except Refused as refused:
        assert refused.code in refusal_codes()
        return
    assert is_agency(found.agency)
    assert 2019 <= found.year <= 2099
    used = {statement.what: statement.value for statement in found.stated if statement.used}
    assert (used["agency"], used["year"]) == (found.agency, str(found.year))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("县教育局", "云泽县教育局", True),
        ("县政府办", "云泽县人民政府办公室", True),
        ("青石镇", "云泽县青石镇人民政府", True),
        ("云泽县教育局", "云泽县体育局", False),
        ("白河镇", "青石镇人民政府", False),
    ],
)
def test_names_that_may_mean_one_agency(one: str, other: str, same: bool) -> None:
    assert same_agency(one, other) == same_agency(other, one) == same


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("统计期限自2023年1月1日起，至2023年12月31日止。", "2023-01-01/2023-12-31"),
        ("统计期限为２０２３年１月１日—１２月３１日。", "2023-01-01/2023-12-31"),
        ("统计期限从二〇二三年一月一日至二〇二三年十二月三十一日。", "2023-01-01/2023-12-31"),
        ("数据统计期限：2023.01.01-2023.12.31", "2023-01-01/2023-12-31"),
        ("本报告所列数据从2022年12月1日至2023年11月30日。", "2022-12-01/2023-11-30"),
        ("统计期限为2023年1月1日至2023年13月31日。", None),
        ("统计期限为202111日起至20211231日。", None),
        ("2023年3月1日至5月31日开展专项行动。", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    found = find_period_sentence(text)
    assert (str(found[0]) if found else None) == period
