"""The parts of the comparison page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.choosing import choose_one, choose_several
from dashboard.frame import Frame
from dashboard.measures import explain, measures
from dashboard.queries.choices import count_reports
from dashboard.queries.compare import (
    Comparison,
    agency_page,
    count_agencies,
    file_bytes,
    page_figures,
    statutory_file,
    with_year_before,
)
from dashboard.style import format_number
from etl.export import DEFAULT_MEASURES
from etl.export.arrange import LAYOUTS, Layout, Shown, arrange
from etl.export.comparison import MAX_FIGURES, count_figures
from etl.export.marks import legend
from etl.export.statutory import MAX_REPORTS
from etl.export.tables import Style, Table

PAGE_SIZE = 25
COLUMNS_A_PAGE = 8
_EXTRAS: dict[str, tuple[Shown, ...]] = {
    "change": ("change",),
    "change_percent": ("change_percent",),
    "fraction": ("numerator", "denominator"),
}
_MIMES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def choose_comparison(frame: Frame, address: Mapping[str, str]) -> Comparison | None:
    """Give what is to be compared; None, with a word why, when no measure is chosen."""
    say = frame.text
    labels = {code: m.label(frame.language) for code, m in measures().items()}
    codes = choose_several(address, "measures", labels, say("compare.measures"), DEFAULT_MEASURES)
    left, right = st.columns(2, gap="large")
    with left:
        layouts = {str(code): say(f"compare.layout.{code}") for code in LAYOUTS}
        layout = choose_one(address, "layout", layouts, say("compare.layout"), titled=True)
    with right:
        extras = {code: say(f"compare.shown.{code}") for code in _EXTRAS}
        wanted = choose_several(address, "show", extras, say("compare.shown"), pills=True)
    if not codes:
        st.info(say("compare.measures.none"))
        return None
    shown: tuple[Shown, ...] = ("value", *(kind for code in wanted for kind in _EXTRAS[code]))
    return Comparison(codes, _as_layout(layout), shown)


def draw_preview(frame: Frame, chosen: Comparison) -> None:
    """Draw one page of the comparison, every missing figure with its mark."""
    say = frame.text
    agencies = count_agencies(frame.warehouse, frame.filters)
    size = COLUMNS_A_PAGE if chosen.layout == "agency_columns" else PAGE_SIZE
    pages = max(1, math.ceil(agencies / size))
    st.subheader(say("compare.preview"))
    slot = st.container()
    page = min(st.pagination(pages, key="compare_page"), pages) if pages > 1 else 1
    ids = agency_page(frame.warehouse, frame.filters, page - 1, size)
    long = page_figures(frame.warehouse, frame.filters, chosen, ids)
    table = arrange(long, chosen.measures, chosen.layout, chosen.shown, frame.language)
    with slot:
        _draw_table(table, say("compare.preview.alt"))
    st.caption(say("compare.preview.note", agencies=format_number(agencies), size=size))


def draw_downloads(frame: Frame, chosen: Comparison) -> None:
    """Draw a button for each kind of file; the file is made when it is asked for."""
    say = frame.text
    st.subheader(say("compare.download"))
    figures = count_figures(
        frame.warehouse.query, chosen.measures, with_year_before(frame.filters).where()
    )
    if figures > MAX_FIGURES:
        st.warning(
            say(
                "compare.download.too_large",
                figures=format_number(figures),
                limit=format_number(MAX_FIGURES),
            )
        )
        return
    with st.container(horizontal=True):
        for ending, icon in (("xlsx", "table_view"), ("csv", "csv"), ("parquet", "database")):
            st.download_button(
                say(f"compare.download.{ending}"),
                data=partial(_make_file, frame, chosen, f".{ending}"),
                file_name=_file_name(frame, "compare.file", ending),
                mime=_MIMES[ending],
                icon=f":material/{icon}:",
                key=f"download_{ending}",
                on_click="ignore",
            )
    st.caption(say("compare.download.note"))
    _draw_statutory_download(frame)


def draw_legend(frame: Frame, chosen: Comparison) -> None:
    """Draw what the marks and the measures mean."""
    say, language = frame.text, frame.language
    left, right = st.columns(2, gap="large")
    with left, st.expander(say("compare.definitions")):
        for measure in chosen.measures:
            st.markdown(f"**{measure.label(language)}**")
            st.caption(explain(measure, language))
    with right, st.expander(say("compare.marks")):
        st.caption(say("compare.marks.note"))
        st.table(dict(legend(language)), border="horizontal")


def describe_selection(frame: Frame) -> str:
    """Say in words which reports are compared."""
    filters, say = frame.filters, frame.text
    first, last = filters.years
    parts = [
        say("compare.selection.years", first=first, last=last),
        say(f"scope.{filters.scope}"),
        *(
            "、".join(frame.coded(area, code) for code in codes)
            for area, codes in (
                ("region", filters.regions),
                ("level", filters.levels),
                ("kind", filters.kinds),
            )
            if codes
        ),
        say("compare.selection.agencies", n=len(filters.agencies))
        if filters.agencies
        else say("compare.selection.all"),
    ]
    return " · ".join(parts)


def _draw_statutory_download(frame: Frame) -> None:
    """Draw a button for the reports of the view as the form prints them, where they aren't many."""
    say = frame.text
    few = count_reports(frame.warehouse, frame.filters) <= MAX_REPORTS
    st.download_button(
        say("compare.statutory"),
        data=partial(statutory_file, frame.warehouse, frame.filters, frame.language),
        file_name=_file_name(frame, "compare.statutory.file", "xlsx"),
        mime=_MIMES["xlsx"],
        icon=":material/grid_on:",
        key="download_statutory",
        on_click="ignore",
        disabled=not few,
    )
    note = "compare.statutory.note" if few else "compare.statutory.many"
    st.caption(say(note, limit=MAX_REPORTS))


def _file_name(frame: Frame, key: str, ending: str) -> str:
    first, last = frame.filters.years
    return f"gouji-{frame.text(key)}-{first}-{last}.{ending}"


def _make_file(frame: Frame, chosen: Comparison, ending: str) -> bytes:
    return file_bytes(
        frame.warehouse,
        frame.filters,
        chosen,
        ending,
        frame.language,
        describe_selection(frame),
    )


def _draw_table(table: Table, alt: str) -> None:
    """Draw the table as texts: a column may hold numbers, fractions and marks."""
    names = table.names()
    rows = [
        [_as_text(value, table.style(number, place)) for place, value in enumerate(row)]
        for number, row in enumerate(table.rows())
    ]
    column = st.column_config.TextColumn
    st.dataframe(
        pd.DataFrame(rows, columns=pd.Index(names)),
        hide_index=True,
        height="content" if len(rows) <= PAGE_SIZE else 640,
        column_config={
            name: column(
                pinned=place < table.frozen,
                width="medium" if place == 0 else None,
                alignment="left" if described.style == "text" else "right",
            )
            for place, (name, described) in enumerate(zip(names, table.columns, strict=True))
        },
        alt=alt,
    )


def _as_text(value: object, style: Style) -> str:
    if not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    if style == "percent":
        return f"{value:.1f}%"
    if style == "ratio":
        return f"{value:.1f}"
    if style in ("change", "points"):
        return f"{value:+,.1f}" if style == "points" or value != int(value) else f"{value:+,.0f}"
    return str(value) if style == "text" else format_number(value)


def _as_layout(code: str) -> Layout:
    return next(layout for layout in LAYOUTS if layout == code)
