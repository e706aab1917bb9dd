"""Tables that several pages show: agencies to open, and fractions by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.choosing import open_selected
from dashboard.frame import Frame
from dashboard.measures import Measure, coverage_text, format_rate, fraction
from dashboard.style import NO_NUMBER

SHOWN_AT_ONCE = 11
"""A longer table is read by scrolling."""


def one_year(frame: Frame, year: int) -> Frame:
    """Give the frame with its filters narrowed to one year."""
    return replace(frame, filters=replace(frame.filters, years=(year, year)))


def agency_table(
    frame: Frame,
    shown: pd.DataFrame,
    ids: Sequence[int],
    columns: dict[str, Any],
    *,
    key: str,
    alt: str,
) -> None:
    """Draw a table of agencies; a selected row opens the agency's page."""
    column = st.column_config
    leading = {
        "agency": column.TextColumn(frame.text("agency"), width="medium"),
        "region": column.TextColumn(frame.text("region"), width="small"),
    }
    open_selected(key, ids, lambda agency: frame.go_to("agency", id=agency))
    st.dataframe(
        shown,
        column_config={**leading, **columns},
        hide_index=True,
        height="content" if len(shown) <= SHOWN_AT_ONCE else 420,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=NO_NUMBER,
        alt=alt,
    )


def fraction_table(frame: Frame, pooled: pd.DataFrame, chosen: Measure, title: str) -> None:
    """Draw a folded table of a rate by year: the rate, its fraction and the reports behind it.

    ``pooled``: year, numerator, denominator, known, reports.
    """
    with st.expander(title):
        st.dataframe(
            fraction_frame(frame, pooled, chosen),
            hide_index=True,
            column_config=fraction_columns(frame, chosen.label(frame.language)),
            alt=title,
        )


def fraction_frame(frame: Frame, pooled: pd.DataFrame, chosen: Measure) -> pd.DataFrame:
    """Give year, rate, fraction and coverage as texts."""
    pairs = list(zip(pooled["numerator"], pooled["denominator"], strict=True))
    counted = zip(pooled["known"], pooled["reports"], strict=True)
    return pd.DataFrame(
        {
            "year": pooled["year"].astype(str),
            "rate": [format_rate(chosen, n, d, frame.language) for n, d in pairs],
            "fraction": [fraction(n, d) for n, d in pairs],
            "coverage": [coverage_text(n, m, frame.language) for n, m in counted],
        }
    )


def fraction_columns(frame: Frame, rate: str) -> dict[str, Any]:
    """Describe the columns of ``fraction_frame``."""
    column = st.column_config
    return {
        "year": column.TextColumn(frame.text("measure.year"), width="small"),
        "rate": column.TextColumn(rate, alignment="right"),
        "fraction": column.TextColumn(frame.text("requests.agencies.fraction"), alignment="right"),
        "coverage": column.TextColumn(frame.text("measure.reports"), alignment="right"),
    }


def draw_card(label: str, value: str, note: str, explanation: str) -> None:
    """Draw a figure with the note that says what it rests on; the explanation is a tooltip."""
    with st.container(border=True, gap=None, height="stretch"):
        st.caption(label, help=explanation)
        st.metric(label, value, label_visibility="collapsed")
        st.caption(note)
