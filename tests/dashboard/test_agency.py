"""The agency page: which agency and report, facts, findings, claims, another year beside."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import pytest

from dashboard.charts.agency import draw_request_trend
from dashboard.queries.agency import read_cells, read_reports, read_request_trend
from dashboard.texts import all_texts
from dashboard.warehouse import Warehouse
from etl.form import load_form
from tests.dashboard.conftest import OpenPage


def test_cells_keep_their_five_states(known_warehouse: Path) -> None:
    form, cells = read_cells(Warehouse(known_warehouse), 3)
    assert form is load_form("2021")
    assert len(cells) == len(form.cells)
    parties = ("natural_person", "research", "nonprofit", "legal_service", "other_org")
    states = [cells[3, "other_misc", party].state for party in parties]
    assert states == ["number", "blank", "dash", "unreadable", "absent"]
    assert cells[3, "other_misc", "research"].value is None
    assert cells[3, "other_misc", "legal_service"].raw == "若干<b>"


def test_every_channel_of_a_claim_has_words() -> None:
    cues = resources.files("etl.recognise.claims").joinpath("cues.csv").read_text("utf-8")
    rows = csv.DictReader(cues.splitlines())
    channels = {row["cue"] for row in rows if row["meaning"] == "channel"}
    assert {"website", "wechat"} <= channels
    assert {f"channel.{code}" for code in channels} <= set(all_texts())


def test_no_such_report_is_an_error(known_warehouse: Path) -> None:
    with pytest.raises(LookupError):
        read_cells(Warehouse(known_warehouse), 999)


def test_reports_come_with_their_file_the_newest_first(known_warehouse: Path) -> None:
    reports = read_reports(Warehouse(known_warehouse), 1)
    assert reports["year"].tolist() == [2023, 2022, 2021, 2020]
    assert reports["path"].iloc[0] == "reports/2023/云泽县民政局.html"


def test_the_trend_has_a_gap_where_a_year_is_missing(known_warehouse: Path) -> None:
    trend = read_request_trend(Warehouse(known_warehouse), 1, "agency")
    figure = draw_request_trend(trend[trend["year"] != 2021], "R", "C")
    assert [trace.name for trace in figure.data] == ["R", "C"]
    received = list(figure.data[0].y)
    assert (received[0], received[2], received[3]) == (10, 21, 30)
    assert received[1] != received[1]
    assert not figure.data[0].connectgaps


def test_the_address_names_agency_year_and_the_year_beside(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("agency", known_warehouse, lang="en", id="1", year="2022", beside="2021")
    assert not app.exception
    assert app.selectbox(key="agency_choice").value == 1
    assert app.selectbox(key="report_choice").value == "2022"
    assert app.selectbox(key="beside_choice").value == "2021"
    assert len(app.dataframe[0].value) == 4
    claims = app.dataframe[1].value
    assert claims["Figure"].tolist() == ["22"]
    assert claims["Quote"].tolist() == ["全年共收到政府信息公开申请22件"]


def test_the_newest_report_of_the_view_is_shown_first(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("agency", known_warehouse, id="1", to="2021")
    assert app.selectbox(key="report_choice").value == "2021"


def test_a_summary_is_reached_though_the_view_holds_agencies(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("agency", known_warehouse, lang="en", id="4")
    assert not app.exception
    assert app.selectbox(key="report_choice").value == "2023-rollup"


def test_an_agency_without_reports_shows_its_findings(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("agency", known_warehouse, lang="en", id="5")
    assert not app.exception
    assert "No report of this agency was read." in [info.value for info in app.info]
    assert app.dataframe[0].value["year"].tolist() == ["2023", "2022"]


@pytest.mark.parametrize("odd", ["999", "x", "１", "-1"])
def test_an_unknown_agency_falls_back_to_the_first(
    open_page: OpenPage, known_warehouse: Path, odd: str
) -> None:
    app = open_page("agency", known_warehouse, id=odd)
    assert not app.exception
    assert app.selectbox(key="agency_choice").value in {1, 2, 3, 4, 5}


def test_choosing_another_agency_changes_the_address(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("agency", known_warehouse, id="1")
    app.selectbox(key="agency_choice").set_value(3).run()
    assert not app.exception
    assert app.text_input(key="id").value == "3"
    assert app.selectbox(key="agency_choice").value == 3
