"""The files of a corpus: each report in its format, one in an archive, and a few oddities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from etl.sample import comma_list, flat_text, pipe_table, web_page, word_file, workbook
from etl.sample.chance import chance
from etl.sample.model import Agency, SampleReport
from etl.sample.tables import read_rows, read_toml
from etl.sample.truth import WrittenReport

FORMATS: tuple[str, ...] = tuple(dict.fromkeys(row["format"] for row in read_rows("varieties.csv")))
"""The file endings that the generator can write, without the dot."""

_RENDER: dict[str, Callable[[SampleReport, str], bytes]] = {
    "txt": flat_text.render,
    "md": pipe_table.render,
    "html": web_page.render,
    "docx": word_file.render,
    "xlsx": workbook.render,
    "csv": comma_list.render,
}
_SWITCHES_FORMAT = 0.12
_NUMBERED_PAGE = 0.4


def write_reports(
    out: Path, reports: Sequence[SampleReport], formats: Sequence[str], seed: int
) -> list[WrittenReport]:
    """Write every report under ``out/reports/YEAR`` and say where each one is.

    One report in a hundred, at least one, is put into a zip archive of its own; its path is then
    the archive's and the member's with ``!/`` between them.
    """
    names = dict.fromkeys(report.agency.agency for report in reports)
    positions = {name: position for position, name in enumerate(names)}
    rng = chance(seed, "archives")
    archived = {id(report) for report in rng.sample(reports, -(-len(reports) // 100))}
    written = []
    for report in reports:
        position = positions[report.agency.agency]
        kind, variety = _variety(report, position, formats, seed)
        content = _RENDER[kind](report, variety)
        path = f"reports/{report.year}/{_file_name(report, kind, variety, seed)}"
        if id(report) in archived:
            member = path.rpartition("/")[2]
            archive = f"reports/{report.year}/{report.agency.agency}{report.year}年报送材料.zip"
            _write(out / archive, word_file.pack({member: content}))
            path = f"{archive}!/{member}"
        else:
            _write(out / path, content)
        written.append(WrittenReport(report, path, kind, variety))
    return written


def write_oddities(
    out: Path, agency: Agency, report: SampleReport, formats: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Write files that hold no report; yields each one's path and why it must be refused."""
    folder = f"reports/{report.year}"
    if "txt" in formats:
        path = f"{folder}/{agency.agency}通知.txt"
        _write(out / path, _notice(agency).encode())
        yield path, "no-report"
    if "html" in formats:
        path = f"{folder}/{agency.agency}空白页.html"
        _write(out / path, b"")
        yield path, "empty"
    if "docx" in formats:
        path = f"{folder}/{agency.agency}报告（传输中断）.docx"
        content = word_file.render(report, "plain")
        _write(out / path, content[: len(content) * 2 // 5])
        yield path, "truncated"


def _notice(agency: Agency) -> str:
    notice = read_toml("wording.toml")["notice"]
    lines = [notice["title"].format(agency=agency.agency), *notice["paragraphs"], agency.agency]
    return "\n".join(lines) + "\n"


def _variety(
    report: SampleReport, position: int, formats: Sequence[str], seed: int
) -> tuple[str, str]:
    """The agency's usual format, and now and then another one for a year."""
    rows = [row for row in read_rows("varieties.csv") if row["format"] in formats]
    rng = chance(seed, "format", report.agency.agency, report.year)
    row = rows[position % len(rows)]
    if rng.random() < _SWITCHES_FORMAT:
        row = rng.choice(rows)
    return row["format"], row["variety"]


def _file_name(report: SampleReport, kind: str, variety: str, seed: int) -> str:
    """Mostly agency and year; some portal pages are saved under a number that says nothing."""
    rng = chance(seed, "name", report.agency.agency, report.year)
    if variety == "portal" and rng.random() < _NUMBERED_PAGE:
        day = report.published_on.strftime("%Y%m%d")
        return f"t{day}_{web_page.page_number(report.title)}.html"
    return f"{report.agency.agency}{report.year}年政府信息公开工作年度报告.{kind}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
