"""The parts of the agency page."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.charts.agency import draw_request_trend
from dashboard.evidence import flag_cells
from dashboard.filters import Filters
from dashboard.finding_list import ROW_HEIGHT, list_columns, list_frame
from dashboard.findings_view import draw_evidence
from dashboard.frame import Frame
from dashboard.queries.agency import (
    read_cells,
    read_claims,
    read_corrections,
    read_request_trend,
)
from dashboard.rows import records
from dashboard.sidebar import list_agencies, read_page_address
from dashboard.statutory import STYLESHEET, Other, Printed, render_legend, render_table
from dashboard.style import format_number
from dashboard.texts import escape_markdown
from etl.form import TABLE_SECTIONS


def choose_agency(frame: Frame) -> int | None:
    """The agency that the address names, or the first of the view; None where there is none."""
    wanted = read_page_address("id", "year", "beside")["id"]
    # Leaving by the menu, the browser keeps an entry of this page without its own parameters.
    seen = st.session_state.get("agency_seen")
    named = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else seen
    keep = (named,) if named in frame.choices.agencies else ()
    narrowed = Filters(frame.filters.years, frame.filters.regions, frame.filters.levels,
                       frame.filters.kinds)  # fmt: skip
    options = list_agencies(
        frame.warehouse, frame.choices, narrowed, frame.language,
        keep=cast("tuple[int, ...]", keep), key="page_agency_search",
    )  # fmt: skip
    first = next((agency for agency in frame.filters.agencies), None)
    chosen = named if keep else (first if first is not None else next(iter(options), None))
    if chosen is None:
        return None
    st.session_state["agency_choice"] = st.session_state["agency_seen"] = chosen
    st.selectbox(
        frame.text("agency.choose"),
        options,
        format_func=frame.choices.agencies.__getitem__,
        key="agency_choice",
        on_change=_take_agency,
    )
    return chosen


def choose_report(frame: Frame, reports: pd.DataFrame) -> tuple[pd.Series | None, pd.Series | None]:
    """The report shown and the one set beside it; None where there is none."""
    if reports.empty:
        return None, None
    codes = [_report_code(row) for row in records(reports)]
    wanted = st.session_state.get("year", "")
    within = [c for c in codes if _within(c, frame)]
    chosen = wanted if wanted in codes else (within or codes)[0]
    beside = st.session_state.get("beside", "")
    others = ["", *(code for code in codes if code != chosen)]
    st.session_state["report_choice"] = chosen
    st.session_state["beside_choice"] = beside if beside in others else ""
    left, right, _ = st.columns([1, 1, 2])
    left.selectbox(
        frame.text("agency.report"), codes, format_func=partial(_report_name, frame),
        key="report_choice", on_change=partial(_take, "year", "report_choice"),
    )  # fmt: skip
    right.selectbox(
        frame.text("agency.beside"), others, format_func=partial(_report_name, frame),
        key="beside_choice", on_change=partial(_take, "beside", "beside_choice"),
    )  # fmt: skip
    row = reports.iloc[codes.index(chosen)]
    return row, (reports.iloc[codes.index(beside)] if beside in others[1:] else None)


def draw_facts(frame: Frame, agency: pd.Series, report: pd.Series | None) -> None:
    """Who the agency is and where its report comes from."""
    level = frame.coded("level", agency["level"]), frame.coded("kind", agency["kind"])
    roster = "agency.facts.on_roster" if agency["on_roster"] else "agency.facts.off_roster"
    facts = {
        "agency.facts.level": " · ".join(part for part in level if part),
        "agency.facts.region": agency["region"] if isinstance(agency["region"], str) else "",
        "agency.facts.parent": agency["parent"] if isinstance(agency["parent"], str) else "",
        "agency.facts.roster": frame.text(roster),
    }
    if report is not None:
        published = report["published_on"]
        dated = (
            frame.text("agency.facts.no_date") if pd.isna(published) else f"{published:%Y-%m-%d}"
        )
        facts |= {
            "agency.facts.title": report["title"],
            "agency.facts.published": dated,
            "agency.facts.form": frame.text(f"form.{report['form']}"),
            "agency.facts.file": report["path"] if isinstance(report["path"], str) else "",
        }
    shown = {frame.text(key): escape_markdown(value) for key, value in facts.items() if value}
    st.table(shown, border="horizontal", width="content", alt=agency["agency"])


def draw_trend(frame: Frame, agency_id: int, report: pd.Series) -> None:
    """Requests received and concluded over the years, where there is more than one."""
    trend = read_request_trend(frame.warehouse, agency_id, report["scope"])
    if len(trend) < 2:
        return
    st.markdown(f"**{frame.text('agency.trend')}**")
    figure = draw_request_trend(
        trend, frame.text("agency.trend.received"), frame.text("agency.trend.concluded")
    )
    frame.chart(figure, frame.text("agency.trend"), key="agency_trend")


def draw_findings(frame: Frame, findings: pd.DataFrame) -> None:
    """The agency's findings of all years; a selected one is explained."""
    st.subheader(frame.text("agency.findings"))
    if findings.empty:
        st.markdown(frame.text("agency.findings.none"))
        return
    shown = list_frame(findings, frame).drop(columns=["agency"])
    st.caption(frame.text("agency.findings.hint"))
    picked = st.dataframe(
        shown, hide_index=True, column_config=list_columns(frame), on_select="rerun",
        row_height=ROW_HEIGHT,
        selection_mode="single-row", key="agency_findings", alt=frame.text("agency.findings"),
    )  # fmt: skip
    rows = cast("Any", picked).selection.rows
    if rows:
        draw_evidence(frame, str(findings["finding_id"].iloc[rows[0]]), with_table=False)


def draw_tables(
    frame: Frame, report: pd.Series, other: pd.Series | None, findings: pd.DataFrame
) -> None:
    """The statutory tables as printed, flagged cells marked, another year set beside."""
    st.subheader(frame.text("agency.tables"))
    form, cells = read_cells(frame.warehouse, int(report["report_id"]))
    own = records(findings[findings["report_id"] == report["report_id"]])
    flags = flag_cells(form, cells, own, frame.language)
    for corrected in records(read_corrections(frame.warehouse, int(report["report_id"]))):
        key = int(corrected["section"]), corrected["item"], corrected["party"]
        flags.setdefault(key, []).append(_worded_correction(frame, corrected))
    printed = Printed(form, cells, flags)
    beside = None
    if other is not None:
        beside = Other(int(other["year"]), *read_cells(frame.warehouse, int(other["report_id"])))
        st.caption(frame.text("agency.tables.beside", year=beside.year))
    st.html(STYLESHEET)
    st.html(render_legend(frame.language))
    for section in TABLE_SECTIONS:
        st.html(render_table(section, printed, frame.language, beside))


def draw_claims(frame: Frame, report: pd.Series) -> None:
    """What the prose states, with its quotes."""
    st.subheader(frame.text("agency.claims"))
    claims = read_claims(frame.warehouse, int(report["report_id"]))
    if claims.empty:
        st.markdown(frame.text("agency.claims.none"))
        return
    shown = pd.DataFrame(
        [
            {
                frame.text("claim.measure"): _measured(frame, claim),
                frame.text("claim.value"): _claimed(frame, claim),
                frame.text("claim.quote"): claim["quote"],
                frame.text("claim.place"): claim["place"],
            }
            for claim in records(claims)
        ]
    )
    st.dataframe(shown, hide_index=True, alt=frame.text("agency.claims"))


def _worded_correction(frame: Frame, corrected: dict[str, Any]) -> str:
    return frame.text(
        "agency.corrected",
        value=format_number(corrected["value"]),
        reason=corrected["reason"],
        who=corrected["who"],
        day=f"{corrected['recorded_on']:%Y-%m-%d}",
    )


def _measured(frame: Frame, claim: dict[str, Any]) -> str:
    named = frame.coded("claim", claim["measure"])
    if not isinstance(claim["channel"], str):
        return named
    return f"{named} · {frame.coded('channel', claim['channel'])}"


def _claimed(frame: Frame, claim: dict[str, Any]) -> str:
    value = format_number(claim["value"])
    if claim["approximate"]:
        value = frame.text("claim.approximate", value=value)
    return frame.text("claim.derived", value=value) if claim["derived"] else value


def _report_code(report: dict[str, Any]) -> str:
    return f"{report['year']}" + ("-rollup" if report["scope"] == "rollup" else "")


def _report_name(frame: Frame, code: str) -> str:
    if not code:
        return frame.text("agency.beside.none")
    year, _, scope = code.partition("-")
    return frame.text("agency.rollup" if scope else "agency.own", year=year)


def _within(code: str, frame: Frame) -> bool:
    year, _, scope = code.partition("-")
    start, end = frame.filters.years
    return start <= int(year) <= end and (scope or "agency") == frame.filters.scope


def _take_agency() -> None:
    st.session_state["id"] = str(st.session_state["agency_choice"])


def _take(parameter: str, widget: str) -> None:
    st.session_state[parameter] = st.session_state[widget]
