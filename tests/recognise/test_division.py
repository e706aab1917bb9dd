"""Files that hold several reports, or only seem to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.form import edition_for_year
from etl.read_report import read_reports
from etl.reading import Refused, ReportReading
from tests.report_files import docx_of, html_of
from tests.reports import report_text

RECEIVED = (3, "received", "total")
OTHERS = "青石镇2021年政府信息公开工作年度报告\n\n青石镇2020年政府信息公开工作年度报告\n\n"
MAKERS: dict[str, Callable[[str], bytes]] = {
    "md": str.encode,
    "txt": str.encode,
    "html": html_of,
    "docx": docx_of,
}


def _report(year: int = 2022, agency: str = "青石镇", received: str = "0") -> str:
    return report_text(agency, year, {RECEIVED: received})


def _read(text: str, name: str = "x.md") -> tuple[ReportReading, ...]:
    return read_reports(text.encode(), name).reports


def _received(report: ReportReading) -> str:
    return next(cell.raw for cell in report.cells if cell.raw not in ("0", ""))


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("second", [("青石镇", 2021), ("青石镇", 2020), ("白河镇", 2022)])
def test_whole_reports_are_all_read_each_with_its_own_figures(
    ending: str, second: tuple[str, int]
) -> None:
    agency, year = second
    text = _report(received="11") + "\n" + _report(year, agency, "12")
    reports = read_reports(MAKERS[ending](text), f"x.{ending}").reports
    assert [(r.agency, r.year, r.edition, _received(r)) for r in reports] == [
        ("青石镇", 2022, "2021", "11"), (agency, year, edition_for_year(year), "12"),
    ]  # fmt: skip
    for report in reports:
        assert report.sections == (1, 2, 3, 4, 5, 6)
        assert {cell.state for cell in report.cells} == {"number"}
        assert len({p.place for p in report.prose}) == len(report.prose) == 4
    assert not {p.place for p in reports[0].prose} & {p.place for p in reports[1].prose}


def _blank_cases(text: str) -> str:
    """The report with all figures of section 4 left blank."""
    above, heading, below = text.partition("四、政府")
    return above + heading + below.replace(" 0 |", "  |")


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
@pytest.mark.parametrize("blank", [(True, False), (False, True), (True, True)])
def test_a_report_is_whole_with_a_table_left_blank(ending: str, blank: tuple[bool, bool]) -> None:
    texts = [_report(received="11"), _report(2021, received="12")]
    parts = [_blank_cases(text) if b else text for text, b in zip(texts, blank, strict=True)]
    reports = read_reports(MAKERS[ending]("\n".join(parts)), f"x.{ending}").reports
    assert [(r.year, _received(r)) for r in reports] == [(2022, "11"), (2021, "12")]
    for report, left_blank in zip(reports, blank, strict=True):
        assert {cell.state for cell in report.cells[-15:]} == {"blank" if left_blank else "number"}


def test_a_summary_and_a_governments_own_report_in_one_file() -> None:
    reports = _read(_report(agency="云泽县") + "\n" + _report(agency="云泽县人民政府"))
    assert [(r.agency, r.scope) for r in reports] == [
        ("云泽县", "rollup"), ("云泽县人民政府", "agency")
    ]  # fmt: skip


def test_a_second_title_broken_over_two_lines() -> None:
    second = _report(2021, "白河镇").split("\n", 1)[1]
    text = _report() + "\n白河镇2021年度政府信息\n\n公开工作年度报告\n" + second
    assert [(r.agency, r.year) for r in _read(text)] == [("青石镇", 2022), ("白河镇", 2021)]


@pytest.mark.parametrize(
    "text",
    [
        _report() + "\n" + OTHERS,
        _report().replace("三、收到", OTHERS + "三、收到", 1),
        "目录\n\n一、总体情况\n\n二、主动公开政府信息情况\n\n六、其他需要报告的事项\n\n"
        + _report(),
        _report() + "\n" + _report(),
    ],
    ids=["links behind", "links in the middle", "table of contents", "printed twice"],
)
def test_titles_alone_make_no_report(text: str) -> None:
    (report,) = _read(text)
    assert (report.agency, report.year) == ("青石镇", 2022)
    assert {cell.state for cell in report.cells} == {"number"}


def test_links_before_the_report_need_something_to_tell_which_it_is() -> None:
    text = OTHERS + _report()
    (report,) = _read(text, "青石镇2022.md")
    assert (report.year, report.named_by["year"]) == (2022, "file")
    with pytest.raises(Refused) as refused:
        _read(text)
    assert refused.value.code == "no-year"


def _without_tables(text: str) -> str:
    return "\n\n".join(block for block in text.split("\n\n") if not block.startswith("|"))


@pytest.mark.parametrize(
    "text",
    [
        _report() + "\n" + _report(2021).partition("四、政府")[0],
        _report().partition("四、政府")[0] + "\n" + _report(2021),
        _report() + "\n" + _without_tables(_report(2021)),
        _report() + "\n" + _report(2021).split("\n", 1)[1],
        _report() + "\n2021年政府信息公开工作年度报告\n" + _report(2021).split("\n", 1)[1],
        _report() + "\n" + _report(received="5"),
    ],
    ids=[
        "second incomplete", "first incomplete", "second without tables", "second without title",
        "second without agency", "same report with other figures",
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Refused) as refused:
        _read(text)
    assert refused.value.code == "two-reports"
    assert refused.value.place.startswith("L")
    line = int(refused.value.place.split()[0][1:])
    assert line > len(_report().partition("四、政府")[0].splitlines())
