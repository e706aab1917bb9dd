"""The statutory tables as HTML: the form's shape, the five states, flags, differences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from dashboard.evidence import flag_cells, terms_of, word_terms
from dashboard.queries.agency import read_agency_findings, read_cells
from dashboard.rows import records
from dashboard.statutory import Other, Printed, render_table
from dashboard.texts import Language
from dashboard.warehouse import Warehouse
from etl.export.marks import mark
from etl.form import EDITIONS, Edition, load_form
from etl.form.layout import Label, table_layout
from etl.reading import CellReading

WIDTHS = {2: 4, 3: 10, 4: 15}


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><body>{html}</body></html>")


def cells_of(html: str, state: str) -> list[LexborNode]:
    return parse(html).css(f"td.g-{state}")


def row_widths(html: str) -> list[int]:
    """Columns that each row covers, with what spans down from the rows above."""
    hanging: list[tuple[int, int]] = []
    widths = []
    for row in parse(html).css("tr"):
        width = sum(columns for _, columns in hanging)
        hanging = [(rows - 1, columns) for rows, columns in hanging if rows > 1]
        for cell in row.css("th, td"):
            columns = int(cell.attributes.get("colspan") or 1)
            rows = int(cell.attributes.get("rowspan") or 1)
            width += columns
            if rows > 1:
                hanging.append((rows - 1, columns))
        widths.append(width)
    return widths


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("section", [2, 3, 4])
def test_every_row_covers_the_whole_table(edition: Edition, section: int) -> None:
    printed = Printed(load_form(edition), {})
    assert set(row_widths(render_table(section, printed, "zh"))) == {WIDTHS[section]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_of_the_form_is_drawn_once_in_printed_order(edition: Edition) -> None:
    form = load_form(edition)
    for section in (2, 3, 4):
        own = form.section_cells(section)
        cells = {(c.section, c.item, c.party): CellReading("number", float(c.number)) for c in own}
        drawn = parse(render_table(section, Printed(form, cells), "zh")).css("td.g-number")
        assert [int(cell.text()) for cell in drawn] == [cell.number for cell in own]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("section", [2, 3, 4])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_are_the_forms_own_in_either_language(
    edition: Edition, section: int, language: Language
) -> None:
    html = parse(render_table(section, Printed(load_form(edition), {}), language))
    labels = [
        part for row in table_layout(edition, section) for part in row if isinstance(part, Label)
    ]
    assert [th.text() for th in html.css("th")] == [label.wording(language) for label in labels]
    roles = [str(th.attributes["class"]) for th in html.css("th")]
    assert roles == [f"g-{label.role}" for label in labels]


def test_outcomes_stand_under_groups_of_two_levels() -> None:
    html = parse(render_table(3, Printed(load_form("2021"), {}), "zh"))
    spans = {group.text(): group.attributes["rowspan"] for group in html.css("th.g-group")}
    assert spans == {
        "三、本年度办理结果": "22",
        "（三）不予公开": "8",
        "（四）无法提供": "3",
        "（五）不予处理": "5",
        "（六）其他处理": "3",
    }


def test_five_states_look_different_and_data_are_escaped(known_warehouse: Path) -> None:
    form, cells = read_cells(Warehouse(known_warehouse), 3)
    html = render_table(3, Printed(form, cells), "en")
    assert [cell.text() for cell in cells_of(html, "blank")] == ["␣"]
    assert [cell.text() for cell in cells_of(html, "dash")] == ["/"]
    assert [cell.text() for cell in cells_of(html, "unreadable")] == ["若干<b>"]
    assert [cell.text() for cell in cells_of(html, "absent")] == [""]
    assert not parse(html).css("b")
    assert mark("blank", "en") in (cells_of(html, "blank")[0].attributes["title"] or "")


def test_flagged_cells_say_why(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    form, cells = read_cells(warehouse, 3)
    findings = [f for f in records(read_agency_findings(warehouse, 1)) if f["report_id"] == 3]
    flags = flag_cells(form, cells, findings, "en")
    assert set(flags) == {
        (3, "received", "natural_person"),
        (3, "received", "total"),
        (3, "carried_in", "natural_person"),
        (3, "other_misc", "legal_service"),
    }
    assert len(flags[3, "received", "total"]) == 2
    flagged = cells_of(render_table(3, Printed(form, cells, flags), "en"), "flag")
    assert [cell.text() for cell in flagged] == ["20", "21", "0", "若干<b>"]
    assert "applicant-total" in (flagged[0].attributes["title"] or "")


def test_terms_of_a_sum_are_named_by_what_they_differ_in(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    form = load_form("2021")
    kept = {f["finding_id"]: f for f in records(read_agency_findings(warehouse, 1))}
    assert word_terms(kept["f1"], "left", form, "en") == "Natural persons 20 + the other 5 are 0"
    assert word_terms(kept["f1"], "right", form, "zh") == "总计 21"
    assert word_terms(kept["f2"], "right", form, "en") == "4. Carried over to next year (2021) 1"
    assert terms_of(kept["f4"], "left") == []


def test_another_year_beside_shows_the_change_and_what_its_form_lacks(
    known_warehouse: Path,
) -> None:
    warehouse = Warehouse(known_warehouse)
    printed = Printed(*read_cells(warehouse, 3))
    last = render_table(3, printed, "zh", Other(2021, *read_cells(warehouse, 2)))
    first = parse(last).css("td span.g-other")
    assert [span.text() for span in first[:7]] == ["12 (+8)", "3 (−3)", *"＝＝＝＝", "15 (+6)"]
    older = render_table(3, printed, "zh", Other(2020, *read_cells(warehouse, 1)))
    lacking = [span for span in parse(older).css("span.g-other") if span.text() == "×"]
    assert len(lacking) == 3 * 7
    assert "2020" in (lacking[0].attributes["title"] or "")


def test_the_stylesheet_knows_every_class_that_is_drawn(known_warehouse: Path) -> None:
    style = (Path(__file__).parents[2] / "dashboard" / "statutory.css").read_text("utf-8")
    printed = Printed(*read_cells(Warehouse(known_warehouse), 3))
    html = "".join(render_table(section, printed, "zh") for section in (2, 3, 4))
    used = set(re.findall(r"g-(?:blank|dash|unreadable|absent|scroll|form|row|group|block)", html))
    assert {name for name in used if f".{name}" not in style} == set()
