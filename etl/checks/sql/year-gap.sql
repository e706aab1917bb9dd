with series as (
    select agency_id, scope, min(year) as first_year, max(year) as last_year
    from report
    group by agency_id, scope
), between_them as (
    select *, unnest(range(first_year + 1, last_year)) as year from series
)
select between_them.agency_id, between_them.year, between_them.scope,
       report.report_id is not null as holds,
       between_them.first_year::varchar as first_year,
       between_them.last_year::varchar as last_year,
       to_json({
           'first_year': between_them.first_year, 'last_year': between_them.last_year
       }) as evidence
from between_them
left join report
  on report.agency_id = between_them.agency_id
 and report.scope = between_them.scope
 and report.year = between_them.year
