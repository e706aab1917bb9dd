"""The frame around every page: language, filters in the address, states without data."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.frame import PAGES
from tests.dashboard.conftest import OpenPage

OWN_PAGES = ("overview", "findings", "agency")
FOLDER = Path(__file__).parents[2] / "pages"


def subheaders(app: AppTest) -> list[str]:
    return [element.value for element in app.subheader]


def test_every_page_is_in_the_menu_and_nothing_else_is_in_the_folder() -> None:
    assert {file.stem for file in FOLDER.iterdir() if file.suffix == ".py"} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "title"), [("zh", 0), ("en", 1)])
def test_every_page_runs_on_known_data_in_both_languages(
    open_page: OpenPage, known_warehouse: Path, page: str, language: str, title: int
) -> None:
    app = open_page(page, known_warehouse, lang=language)
    assert not app.exception
    words = {
        "overview": ("总览", "Overview"),
        "disclosure": ("主动公开", "Disclosure"),
        "requests": ("依申请公开", "Requests"),
        "litigation": ("复议诉讼", "Disputes"),
        "findings": ("核查问题", "Findings"),
        "agency": ("机关", "Agency"),
        "compare": ("对比导出", "Compare and export"),
    }
    assert app.title[0].value == words[page][title]


@pytest.mark.parametrize("page", PAGES)
def test_without_a_warehouse_every_page_says_what_to_run(
    open_page: OpenPage, tmp_path: Path, page: str
) -> None:
    app = open_page(page, tmp_path / "none.duckdb", lang="en")
    assert not app.exception
    assert subheaders(app) == ["No data yet"]
    assert any("gouji build" in code.value for code in app.code)


def test_a_file_that_is_no_warehouse_is_said_to_be_one(open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    file.write_text("not a database", encoding="utf-8")
    app = open_page("overview", file)
    assert not app.exception
    assert subheaders(app) == ["数据文件打不开"]


def test_deep_link_draws_the_frame_with_language_and_filters_of_the_address(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("findings", known_warehouse, lang="en", **{"from": "2021", "region": "云泽县"})
    assert not app.exception
    assert app.title[0].value == "Findings"
    assert app.selectbox(key="filter_from").value == 2021
    assert app.selectbox(key="filter_to").value == 2023
    assert app.multiselect(key="filter_region").value == ["云泽县"]


def test_a_filter_set_on_screen_is_written_to_the_address_and_stays(
    open_page: OpenPage, known_warehouse: Path
) -> None:
    app = open_page("overview", known_warehouse)
    app.selectbox(key="filter_from").set_value(2022).run()
    assert app.text_input(key="from").value == "2022"
    app.run()
    assert app.selectbox(key="filter_from").value == 2022


def test_unknown_parameters_are_ignored(open_page: OpenPage, known_warehouse: Path) -> None:
    app = open_page(
        "overview", known_warehouse, lang="fr", region="火星", agency="1;drop", scope="all",
        **{"from": "two"},
    )  # fmt: skip
    assert not app.exception
    assert app.title[0].value == "总览"
    assert app.selectbox(key="filter_from").value == 2020
    assert app.multiselect(key="filter_region").value == []
    assert app.multiselect(key="filter_agency").value == []


def test_the_snapshot_line_and_the_sample_mark_are_shown(
    open_page: OpenPage, known_warehouse: Path, in_shanghai: None
) -> None:
    app = open_page("overview", known_warehouse, lang="en")
    captions = [caption.value for caption in app.caption]
    assert "Data of 2024-04-02 17:30 (UTC+08:00): 10 reports from 12 files. gouji 0.1.0" in captions
    assert any("made-up samples" in element.value for element in app.markdown)


@pytest.mark.parametrize("page", OWN_PAGES)
def test_an_empty_warehouse_is_a_state_and_no_error(
    open_page: OpenPage, empty_warehouse: Path, page: str
) -> None:
    app = open_page(page, empty_warehouse, lang="en")
    assert not app.exception
    assert subheaders(app)[0] == "No report was read"
    assert not app.info
