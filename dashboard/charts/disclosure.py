"""Charts of section 2: totals over the years, groups and the spread over agencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.series import (
    FEW,
    Say,
    add_year_bars,
    as_float,
    count_axis,
    known_text,
    mark_break,
    rows,
)
from dashboard.kept import kept_figure
from dashboard.style import BLUE, GREY, SERIES, bars_height, base_figure, format_number, year_axis

ZERO_STEP = -99


@kept_figure
def totals_chart(
    frame: pd.DataFrame, labels: Mapping[str, str], say: Say, *, breaks: bool = True
) -> go.Figure:
    """Draw the totals of the columns in ``labels`` as bars, year by year.

    With ``breaks``, the change of the form is marked where both editions are in view.
    """
    figure = base_figure(340)
    slots = _slots(frame)
    for colour, (party, label) in zip(SERIES, labels.items(), strict=False):
        own = frame[frame["party"] == party]
        add_year_bars(figure, own, label, colour, say, slot=str(slots[party]))
    years = sorted(int(year) for year in frame["year"].unique())
    figure.update_layout(barmode="group", bargap=0.3, showlegend=len(labels) > 1)
    if breaks:
        mark_break(figure, years, say("measure.break"))
    count_axis(figure, float(frame["total"].max()))
    return year_axis(figure, years)


@kept_figure
def group_chart(frame: pd.DataFrame, say: Say) -> go.Figure:
    """Draw totals by region, level or kind as bars; ``frame``: label, total, known, reports."""
    figure = base_figure(bars_height(len(frame)))
    figure.add_bar(
        x=as_float(frame["total"]),
        y=frame["label"],
        orientation="h",
        marker_color=BLUE,
        text=[
            f"{format_number(row.total)}  ({format_number(row.known)}/{format_number(row.reports)})"
            for row in rows(frame)
        ],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            f"<b>{row.label}</b> {format_number(row.total)}<br>"
            + known_text(row.known, row.reports, say)
            for row in rows(frame)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", tickformat=None, type="category")
    figure.update_xaxes(visible=False)
    figure.update_layout(bargap=0.25, margin={"t": 4, "r": 110})
    return figure


@kept_figure
def spread_chart(frame: pd.DataFrame, say: Say) -> go.Figure:
    """Draw how many reports fall into each class of size, zeros and missing figures apart."""
    figure = base_figure(210)
    labels, heights, colours = [], [], []
    for row in rows(frame):
        missing = pd.isna(row.step)
        labels.append(say("disclosure.spread.missing") if missing else _class_label(row))
        heights.append(row.reports)
        colours.append(GREY if missing or row.step == ZERO_STEP else BLUE)
    figure.add_bar(
        x=labels,
        y=heights,
        marker_color=colours,
        text=[format_number(height) for height in heights],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{x}: %{y:,}<extra></extra>",
    )
    figure.update_xaxes(type="category")
    figure.update_layout(bargap=0.12 if len(labels) > FEW else 0.5, margin={"t": 20})
    return count_axis(figure, max(heights, default=0))


def _slots(frame: pd.DataFrame) -> dict[str, int]:
    """Give each column its place among the bars of a year: editions share the places."""
    slots: dict[str, int] = {}
    for _, year in frame.groupby("year"):
        for place, party in enumerate(year["party"]):
            slots.setdefault(party, place)
    return slots


def _class_label(row: Any) -> str:
    step = int(row.step)
    if step == ZERO_STEP:
        lowest = float(row.lowest)
        return "0" if lowest == 0 else "≤0"
    low, high = 10 ** (step / 2), 10 ** ((step + 1) / 2)
    if step < 0:
        return f"{low:.2g}–{high:.2g}"
    first, last = -int(-low // 1), -int(-high // 1) - 1
    return f"{format_number(first)}–{format_number(last)}" if last > first else str(first)
