"""A list of findings as a table on screen, for every page that shows one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.frame import Frame

SEVERITIES = ("error", "query", "note")
ROW_HEIGHT = 62
"""Pixels of a row; Streamlit wraps texts in rows above 4 rem, which are 60."""
_COLOURS = ["red", "orange", "blue"]


def list_frame(findings: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Columns severity, agency, year, title, message and attribution in the page's language."""
    titles = findings[f"title_{frame.language}"].fillna(findings["rule"])
    return pd.DataFrame(
        {
            "severity": [[frame.text(f"severity.{code}")] for code in findings["severity"]],
            "agency": findings["agency"],
            "year": findings["year"].astype(str),
            "title": titles,
            "message": findings[f"message_{frame.language}"],
            "attribution": [frame.coded("attribution", code) for code in findings["attribution"]],
        }
    )


def list_columns(frame: Frame) -> dict[str, Any]:
    """How ``st.dataframe`` shows these columns."""
    column = st.column_config
    return {
        "severity": column.MultiselectColumn(
            frame.text("severity"),
            options=[frame.text(f"severity.{code}") for code in SEVERITIES],
            color=_COLOURS,
            width=64,
        ),
        "agency": column.TextColumn(frame.text("agency"), width=170),
        "year": column.TextColumn(frame.text("year"), width=52),
        "title": column.TextColumn(frame.text("rule"), width=152),
        "message": column.TextColumn(frame.text("finding.message"), width=426),
        "attribution": column.TextColumn(frame.text("attribution"), width=76),
    }
