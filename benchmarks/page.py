"""Writes the results of an area into its part of ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
LIBRARIES = ("duckdb", "streamlit", "selectolax", "lxml", "python-calamine", "pypdfium2")


def write_area(tables: Sequence[Table], conditions: str) -> str:
    """Give the Markdown of an area: the conditions, then its tables."""
    return "\n".join([conditions, "", *(table.markdown() for table in tables)])


def replace_area(area: str, text: str, page: Path = PAGE) -> None:
    """Put ``text`` between the marks of an area; ValueError when the page has no such marks."""
    old = page.read_text("utf-8")
    marks = (f"<!-- {area}: measured -->", f"<!-- {area}: end -->")
    between = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    if len(between.findall(old)) != 1:
        raise ValueError(f"{page} has no part between {marks[0]} and {marks[1]}")
    new = f"{marks[0]}\n\n{text.strip()}\n\n{marks[1]}"
    page.write_text(between.sub(lambda _: new, old), "utf-8")


def conditions() -> str:
    """Give the day, the machine and the versions that a measurement holds for."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{date.today():%Y-%m-%d}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, {versions()}."
    )


def versions() -> str:
    """Give the versions of the libraries that the figures depend on."""
    return ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
