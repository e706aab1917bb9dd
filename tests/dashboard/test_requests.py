"""The requests page: sums over the reports that give them, rates with fractions, no false zero."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.requests import (
    funnel_chart,
    funnel_limits,
    group_chart,
    outcome_chart,
    pooled_rate,
    rate_chart,
    reasons_chart,
    volumes_chart,
)
from dashboard.filters import Filters
from dashboard.measures import measure
from dashboard.queries import requests
from dashboard.queries.rates import pool
from dashboard.warehouse import Warehouse
from tests.dashboard.conftest import OpenPage
from tests.dashboard.printed import at, build_printed

ALL = Filters((2020, 2023))


def say(key: str, **values: object) -> str:
    return " ".join([key, *(str(value) for value in values.values())])


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """甲 prints everything; 乙 leaves received and one refusal blank and concludes 5."""
    full: dict[tuple[str, str], float | str] = {
        (item, "total"): 0.0 for item in requests.reasons_of("refused")
    }
    full |= {(item, "total"): 0.0 for item in requests.reasons_of("unable")}
    full |= {(item, "total"): 0.0 for item in requests.reasons_of("rejected")}
    full |= {(f"other_{kind}", "total"): 0.0 for kind in ("uncorrected", "unpaid", "misc")}
    ten = {("granted", "total"): 8.0, ("partial", "total"): 0.0, ("concluded", "total"): 10.0}
    five = {("granted", "total"): 4.0, ("partial", "total"): 0.0, ("concluded", "total"): 5.0}
    first: dict[tuple[str, str], float | str] = {**full, **ten}
    first |= {("received", "total"): 10.0, ("refused_law", "total"): 2.0}
    second: dict[tuple[str, str], float | str] = {**full, **five}
    second |= {("received", "total"): "blank", ("refused_law", "total"): "blank"}
    path = tmp_path_factory.mktemp("gaps") / "warehouse.duckdb"
    return Warehouse(build_printed(path, {("甲", 2022): first, ("乙", 2022): second}))


def test_a_sum_says_how_many_reports_it_rests_on(gaps: Warehouse) -> None:
    row = requests.volumes(gaps, Filters((2022, 2022))).iloc[0]
    assert (row["received"], row["received_n"], row["reports"]) == (10, 1, 2)
    assert (row["concluded"], row["concluded_n"]) == (15, 2)
    assert math.isnan(row["carried_in"])
    assert row["carried_in_n"] == 0


def test_shares_come_from_complete_reports_alone(gaps: Warehouse) -> None:
    row = requests.outcome_mix(gaps, Filters((2022, 2022))).iloc[0]
    assert (row["granted"], row["granted_n"], row["granted_c"]) == (12, 2, 8)
    assert (row["refused"], row["refused_n"]) == (2, 1)
    assert (row["complete"], row["reports"]) == (1, 2)


def test_a_rate_pools_only_reports_with_both_sides(gaps: Warehouse) -> None:
    row = pool(gaps, Filters((2022, 2022)), measure("refusal_rate")).iloc[0]
    assert (row["numerator"], row["denominator"]) == (2, 10)
    assert (row["known"], row["reports"]) == (1, 2)


def test_agencies_without_a_figure_are_listed_without_a_sum(gaps: Warehouse) -> None:
    listed = requests.agencies(gaps, Filters((2022, 2022)), measure("refusal_rate"))
    assert listed["agency"].tolist() == ["甲", "乙"]
    assert listed["n"].isna().tolist() == [False, True]
    placed = requests.funnel(gaps, Filters((2022, 2022)), measure("refusal_rate"))
    assert placed["agency"].tolist() == ["甲"]


def test_yearly_totals_leave_the_rollup_out(known_warehouse: Path) -> None:
    volumes = requests.volumes(Warehouse(known_warehouse), ALL).set_index("year")
    assert volumes["received"].to_dict() == {2020: 10, 2021: 15, 2022: 22, 2023: 72}
    rollup = requests.volumes(Warehouse(known_warehouse), Filters((2020, 2023), scope="rollup"))
    assert rollup["received"].tolist() == [500]


def test_other_handling_takes_the_line_of_its_edition(known_warehouse: Path) -> None:
    mix = requests.outcome_mix(Warehouse(known_warehouse), ALL).set_index("year")
    assert at(mix, 2020, ["other_handling", "other_handling_n"]).tolist() == [1, 1]
    assert at(mix, 2022, ["other_handling", "other_handling_n"]).tolist() == [0, 3]


def test_applicants_are_never_added_to_the_total(known_warehouse: Path) -> None:
    by_party = requests.by_applicant(Warehouse(known_warehouse), ALL)
    assert "total" not in set(by_party["applicant"])
    own = by_party[(by_party["year"] == 2021) & (by_party["total"] > 0)]
    assert own.set_index("applicant")["total"].to_dict() == {"natural_person": 12, "business": 3}


def test_reasons_by_year(known_warehouse: Path) -> None:
    counted = requests.reasons(Warehouse(known_warehouse), ALL, "refused")
    some = counted[counted["total"] > 0].set_index(["year", "item"])["total"].to_dict()
    assert some == {
        (2020, "refused_process"): 2,
        (2021, "refused_third_party"): 1,
        (2023, "refused_case_file"): 3,
    }
    labels = {item: item for item in requests.reasons_of("refused")}
    figure = reasons_chart(counted, labels, say)
    assert figure.data[0].z[5][0] == 100
    assert "3" in figure.data[1].text


def test_reports_without_requests_are_zeros_not_gaps(known_warehouse: Path) -> None:
    zero = requests.without_requests(Warehouse(known_warehouse), ALL).set_index("year")
    assert at(zero, 2022, ["reports", "known", "zero"]).tolist() == [3, 3, 1]


def test_lines_stop_at_missing_years_and_at_the_break() -> None:
    frame = pd.DataFrame(
        {
            "year": [2019, 2020, 2021, 2023],
            "numerator": [10.0, 10, 10, 10],
            "denominator": [100.0, 100, 5, 100],
            "known": [1] * 4,
            "reports": [1] * 4,
        }
    )
    joined = rate_chart(frame, measure("disclosure_rate"), "r", say).data[0]
    assert list(joined.x) == [2019, 2020, 2021, 2022, 2023]
    assert list(joined.y) == [10, 10, None, None, 10]
    broken = rate_chart(frame, measure("other_rate"), "r", say)
    assert list(broken.data[0].x)[:4] == [2019, 2020, 2020.5, 2021]
    assert broken.data[0].connectgaps is False
    assert broken.layout.shapes[0].x0 == 2020.5
    assert list(broken.data[1].text) == ["10/5"]


def test_volume_hover_says_of_how_many(gaps: Warehouse) -> None:
    frame = requests.volumes(gaps, Filters((2022, 2022)))
    names = {code: code for code in requests.VOLUMES}
    figure = volumes_chart(frame, names, say)
    assert "measure.known 1 2" in figure.data[0].customdata[0]
    assert list(figure.data[1].y) == [None]


def test_shares_of_outcomes_fill_the_bar(gaps: Warehouse) -> None:
    frame = requests.outcome_mix(gaps, Filters((2022, 2022)))
    names = {code: code for code in requests.OUTCOMES}
    bars = outcome_chart(frame, names, say, shares=True).data
    assert sum(bar.y[0] for bar in bars) == pytest.approx(100)
    counts = outcome_chart(frame, names, say, shares=False).data
    assert [bar.y[0] for bar in counts][:3] == [12, 0, 2]


def test_small_groups_are_not_drawn() -> None:
    frame = pd.DataFrame(
        {
            "label": ["a", "b"],
            "numerator": [5.0, 5],
            "denominator": [50.0, 9],
            "known": [1, 1],
            "reports": [1, 1],
        }
    )
    assert list(group_chart(frame, "r", say).data[0].y) == ["a"]


def test_funnel_limits_widen_as_cases_get_fewer() -> None:
    narrow, wide = funnel_limits(0.5, 1, 1000, 3.09), funnel_limits(0.5, 1, 20, 3.09)
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
    low, _ = funnel_limits(0.03, 1, 20, 3.09)
    assert low == 0


def test_the_funnel_marks_only_what_lies_outside() -> None:
    usual = [(f"a{n}", 50 + (n % 5), 100) for n in range(20)]
    frame = pd.DataFrame([*usual, ("far", 2, 100)], columns=["agency", "n", "d"])
    pooled, spread = pooled_rate(frame)
    assert 0.45 < pooled < 0.55
    assert spread == 1
    points = funnel_chart(frame, "r", say).data[-1]
    colours = points.marker.color
    assert len(set(colours[:-1])) == 1
    assert colours[-1] != colours[0]


def test_the_page_shows_the_latest_year(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("requests", known_warehouse, lang="en")
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Requests received"] == "72"
    assert shown["Substantive disclosure rate"] == "77.1%"
    captions = [caption.value for caption in app.caption]
    assert "54/70 · 3 of 3 reports" in captions


def test_the_address_restores_rate_and_year(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("requests", known_warehouse, rate="refusal_rate", detail="2021", mix="counts")
    assert not app.exception
    chosen = {box.label: box.value for box in app.selectbox}
    assert chosen["比率与分母"] == "refusal_rate"
    assert chosen["分组与机关的年度"] == "2021"


def test_a_forged_address_falls_back(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page("requests", known_warehouse, rate="__import__", detail="x", by="1;drop table")
    assert not app.exception
    assert {box.label: box.value for box in app.selectbox}["比率与分母"] == "disclosure_rate"


@pytest.mark.parametrize("page", ["requests", "disclosure", "litigation", "compare"])
def test_an_empty_warehouse_is_explained(
    open_page: OpenPage, empty_warehouse: Path, page: str
) -> None:
    app = open_page(page, empty_warehouse)
    assert not app.exception
    assert len(app.metric) == 0
    assert "还没有读入报告" in [heading.value for heading in app.subheader]


@pytest.mark.parametrize("page", ["requests", "disclosure", "litigation", "compare"])
@pytest.mark.parametrize("scope", ["", "rollup"])
def test_every_page_draws_in_every_scope(
    open_page: OpenPage, known_warehouse: Path, page: str, scope: str
) -> None:
    assert not open_page(page, known_warehouse, scope=scope).exception
