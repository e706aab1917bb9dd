"""What is in and what isn't, what ties out, what needs attention."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters
from dashboard.warehouse import Warehouse
from etl.form import EDITIONS, load_form

TIES_OUT = tuple(
    sorted({identity.rule for edition in EDITIONS for identity in load_form(edition).identities})
)
"""The rules of the sums that the form itself prescribes."""

_COVERAGE = """
with years as (select unnest(generate_series(?, ?))::smallint as year),
chosen as (select *, on_roster and {own_reports} as told from agency where {condition}),
printed as (select distinct agency_id, year from report where scope = '{scope}'),
span as (select agency_id, min(year) as first, max(year) as last from printed group by agency_id)
select chosen.agency_id, chosen.agency, chosen.region, years.year,
       case when printed.agency_id is not null then 'reported'
            when {own_reports} and exists (
                from report
                where report.agency_id = chosen.agency_id and report.year = years.year
            ) then 'rolled_up'
            when chosen.told and years.year >= coalesce(chosen.reports_from, -32768)
                 and years.year <= coalesce(chosen.reports_to, 32767) then 'missing'
            when not chosen.told and years.year between span.first and span.last then 'missing'
            else 'not_due' end as state
from chosen cross join years
left join span using (agency_id)
left join printed on printed.agency_id = chosen.agency_id and printed.year = years.year
where {own_reports} or span.agency_id is not null
"""


def read_coverage(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """One row an agency and year with its state: reported, rolled_up, missing or not_due.

    Due is what the roster says; without a roster, the years from an agency's first report to its
    last. A government whose roll-up is there owes no report of its own beside it (``rolled_up``),
    as ``report-missing`` has it. A roster doesn't say who owes a roll-up: in their view only
    governments with one are listed, due from the first to the last.
    """
    coverage, params = _coverage(filters)
    return warehouse.query(f"{coverage} order by region, agency, years.year", params)


def read_coverage_by_region(warehouse: Warehouse, filters: Filters) -> pd.DataFrame:
    """Region and year with how many reports are due and how many are there, for many agencies."""
    coverage, params = _coverage(filters)
    return warehouse.query(
        f"with coverage as ({coverage}) "
        "select region, year, count(*) filter (state in ('reported', 'missing')) as due, "
        "count(*) filter (state = 'reported') as reported "
        "from coverage group by region, year order by region, year",
        params,
    )


def _coverage(filters: Filters) -> tuple[str, list[object]]:
    condition, params = filters.where_agency()
    own_reports = "true" if filters.scope == "agency" else "false"
    sql = _COVERAGE.format(condition=condition, scope=filters.scope, own_reports=own_reports)
    return sql, [*filters.years, *params]


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
    """Agency and year whose findings weigh most first, each with its counts and weightiest rule."""
    condition, params = filters.where("finding")
    return warehouse.query(
        "select agency_id, agency, year, finding.scope::varchar as scope, "
        "count(*) filter (finding.severity = 'error') as errors, "
        "count(*) filter (finding.severity = 'query') as queries, "
        "count(*) filter (finding.severity = 'note') as notes, "
        "arg_min(rule.title_zh, weight) as title_zh, arg_min(rule.title_en, weight) as title_en "
        "from (select *, (-coalesce(impact, 0), severity) as weight from finding) as finding "
        f"left join rule using (rule) where {condition} "
        "group by agency_id, agency, year, finding.scope "
        "having errors + queries > 0 "
        "order by sum(impact) desc nulls last, errors desc, queries desc, year desc, agency "
        f"limit {int(most)}",
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
