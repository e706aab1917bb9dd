"""Reconsideration and litigation: cases by route and result, correction rates, agencies."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import page_frame
from dashboard.litigation_view import (
    draw_agencies,
    draw_cases,
    draw_correction,
    draw_disputes,
    draw_headline,
)
from dashboard.queries.litigation import cases

frame = page_frame("litigation")
by_route = cases(frame.warehouse, frame.filters)

draw_headline(frame, by_route)
draw_cases(frame, by_route)

left, right = st.columns([3, 2], gap="large")
with left:
    draw_correction(frame)
with right:
    draw_disputes(frame)

draw_agencies(frame)
