"""The overview: coverage, trouble by year, what needs attention."""

from __future__ import annotations

from pathlib import Path

from dashboard.charts.overview import draw_coverage, draw_region_coverage, draw_trouble
from dashboard.filters import Filters
from dashboard.queries.overview import (
    count_severities,
    count_trouble,
    list_attention,
    list_rejected,
    read_coverage,
    read_coverage_by_region,
)
from dashboard.rows import records
from dashboard.warehouse import Warehouse
from tests.dashboard.conftest import OpenPage

ALL = Filters((2020, 2023))
NAMES = {"reported": "R", "rolled_up": "U", "missing": "M", "not_due": "N"}


def test_coverage_tells_missing_from_not_due(known_warehouse: Path) -> None:
    coverage = read_coverage(Warehouse(known_warehouse), ALL).set_index(["agency_id", "year"])
    states = coverage["state"]
    assert states[5].tolist() == ["not_due", "not_due", "missing", "missing"]
    assert states[1].tolist() == ["reported"] * 4
    # It has a roll-up of that year, which is no report of its own, but none is missing either.
    assert states[4].tolist() == ["not_due"] * 3 + ["rolled_up"]
    assert len(states) == 20


def test_coverage_of_rollups_leaves_own_reports_out(known_warehouse: Path) -> None:
    rollups = Filters((2020, 2023), scope="rollup")
    coverage = read_coverage(Warehouse(known_warehouse), rollups).set_index(["agency_id", "year"])
    assert coverage["state"].to_dict() == {
        (4, 2020): "not_due", (4, 2021): "not_due", (4, 2022): "not_due", (4, 2023): "reported",
    }  # fmt: skip
    regions = read_coverage_by_region(Warehouse(known_warehouse), rollups)
    assert (regions["due"].sum(), regions["reported"].sum()) == (1, 1)


def test_regions_say_how_many_of_how_many(known_warehouse: Path) -> None:
    regions = read_coverage_by_region(Warehouse(known_warehouse), ALL)
    last = regions[regions["year"] == 2023].set_index("region")
    assert (last.at["澄岭县", "due"], last.at["澄岭县", "reported"]) == (2, 1)
    figure = draw_region_coverage(regions, "?")
    assert "1/2" in figure.data[0].text.ravel().tolist()


def test_the_coverage_chart_puts_agencies_with_gaps_on_top(known_warehouse: Path) -> None:
    figure = draw_coverage(read_coverage(Warehouse(known_warehouse), ALL), NAMES)
    grid = figure.data[0]
    assert grid.y[-1] == "澄岭县水利局"
    assert list(grid.customdata[-1]) == ["N", "N", "M", "M"]
    assert [trace.name for trace in figure.data[1:]] == list(NAMES.values())


def test_trouble_counts_reports_and_says_of_how_many(known_warehouse: Path) -> None:
    counts = count_trouble(Warehouse(known_warehouse), ALL).set_index("year")
    assert [counts.at[2022, kind] for kind in ("reports", "all_zero", "not_tying")] == [3, 1, 1]
    figure = draw_trouble(counts.reset_index(), {"not_tying": "T"}, "{n}/{m}")
    assert list(figure.data[0].customdata) == ["0/1", "0/2", "1/3", "0/3"]


def test_the_gravest_come_first_and_notes_alone_call_for_nothing(known_warehouse: Path) -> None:
    first = records(list_attention(Warehouse(known_warehouse), ALL))[0]
    assert (first["agency_id"], first["year"], first["errors"], first["queries"]) == (1, 2022, 3, 1)
    assert count_severities(Warehouse(known_warehouse), ALL) == {"error": 5, "query": 3}


def test_rejected_files_come_with_their_reason(known_warehouse: Path) -> None:
    files = list_rejected(Warehouse(known_warehouse))
    assert files["reason_en"].tolist() == ["Images only, no text layer"]


def test_the_page_shows_these_numbers(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("overview", known_warehouse, lang="en")
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown == {
        "Agencies": "5",
        "Reports read": "9",
        "Files rejected": "1",
        "Errors": "5",
        "Queries": "3",
        "Notes": "0",
    }
    assert "11 due" in [caption.value for caption in app.caption]


def test_the_page_follows_the_filters(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("overview", known_warehouse, lang="en", region="云泽县", **{"from": "2022"})
    shown = {metric.label: metric.value for metric in app.metric}
    assert (shown["Agencies"], shown["Reports read"], shown["Errors"]) == ("2", "4", "3")
