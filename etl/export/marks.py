"""What stands in place of a number, in both languages; the words are in ``marks.csv``."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from etl.measures import Language


def mark(state: str, language: Language) -> str:
    """Give the mark of a state that is no number; KeyError for ``number`` and unknown states."""
    return _marks()[state][language]


def legend(language: Language) -> list[tuple[str, str]]:
    """List every mark with what it means."""
    return [(row[language], row[f"definition_{language}"]) for row in _marks().values()]


@cache
def _marks() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("marks.csv").read_text("utf-8")
    return {row["state"]: row for row in csv.DictReader(text.splitlines())}
