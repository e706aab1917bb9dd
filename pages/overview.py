"""The overview: what is in, what ties out, what to look at first."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import page_frame, stop_without_match
from dashboard.overview_view import (
    draw_attention,
    draw_completeness,
    draw_numbers,
    draw_rejected,
    draw_rules,
    draw_trouble_by_year,
)
from dashboard.queries.overview import count_agencies

frame = page_frame("overview", needs_reports=False)
if not frame.choices.years:
    draw_rejected(frame)
    st.stop()
if count_agencies(frame.warehouse, frame.filters) == 0:
    stop_without_match(frame)

draw_numbers(frame)
draw_attention(frame)
by_year, by_rule = st.columns(2, gap="large")
with by_year:
    draw_trouble_by_year(frame)
with by_rule:
    draw_rules(frame)
draw_completeness(frame)
draw_rejected(frame)
