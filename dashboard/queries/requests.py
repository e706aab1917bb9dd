"""Section 3: volumes, outcomes, reasons, applicants and agencies."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.filters import Filters
from dashboard.queries.rates import count_where, sum_columns, summed
from dashboard.warehouse import Warehouse, kept_answer
from etl.form import NEWEST, all_parties, load_form
from etl.measures import SMALL_DENOMINATOR, Measure, measure

VOLUMES: Final = ("received", "carried_in", "concluded", "carried_out")
OUTCOMES: Final = ("granted", "partial", "refused", "unable", "rejected", "other_handling")
REASON_GROUPS: Final = ("refused", "unable", "rejected")


def reasons_of(group: str) -> tuple[str, ...]:
    """List the items of a group of reasons as the form prints them."""
    return tuple(line.item for line in load_form(NEWEST).section_lines(3) if line.group == group)


def applicants() -> tuple[str, ...]:
    """List the kinds of applicants, the total left out."""
    return tuple(party for party in all_parties(3) if party != "total")


def volumes(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Give one row per year: reports, and for each of ``VOLUMES`` its sum and ``_n`` known."""
    return _yearly_sums(warehouse, filters, VOLUMES)


@kept_answer
def outcome_mix(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Give one row per year: reports, ``complete`` and, for each of ``OUTCOMES``, three columns.

    ``x`` is the sum over all reports that give it, ``x_n`` how many these are, and ``x_c`` the
    sum over the complete reports, which give all six: shares are taken from these alone.
    """
    condition, values = filters.where()
    picks = ", ".join(f"{_sql(code)} as {code}" for code in OUTCOMES)
    halves = warehouse.query(
        f"select year, {' + '.join(OUTCOMES)} is not null as complete, "
        f"{count_where()} as reports, {sum_columns(OUTCOMES)} "
        f"from (select year, reports, {picks} from {summed('requests', filters)} "
        f"where party = 'total' and {condition}) group by all order by all",
        values,
    )
    whole = halves.groupby("year").sum(min_count=1).drop(columns="complete")
    complete = halves[halves["complete"]].set_index("year")
    shares = complete[list(OUTCOMES)].add_suffix("_c")
    counted = complete["reports"].reindex(whole.index, fill_value=0)
    return whole.assign(complete=counted).join(shares).reset_index()


@kept_answer
def reasons(warehouse: Warehouse, filters: Filters, group: str) -> pd.DataFrame:
    """Give a long frame: year, item, total, known, reports for the reasons of a group."""
    items = reasons_of(group)
    return lengthen(_yearly_sums(warehouse, filters, items), items, "item")


def by_applicant(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Give a long frame: year, applicant, total, known, reports of requests received."""
    condition, values = filters.where()
    return warehouse.query(
        "select year, party::varchar as applicant, sum(received) as total, "
        f"{count_where('received is not null')} as known, {count_where()} as reports "
        f"from {summed('requests', filters)} "
        f"where party <> 'total' and {condition} group by year, party order by year, party",
        values,
    )


def without_requests(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Give one row per year: reports, known, and ``zero``: the reports that received none."""
    condition, values = filters.where()
    return warehouse.query(
        "select year, count(*) as reports, count(received) as known, "
        "count(*) filter (received = 0) as zero "
        f"from requests where party = 'total' and {condition} group by year order by year",
        values,
    )


def agencies(
    warehouse: Warehouse, filters: Filters, chosen: Measure, limit: int = 100
) -> pd.DataFrame:
    """Give the agencies that concluded most: agency_id, agency, region, received, concluded, n, d.

    Figures are summed over the years of the view; null where any of an agency's years lacks one.
    ``n`` and ``d`` are the sides of the chosen rate.
    """
    condition, values = filters.where()
    whole = ", ".join(f"{_whole(c)} as {c}" for c in ("received", "concluded", "n", "d"))
    return warehouse.query(
        f"with per as (select agency_id, any_value(region) as region, {whole} from ("
        f"select agency_id, region, received, concluded, {_sql_of(chosen)} from requests "
        f"where party = 'total' and {condition}) group by agency_id "
        f"order by concluded desc nulls last, agency_id limit {limit:d}) "
        "select per.agency_id, agency.agency, per.region, received, concluded, n, d "
        "from per join agency using (agency_id) order by concluded desc nulls last, agency_id",
        values,
    )


def funnel(
    warehouse: Warehouse, filters: Filters, chosen: Measure, limit: int = 3000
) -> pd.DataFrame:
    """Give the agencies whose rate can be placed: agency_id, agency, n, d; largest first.

    Sums over the years of the view; agencies with a denominator below 10 or a year without
    figures are left out.
    """
    condition, values = filters.where()
    return warehouse.query(
        f"with per as (select agency_id, {_whole('n')} as n, {_whole('d')} as d from ("
        f"select agency_id, {_sql_of(chosen)} from requests "
        f"where party = 'total' and {condition}) group by agency_id "
        f"having d >= {SMALL_DENOMINATOR} order by d desc, agency_id limit {limit:d}) "
        "select per.agency_id, agency.agency, n, d from per join agency using (agency_id) "
        "order by d desc, agency_id",
        values,
    )


def lengthen(wide: pd.DataFrame, columns: tuple[str, ...], name: str) -> pd.DataFrame:
    """Turn sums and their ``_n`` columns into rows: year, ``name``, total, known, reports."""
    parts = [
        wide[["year", "reports"]].assign(total=wide[column], known=wide[f"{column}_n"])
        for column in columns
    ]
    return pd.concat(parts, keys=columns, names=[name]).reset_index(level=0, names=name)


def _yearly_sums(warehouse: Warehouse, filters: Filters, columns: tuple[str, ...]) -> pd.DataFrame:
    condition, values = filters.where()
    return warehouse.query(
        f"select year, {count_where()} as reports, {sum_columns(columns)} "
        f"from {summed('requests', filters)} where party = 'total' and {condition} "
        "group by year order by year",
        values,
    )


def _whole(column: str) -> str:
    return f"case when count({column}) = count(*) then sum({column}) end"


def _sql(code: str) -> str:
    return measure(code).numerator.sql(_column)


def _sql_of(chosen: Measure) -> str:
    below = chosen.denominator.sql(_column) if chosen.denominator else "null::double"
    return f"{chosen.numerator.sql(_column)} as n, {below} as d"


def _column(section: int, item: str, party: str) -> str:
    del section, party
    return item
