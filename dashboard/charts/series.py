"""What the year charts share: lines that never join across a gap or a change of the form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.style import GREY, format_number

Say = Callable[..., str]
"""Gives the text of a key in the page's language, its slots filled (``Frame.text``)."""

FEW = 5
"""Up to this count, Plotly would divide an axis into fractions."""

LAST_OLD_YEAR, FIRST_NEW_YEAR = 2020, 2021
"""The report years on both sides of the change of the form."""


def add_year_line(  # noqa: PLR0913
    figure: go.Figure,
    years: Sequence[int],
    values: Sequence[float],
    name: str,
    colour: str,
    *,
    hover: Sequence[str],
    breaks: bool = False,
    dash: str = "solid",
) -> None:
    """Add a line over the years that stops at missing years and, with ``breaks``, before 2021."""
    points = dict(zip(years, zip(values, hover, strict=True), strict=True))
    xs, ys, texts = list[float](), list[float | None](), list[str]()
    for year in range(min(points), max(points) + 1) if points else ():
        if breaks and year == FIRST_NEW_YEAR:
            xs, ys, texts = [*xs, year - 0.5], [*ys, None], [*texts, ""]
        value, text = points.get(year, (math.nan, ""))
        xs.append(year)
        ys.append(None if math.isnan(value) else value)
        texts.append(text)
    figure.add_scatter(
        x=xs,
        y=ys,
        name=name,
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 7},
        connectgaps=False,
        cliponaxis=False,
        customdata=texts,
        hovertemplate="%{customdata}<extra></extra>",
    )


def add_year_bars(
    figure: go.Figure,
    own: pd.DataFrame,
    name: str,
    colour: str,
    say: Say,
    *,
    slot: str | None = None,
) -> None:
    """Add a bar a year; ``own``: year, total, known, reports; ``slot`` its place beside others."""
    figure.add_bar(
        x=own["year"],
        y=as_float(own["total"]),
        name=name,
        marker_color=colour,
        offsetgroup=slot,
        customdata=[
            f"<b>{row.year}</b> {name} {format_number(row.total)}<br>"
            f"{known_text(row.known, row.reports, say)}"
            for row in rows(own)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def mark_break(figure: go.Figure, years: Sequence[int], words: str) -> None:
    """Draw the line between 2020 and 2021 where both sides are in view."""
    if years and min(years) <= LAST_OLD_YEAR and max(years) >= FIRST_NEW_YEAR:
        figure.add_vline(
            x=(LAST_OLD_YEAR + FIRST_NEW_YEAR) / 2,
            line={"dash": "dot", "width": 1, "color": GREY},
            annotation={"text": words, "font": {"size": 11, "color": GREY}, "yanchor": "bottom"},
            annotation_position="top",
        )
        # The words stand between the plot and the legend.
        figure.update_layout(margin={"t": 62}, legend={"y": 1 + 24 / (figure.layout.height - 70)})


def count_axis(figure: go.Figure, top: float) -> go.Figure:
    """Give ``figure`` with whole numbers alone on its y axis, for counts up to ``top``."""
    if math.isnan(top) or top <= 0:
        return figure.update_yaxes(dtick=1, range=[0, 1])
    if top <= FEW:
        figure.update_yaxes(dtick=1)
    return figure


def as_float(values: pd.Series) -> list[float]:
    """Give plain floats, NaN where there is no number."""
    return [float(value) for value in values.astype(float)]


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the frame's rows, columns as attributes."""
    yield from frame.itertuples()


def known_text(known: float, reports: float, say: Say) -> str:
    """Say how many reports a figure rests on."""
    return say("measure.known", known=format_number(known), reports=format_number(reports))
