"""Charts of the overview."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.kept import kept_figure
from dashboard.style import AMBER, COVERAGE, GREY, RED, base_figure, year_axis

_ROW = 20


@kept_figure
def draw_coverage(coverage: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Agencies by year, each cell coloured by its state; agencies with gaps on top.

    ``names`` gives each state its wording, in the order of the legend.
    """
    codes = list(names)
    gaps = (coverage["state"] == "missing").groupby(coverage["agency"]).sum()
    order = sorted(gaps.index, reverse=True)
    order.sort(key=lambda agency: int(gaps[agency]))
    grid = coverage.pivot(index="agency", columns="year", values="state").reindex(order)
    figure = base_figure(height=80 + _ROW * len(grid))
    figure.add_heatmap(
        x=list(grid.columns),
        y=list(grid.index),
        z=[[codes.index(state) for state in row] for row in grid.to_numpy()],
        customdata=[[names[state] for state in row] for row in grid.to_numpy()],
        zmin=-0.5,
        zmax=len(codes) - 0.5,
        colorscale=_steps([COVERAGE[code] for code in codes]),
        showscale=False,
        xgap=3,
        ygap=3,
        hovertemplate="%{y}<br>%{x}: %{customdata}<extra></extra>",
    )
    _add_keys(figure, names)
    figure.update_xaxes(side="top", fixedrange=True)
    figure.update_yaxes(tickformat="", ticksuffix="  ", fixedrange=True, showgrid=False)
    figure.update_layout(legend={"y": 1, "yref": "container", "yanchor": "top"})
    figure.update_layout(margin={"t": 56})
    return year_axis(figure, [int(year) for year in grid.columns])


@kept_figure
def draw_region_coverage(coverage: pd.DataFrame, unknown: str) -> go.Figure:
    """Regions by year: the share of due reports that are there, with ``n/m`` in each cell."""
    named = coverage.assign(region=coverage["region"].fillna(unknown))
    named = named.assign(
        share=(named["reported"] / named["due"]).where(named["due"] > 0),
        label=[
            f"{n}/{m}" if m else "" for n, m in zip(named["reported"], named["due"], strict=True)
        ],
    )
    share = named.pivot(index="region", columns="year", values="share").iloc[::-1]
    label = named.pivot(index="region", columns="year", values="label").reindex(share.index)
    figure = base_figure(height=80 + 26 * len(share))
    figure.add_heatmap(
        x=list(share.columns),
        y=list(share.index),
        z=share.to_numpy(),
        text=label.to_numpy(),
        texttemplate="%{text}",
        zmin=0,
        zmax=1,
        colorscale=[[0.0, "#c4553c"], [0.6, "#e3c9a0"], [0.9, "#a9c9e2"], [1.0, "#3d7fb5"]],
        xgap=3,
        ygap=3,
        showscale=False,
        hovertemplate="%{y}<br>%{x}: %{text} (%{z:.1%})<extra></extra>",
    )
    figure.update_xaxes(side="top", fixedrange=True)
    figure.update_yaxes(tickformat="", ticksuffix="  ", fixedrange=True, showgrid=False)
    return year_axis(figure, [int(year) for year in share.columns])


@kept_figure
def draw_trouble(counts: pd.DataFrame, names: Mapping[str, str], of_reports: str) -> go.Figure:
    """Reports in trouble by year, a bar a kind; the hover names how many reports there are.

    ``names`` words the columns all_zero, all_blank and not_tying; ``of_reports`` holds {n} and {m}.
    """
    figure = base_figure(height=280)
    most = 0
    colours = {"not_tying": RED, "all_zero": AMBER, "all_blank": GREY}
    for column, name in names.items():
        found = counts[column].fillna(0).astype(int)
        most = max(most, int(found.max()))
        figure.add_bar(
            x=counts["year"],
            y=found,
            name=name,
            marker_color=colours[column],
            customdata=[
                of_reports.format(n=f"{n:,}", m=f"{m:,}")
                for n, m in zip(found, counts["reports"], strict=True)
            ],
            text=found,
            texttemplate="%{text:,}",
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x}: %{customdata}<extra>" + name + "</extra>",
        )
    figure.update_layout(barmode="group", bargap=0.3)
    figure.update_yaxes(visible=False, range=None if most else [0, 1])
    return year_axis(figure, [int(year) for year in counts["year"]])


def _steps(colours: list[str]) -> list[tuple[float, str]]:
    """A colour scale of flat steps, one a colour."""
    share = 1 / len(colours)
    return [
        (n * share if edge == 0 else (n + 1) * share, colour)
        for n, colour in enumerate(colours)
        for edge in (0, 1)
    ]


def _add_keys(figure: go.Figure, names: Mapping[str, str]) -> None:
    for code, name in names.items():
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 11, "color": COVERAGE[code]},
            name=name,
        )
