"""The findings page: filters, order, pages, evidence, export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.charts.findings import draw_by_rule
from dashboard.filters import Filters
from dashboard.queries.findings import (
    ORDERS,
    FindingFilters,
    count_by_rule,
    count_findings,
    list_findings,
    read_finding,
)
from dashboard.warehouse import Warehouse
from etl.export.lists import findings_table
from etl.export.tables import table_bytes
from tests.dashboard.conftest import OpenPage

ALL = Filters((2020, 2023))
EVERY = FindingFilters()


def test_counts_and_lists_agree(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    assert count_findings(warehouse, ALL, EVERY) == (8, 4)
    errors = FindingFilters(severities=("error",), attributions=("reading",))
    assert count_findings(warehouse, ALL, errors) == (1, 1)
    assert list_findings(warehouse, ALL, errors, "severity", 1)["finding_id"].tolist() == ["f4"]
    assert count_by_rule(warehouse, ALL)["findings"].sum() == 8


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_everything_once(known_warehouse: Path, order: str) -> None:
    rows = list_findings(Warehouse(known_warehouse), ALL, EVERY, order, 1)
    assert sorted(rows["finding_id"]) == [f"f{n}" for n in range(1, 9)]
    assert list_findings(Warehouse(known_warehouse), ALL, EVERY, order, 2).empty


def test_orders_put_the_gravest_and_the_largest_first(known_warehouse: Path) -> None:
    warehouse = Warehouse(known_warehouse)
    graver = list_findings(warehouse, ALL, EVERY, "severity", 1)["severity"].tolist()
    assert graver == ["error"] * 5 + ["query"] * 3
    larger = list_findings(warehouse, ALL, EVERY, "delta", 1)
    assert set(larger["finding_id"].iloc[:4]) == {"f1", "f2", "f3", "f6"}


def test_an_unknown_finding_is_none(known_warehouse: Path) -> None:
    assert read_finding(Warehouse(known_warehouse), "'; drop table x") is None


def test_the_chart_holds_every_rule_once(known_warehouse: Path) -> None:
    counts = count_by_rule(Warehouse(known_warehouse), ALL)
    figure = draw_by_rule(counts, "title_en", {"error": "E", "query": "Q"})
    assert sorted(value for trace in figure.data for value in trace.x) == [1, 1, 1, 1, 1, 1, 2]


def test_the_page_lists_and_counts(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("findings", known_warehouse, lang="en", severity="query")
    assert "3 findings about 3 agencies" in [element.value for element in app.markdown]
    assert app.dataframe[0].value["agency"].tolist() == [
        "云泽县公安局",
        "云泽县民政局",
        "澄岭县城关镇人民政府",
    ]


def test_the_evidence_shows_both_sides_the_cell_and_the_place(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("findings", known_warehouse, lang="zh", finding="f1")
    assert [metric.value for metric in app.metric] == ["20", "21", "-1"]
    captions = [caption.value.replace("\\", "") for caption in app.caption]
    assert "自然人 20 + 其余 5 项为 0" in captions
    assert "总计 21" in captions
    assert "位置：表3 第11格、表3 第17格" in captions
    assert any("reports/2022/云泽县民政局.html" in caption for caption in captions)


def test_evidence_of_a_finding_that_the_list_leaves_out_can_be_closed(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("findings", known_warehouse, lang="en", finding="f1", severity="query")
    assert app.metric
    app.button(key="evidence_close").click().run()
    assert not app.exception
    assert not app.metric
    assert app.text_input(key="finding").value == ""


def test_a_finding_without_a_report_has_no_table(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("findings", known_warehouse, lang="en", finding="f7")
    assert not app.exception
    assert not app.metric
    assert [header.value for header in app.subheader] == ["There is a report for each year"]


def test_a_finding_of_another_build_is_said_to_be_gone(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("findings", known_warehouse, lang="en", finding="f99")
    assert "This finding isn't in the present data." in [e.value for e in app.markdown]


def test_the_export_holds_the_list_with_a_mark_of_order(known_warehouse: Path) -> None:
    condition, params = FindingFilters(severities=("error",)).where(ALL)
    table = findings_table(Warehouse(known_warehouse).query, (condition, params), "zh")
    content = table_bytes(table, ".csv").decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) == 1 + 5
