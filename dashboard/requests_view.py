"""The parts of the requests page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.charts.requests import (
    applicants_chart,
    funnel_chart,
    group_chart,
    outcome_chart,
    rate_chart,
    reasons_chart,
    volumes_chart,
)
from dashboard.choosing import choose_one, choose_year
from dashboard.frame import Frame
from dashboard.measures import (
    SMALL_DENOMINATOR,
    Measure,
    coverage_text,
    explain,
    format_rate,
    fraction,
    item_label,
    measure,
    party_label,
)
from dashboard.queries import rates, requests
from dashboard.style import format_number, format_share
from dashboard.tables import agency_table, draw_card, fraction_table

RATES = (
    "disclosure_rate",
    "disclosure_rate_handled",
    "disclosure_rate_without_other",
    "merits_disclosure_rate",
    "full_grant_rate",
    "partial_rate",
    "refusal_rate",
    "unable_rate",
    "rejection_rate",
    "other_rate",
    "completion_rate",
    "carry_rate",
)
"""The rates to choose from; all take their cells from section 3's total column."""

LISTED = 100
FEWEST_IN_FUNNEL = 5
GROUPS_DRAWN = 20


def draw_headline(frame: Frame, volumes: pd.DataFrame) -> None:
    """Draw the latest year's volumes, its disclosure rate and its reports without requests."""
    last = volumes.iloc[-1]
    year = int(last["year"])
    chosen = measure("disclosure_rate")
    pooled = rates.pool(frame.warehouse, frame.filters, chosen)
    rate = pooled[pooled["year"] == year].iloc[0]
    zero = requests.without_requests(frame.warehouse, frame.filters).iloc[-1]
    say, language = frame.text, frame.language
    st.caption(say("requests.of_year", year=year))
    with st.grid(4, min_column_width=150, gap="small"):
        for code in ("received", "concluded"):
            draw_card(
                measure(code).label(language),
                format_number(last[code]),
                coverage_text(last[f"{code}_n"], last["reports"], language),
                explain(measure(code), language),
            )
        draw_card(
            chosen.label(language),
            format_rate(chosen, rate["numerator"], rate["denominator"], language),
            fraction(rate["numerator"], rate["denominator"])
            + " · "
            + coverage_text(rate["known"], rate["reports"], language),
            explain(chosen, language),
        )
        draw_card(
            say("requests.zero"),
            format_number(zero["zero"]),
            format_share(zero["zero"], zero["known"])
            + " · "
            + coverage_text(zero["known"], zero["reports"], language),
            say("requests.zero.help"),
        )


def draw_volumes(frame: Frame, volumes: pd.DataFrame) -> None:
    """Draw received, carried in, concluded and carried out over the years."""
    st.subheader(frame.text("requests.volumes"))
    names = {code: measure(code).label(frame.language) for code in requests.VOLUMES}
    frame.chart(volumes_chart(volumes, names, frame.text), frame.text("requests.volumes.alt"))


def draw_outcomes(frame: Frame, address: Mapping[str, str]) -> None:
    """Draw the outcome mix as counts or shares."""
    say = frame.text
    st.subheader(say("requests.outcomes"))
    kinds = {kind: say(f"requests.outcomes.{kind}") for kind in ("shares", "counts")}
    shares = choose_one(address, "mix", kinds, say("requests.outcomes")) == "shares"
    mix = requests.outcome_mix(frame.warehouse, frame.filters)
    names = {code: item_label(code, frame.language) for code in requests.OUTCOMES}
    frame.chart(outcome_chart(mix, names, say, shares=shares), say("requests.outcomes.alt"))
    last = mix.iloc[-1]
    if shares:
        st.caption(
            say(
                "requests.outcomes.shares.note",
                year=int(last["year"]),
                known=format_number(last["complete"]),
                reports=format_number(last["reports"]),
            )
        )
    else:
        st.caption(say("requests.outcomes.counts.note"))


def choose_rate(
    frame: Frame, address: Mapping[str, str], volumes: pd.DataFrame
) -> tuple[Measure, int]:
    """Give the rate (which names its denominator) and the year chosen, the definition shown."""
    say = frame.text
    st.subheader(say("requests.rate"))
    labels = {code: measure(code).label(frame.language) for code in RATES}
    left, right = st.columns([3, 1], gap="large")
    with left:
        code = choose_one(address, "rate", labels, say("requests.rate.choose"), segments=False)
    with right:
        years = [int(year) for year in volumes["year"]]
        year = choose_year(address, "detail", years, say("requests.detail"))
    st.caption(explain(measure(code), frame.language))
    return measure(code), year


def draw_rate(frame: Frame, chosen: Measure) -> None:
    """Draw the rate over the years, and its fractions as a table."""
    pooled = rates.pool(frame.warehouse, frame.filters, chosen)
    name = chosen.label(frame.language)
    frame.chart(
        rate_chart(pooled, chosen, name, frame.text), frame.text("requests.rate.alt", rate=name)
    )
    fraction_table(frame, pooled, chosen, frame.text("requests.rate.table"))


def draw_groups(frame: Frame, address: Mapping[str, str], chosen: Measure, year: int) -> None:
    """Draw the rate of one year by region, level or kind."""
    say = frame.text
    groups = {by: say(f"measure.by.{by}") for by in ("level", "kind", "region")}
    by = choose_one(address, "by", groups, say("requests.rate.by"))
    dimension: rates.Dimension = "level" if by == "level" else "kind" if by == "kind" else "region"
    pooled = rates.pool(frame.warehouse, frame.filters, chosen, ("year", dimension))
    own = pooled[pooled["year"] == year].sort_values("denominator", ascending=False)
    names = [frame.coded(by, code) or say("measure.unknown") for code in own[by].fillna("")]
    shown = own.assign(label=names).head(GROUPS_DRAWN)
    small = int((~(shown["denominator"] >= SMALL_DENOMINATOR)).sum())
    name = chosen.label(frame.language)
    frame.chart(group_chart(shown, name, say), say("requests.rate.by.alt", rate=name, year=year))
    st.caption(say("requests.rate.by.note", year=year, small=small))


def draw_reasons(frame: Frame, address: Mapping[str, str]) -> None:
    """Draw the reasons of one group over the years."""
    say = frame.text
    st.subheader(say("requests.reasons"))
    groups = {code: item_label(code, frame.language) for code in requests.REASON_GROUPS}
    group = choose_one(address, "reasons", groups, say("requests.reasons"))
    labels = {item: item_label(item, frame.language) for item in requests.reasons_of(group)}
    counted = requests.reasons(frame.warehouse, frame.filters, group)
    frame.chart(
        reasons_chart(counted, labels, say), say("requests.reasons.alt", group=groups[group])
    )
    st.caption(say("requests.reasons.note"))


def draw_applicants(frame: Frame) -> None:
    """Draw who asked."""
    st.subheader(frame.text("requests.applicants"))
    labels = {
        party: party_label(3, "received", party, frame.language) for party in requests.applicants()
    }
    counted = requests.by_applicant(frame.warehouse, frame.filters)
    frame.chart(
        applicants_chart(counted, labels, frame.text), frame.text("requests.applicants.alt")
    )


def draw_funnel(frame: Frame, chosen: Measure, view: Frame) -> None:
    """Draw agencies' rates over their volumes with the limits of chance; ``view`` is one year."""
    say = frame.text
    st.subheader(say("requests.funnel"))
    placed = requests.funnel(view.warehouse, view.filters, chosen)
    if len(placed) < FEWEST_IN_FUNNEL:
        st.info(say("requests.funnel.few"))
        return
    name = chosen.label(frame.language)
    frame.chart(funnel_chart(placed, name, say), say("requests.funnel.alt", rate=name))
    st.caption(say("requests.funnel.note"))


def draw_agencies(frame: Frame, chosen: Measure, view: Frame) -> None:
    """List the agencies that concluded most, each with its fraction; ``view`` is one year."""
    say, language = frame.text, frame.language
    st.subheader(say("requests.agencies"))
    listed = requests.agencies(view.warehouse, view.filters, chosen, LISTED)
    shown = pd.DataFrame(
        {
            "agency": listed["agency"],
            "concluded": listed["concluded"],
            "rate": [
                format_rate(chosen, n, d, language)
                for n, d in zip(listed["n"], listed["d"], strict=True)
            ],
            "fraction": [fraction(n, d) for n, d in zip(listed["n"], listed["d"], strict=True)],
        }
    )
    column = st.column_config
    agency_table(
        frame,
        shown,
        listed["agency_id"].tolist(),
        {
            "concluded": column.NumberColumn(
                say("requests.agencies.concluded"), format="localized", width="small"
            ),
            "rate": column.TextColumn(
                say("requests.agencies.rate"),
                alignment="right",
                width="small",
                help=chosen.label(language),
            ),
            "fraction": column.TextColumn(
                say("requests.agencies.fraction"), alignment="right", width="small"
            ),
        },
        key="request_agencies",
        alt=say("requests.agencies.alt"),
    )
    st.caption(say("requests.agencies.note", n=len(listed)))
