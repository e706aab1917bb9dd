"""The litigation page: correction rates on concluded cases, routes apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.charts.litigation import correction_chart, route_chart
from dashboard.filters import Filters
from dashboard.queries import litigation
from dashboard.queries.litigation import ROUTES, cases, corrected_agencies, fractions
from dashboard.warehouse import Warehouse
from tests.dashboard.conftest import OpenPage
from tests.dashboard.printed import SUQIAN, at, build_printed, read_suqian

BOTH = Filters((2023, 2024))


def say(key: str, **values: object) -> str:
    del values
    return key


@pytest.fixture(scope="module")
def suqian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports: dict[tuple[str, int], dict[tuple[str, str], float | str]] = {
        (SUQIAN, year): dict(printed) for year, printed in read_suqian().items()
    }
    reports["乙局", 2023] = {
        ("corrected", "reconsideration"): 5.0,
        ("case_total", "reconsideration"): 6.0,
        ("pending", "reconsideration"): "blank",
    }
    return build_printed(tmp_path_factory.mktemp("suqian") / "warehouse.duckdb", reports)


def test_correction_counts_concluded_cases_of_reports_that_give_both(suqian: Path) -> None:
    rows = cases(Warehouse(suqian), BOTH).set_index(["year", "route"])
    row = at(rows, (2023, "reconsideration"))
    assert (row["corrected"], row["corrected_n"]) == (22, 2)
    assert (row["corrected_k"], row["concluded_k"]) == (17, 414)
    assert (row["known"], row["reports"]) == (1, 2)


def test_both_litigation_routes_together(suqian: Path) -> None:
    together = fractions(Warehouse(suqian), BOTH, ("litigation_direct", "litigation_after"))
    assert together["numerator"].tolist() == [1, 0]
    assert together["denominator"].tolist() == [98, 57]


def test_corrected_agencies_say_when_a_figure_is_missing(suqian: Path) -> None:
    listed = corrected_agencies(Warehouse(suqian), Filters((2023, 2023))).set_index("agency")
    assert at(listed, SUQIAN, "corrected") == 18
    assert at(listed, SUQIAN, "concluded") == 512
    assert at(listed, "乙局", "corrected") == 5
    assert at(listed, "乙局", ["concluded", "corrected_litigation_direct"]).isna().all()
    assert at(listed, "乙局", "corrected_reconsideration") == 5
    assert listed["years"].map(list).tolist() == [[2023], [2023]]


def test_charts_stack_results_without_the_total(suqian: Path) -> None:
    own = cases(Warehouse(suqian), BOTH).query("route == 'reconsideration'")
    labels = {result: result for result in litigation.RESULTS}
    figure = route_chart(own, labels, say)
    assert [trace.name for trace in figure.data] == list(litigation.RESULTS)
    assert "case_total" not in litigation.RESULTS
    assert len(ROUTES) == 3


def test_small_denominators_have_no_point(known_warehouse: Path) -> None:
    own = fractions(Warehouse(known_warehouse), Filters((2020, 2023)), ("reconsideration",))
    assert at(own.set_index("year"), 2022, ["numerator", "denominator"]).tolist() == [1, 3]
    figure = correction_chart({"r": own}, say)
    assert list(figure.data[0].y) == [None] * 4


def test_the_page_shows_cases_and_fractions(open_page: OpenPage, suqian: Path) -> None:
    app = open_page("litigation", suqian, lang="en", **{"from": "2023", "to": "2023"})
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Administrative reconsideration"] == "446"
    assert shown["Reconsideration correction rate"] == "4.1%"
    assert "17/414 · 1 of 2 reports" in [caption.value for caption in app.caption]


def test_no_correction_is_said(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("litigation", known_warehouse, **{"from": "2023"})
    assert "所选范围内没有结果被纠正的案件。" in [info.value for info in app.info]
