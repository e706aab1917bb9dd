"""Section 4: cases by route and outcome, and the agencies that were corrected."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.filters import Filters
from dashboard.queries.rates import count_where, sum_columns, summed
from dashboard.warehouse import Warehouse, kept_answer
from etl.form import all_items, all_parties

RESULTS: Final = tuple(item for item in all_items(4) if item != "case_total")
ROUTES: Final = all_parties(4)


def cases(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Give one row per year and route: reports, sums and ``_n`` of each outcome and the total.

    ``corrected_k`` and ``concluded_k`` are summed over the ``known`` rows alone, which give both
    sides of the correction rate; concluded means the total less the pending ones.
    """
    condition, values = filters.where()
    known = "corrected is not null and concluded is not null"
    return warehouse.query(
        f"select year, party::varchar as route, {count_where()} as reports, "
        f"{sum_columns(all_items(4))}, {count_where(known)} as known, "
        f"sum(corrected) filter ({known}) as corrected_k, "
        f"sum(concluded) filter ({known}) as concluded_k from ("
        f"select year, party, reports, {', '.join(all_items(4))}, "
        "case_total - pending as concluded "
        f"from {summed('proceedings', filters)} where {condition}) "
        "group by year, party order by year, party",
        values,
    )


@kept_answer
def fractions(warehouse: Warehouse, filters: Filters, routes: tuple[str, ...]) -> pd.DataFrame:
    """Give year, numerator, denominator, known, reports, routes of one year added up.

    A report counts as known on a route when both sides of the rate are figures there; over two
    routes the smaller count of reports is given.
    """
    every = cases(warehouse, filters)
    grouped = every[every["route"].isin(routes)].groupby("year")
    sums = grouped[["corrected_k", "concluded_k"]].sum(min_count=1)
    sums.columns = pd.Index(["numerator", "denominator"])
    return sums.join(grouped[["known", "reports"]].min()).reset_index()


def corrected_agencies(warehouse: Warehouse, filters: Filters, limit: int = 100) -> pd.DataFrame:
    """Give the agencies corrected at least once in the view, most corrections first.

    Columns: agency_id, agency, region, years (those with a correction), corrected (the sum of the
    figures there are), and, null where a year of the view lacks the figure,
    ``corrected_<route>`` for each route and concluded.
    """
    condition, values = filters.where()
    whole = ", ".join(f"{_whole('corrected', route)} as corrected_{route}" for route in ROUTES)
    return warehouse.query(
        "with hit as (select agency_id, any_value(region) as region, sum(corrected) as corrected, "
        "list_sort(list_distinct(list(year))) as years "
        f"from proceedings where corrected > 0 and {condition} group by agency_id "
        f"order by corrected desc, agency_id limit {limit:d}), "
        f"decided as (select agency_id, {whole}, case when count(case_total - pending) = count(*) "
        "then sum(case_total - pending) end as concluded from proceedings "
        f"where agency_id in (select agency_id from hit) and {condition} group by agency_id) "
        "select agency.agency, hit.*, decided.* exclude (agency_id) "
        "from hit join decided using (agency_id) "
        "join agency using (agency_id) order by hit.corrected desc, hit.agency_id",
        [*values, *values],
    )


def _whole(column: str, route: str) -> str:
    """Give SQL of a route's sum, null where one of its rows lacks the figure."""
    own = f"filter (party = '{route}')"
    return f"case when count({column}) {own} = count(*) {own} then sum({column}) {own} end"
