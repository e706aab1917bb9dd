"""Comparison: agencies × years × measures, to look at and to take along."""

from __future__ import annotations

import streamlit as st

from dashboard.compare_view import (
    choose_comparison,
    draw_downloads,
    draw_legend,
    draw_preview,
)
from dashboard.frame import page_frame
from dashboard.sidebar import read_page_address

frame = page_frame("compare")
address = read_page_address("measures", "layout", "show")

chosen = choose_comparison(frame, address)
if chosen is None:
    st.stop()
draw_preview(frame, chosen)
draw_downloads(frame, chosen)
draw_legend(frame, chosen)
