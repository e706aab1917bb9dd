"""Sums and pooled rates by year, region, level or kind, for any measure.

A sum comes with ``known``, the reports it rests on, and ``reports``, all reports of the group. A
pooled rate divides the sums of the same reports: those that give both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from dashboard.filters import Filters
from dashboard.warehouse import Warehouse
from etl.export.comparison import TABLES, report_values, sources
from etl.export.measures import Measure

Dimension = Literal["year", "region", "level", "kind"]


def pool(
    warehouse: Warehouse, filters: Filters, chosen: Measure, by: Iterable[Dimension] = ("year",)
) -> pd.DataFrame:
    """Give one row per group: the groups' columns, reports, known, numerator, denominator.

    For a measure that is no rate, ``numerator`` is the sum and ``denominator`` is null.
    """
    inner, values = _per_report(filters, chosen)
    groups = ", ".join(by)
    both = "n is not null and d is not null" if chosen.is_rate else "n is not null"
    return warehouse.query(
        f"select {groups}, count(*) as reports, count(*) filter ({both}) as known, "
        f"sum(n) filter ({both}) as numerator, sum(d) filter ({both}) as denominator "
        f"from ({inner}) group by {groups} order by {groups}",
        values,
    )


def sum_columns(columns: Iterable[str]) -> str:
    """Give SQL of each column's sum and of ``<column>_n``, the rows that have a number."""
    return ", ".join(f"sum({c}) as {c}, count({c}) as {c}_n" for c in columns)


def _per_report(filters: Filters, chosen: Measure) -> tuple[str, list[object]]:
    """Give SQL of dimensions, n and d; without a join where one star row holds all the cells."""
    places = list(sources([chosen]))
    if len(places) > 1:
        inner, values = report_values([chosen], filters.where())
        return f"select year, region, level, kind, n0 as n, d0 as d from ({inner})", values
    section, party = places[0]
    condition, values = filters.where()
    own_party = f"party = '{party}' and " if party else ""
    above = chosen.numerator.sql(_column)
    below = chosen.denominator.sql(_column) if chosen.denominator else "null::double"
    return (
        f"select year, region, level, kind, {above} as n, {below} as d "
        f"from {TABLES[section]} where {own_party}{condition}",
        values,
    )


def _column(section: int, item: str, party: str) -> str:
    return f"{item}_{party}" if section == 2 else item
