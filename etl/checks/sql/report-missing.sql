-- A government's whole-area summary is a report too, so either scope will do.
with due as (
    select agency_id,
           unnest(range(
               greatest(coalesce(reports_from, first_year), first_form_year),
               if(coalesce(reports_to, last_year) > last_ended_year, last_ended_year,
                  coalesce(reports_to, last_year)) + 1
           )) as year
    from agency cross join check_span
    where on_roster
)
select due.agency_id, due.year, 'agency' as scope,
       bool_or(report.report_id is not null) as holds,
       to_json({'year': due.year}) as evidence
from due
left join report on report.agency_id = due.agency_id and report.year = due.year
group by due.agency_id, due.year
