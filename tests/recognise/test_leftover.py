"""What stands in a table or row of the form but was not read is never passed over in silence."""

from __future__ import annotations

import pytest

from etl.document import Grid, Paragraph
from etl.form import load_form
from etl.reading import ReportReading
from etl.recognise import recognise
from tests.recognise.grids import disclosure_rows, document, grid, proceedings_rows, requests_rows
from tests.recognise.layouts import HEADINGS

TABLES = {2: disclosure_rows("2021"), 3: requests_rows("2021"), 4: proceedings_rows()}


def _read(section: int, *instead: Paragraph, rows: list[list[str]] | None = None) -> ReportReading:
    """A report whose other sections are whole, with a section of other rows and paragraphs."""
    blocks: list[Grid | Paragraph] = []
    for number, table in TABLES.items():
        own = (rows or []) if number == section else table
        blocks += [Paragraph(HEADINGS[number], f"H{number}")] if own or number != section else []
        blocks += [grid(own)] if own else []
        blocks += instead if number == section else []
    return recognise(document(*blocks), "report.html")


def _told(reading: ReportReading) -> set[tuple[str, int | None, str | None]]:
    return {(doubt.code, doubt.section, doubt.item) for doubt in reading.doubts}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_row_whose_figures_ran_into_its_label_is_doubted(count: int) -> None:
    rows = disclosure_rows("2021")
    label, *figures = rows[2]
    assert label == "行政规范性文件"
    rows[2] = [" ".join([label, *figures[:count]]), *figures[count:]]
    reading = _read(2, rows=rows)
    doubted = {doubt.code for doubt in reading.doubts if doubt.place.startswith("R3")}
    assert doubted & {"unknown-row", "cell-count"}
    cells = dict(zip(load_form("2021").numbers, reading.cells, strict=True))
    assert not {key for key, cell in cells.items() if "document" in key[1] and cell.value}


def test_a_sentence_on_an_item_is_no_row() -> None:
    rows = [row for row in disclosure_rows("2021") if row[0] != "行政规范性文件"]
    reading = _read(2, Paragraph("全年制发行政规范性文件 12 件。", "P9"), rows=rows)
    assert ("unknown-row", 2, "normative_document") not in _told(reading)


@pytest.mark.parametrize("section", TABLES)
def test_a_table_whose_heading_ran_into_its_figures_is_doubted(section: int) -> None:
    reading = _read(section, Paragraph(f"{HEADINGS[section]} 行政复议行政诉讼 0 0 3 0 3", "P9"))
    assert ("unread-table", section, None) in _told(reading)


def test_labels_that_ran_together_are_doubted() -> None:
    text = "结果维持结果纠正其他结果尚未审结总计 0 0 0 0 0"
    assert ("unread-table", 4, None) in _told(_read(4, Paragraph(text, "P9")))


def test_prose_on_cases_is_no_table() -> None:
    text = "全年行政复议结果维持0件，结果纠正0件，其他结果0件，尚未审结0件。"
    assert not {doubt.section for doubt in _read(4, Paragraph(text, "P9")).doubts} & {4}
