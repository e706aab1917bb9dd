"""Charts of the agency page."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.kept import kept_figure
from dashboard.style import AMBER, BLUE, base_figure, year_axis


@kept_figure
def draw_request_trend(trend: pd.DataFrame, received: str, concluded: str) -> go.Figure:
    """Requests received and concluded by year; a year without a number leaves a gap."""
    figure = base_figure(height=240)
    years = range(int(trend["year"].min()), int(trend["year"].max()) + 1)
    whole = trend.set_index("year").reindex(list(years))
    for column, name, colour in (("received", received, BLUE), ("concluded", concluded, AMBER)):
        figure.add_scatter(
            x=list(years),
            y=whole[column],
            name=name,
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 2, "dash": "dot" if column == "concluded" else "solid"},
            hovertemplate="%{x}: %{y:,}<extra>" + name + "</extra>",
        )
    figure.update_yaxes(rangemode="tozero")
    return year_axis(figure, list(years))
