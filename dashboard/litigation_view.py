"""The parts of the litigation page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts.litigation import correction_chart, route_chart
from dashboard.frame import Frame
from dashboard.measures import (
    Measure,
    coverage_text,
    explain,
    format_rate,
    fraction,
    is_small,
    item_label,
    measure,
    party_label,
)
from dashboard.queries import litigation, rates
from dashboard.style import format_number
from dashboard.tables import agency_table, draw_card, fraction_columns, fraction_frame

LISTED = 100
_LAWSUITS_TOGETHER = "litigation"
_RATED: dict[str, tuple[str, ...]] = {
    **{route: (route,) for route in litigation.ROUTES},
    _LAWSUITS_TOGETHER: ("litigation_direct", "litigation_after"),
}
"""What has a correction rate: each route, and the two kinds of lawsuit together."""


def draw_headline(frame: Frame, cases: pd.DataFrame) -> None:
    """Draw the latest year's cases by route, the correction rate and the dispute ratio."""
    say, language = frame.text, frame.language
    year = int(cases["year"].max())
    own = {row["route"]: row for row in cases[cases["year"] == year].to_dict("records")}
    st.caption(say("litigation.headline", year=year))
    with st.grid(5, min_column_width=150, gap="small"):
        for route in litigation.ROUTES:
            row = own[route]
            code = f"case_total.{route}"
            draw_card(
                _route_label(frame, route),
                format_number(row["case_total"]),
                coverage_text(row["case_total_n"], row["reports"], language),
                explain(measure(code), language),
            )
        chosen = measure("reconsideration_correction_rate")
        row = own["reconsideration"]
        _draw_rate_card(
            frame, chosen, row["corrected_k"], row["concluded_k"], row["known"], row["reports"]
        )
        disputes = measure("dispute_ratio")
        pooled = rates.pool(frame.warehouse, frame.filters, disputes)
        last = pooled[pooled["year"] == year].iloc[0]
        _draw_rate_card(
            frame,
            disputes,
            last["numerator"],
            last["denominator"],
            last["known"],
            last["reports"],
        )


def draw_cases(frame: Frame, cases: pd.DataFrame) -> None:
    """Draw each route's cases by outcome over the years, side by side."""
    say = frame.text
    st.subheader(say("litigation.cases"))
    labels = {result: item_label(result, frame.language) for result in litigation.RESULTS}
    for column, route in zip(st.columns(3, gap="medium"), litigation.ROUTES, strict=True):
        with column:
            name = _route_label(frame, route)
            st.markdown(f"**{name}**")
            own = cases[cases["route"] == route]
            frame.chart(
                route_chart(own, labels, say),
                say("litigation.cases.alt", route=name),
                key=f"route_{route}",
            )
    st.caption(say("litigation.cases.note"))


def draw_correction(frame: Frame) -> None:
    """Draw correction rates over the years, with every fraction in a table below."""
    say, language = frame.text, frame.language
    st.subheader(say("litigation.correction"))
    routes = {
        route: litigation.fractions(frame.warehouse, frame.filters, members)
        for route, members in _RATED.items()
    }
    shown = ("reconsideration", _LAWSUITS_TOGETHER)
    names = {route: _route_label(frame, route) for route in routes}
    frame.chart(
        correction_chart({names[route]: routes[route] for route in shown}, say),
        say("litigation.correction.alt"),
    )
    st.caption(say("litigation.correction.note"))
    chosen = measure("reconsideration_correction_rate")
    st.caption(f"{explain(chosen, language)} {explain(measure('litigation_loss_rate'), language)}")
    with st.expander(say("litigation.routes")):
        tables = [
            fraction_frame(frame, own, chosen).assign(route=names[route])
            for route, own in routes.items()
        ]
        column = st.column_config.TextColumn
        st.dataframe(
            pd.concat(tables)[["route", "year", "rate", "fraction", "coverage"]],
            hide_index=True,
            column_config={
                **fraction_columns(frame, say("litigation.correction")),
                "route": column(""),
            },
            alt=say("litigation.routes"),
        )


def draw_disputes(frame: Frame) -> None:
    """Draw disputes per 100 requests over the years as a table of fractions."""
    chosen = measure("dispute_ratio")
    st.subheader(chosen.label(frame.language))
    st.caption(explain(chosen, frame.language))
    pooled = rates.pool(frame.warehouse, frame.filters, chosen)
    st.dataframe(
        fraction_frame(frame, pooled, chosen),
        hide_index=True,
        column_config=fraction_columns(frame, chosen.unit_label(frame.language)),
        alt=chosen.label(frame.language),
    )


def draw_agencies(frame: Frame) -> None:
    """List the agencies corrected at least once."""
    say, language = frame.text, frame.language
    st.subheader(say("litigation.agencies"))
    listed = litigation.corrected_agencies(frame.warehouse, frame.filters, LISTED)
    if listed.empty:
        st.info(say("litigation.agencies.none"))
        return
    chosen = measure("reconsideration_correction_rate")
    pairs = list(zip(listed["corrected"], listed["concluded"], strict=True))
    shown = pd.DataFrame(
        {
            "agency": listed["agency"],
            "region": listed["region"],
            "years": ["、".join(map(str, years)) for years in listed["years"]],
            "corrected": listed["corrected"],
            "concluded": listed["concluded"],
            "rate": [format_rate(chosen, n, d, language) for n, d in pairs],
            **{route: listed[f"corrected_{route}"] for route in litigation.ROUTES},
        }
    )
    column = st.column_config
    agency_table(
        frame,
        shown,
        listed["agency_id"].tolist(),
        {
            "years": column.TextColumn(say("litigation.years")),
            "corrected": column.NumberColumn(say("litigation.corrected"), format="localized"),
            **{
                route: column.NumberColumn(_route_label(frame, route), format="localized")
                for route in litigation.ROUTES
            },
            "concluded": column.NumberColumn(say("litigation.concluded"), format="localized"),
            "rate": column.TextColumn(say("litigation.rate"), alignment="right"),
        },
        key="corrected_agencies",
        alt=say("litigation.agencies.alt"),
    )
    st.caption(say("litigation.agencies.note", n=LISTED))


def _route_label(frame: Frame, route: str) -> str:
    if route == _LAWSUITS_TOGETHER:
        return frame.text("litigation.lawsuits")
    return party_label(4, "case_total", route, frame.language)


def _draw_rate_card(
    frame: Frame, chosen: Measure, above: float, below: float, known: float, reports: float
) -> None:
    language = frame.language
    note = coverage_text(known, reports, language)
    draw_card(
        chosen.label(language),
        format_rate(chosen, above, below, language),
        note if is_small(below) else f"{fraction(above, below)} · {note}",
        explain(chosen, language),
    )
