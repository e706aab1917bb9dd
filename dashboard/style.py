"""Colours, number formats and the base of every chart.

The colours keep apart for the common kinds of colour blindness (after Okabe and Ito) and stand on
a light and on a dark ground; text, axes and grid follow the page's theme, so no figure sets them.
"""

from __future__ import annotations

import math

import plotly.graph_objects as go

BLUE, AMBER, GREEN, RED = "#3d7fb5", "#d0902f", "#3a9a7c", "#c4553c"
SKY, PLUM, GREY, OLIVE = "#86b6da", "#94678f", "#8a939c", "#9a9448"
SERIES = (BLUE, AMBER, GREEN, RED, SKY, PLUM, OLIVE, GREY)
"""Colours of categories, in this order."""

SEVERITY = {"error": RED, "query": AMBER, "note": SKY}
COVERAGE = {
    "reported": BLUE,
    "rolled_up": "#a9c9e4",
    "missing": RED,
    "not_due": "#a8b0b733",
}
"""Colours of a report that is there, is due and not there, and is not due."""

_FEW_BARS = 6
NO_NUMBER = "–"


def base_figure(height: int = 320) -> go.Figure:
    """An empty figure with gouji's margins, legend and number format, for charts to fill."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0},
        colorway=SERIES,
        separators=".,",
        hoverlabel={"align": "left"},
        bargap=0.35,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_xaxes(automargin=True, showgrid=False, zeroline=False)
    figure.update_yaxes(automargin=True, zeroline=False, tickformat=",")
    return figure


def bars_height(bars: int, around: int = 50) -> int:
    """Pixels of a chart with ``bars`` lying bars or dots, few of them drawn with more air."""
    return around + (26 if bars > _FEW_BARS else 40) * max(bars, 2)


def year_axis(figure: go.Figure, years: list[int] | tuple[int, ...]) -> go.Figure:
    """``figure`` with every year from the first to the last as a tick, never 2,020 or 2020.5."""
    if years:
        ticks = list(range(min(years), max(years) + 1))
        figure.update_xaxes(tickmode="array", tickvals=ticks, ticktext=[str(y) for y in ticks])
    return figure


def format_number(value: float | None, decimals: int = 0) -> str:
    """``1,234`` or ``1,234.50``; a dash where there is no number, which is never 0.

    Without ``decimals`` a fraction is shown as it is, so that 1.5 does not read as 2.
    """
    if value is None or math.isnan(value):
        return NO_NUMBER
    if decimals == 0 and value != int(value):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{value:,.{decimals}f}"


def format_share(part: float | None, whole: float | None, decimals: int = 1) -> str:
    """``12.5%``; a dash where either is no number or the whole is 0."""
    if part is None or whole is None or math.isnan(part) or math.isnan(whole) or whole == 0:
        return NO_NUMBER
    return f"{part / whole:.{decimals}%}"
