"""One agency: who it is, its tables as printed, its findings, its claims."""

from __future__ import annotations

import streamlit as st

from dashboard.agency_view import (
    choose_agency,
    choose_report,
    draw_claims,
    draw_facts,
    draw_findings,
    draw_tables,
    draw_trend,
)
from dashboard.frame import page_frame
from dashboard.queries.agency import read_agency, read_agency_findings, read_reports

frame = page_frame("agency", needs_reports=False)
agency_id = choose_agency(frame)
agency = read_agency(frame.warehouse, agency_id) if agency_id is not None else None
if agency_id is None or agency is None:
    st.info(frame.text("agency.none"))
    st.stop()

reports = read_reports(frame.warehouse, agency_id)
findings = read_agency_findings(frame.warehouse, agency_id)
chosen, other = choose_report(frame, reports)

facts, trend = st.columns([3, 2], gap="large")
with facts:
    draw_facts(frame, agency, chosen)
if chosen is None:
    st.info(frame.text("agency.no_report"))
else:
    with trend:
        draw_trend(frame, agency_id, chosen)

draw_findings(frame, findings)
if chosen is not None:
    draw_tables(frame, chosen, other, findings)
    draw_claims(frame, chosen)
