"""Proactive disclosure: totals of section 2 over the years, by group, and over agencies."""

from __future__ import annotations

from dashboard.disclosure_view import choose_topic, draw_detail, draw_totals
from dashboard.frame import page_frame
from dashboard.sidebar import read_page_address

frame = page_frame("disclosure")
address = read_page_address("topic", "detail", "column", "by")

topic = choose_topic(frame, address)
draw_totals(frame, topic)
draw_detail(frame, address, topic)
