"""The parts of the disclosure page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.charts.disclosure import group_chart, spread_chart, totals_chart
from dashboard.charts.series import rows
from dashboard.choosing import choose_one, choose_year
from dashboard.frame import Frame
from dashboard.measures import coverage_text, item_label, party_label
from dashboard.queries import disclosure
from dashboard.queries.disclosure import CLAIMED
from dashboard.style import format_number
from dashboard.tables import agency_table, one_year
from etl.form import EDITIONS, load_form

LISTED = 50
GROUPS_DRAWN = 20
_CLAIMED_UNIT = "条"


@dataclass(frozen=True)
class Topic:
    """An item of section 2, or the claimed items: its name, columns by unit, and totals."""

    code: str
    label: str
    units: Mapping[str, Mapping[str, str]]
    totals: pd.DataFrame


def choose_topic(frame: Frame, address: Mapping[str, str]) -> Topic:
    """Give the topic chosen with its yearly totals."""
    labels = {
        code: frame.text("disclosure.topic.claimed")
        if code == CLAIMED
        else item_label(code, frame.language)
        for code in disclosure.TOPICS
    }
    code = choose_one(address, "topic", labels, frame.text("disclosure.topic"))
    totals = disclosure.yearly_totals(frame.warehouse, frame.filters, code)
    return Topic(code, labels[code], _columns_by_unit(frame, code, totals), totals)


def draw_totals(frame: Frame, topic: Topic) -> None:
    """Draw the yearly totals, one chart a unit, and the same numbers as a table."""
    say = frame.text
    st.subheader(say("disclosure.totals"))
    note = "disclosure.claimed.note" if topic.code == CLAIMED else "disclosure.totals.note"
    st.caption(say(note))
    if topic.totals["known"].sum() == 0:
        st.info(say("measure.no_figures"))
        return
    for column, (unit, labels) in zip(
        st.columns(len(topic.units), gap="large"), topic.units.items(), strict=True
    ):
        with column:
            st.caption(say("disclosure.unit", unit=unit))
            own = topic.totals[topic.totals["party"].isin(labels)]
            frame.chart(
                totals_chart(own, labels, say, breaks=topic.code != CLAIMED),
                say("disclosure.totals.alt", topic=topic.label, unit=unit),
                key=f"totals_{unit}",
            )
    _draw_totals_table(frame, topic)


def draw_detail(frame: Frame, address: Mapping[str, str], topic: Topic) -> None:
    """Draw one column of one year by group, its spread over agencies and the largest of them."""
    say = frame.text
    years = sorted(topic.totals.loc[topic.totals["known"] > 0, "year"].unique())
    if not years:
        return
    left, right = st.columns([1, 3], gap="large", vertical_alignment="bottom")
    with left:
        year = choose_year(address, "detail", years, say("disclosure.year"))
    view = one_year(frame, year)
    with right:
        party = _choose_column(frame, address, topic, year)
    st.subheader(say("disclosure.detail", year=year))
    left, right = st.columns(2, gap="large")
    with left:
        _draw_groups(view, address, topic, party)
    with right:
        _draw_spread(view, topic, party)
    _draw_largest(view, topic, party)


def _columns_by_unit(
    frame: Frame, code: str, totals: pd.DataFrame
) -> Mapping[str, Mapping[str, str]]:
    """Map unit → party → label, the columns counted in one unit drawn together."""
    if code == CLAIMED:
        unit = _CLAIMED_UNIT if frame.language == "zh" else frame.text("disclosure.claimed.total")
        return {unit: {"total": frame.text("disclosure.claimed.total")}}
    seen = set(totals["party"])
    units: dict[str, dict[str, str]] = {}
    for edition in EDITIONS:
        for cell in load_form(edition).section_cells(2):
            if cell.item == code and cell.party in seen:
                label = party_label(2, code, cell.party, frame.language)
                units.setdefault(cell.head.unit, {})[cell.party] = label
    # Items of the power list (项) come after what was done in the year (件, 万元).
    ordered = sorted(units, key=lambda unit: unit == "项")
    return {_unit_name(unit, frame): units[unit] for unit in ordered}


def _unit_name(unit: str, frame: Frame) -> str:
    return unit if frame.language == "zh" else frame.text(f"disclosure.unit.{unit}")


def _draw_totals_table(frame: Frame, topic: Topic) -> None:
    labels = {party: label for group in topic.units.values() for party, label in group.items()}
    texts = [
        f"{format_number(row.total)}  ({coverage_text(row.known, row.reports, frame.language)})"
        for row in rows(topic.totals)
    ]
    wide = topic.totals.assign(text=texts).pivot(index="year", columns="party", values="text")
    shown = wide[[party for party in labels if party in wide]].fillna("").reset_index()
    column = st.column_config.TextColumn
    with st.expander(frame.text("disclosure.table")):
        st.dataframe(
            shown.assign(year=shown["year"].astype(str)),
            hide_index=True,
            column_config={
                "year": column(frame.text("measure.year"), width="small", pinned=True),
                **{party: column(label, alignment="right") for party, label in labels.items()},
            },
            alt=frame.text("disclosure.table"),
        )


def _choose_column(frame: Frame, address: Mapping[str, str], topic: Topic, year: int) -> str:
    own = topic.totals[(topic.totals["year"] == year) & (topic.totals["known"] > 0)]
    labels = {party: label for group in topic.units.values() for party, label in group.items()}
    present = {party: label for party, label in labels.items() if party in set(own["party"])}
    if len(present) == 1:
        return next(iter(present))
    return choose_one(address, "column", present, frame.text("disclosure.column"), titled=True)


def _draw_groups(view: Frame, address: Mapping[str, str], topic: Topic, party: str) -> None:
    say = view.text
    names = {by: say(f"measure.by.{by}") for by in ("level", "kind", "region")}
    by = choose_one(address, "by", names, say("disclosure.group"))
    group: disclosure.Group = "level" if by == "level" else "kind" if by == "kind" else "region"
    sums = disclosure.by_group(view.warehouse, view.filters, topic.code, party, group)
    labels = [view.coded(by, code) or say("measure.unknown") for code in sums["name"].fillna("")]
    shown = sums.assign(label=labels).head(GROUPS_DRAWN)
    frame_year = view.filters.years[0]
    view.chart(
        group_chart(shown, say),
        say("disclosure.group.alt", year=frame_year, topic=topic.label, group=names[by]),
    )
    st.caption(say("disclosure.group.note", shown=len(shown), groups=len(sums)))


def _draw_spread(view: Frame, topic: Topic, party: str) -> None:
    say = view.text
    st.markdown(f"**{say('disclosure.spread')}**")
    spread = disclosure.spread(view.warehouse, view.filters, topic.code, party)
    view.chart(
        spread_chart(spread, say),
        say("disclosure.spread.alt", year=view.filters.years[0], topic=topic.label),
    )
    st.caption(say("disclosure.spread.note"))


def _draw_largest(view: Frame, topic: Topic, party: str) -> None:
    say = view.text
    st.markdown(f"**{say('disclosure.largest')}**")
    listed = disclosure.largest(view.warehouse, view.filters, topic.code, party, LISTED)
    if listed.empty:
        st.markdown(say("disclosure.largest.none"))
        return
    agency_table(
        view,
        listed[["agency", "region", "value"]],
        listed["agency_id"].tolist(),
        {
            "value": st.column_config.NumberColumn(
                party_name(view, topic, party), format="localized"
            )
        },
        key="largest_agencies",
        alt=say("disclosure.largest.alt", year=view.filters.years[0], topic=topic.label),
    )
    st.caption(say("disclosure.largest.note", n=len(listed)))


def party_name(frame: Frame, topic: Topic, party: str) -> str:
    """Give a column's label."""
    return next(
        (labels[party] for labels in topic.units.values() if party in labels),
        frame.text("disclosure.value"),
    )
