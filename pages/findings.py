"""Findings: filtered, counted by rule, listed, each with its evidence."""

from __future__ import annotations

import streamlit as st

from dashboard.findings_view import choose_findings, draw_counts, draw_list
from dashboard.frame import page_frame
from dashboard.queries.findings import FindingFilters, count_findings

frame = page_frame("findings", needs_reports=False)
if count_findings(frame.warehouse, frame.filters, FindingFilters())[0] == 0:
    st.info(frame.text("finding.no_findings"), icon=":material/task_alt:")
    st.stop()

chosen = choose_findings(frame)
total, agencies = count_findings(frame.warehouse, frame.filters, chosen)
if total == 0:
    st.info(f"{frame.text('finding.none')} {frame.text('finding.none.do')}")
    st.stop()

st.markdown(frame.text("finding.total", count=f"{total:,}", agencies=f"{agencies:,}"))
draw_counts(frame, chosen)
draw_list(frame, chosen, total)
