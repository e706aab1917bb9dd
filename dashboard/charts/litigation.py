"""Charts of section 4: cases by route and outcome, and correction rates."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.series import Say, add_year_line, as_float, count_axis, known_text
from dashboard.kept import kept_figure
from dashboard.measures import SMALL_DENOMINATOR, fraction
from dashboard.queries.litigation import RESULTS
from dashboard.style import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    RED,
    SKY,
    base_figure,
    format_number,
    year_axis,
)

RESULT_COLOURS = dict(zip(RESULTS, (BLUE, RED, SKY, GREY), strict=True))
RATE_COLOURS = (BLUE, AMBER, GREEN)


@kept_figure
def route_chart(frame: pd.DataFrame, labels: Mapping[str, str], say: Say) -> go.Figure:
    """Draw one route's cases by outcome over the years; ``frame`` holds that route alone."""
    figure = base_figure(320)
    years = frame["year"].tolist()
    for result in RESULTS:
        figure.add_bar(
            x=years,
            y=as_float(frame[result]),
            name=labels[result],
            marker_color=RESULT_COLOURS[result],
            customdata=[
                f"<b>{year}</b> {labels[result]} {format_number(total)}<br>"
                + known_text(n, reports, say)
                for year, total, n, reports in zip(
                    years, frame[result], frame[f"{result}_n"], frame["reports"], strict=True
                )
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    count_axis(figure, float(frame[list(RESULTS)].sum(axis=1).max()))
    return year_axis(figure, years)


@kept_figure
def correction_chart(rates: Mapping[str, pd.DataFrame], say: Say) -> go.Figure:
    """Draw correction rates over the years, one line a name.

    Each frame: year, numerator, denominator, known, reports. Denominators below 10 have no point.
    """
    figure = base_figure(320)
    years: set[int] = set()
    for colour, (name, frame) in zip(RATE_COLOURS, rates.items(), strict=False):
        pairs = list(zip(as_float(frame["numerator"]), as_float(frame["denominator"]), strict=True))
        values = [100 * n / d if d >= SMALL_DENOMINATOR else math.nan for n, d in pairs]
        hover = [
            f"<b>{year}</b> {name} {value:.1f}% ({fraction(*pair)})<br>"
            + known_text(n, reports, say)
            for year, value, pair, n, reports in zip(
                frame["year"], values, pairs, frame["known"], frame["reports"], strict=True
            )
        ]
        add_year_line(figure, frame["year"].tolist(), values, name, colour, hover=hover)
        years |= set(frame["year"].tolist())
    figure.update_yaxes(rangemode="tozero", ticksuffix="%")
    return year_axis(figure, sorted(years))
