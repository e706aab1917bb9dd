"""What surrounds every page: menu, language, filters, snapshot line, and the states without data.

``app.py`` calls ``draw_frame`` and runs the page; the page calls ``page_frame`` before anything
else and gets the same ``Frame``. Under ``streamlit run``, which takes
``pages/`` for its older kind of app at first (``dashboard.server`` says otherwise), the first deep
link runs the file that it names without ``app.py``; ``page_frame`` then finds no frame, declares
the pages and starts the run again, this time through ``app.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NoReturn, cast

import plotly.graph_objects as go
import streamlit as st
from streamlit.navigation.page import Page

from dashboard import sidebar, texts
from dashboard.filters import Choices, Filters
from dashboard.queries.choices import count_reports, read_choices
from dashboard.texts import Language, Wording, escape_markdown
from dashboard.warehouse import (
    NoWarehouseError,
    Warehouse,
    current_file,
    warehouse_pointer,
)
from etl.export.notes import word_time

PAGES = {
    "overview": ":material/grid_view:",
    "disclosure": ":material/publish:",
    "requests": ":material/inbox:",
    "litigation": ":material/gavel:",
    "findings": ":material/rule:",
    "agency": ":material/account_balance:",
    "compare": ":material/table_chart:",
}
"""Page by its stem, which is its file in ``pages/`` and its path in the address."""

_FOLDER = Path(__file__).parent.parent / "pages"
_ICON = Path(__file__).with_name("icon.svg")
_KEY = "frame"
_CHART_BUTTONS = ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"]


@dataclass(frozen=True)
class Frame:
    """What a page needs: the language, the view chosen, the warehouse."""

    language: Language
    filters: Filters
    choices: Choices
    warehouse: Warehouse

    @property
    def text(self) -> Wording:
        """Gives the text of a key in the language of the page, its slots filled."""
        return Wording(self.language)

    def coded(self, area: str, code: str | None) -> str:
        """The wording of a code of the data (``level``, ``kind``, …), or the code itself."""
        return sidebar.coded_label(area, code, self.language) if code else ""

    def link(self, page: str, label: str, **params: object) -> None:
        """Draw a link to another page that keeps the view; ``params`` are that page's own."""
        st.page_link(
            _FOLDER / f"{page}.py",
            label=escape_markdown(label),
            icon=":material/arrow_forward:",
            query_params={name: str(value) for name, value in params.items()} or None,
        )

    def go_to(self, page: str, **params: object) -> None:
        """Leave for another page, keeping the view; ``params`` are that page's own.

        NOTE 2026-11: Streamlit 1.67 leaves an extra entry in the browser's history; ``link`` does
        not and is to be preferred.
        """
        st.switch_page(
            _FOLDER / f"{page}.py",
            query_params={name: str(value) for name, value in params.items()},
        )

    def chart(self, figure: go.Figure, alt: str, key: str | None = None) -> None:
        """Draw a figure in the page's theme; ``alt`` says in a sentence what it shows."""
        config = {"displaylogo": False, "modeBarButtonsToRemove": _CHART_BUTTONS}
        st.plotly_chart(figure, config=config, alt=alt, key=key)


def draw_frame() -> Page:
    """The page that the address names, after everything around it has been drawn.

    Stops the run with a designed state where there is no warehouse.
    """
    address = sidebar.read_address()
    language = sidebar.chosen_language(address)
    page = _declare_pages(language)
    sidebar.draw_language_switch(language)
    warehouse = _open_or_explain(language)
    choices = _read_choices(warehouse)
    filters = sidebar.draw_filters(warehouse, choices, address, language)
    st.session_state[_KEY] = Frame(language, filters, choices, warehouse)
    _draw_snapshot(warehouse, language)
    return page


def page_frame(page: str, *, needs_reports: bool = True) -> Frame:
    """The frame of ``page``, after its title has been drawn. To be called first by every page.

    A warehouse without a single report or finding stops the page. With ``needs_reports``, so
    does a view without any report, and a view of a single one says so and points to the agency
    page.
    """
    frame = cast("Frame | None", st.session_state.pop(_KEY, None))
    if frame is None:
        _declare_pages("zh")
        st.rerun()
    st.title(frame.text(f"page.{page}"))
    if _is_made_up(frame.choices):
        st.badge(frame.text("made_up"), icon=":material/science:", color="orange")
    st.caption(frame.text(f"page.{page}.lead"))
    if not frame.choices.years:
        _explain_empty(frame, page)
    elif needs_reports:
        _explain_few_reports(frame)
    return frame


def _declare_pages(language: Language) -> Page:
    # Without an own icon the browser fetches the menu icon of the page from a font host.
    st.set_page_config(layout="wide", page_icon=str(_ICON))
    return st.navigation(
        [
            st.Page(
                _FOLDER / f"{stem}.py",
                title=texts.text(f"page.{stem}", language),
                icon=icon,
                url_path=stem,
                default=stem == "overview",
            )
            for stem, icon in PAGES.items()
        ]
    )


@st.cache_resource(show_spinner=False, max_entries=3, on_release=Warehouse.close)
def _open_warehouse(file: str, changed: int) -> Warehouse:
    """One warehouse a snapshot file; ``changed`` tells a file put in another's place."""
    return Warehouse(Path(file))


@st.cache_resource(show_spinner=False, max_entries=3, hash_funcs={Warehouse: id})
def _read_choices(warehouse: Warehouse) -> Choices:
    return read_choices(warehouse)


def _open_or_explain(language: Language) -> Warehouse:
    file = current_file(warehouse_pointer())
    try:
        changed = file.stat().st_mtime_ns if file.is_file() else 0
        return _open_warehouse(str(file), changed)
    except NoWarehouseError as problem:
        with st.container(border=True, key="no_warehouse"):
            st.subheader(texts.text(f"warehouse.{problem.reason}", language))
            st.markdown(texts.text(f"warehouse.{problem.reason}.do", language))
            # A warehouse of other relations is never built upon.
            anew = " --rebuild" if problem.reason == "unreadable" else ""
            build = f"gouji build reports/ --agencies roster.csv{anew}"
            st.code(f"{build}\ngouji serve", language="bash")
            st.caption(texts.text("warehouse.demo", language))
            st.code("gouji demo", language="bash")
            st.caption(
                texts.text("warehouse.path", language, path=escape_markdown(str(problem.path)))
            )
        st.stop()


def stop_without_match(frame: Frame) -> NoReturn:
    """Stop the page, saying that the view holds nothing and how to widen it."""
    with st.container(border=True, key="no_match"):
        st.subheader(frame.text("no_match"))
        st.markdown(frame.text("no_match.do"))
        st.button(frame.text("filter.reset"), key="no_match_reset", on_click=sidebar.reset_filters)
    st.stop()


def _explain_empty(frame: Frame, page: str) -> None:
    with st.container(border=True, key="empty"):
        st.subheader(frame.text("empty"))
        st.markdown(frame.text("empty.do"))
        # The overview itself goes on to list the files that were rejected.
        if page != "overview":
            frame.link("overview", frame.text("empty.link"))
    if page != "overview":
        st.stop()


def _explain_few_reports(frame: Frame) -> None:
    reports = count_reports(frame.warehouse, frame.filters)
    if reports == 0:
        stop_without_match(frame)
    if reports == 1:
        st.info(frame.text("single_report"), icon=":material/info:")
        frame.link("agency", frame.text("single_report.link"))


def _draw_snapshot(warehouse: Warehouse, language: Language) -> None:
    snapshot = warehouse.snapshot
    st.sidebar.divider()
    st.sidebar.caption(
        texts.text(
            "snapshot",
            language,
            built=word_time(snapshot.built_at),
            reports=f"{snapshot.reports:,}",
            sources=f"{snapshot.sources:,}",
            version=snapshot.gouji_version,
        )
    )


@cache
def _made_up_counties() -> frozenset[str]:
    listed = resources.files("etl.sample").joinpath("counties.csv").read_text("utf-8")
    return frozenset(listed.split()[1:])


def _is_made_up(choices: Choices) -> bool:
    """Whether every region is one of the sample's counties, none of which exists."""
    return bool(choices.regions) and set(choices.regions) <= _made_up_counties()
