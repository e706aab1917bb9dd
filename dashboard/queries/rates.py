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
from etl.measures import Measure

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
        f"select {groups}, {count_where()} as reports, {count_where(both)} as known, "
        f"sum(n) filter ({both}) as numerator, sum(d) filter ({both}) as denominator "
        f"from ({inner}) group by {groups} order by {groups}",
        values,
    )


def summed(table: str, filters: Filters) -> str:
    """Give SQL of what to sum a star table's figures from, with ``reports`` that a row counts.

    Chosen agencies are read report by report, anything else from the sums of reports alike
    (``etl.warehouse.star``), which are a hundredth of the rows.
    """
    return f"(select *, 1 as reports from {table})" if filters.agencies else f"{table}_sums"


def sum_columns(columns: Iterable[str]) -> str:
    """Give SQL of each column's sum and of ``<column>_n``, the reports that have a number."""
    return ", ".join(
        f"sum({c}) as {c}, {count_where(f'{c} is not null')} as {c}_n" for c in columns
    )


def count_where(condition: str = "true") -> str:
    """Give SQL of how many reports of ``summed`` meet a condition."""
    return f"sum(case when {condition} then reports else 0 end)::bigint"


def _per_report(filters: Filters, chosen: Measure) -> tuple[str, list[object]]:
    """Give SQL of dimensions, reports, n and d; no join where one row has all the cells."""
    places = list(sources([chosen]))
    if len(places) > 1:
        inner, values = report_values([chosen], filters.where())
        return (
            f"select year, region, level, kind, 1 as reports, n0 as n, d0 as d from ({inner})",
            values,
        )
    section, party = places[0]
    condition, values = filters.where()
    own_party = f"party = '{party}' and " if party else ""
    above = chosen.numerator.sql(_column)
    below = chosen.denominator.sql(_column) if chosen.denominator else "null::double"
    return (
        f"select year, region, level, kind, reports, {above} as n, {below} as d "
        f"from {summed(TABLES[section], filters)} where {own_party}{condition}",
        values,
    )


def _column(section: int, item: str, party: str) -> str:
    return f"{item}_{party}" if section == 2 else item
