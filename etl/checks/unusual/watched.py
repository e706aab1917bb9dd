"""What ``jump`` and ``peer-outlier`` watch: the rows of ``measures.csv`` beside this file.

A row without a formula is a measure of ``etl.measures`` under its code, so that a rate is
defined once for dashboard, exports and checks. The place is where a finding about it stands.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from duckdb import DuckDBPyConnection

from etl.checks.scratch import keep_rows
from etl.form import EDITIONS, Edition
from etl.measures import Formula, measure
from etl.warehouse.schema import disclosure_column

_CASES = {"reconsideration": "heard", "litigation_direct": "sued", "litigation_after": "appealed"}

FIGURES = f"""
    from report
    join (from requests where party = 'total') as asked using (report_id)
    join disclosure using (report_id)
    {
    " ".join(
        f"join (from proceedings where party = '{party}') as {name} using (report_id)"
        for party, name in _CASES.items()
    )
}
"""
"""SQL of every report with what ``column`` names."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A count or a rate that is watched; ``denominator`` is None for a count."""

    code: str
    numerator: Formula
    denominator: Formula | None
    section: int
    item: str
    party: str | None
    label_zh: str
    label_en: str

    def editions(self) -> tuple[Edition, ...]:
        """The editions that have its cells."""
        return tuple(edition for edition in EDITIONS if self.numerator.terms(edition))

    def outlives_editions(self) -> bool:
        """Whether it may be followed from one edition into the next; section 2 was redefined."""
        return self.section != 2 and len(self.editions()) == len(EDITIONS)


@cache
def watched(rule: str) -> tuple[Watched, ...]:
    """What a rule watches, in the order of the file."""
    text = resources.files(__package__).joinpath("measures.csv").read_text("utf-8")
    return tuple(_watched(row) for row in csv.DictReader(text.splitlines()) if row["rule"] == rule)


def column(section: int, item: str, party: str) -> str:
    """SQL of a figure within ``FIGURES``; of section 3 the total column alone."""
    if section == 2:
        return f"disclosure.{disclosure_column(item, party)}"
    if section == 4:
        return f"{_CASES[party]}.{item}"
    if party != "total":
        raise ValueError(f"only totals are watched, not {item}.{party}")
    return f"asked.{item}"


def keep_watched(connection: DuckDBPyConnection, name: str, rule: str) -> None:
    """A scratch table of what a rule watches: measure, section, item, party, label_zh, label_en."""
    rows = [
        {
            "measure": each.code, "section": each.section, "item": each.item,
            "party": each.party, "label_zh": each.label_zh, "label_en": each.label_en,
        }
        for each in watched(rule)
    ]  # fmt: skip
    keep_rows(connection, name, rows)


def _watched(row: dict[str, str]) -> Watched:
    place = (int(row["section"]), row["item"], row["party"] or None)
    if row["formula"]:
        labels = (row["label_zh"], row["label_en"])
        return Watched(row["code"], Formula(row["formula"]), None, *place, *labels)
    known = measure(row["code"])
    return Watched(row["code"], known.numerator, known.denominator, *place, *known.labels)
