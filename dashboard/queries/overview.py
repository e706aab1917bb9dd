"""What is in and what isn't, what ties out, what needs attention."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from dashboard.filters import Filters
from dashboard.warehouse import Warehouse
from etl.form import EDITIONS, load_form

Coverage = Literal["reported", "refused", "missing", "not_due"]

TIES_OUT = tuple(
    sorted({identity.rule for edition in EDITIONS for identity in load_form(edition).identities})
)
"""The rules of the sums that the form itself prescribes."""

_COVERAGE = """
with years as (select unnest(generate_series(?, ?))::smallint as year),
chosen as (select * from agency where {condition}),
own as (select agency_id, min(year) as first, max(year) as last from report group by agency_id),
printed as (select distinct agency_id, year from report),
due as (
    select chosen.agency_id, chosen.agency, chosen.region, years.year,
           printed.agency_id is not null as reported,
           case when chosen.on_roster
                then years.year >= coalesce(chosen.reports_from, -32768)
                     and years.year <= coalesce(chosen.reports_to, 32767)
                else coalesce(years.year between own.first and own.last, false)
           end as is_due
    from chosen cross join years
    left join own using (agency_id)
    left join printed on printed.agency_id = chosen.agency_id and printed.year = years.year
),
refused as (
    select distinct due.agency_id, due.year
    from due join source on source.status = 'rejected'
         and contains(source.path, due.agency) and contains(source.path, due.year::varchar)
    where due.is_due and not due.reported
)
select due.agency_id, due.agency, due.region, due.year,
       case when due.reported then 'reported'
            when not due.is_due then 'not_due'
            when refused.agency_id is not null then 'refused'
            else 'missing' end as state
from due left join refused using (agency_id, year)
"""


def read_coverage(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """One row an agency and year with its state: reported, refused, missing or not_due.

    Due is what the roster says; without a roster, the years from an agency's first report to its
    last. Refused means that a rejected file names the agency and the year in its path.
    """
    condition, params = filters.where_agency()
    return warehouse.query(
        f"{_COVERAGE.format(condition=condition)} order by due.region, due.agency, due.year",
        [*filters.years, *params],
    )


def read_coverage_by_region(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Region and year with how many reports are due and how many are there, for many agencies."""
    condition, params = filters.where_agency()
    return warehouse.query(
        f"with coverage as ({_COVERAGE.format(condition=condition)}) "
        "select region, year, count(*) filter (state <> 'not_due') as due, "
        "count(*) filter (state = 'reported') as reported "
        "from coverage group by region, year order by region, year",
        [*filters.years, *params],
    )


def count_agencies(warehouse: Warehouse, filters: Filters) -> int:
    """How many agencies the view holds."""
    condition, params = filters.where_agency()
    answer = warehouse.query(f"select count(*) as n from agency where {condition}", params)
    return int(answer["n"].iloc[0])


def count_trouble(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Year with its reports and how many of them are all zero, all blank or don't tie out."""
    condition, params = filters.where()
    rules = ", ".join(f"'{rule}'" for rule in TIES_OUT)
    return warehouse.query(
        f"with reports as (select year, count(*) as reports from disclosure where {condition} "
        "group by year), "
        "trouble as (select year, "
        "count(distinct report_id) filter (rule = 'all-zero') as all_zero, "
        "count(distinct report_id) filter (rule = 'all-blank') as all_blank, "
        f"count(distinct report_id) filter (rule in ({rules})) as not_tying "
        f"from finding where {condition} group by year) "
        "select year, reports, trouble.* exclude (year) from reports left join trouble "
        "using (year) order by year",
        [*params, *params],
    )


def count_severities(warehouse: Warehouse, filters: Filters) -> dict[str, int]:
    """Severity → findings of the view."""
    condition, params = filters.where()
    answer = warehouse.query(
        f"select severity::varchar as severity, count(*) as n from finding where {condition} "
        "group by severity",
        params,
    )
    return dict(zip(answer["severity"], answer["n"].astype(int).tolist(), strict=True))


def list_attention(warehouse: Warehouse, filters: Filters, most: int = 15) -> pd.DataFrame:
    """Agency and year with the gravest findings first, each with its counts and worst rule."""
    condition, params = filters.where("finding")
    return warehouse.query(
        "select agency_id, agency, year, finding.scope::varchar as scope, "
        "count(*) filter (finding.severity = 'error') as errors, "
        "count(*) filter (finding.severity = 'query') as queries, "
        "count(*) filter (finding.severity = 'note') as notes, "
        "arg_min(rule.title_zh, finding.severity) as title_zh, "
        "arg_min(rule.title_en, finding.severity) as title_en "
        f"from finding left join rule using (rule) where {condition} "
        "group by agency_id, agency, year, finding.scope "
        "having errors + queries > 0 "
        f"order by errors desc, queries desc, year desc, agency limit {int(most)}",
        params,
    )


def list_rejected(warehouse: Warehouse, most: int = 500) -> pd.DataFrame:
    """Files that were not loaded, each with its reason in both languages and the place."""
    return warehouse.query(
        "select path, format, coalesce(reason_zh, reason) as reason_zh, "
        "coalesce(reason_en, reason) as reason_en, reason_place "
        f"from source where status = 'rejected' order by path limit {int(most)}"
    )


def count_sources(warehouse: Warehouse) -> dict[str, int]:
    """Status → files seen."""
    answer = warehouse.query("select status, count(*) as n from source group by status")
    return dict(zip(answer["status"], answer["n"].astype(int).tolist(), strict=True))
