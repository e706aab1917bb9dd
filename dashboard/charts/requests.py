"""Charts of section 3: volumes, outcomes, a rate, reasons, applicants and the funnel."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.series import (
    Say,
    add_year_bars,
    add_year_line,
    as_float,
    count_axis,
    known_text,
    mark_break,
    rows,
)
from dashboard.kept import kept_figure
from dashboard.measures import SMALL_DENOMINATOR, Measure, fraction
from dashboard.queries.requests import OUTCOMES, VOLUMES
from dashboard.style import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    PLUM,
    RED,
    SKY,
    bars_height,
    base_figure,
    format_number,
    year_axis,
)

OUTCOME_COLOURS = dict(zip(OUTCOMES, (BLUE, SKY, RED, AMBER, PLUM, GREY), strict=True))
VOLUME_COLOURS = dict(zip(VOLUMES, (BLUE, SKY, GREEN, AMBER), strict=True))
_APPLICANT_COLOURS = (BLUE, AMBER, GREEN, PLUM, RED, GREY)
MANY_POWERS = 3
Z_95, Z_998 = 1.96, 3.09
"""Widths of the funnel's limits in standard deviations: 19 and 499 in 500 would lie inside."""


@kept_figure
def volumes_chart(frame: pd.DataFrame, names: Mapping[str, str], say: Say) -> go.Figure:
    """Draw received, carried in, concluded and carried out over the years."""
    figure = base_figure(280)
    years = frame["year"].tolist()
    for code in VOLUMES:
        hover = [
            f"<b>{year}</b> {names[code]} {format_number(total)}<br>"
            + known_text(known, reports, say)
            for year, total, known, reports in zip(
                years, frame[code], frame[f"{code}_n"], frame["reports"], strict=True
            )
        ]
        # Most years concluded lies on received: dashes let both be seen.
        dash = {"received": "solid", "concluded": "dash"}.get(code, "dot")
        add_year_line(
            figure,
            years,
            as_float(frame[code]),
            names[code],
            VOLUME_COLOURS[code],
            hover=hover,
            dash=dash,
        )
    figure.update_yaxes(rangemode="tozero")
    count_axis(figure, float(frame[list(VOLUMES)].max().max()))
    return year_axis(figure, years)


@kept_figure
def outcome_chart(
    frame: pd.DataFrame, names: Mapping[str, str], say: Say, *, shares: bool
) -> go.Figure:
    """Draw the six outcomes stacked, as counts or as shares of the complete reports."""
    figure = base_figure(360)
    years = frame["year"].tolist()
    whole = frame[[f"{code}_c" for code in OUTCOMES]].sum(axis=1, min_count=1)
    for code in OUTCOMES:
        if shares:
            above = frame[f"{code}_c"]
            heights = as_float(100 * above / whole.where(whole > 0))
            known = frame["complete"]
            words = [
                f"{height:.1f}% ({fraction(n, d)})"
                for height, n, d in zip(heights, above, whole, strict=True)
            ]
        else:
            heights, known = as_float(frame[code]), frame[f"{code}_n"]
            words = [format_number(height) for height in heights]
        figure.add_bar(
            x=years,
            y=heights,
            name=names[code],
            marker_color=OUTCOME_COLOURS[code],
            customdata=[
                f"<b>{year}</b> {names[code]} {word}<br>{known_text(n, reports, say)}"
                for year, word, n, reports in zip(
                    years, words, known, frame["reports"], strict=True
                )
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    if shares:
        figure.update_yaxes(range=[0, 100], ticksuffix="%")
    mark_break(figure, years, say("requests.break"))
    return year_axis(figure, years)


@kept_figure
def rate_chart(frame: pd.DataFrame, chosen: Measure, name: str, say: Say) -> go.Figure:
    """Draw a pooled rate over the years; small denominators show their fraction as text."""
    figure = base_figure(300)
    years = frame["year"].tolist()
    above, below = as_float(frame["numerator"]), as_float(frame["denominator"])
    pairs = list(zip(above, below, strict=True))
    values = [100 * n / d if d >= SMALL_DENOMINATOR else math.nan for n, d in pairs]
    hover = [
        f"<b>{year}</b> {name} {value:.1f} ({fraction(n, d)})<br>{known_text(known, reports, say)}"
        for year, value, (n, d), known, reports in zip(
            years, values, pairs, frame["known"], frame["reports"], strict=True
        )
    ]
    add_year_line(figure, years, values, name, BLUE, hover=hover, breaks=chosen.breaks)
    small = [(y, n, d) for y, (n, d) in zip(years, pairs, strict=True) if 0 < d < SMALL_DENOMINATOR]
    if small:
        figure.add_scatter(
            x=[year for year, _, _ in small],
            y=[0] * len(small),
            mode="text",
            text=[fraction(n, d) for _, n, d in small],
            textposition="top center",
            hoverinfo="skip",
        )
    figure.update_layout(showlegend=False, margin={"t": 32 if chosen.breaks else 12})
    figure.update_yaxes(rangemode="tozero", ticksuffix="%" if chosen.unit == "%" else "")
    if chosen.breaks:
        mark_break(figure, years, say("measure.break"))
    return year_axis(figure, years)


@kept_figure
def reasons_chart(frame: pd.DataFrame, labels: Mapping[str, str], say: Say) -> go.Figure:
    """Draw reasons down and years across, each field shaded by its share of the year's total.

    The number printed is the count; a field without any figure stays empty.
    """
    items = list(labels)
    years = sorted(frame["year"].unique())
    cells = {(row.item, row.year): row for row in rows(frame)}
    wholes = frame.groupby("year")["total"].sum(min_count=1)
    grid = [[cells[item, year] for year in years] for item in items]
    shares = [[_percent_of(cell.total, wholes[cell.year]) for cell in line] for line in grid]
    hover = [
        [
            f"<b>{cell.year}</b> {labels[cell.item]}<br>{format_number(cell.total)}"
            f" ({format_number(share, 1)}%)<br>{known_text(cell.known, cell.reports, say)}"
            for cell, share in zip(line, line_shares, strict=True)
        ]
        for line, line_shares in zip(grid, shares, strict=True)
    ]
    figure = base_figure(70 + 38 * len(items))
    figure.add_heatmap(
        x=[str(year) for year in years],
        y=[wrap(labels[item]) for item in items],
        z=shares,
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, "rgba(61,127,181,0.03)"], [1, "rgba(61,127,181,0.75)"]],
        zmin=0,
        zmax=100,
        showscale=False,
        xgap=2,
        ygap=2,
    )
    # The counts are a trace of their own: a heatmap picks its text colour without the page's theme.
    figure.add_scatter(
        x=[str(cell.year) for line in grid for cell in line],
        y=[wrap(labels[cell.item]) for line in grid for cell in line],
        text=[format_number(cell.total) for line in grid for cell in line],
        mode="text",
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, tickformat=None)
    figure.update_xaxes(side="top", type="category")
    figure.update_layout(margin={"t": 4})
    return figure


@kept_figure
def applicants_chart(frame: pd.DataFrame, labels: Mapping[str, str], say: Say) -> go.Figure:
    """Draw requests received by kind of applicant, stacked."""
    figure = base_figure(400)
    years = sorted(frame["year"].unique())
    for colour, (party, label) in zip(_APPLICANT_COLOURS, labels.items(), strict=True):
        own = frame[frame["applicant"] == party]
        add_year_bars(figure, own, label, colour, say)
    figure.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    count_axis(figure, float(frame.groupby("year")["total"].sum().max()))
    return year_axis(figure, years)


@kept_figure
def group_chart(frame: pd.DataFrame, name: str, say: Say) -> go.Figure:
    """Draw a rate by group as dots, most cases first; small denominators are left to the text.

    ``frame``: label, numerator, denominator, known, reports.
    """
    shown = frame[frame["denominator"] >= SMALL_DENOMINATOR]
    figure = base_figure(bars_height(len(shown), around=60))
    values = as_float(100 * shown["numerator"] / shown["denominator"])
    figure.add_scatter(
        x=values,
        y=shown["label"],
        mode="markers",
        marker={"size": 9, "color": BLUE},
        customdata=[
            f"<b>{row.label}</b><br>{name} {value:.1f} ({fraction(row.numerator, row.denominator)})"
            f"<br>{known_text(row.known, row.reports, say)}"
            for value, row in zip(values, rows(shown), strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    figure.update_yaxes(autorange="reversed", tickformat=None, type="category")
    figure.update_xaxes(rangemode="tozero", showgrid=True, ticksuffix="%", side="top")
    figure.update_layout(margin={"t": 4})
    return figure


@kept_figure
def funnel_chart(frame: pd.DataFrame, name: str, say: Say) -> go.Figure:
    """Draw each agency's rate over its denominator with the limits of what is usual.

    ``frame``: agency, n, d with d ≥ 10. Agencies beyond the outer limits are red.
    """
    figure = base_figure(420)
    pooled, spread = pooled_rate(frame)
    sizes = _log_steps(float(frame["d"].min()), float(frame["d"].max()))
    top = 100 * float((frame["n"] / frame["d"]).max())
    for width, dash, words in (
        (Z_95, "dot", say("requests.funnel.95")),
        (Z_998, "dash", say("requests.funnel.998")),
    ):
        limits = [funnel_limits(pooled, spread, size, width) for size in sizes]
        top = max(top, *(100 * high for _, high in limits))
        for side in (0, 1):
            figure.add_scatter(
                x=sizes,
                y=[100 * limit[side] for limit in limits],
                mode="lines",
                line={"color": GREY, "width": 1, "dash": dash},
                name=words,
                legendgroup=words,
                showlegend=side == 0,
                hoverinfo="skip",
            )
    figure.add_hline(y=100 * pooled, line={"color": GREY, "width": 1})
    values = 100 * frame["n"] / frame["d"]
    far = [
        not low <= value / 100 <= high
        for value, size in zip(values, frame["d"], strict=True)
        for low, high in (funnel_limits(pooled, spread, size, Z_998),)
    ]
    figure.add_scattergl(
        x=frame["d"],
        y=values,
        mode="markers",
        marker={"size": 7, "opacity": 0.75, "color": [RED if out else BLUE for out in far]},
        customdata=[
            f"<b>{row.agency}</b><br>{name} {value:.1f}% ({fraction(row.n, row.d)})"
            for row, value in zip(rows(frame), values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    ticks = _log_ticks(sizes[0], sizes[-1])
    figure.update_xaxes(type="log", showgrid=True, title=say("requests.funnel.size"))
    figure.update_xaxes(tickvals=ticks, ticktext=[format_number(tick) for tick in ticks])
    figure.update_yaxes(range=[-0.04 * top, 1.04 * top], ticksuffix="%")
    return figure


def pooled_rate(frame: pd.DataFrame) -> tuple[float, float]:
    """Give the rate of all agencies together and how far they spread beyond chance (1 or more).

    The spread is the root of the mean squared z score, the outermost tenth on each side pulled in
    (Spiegelhalter, Statistics in Medicine 2005): agencies differ in what they are asked for, and
    without it every large one would lie outside.
    """
    pooled = float(frame["n"].sum() / frame["d"].sum())
    deviation = (pooled * (1 - pooled) / frame["d"]) ** 0.5
    scores = (frame["n"] / frame["d"] - pooled) / deviation.where(deviation > 0)
    inner = scores.clip(float(scores.quantile(0.1)), float(scores.quantile(0.9)))
    mean_square = float((inner**2).mean())
    return pooled, max(1.0, math.sqrt(mean_square)) if mean_square > 0 else 1.0


def funnel_limits(rate: float, spread: float, size: float, width: float) -> tuple[float, float]:
    """Give the limits around the pooled rate for a denominator, ``width`` deviations away.

    Half a case is added for continuity, without which one case in ten would look unusual.
    """
    half = width * spread * math.sqrt(rate * (1 - rate) / size) + 0.5 / size
    return max(0.0, rate - half), min(1.0, rate + half)


def wrap(label: str, width: int = 18) -> str:
    """Break a long label in two for an axis."""
    if len(label) <= width * 1.4:
        return label
    spaces = [place for place, letter in enumerate(label) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(label) / 2), default=len(label) // 2)
    return f"{label[:middle].rstrip()}<br>{label[middle:].lstrip()}"


def _log_steps(low: float, high: float, steps: int = 60) -> Sequence[float]:
    start, end = math.log(low), math.log(max(high, low * 1.5))
    return [math.exp(start + (end - start) * step / steps) for step in range(steps + 1)]


def _log_ticks(low: float, high: float) -> list[int]:
    """Powers of ten from ``low`` to ``high``, with 2 and 5 of each where there are few."""
    powers = [10**power for power in range(int(math.log10(low)), int(math.log10(high)) + 1)]
    steps = (1,) if len(powers) > MANY_POWERS else (1, 2, 5)
    every = [step * power for power in powers for step in steps]
    return [tick for tick in every if low <= tick <= high]


def _percent_of(part: float, whole: float) -> float:
    return 100 * part / whole if whole > 0 else math.nan
