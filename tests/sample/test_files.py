from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import lxml.html
import openpyxl
import pytest

from etl.form import load_form
from tests.sample.conftest import Corpus, Row

Rows = list[list[str]]
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def content_of(corpus: Corpus, path: str) -> bytes:
    archive, inside, member = path.partition(".zip!/")
    if not inside:
        return (corpus.out / path).read_bytes()
    with zipfile.ZipFile(corpus.out / f"{archive}.zip") as opened:
        return opened.read(member)


def text_rows(content: bytes) -> Rows:
    """Runs of tabbed lines; a line without a tab goes on with the cell above."""
    rows: Rows = [[]]
    for line in content.decode("utf-8-sig").splitlines():
        if line.startswith("\t"):
            rows[-1].append(line[1:])
        elif line and rows[-1]:
            rows[-1][-1] += line
        else:
            rows.append([])
    return [row for row in rows if row]


def pipe_rows(content: bytes) -> Rows:
    lines = [line for line in content.decode().splitlines() if line.startswith("|")]
    rows = [[text.strip() for text in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if set(row) != {"---"}]


def html_rows(content: bytes) -> Rows:
    encoding = "gb18030" if b"charset=gb2312" in content else "utf-8"
    tree = lxml.html.fromstring(content.decode(encoding))
    tables = [table for table in tree.iter("table") if table.get("class") != "meta"]
    return [
        [cell.text_content().replace("\xa0", "") for cell in row.iter("td")]
        for table in tables
        for row in table.iter("tr")
    ]


def docx_rows(content: bytes) -> Rows:
    document = docx.Document(io.BytesIO(content))
    return [[cell.text for cell in row.cells] for t in document.tables for row in t.rows]


def xlsx_rows(content: bytes) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        [
            "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
            for value in row
        ]
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]


def csv_rows(content: bytes) -> Rows:
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030"
    return list(csv.reader(io.StringIO(content.decode(encoding))))


ROWS: dict[str, Callable[[bytes], Rows]] = {
    "txt": text_rows,
    "md": pipe_rows,
    "html": html_rows,
    "docx": docx_rows,
    "xlsx": xlsx_rows,
    "csv": csv_rows,
}


def starts(rows: Rows, mark: str) -> int:
    return next((n for n, row in enumerate(rows) if mark in row[0]), -1)


def printed(
    rows: Rows, report: Row, sections: set[int], ordinal: bool
) -> dict[tuple[int, str, str], str]:
    """Raw texts found by position alone: below each table's first row, in the form's order."""
    form = load_form(report["form"])
    found = {}
    row = starts(rows, "第二十条第") if 2 in sections else -1
    previous = ""
    for line in form.section_lines(2) if 2 in sections else ():
        row += 2 if line.group != previous else 0
        previous = line.group
        for n, head in enumerate(form.section_heads(2, line.group), start=1):
            found[2, line.item, head.party] = rows[row][n]
        row += 1
    row = starts(rows, "勾稽关系") + 3
    for line in form.section_lines(3) if 3 in sections else ():
        figures = rows[row][-7:] if ordinal else rows[row][3:10]
        for head, text in zip(form.section_heads(3), figures, strict=True):
            found[3, line.item, head.party] = text
        row += 1
    routes = [(line, head) for head in form.section_heads(4) for line in form.section_lines(4)]
    row = next((n for n, texts in enumerate(rows) if texts[0] == "行政复议"), -4) + 3
    for (line, head), text in zip(routes, rows[row], strict=False) if 4 in sections else ():
        found[4, line.item, head.party] = text
    return found


PRESCRIBED = {
    "plain",
    "marked",
    "repeated",
    "portal",
    "saved-from-word",
    "headings",
    "sheets",
    "gb18030",
}
"""Varieties that print the form as it is; those that don't have tests of their own."""


def prescribed(corpus: Corpus, kind: str) -> list[Row]:
    found = [r for r in corpus.reports if r["format"] == kind and r["variety"] in PRESCRIBED]
    return [
        report
        for report in found
        if (kind, report["variety"]) != ("txt", "gb18030")
        and not corpus.beside(report)
        and "heading-mismatch" not in {row["rule"] for row in corpus.faults_of(report)}
    ]


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_every_cell_stands_where_the_form_puts_it(corpus: Corpus, kind: str) -> None:
    reports = prescribed(corpus, kind)
    assert len(reports) >= 8
    for report in reports:
        cells = corpus.cells_of(report)
        expected = {k: row["raw"] for k, row in cells.items() if row["state"] != "absent"}
        rows = ROWS[kind](content_of(corpus, report["path"]))
        ordinal = kind in ("txt", "html")
        assert printed(rows, report, {k[0] for k in expected}, ordinal) == expected


def test_a_file_of_two_reports_prints_both_whole(corpus: Corpus) -> None:
    shared = [report for report in corpus.reports if corpus.beside(report)]
    assert len(shared) == 2
    rows = ROWS[shared[0]["format"]](content_of(corpus, shared[0]["path"]))
    ends = [n for n, row in enumerate(rows) if row[0] == "行政复议"]
    second = next(n for n in range(ends[0], len(rows)) if "第二十条第" in rows[n][0])
    for report, own in zip(shared, (rows[:second], rows[second:]), strict=True):
        expected = {k: row["raw"] for k, row in corpus.cells_of(report).items()}
        assert printed(own, report, {2, 3, 4}, report["format"] == "html") == expected


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_title_and_claims_are_in_the_text(corpus: Corpus, kind: str) -> None:
    for report in prescribed(corpus, kind):
        text = plain_text(content_of(corpus, report["path"]), kind)
        assert report["title"] in text
        for claim in report["claims"]:
            assert claim["value"] == 0 or f"{claim['value']:.0f}" in text
        assert not report["all_handled"] or "全部" in text


def plain_text(content: bytes, kind: str) -> str:
    """All text of a file, without any space or line break."""
    if kind == "docx":
        text = "".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    elif kind == "html":
        encoding = "gb18030" if b"charset=gb2312" in content else "utf-8"
        text = str(lxml.html.fromstring(content.decode(encoding)).text_content())
    elif kind == "xlsx":
        text = "".join(value for row in xlsx_rows(content) for value in row)
    elif kind == "csv":
        text = "".join(value for row in csv_rows(content) for value in row)
    else:
        text = content.decode("utf-8-sig").replace("# ", "")
    return "".join(text.split())


def test_merged_cells_of_a_workbook_are_truly_merged(corpus: Corpus) -> None:
    report = next(row for row in prescribed(corpus, "xlsx") if row["variety"] == "sheets")
    book = openpyxl.load_workbook(io.BytesIO(content_of(corpus, report["path"])))
    merged = {str(area) for area in book["第3部分"].merged_cells.ranges}
    assert "D2:J2" in merged
    assert "A2:C4" in merged


def test_publication_date_is_printed_where_the_truth_gives_one(corpus: Corpus) -> None:
    dated = [row for row in corpus.reports if row["published_on"]]
    planted_by_date = {"late", "conflicting-copies"}
    assert dated
    for report in dated:
        web = report["format"] in ("html", "mht")
        planted = {row["rule"] for row in corpus.faults_of(report) if row["planted"]}
        assert web or report["variety"] == "metadata-table" or planted & planted_by_date
        if report["format"] == "html":
            assert report["published_on"].isoformat().encode() in content_of(corpus, report["path"])


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no real report at hand")
def test_flattened_text_has_the_line_layout_of_a_real_report(corpus: Corpus) -> None:
    real = shape(next(SAMPLES.glob("*2020*.txt")).read_bytes())
    report = next(
        row
        for row in corpus.reports
        if row["form"] == "2019" and row in prescribed(corpus, "txt") and complete(corpus, row)
    )
    assert shape(content_of(corpus, report["path"])) == real


def complete(corpus: Corpus, report: Row) -> bool:
    return all(row["state"] == "number" for row in corpus.cells_of(report).values())


def shape(content: bytes) -> list[list[bool]]:
    """For each run of tabbed lines, which of its cells hold text."""
    return [[bool(text) for text in row] for row in text_rows(content)]
