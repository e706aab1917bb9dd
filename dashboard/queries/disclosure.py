"""Section 2 and the disclosed items claimed in prose: totals, groups and spread."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from dashboard.filters import Filters
from dashboard.queries.rates import count_where, sum_columns, summed
from dashboard.warehouse import Warehouse, kept_answer
from etl.form import EDITIONS, all_items, all_pairs, as_edition, load_form
from etl.warehouse.schema import disclosure_column

Group = Literal["region", "level", "kind"]
CLAIMED = "claimed"
"""Stands beside section 2's items for the pieces of information that the prose claims."""

TOPICS = (*sorted(all_items(2), key=lambda item: item == "regulation"), CLAIMED)
"""Few agencies may make rules, so these come last of section 2."""


def parties_of(topic: str) -> tuple[str, ...]:
    """List the columns printed for an item of section 2, over both editions."""
    return tuple(party for item, party in all_pairs(2) if item == topic)


@kept_answer
def yearly_totals(warehouse: Warehouse, filters: Filters, topic: str) -> pd.DataFrame:
    """Give a long frame: year, party, total (null without any figure), known, reports.

    ``reports`` counts the reports in the edition that prints the column; parties and years that
    no report prints are left out.
    """
    if topic == CLAIMED:
        return _claimed_by_year(warehouse, filters)
    columns = {disclosure_column(topic, party): party for party in parties_of(topic)}
    condition, values = filters.where()
    wide = warehouse.query(
        f"select year, form, {count_where()} as reports, {sum_columns(columns)} "
        f"from {summed('disclosure', filters)} where {condition} "
        "group by year, form order by year, form",
        values,
    )
    return _lengthen(wide, topic, columns)


def by_group(
    warehouse: Warehouse, filters: Filters, topic: str, party: str, group: Group
) -> pd.DataFrame:
    """Give one row per region, level or kind: name, total, known, reports; largest first."""
    inner, values = _figures(filters, topic, party)
    return warehouse.query(
        f"select {group} as name, sum(value) as total, count(value) as known, "
        f"count(*) as reports from ({inner}) group by all order by total desc nulls last, name",
        values,
    )


def spread(warehouse: Warehouse, filters: Filters, topic: str, party: str) -> pd.DataFrame:
    """Give how many reports fall into each class of size: step, reports, lowest, highest.

    ``step`` is null for reports without a figure, -99 for 0 and below, else the number of half
    powers of ten below the figure: 0 for 1 to 3, 1 for 4 to 9, 2 for 10 to 31, …
    """
    inner, values = _figures(filters, topic, party)
    return warehouse.query(
        "select case when value <= 0 then -99 else floor(2 * log10(value))::integer end as step, "
        "count(*) as reports, min(value) as lowest, max(value) as highest "
        f"from ({inner}) group by step order by step nulls last",
        values,
    )


def largest(
    warehouse: Warehouse, filters: Filters, topic: str, party: str, limit: int = 50
) -> pd.DataFrame:
    """Give the agencies with the largest figures: agency_id, agency, region, year, value."""
    inner, values = _figures(filters, topic, party)
    return warehouse.query(
        f"with top as (select agency_id, region, year, value from ({inner}) "
        f"where value > 0 order by value desc, agency_id, year limit {limit:d}) "
        "select agency_id, agency.agency, top.region, top.year, top.value "
        "from top join agency using (agency_id) order by value desc, agency_id, year",
        values,
    )


def _figures(filters: Filters, topic: str, party: str) -> tuple[str, list[object]]:
    """Give SQL of one row per report with ``value``, of the edition that prints the column."""
    condition, values = filters.where()
    if topic == CLAIMED:
        dimensions = ", ".join(f"disclosure.{c}" for c in ("agency_id", "region", "level", "kind"))
        return (
            f"select {dimensions}, disclosure.year, stated.value from disclosure "
            f"left join ({_CLAIMS}) as stated using (report_id) where {condition}",
            values,
        )
    printing = [form for form in EDITIONS if party in _printed(topic, form)]
    forms = ", ".join(f"'{form}'" for form in printing)
    return (
        f"select agency_id, region, level, kind, year, {disclosure_column(topic, party)} as value "
        f"from disclosure where form in ({forms}) and {condition}",
        values,
    )


_CLAIMS = (
    "select report.report_id, max(reading_claim.value) as value "
    "from report join reading_claim using (reading_id) "
    "where measure = 'disclosed_items' and channel is null group by report.report_id"
)
# A report may state its total twice, once rounded: the larger one is the total.


def _claimed_by_year(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    inner, values = _figures(filters, CLAIMED, "total")
    return warehouse.query(
        "select year, 'total' as party, sum(value) as total, count(value) as known, "
        f"count(*) as reports from ({inner}) group by year order by year",
        values,
    )


def _lengthen(wide: pd.DataFrame, topic: str, columns: dict[str, str]) -> pd.DataFrame:
    parts = []
    for column, party in columns.items():
        own = wide[wide["form"].isin([f for f in EDITIONS if party in _printed(topic, f)])]
        part = own[["year", "reports"]].assign(
            party=party, total=own[column], known=own[f"{column}_n"]
        )
        grouped = part.groupby(["year", "party"], as_index=False, sort=True)
        parts.append(
            grouped.agg(total=("total", _sum), known=("known", "sum"), reports=("reports", "sum"))
        )
    return pd.concat(parts, ignore_index=True)


def _sum(values: pd.Series[float]) -> float:
    return float(values.sum(min_count=1))


def _printed(topic: str, edition: str) -> tuple[str, ...]:
    form = load_form(as_edition(edition))
    return tuple(cell.party for cell in form.section_cells(2) if cell.item == topic)
