"""Requests: how many came in, how they ended, why they were refused, who asked, who stands out."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import page_frame
from dashboard.queries.requests import volumes
from dashboard.requests_view import (
    choose_rate,
    draw_agencies,
    draw_applicants,
    draw_funnel,
    draw_groups,
    draw_headline,
    draw_outcomes,
    draw_rate,
    draw_reasons,
    draw_volumes,
)
from dashboard.sidebar import read_page_address
from dashboard.tables import one_year

frame = page_frame("requests")
address = read_page_address("mix", "rate", "by", "reasons", "detail")
by_year = volumes(frame.warehouse, frame.filters)

draw_headline(frame, by_year)
draw_volumes(frame, by_year)
left, right = st.columns(2, gap="large")
with left:
    draw_outcomes(frame, address)
with right:
    draw_applicants(frame)
draw_reasons(frame, address)

chosen, year = choose_rate(frame, address, by_year)
left, right = st.columns(2, gap="large")
with left:
    draw_rate(frame, chosen)
with right:
    draw_groups(frame, address, chosen, year)

left, right = st.columns([5, 6], gap="large")
with left:
    draw_funnel(frame, chosen, one_year(frame, year))
with right:
    draw_agencies(frame, chosen, one_year(frame, year))
