"""Column heads and sheet names of the exports, in both languages (``headings.csv``)."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from etl.measures import Language


def heading(code: str, language: Language) -> str:
    """Give the words of a code; KeyError when there are none."""
    return _headings()[code][language]


@cache
def _headings() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("headings.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}
