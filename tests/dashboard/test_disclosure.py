"""The disclosure page: editions apart, missing figures apart from zeros."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.disclosure import spread_chart, totals_chart
from dashboard.filters import Filters
from dashboard.queries import disclosure
from dashboard.warehouse import Warehouse
from tests.dashboard.conftest import OpenPage
from tests.dashboard.printed import at

ALL = Filters((2020, 2023))


def say(key: str, **values: object) -> str:
    return " ".join([key, *(str(value) for value in values.values())])


@pytest.fixture
def warehouse(known_warehouse: Path) -> Warehouse:
    return Warehouse(known_warehouse)


def test_each_column_counts_the_reports_of_its_edition(warehouse: Warehouse) -> None:
    totals = disclosure.yearly_totals(warehouse, ALL, "normative_document")
    rows = totals.set_index(["party", "year"])
    assert at(rows, ("made", 2020), ["total", "known", "reports"]).tolist() == [2, 1, 1]
    assert ("made", 2021) not in rows.index
    assert ("issued", 2020) not in rows.index
    assert at(rows, ("issued", 2021), ["total", "known", "reports"]).tolist() == [3, 1, 2]


def test_both_editions_print_decisions(warehouse: Warehouse) -> None:
    totals = disclosure.yearly_totals(warehouse, ALL, "licence")
    own = totals[totals["party"] == "decisions"].set_index("year")["total"]
    assert own.to_dict() == {2020: 0, 2021: 1234, 2022: 0, 2023: 0}


def test_groups_say_how_many_gave_the_figure(warehouse: Warehouse) -> None:
    year = Filters((2021, 2021))
    groups = disclosure.by_group(warehouse, year, "normative_document", "issued", "level")
    rows = groups.set_index("name")[["total", "known", "reports"]]
    assert at(rows, "县级").tolist() == [3, 1, 1]
    assert at(rows, "乡级").isna().tolist() == [True, False, False]
    assert at(rows, "乡级")[["known", "reports"]].tolist() == [0, 1]


def test_the_spread_keeps_zeros_and_missing_figures_apart(warehouse: Warehouse) -> None:
    year = Filters((2021, 2021))
    spread = disclosure.spread(warehouse, year, "normative_document", "issued")
    figure = spread_chart(spread, say)
    assert list(figure.data[0].x) == ["1–3", "disclosure.spread.missing"]
    assert list(figure.data[0].y) == [1, 1]
    zeros = disclosure.spread(warehouse, Filters((2023, 2023)), "fee", "amount")
    assert list(spread_chart(zeros, say).data[0].x) == ["0"]


def test_classes_of_size_are_whole_numbers() -> None:
    spread = pd.DataFrame({"step": [0, 1, 2, 3], "reports": [1] * 4, "lowest": 1, "highest": 1})
    assert list(spread_chart(spread, say).data[0].x) == ["1–3", "4–9", "10–31", "32–99"]


def test_the_largest_agencies(warehouse: Warehouse) -> None:
    top = disclosure.largest(warehouse, ALL, "licence", "decisions")
    assert top[["agency", "year", "value"]].values.tolist() == [["云泽县民政局", 2021, 1234]]


def test_claimed_items_are_totals_only(warehouse: Warehouse) -> None:
    totals = disclosure.yearly_totals(warehouse, ALL, disclosure.CLAIMED).set_index("year")
    assert totals["known"].sum() == 0
    assert totals["total"].isna().all()
    assert totals["reports"].to_dict() == {2020: 1, 2021: 2, 2022: 3, 2023: 3}


def test_bars_mark_the_change_of_the_form(warehouse: Warehouse) -> None:
    totals = disclosure.yearly_totals(warehouse, ALL, "normative_document")
    labels = {party: party for party in disclosure.parties_of("normative_document")}
    figure = totals_chart(totals, labels, say)
    assert figure.layout.shapes[0].x0 == 2020.5
    by_name = {trace.name: trace for trace in figure.data}
    assert list(by_name["made"].x) == [2020]
    assert by_name["made"].offsetgroup == by_name["issued"].offsetgroup
    assert "measure.known 1 2" in by_name["issued"].customdata[0]
    assert len(totals_chart(totals, labels, say, breaks=False).layout.shapes) == 0


def test_the_page_takes_its_topic_from_the_address(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("disclosure", known_warehouse, topic="licence", detail="2021", lang="en")
    assert not app.exception
    assert "2021 in detail" in [heading.value for heading in app.subheader]
    assert "Unit: cases" in [caption.value for caption in app.caption]


def test_a_topic_without_figures_says_so(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("disclosure", known_warehouse, topic="claimed")
    assert not app.exception
    assert "所选范围内没有一份报告有这项数字。" in [info.value for info in app.info]
