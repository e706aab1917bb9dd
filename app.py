"""The dashboard's entry: draws the frame around the page that the address names."""

from __future__ import annotations

from dashboard.frame import draw_frame

draw_frame().run()
