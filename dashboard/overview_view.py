"""The parts of the overview."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.charts.findings import draw_by_rule
from dashboard.charts.overview import draw_coverage, draw_region_coverage, draw_trouble
from dashboard.finding_list import SEVERITIES
from dashboard.frame import Frame
from dashboard.queries.findings import count_by_rule
from dashboard.queries.overview import (
    count_agencies,
    count_severities,
    count_sources,
    count_trouble,
    list_attention,
    list_rejected,
    read_coverage,
    read_coverage_by_region,
)
from dashboard.rows import records
from dashboard.texts import escape_markdown

LISTED = 12
BADGES: tuple[tuple[str, str, Literal["red", "orange", "blue"]], ...] = (
    ("error", "errors", "red"),
    ("query", "queries", "orange"),
    ("note", "notes", "blue"),
)
STATES = ("reported", "rolled_up", "missing", "not_due")
AGENCY_ROWS = 250
"""More agencies than this are summed up by region."""
_VISIBLE_ROWS = 40


def draw_numbers(frame: Frame) -> None:
    """How many agencies, reports, rejected files and findings."""
    due = read_coverage_by_region(frame.warehouse, frame.filters)
    severities = count_severities(frame.warehouse, frame.filters)
    sources = count_sources(frame.warehouse)
    expected, reported = int(due["due"].sum()), int(due["reported"].sum())
    of_due = (
        frame.text("overview.of_due", due=f"{expected:,}")
        if expected
        else frame.text("overview.no_due")
    )
    of_files = frame.text("overview.of_files", count=f"{sum(sources.values()):,}")
    numbers = (
        ("agencies", count_agencies(frame.warehouse, frame.filters), ""),
        ("reports", reported, of_due),
        ("rejected", sources.get("rejected", 0), of_files),
        ("errors", severities.get("error", 0), ""),
        ("queries", severities.get("query", 0), ""),
        ("notes", severities.get("note", 0), ""),
    )
    with st.container(horizontal=True, gap="medium"):
        for name, value, note in numbers:
            with st.container(width=110, gap=None):
                st.metric(frame.text(f"overview.{name}"), f"{value:,}")
                if note:
                    st.caption(note)


def draw_attention(frame: Frame) -> None:
    """Agencies and years with the gravest findings, each a link to the agency's report."""
    st.subheader(frame.text("overview.attention"))
    rows = records(list_attention(frame.warehouse, frame.filters, most=LISTED))
    if not rows:
        st.markdown(frame.text("overview.attention.none"))
        return
    st.caption(frame.text("overview.attention.hint"))
    with st.container(border=True, gap="xsmall", key="attention"):
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                suffix = "-rollup" if row["scope"] == "rollup" else ""
                frame.link(
                    "agency",
                    f"{row['agency']} {row['year']}",
                    id=row["agency_id"],
                    year=f"{row['year']}{suffix}",
                )
                _draw_badges(frame, row)
    frame.link("findings", frame.text("overview.attention.all"))


def _draw_badges(frame: Frame, row: dict[str, Any]) -> None:
    """How many findings of each severity, and what the gravest is about."""
    for severity, column, colour in BADGES:
        if row[column]:
            st.badge(f"{frame.text(f'severity.{severity}')} {row[column]}", color=colour)
    title = row[f"title_{frame.language}"]
    if isinstance(title, str):
        st.caption(escape_markdown(title), width="content")


def draw_completeness(frame: Frame) -> None:
    """Agencies by year, or regions by year where there are many agencies."""
    st.subheader(frame.text("overview.coverage"))
    agencies = _count_covered(frame)
    if agencies == 0:
        st.markdown(frame.text("overview.no_due"))
        return
    if agencies > AGENCY_ROWS:
        st.caption(frame.text("overview.coverage.regions"))
        regions = read_coverage_by_region(frame.warehouse, frame.filters)
        figure = draw_region_coverage(regions, frame.text("overview.region.unknown"))
        rows = regions["region"].nunique(dropna=False)
    else:
        rollup = ".rollup" if frame.filters.scope == "rollup" else ""
        st.caption(frame.text(f"overview.coverage.hint{rollup}"))
        names = {state: frame.text(f"coverage.{state}") for state in STATES}
        figure = draw_coverage(read_coverage(frame.warehouse, frame.filters), names)
        rows = agencies
    # A county's 200 agencies are read by scrolling, without pushing the rest off the page.
    with st.container(height=720 if rows > _VISIBLE_ROWS else "content", border=False):
        frame.chart(figure, frame.text("overview.coverage"), key="coverage")


def _count_covered(frame: Frame) -> int:
    """How many agencies the completeness is about: of governments, those with a roll-up."""
    if frame.filters.scope == "agency":
        return count_agencies(frame.warehouse, frame.filters)
    return int(read_coverage(frame.warehouse, frame.filters)["agency_id"].nunique())


def draw_trouble_by_year(frame: Frame) -> None:
    """Reports that don't tie out, are all zero or hold no figure, by year."""
    counts = count_trouble(frame.warehouse, frame.filters)
    if counts.empty:
        return
    st.subheader(frame.text("overview.trouble"))
    names = {
        column: frame.text(f"overview.trouble.{column}")
        for column in ("not_tying", "all_zero", "all_blank")
    }
    figure = draw_trouble(counts, names, frame.text("overview.trouble.of"))
    frame.chart(figure, frame.text("overview.trouble"), key="trouble")


def draw_rules(frame: Frame) -> None:
    """The rules with the most findings."""
    counts = count_by_rule(frame.warehouse, frame.filters)
    if counts.empty:
        return
    st.subheader(frame.text("overview.by_rule"))
    names = {code: frame.text(f"severity.{code}") for code in SEVERITIES}
    figure = draw_by_rule(counts, f"title_{frame.language}", names, most=10)
    frame.chart(figure, frame.text("overview.by_rule"), key="overview_rules")


def draw_rejected(frame: Frame) -> None:
    """Files that were not loaded, each with its reason."""
    st.subheader(frame.text("overview.rejected.title"))
    files = list_rejected(frame.warehouse)
    if files.empty:
        st.markdown(frame.text("overview.rejected.none"))
        return
    # A file that can't be opened has no place but itself, which the first column names.
    place = files["reason_place"]
    inside = place.where(place != files["path"]).fillna("")
    shown = pd.DataFrame(
        {
            frame.text("overview.rejected.path"): files["path"],
            frame.text("overview.rejected.reason"): files[f"reason_{frame.language}"],
            frame.text("overview.rejected.place"): inside,
        }
    )
    shown = shown if inside.ne("").any() else shown.iloc[:, :2]
    st.dataframe(shown, hide_index=True, alt=frame.text("overview.rejected.title"))
