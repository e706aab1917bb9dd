"""Charts of the findings page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.kept import kept_figure
from dashboard.style import SEVERITY, base_figure


@kept_figure
def draw_by_rule(
    counts: pd.DataFrame, title_column: str, severities: Mapping[str, str], most: int = 15
) -> go.Figure:
    """Findings by rule, the most frequent on top, coloured by severity; at most ``most`` rules.

    ``severities`` names them in the page's language, in the order of the legend.
    """
    top = counts.nlargest(most, "findings", keep="first").sort_values("findings")
    titles = top[title_column].fillna(top["rule"])
    figure = base_figure(height=90 + 24 * len(top))
    for code, name in severities.items():
        own = top["severity"] == code
        if not own.any():
            continue
        figure.add_bar(
            y=titles[own],
            x=top.loc[own, "findings"],
            customdata=top.loc[own, ["agencies"]],
            name=name,
            orientation="h",
            marker_color=SEVERITY[code],
            text=top.loc[own, "findings"],
            texttemplate="%{text:,}",
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:,}<extra>" + name + "</extra>",
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(titles), ticksuffix="  ")
    figure.update_xaxes(visible=False)
    return figure.update_layout(barmode="stack", bargap=0.3, legend_traceorder="normal")
