-- A dispute may be about a request of the two years before. Only reports with cases need a look at
-- other years.
with tallied as (
    select report_id, bool_or(case_total is null) as unknown,
           bool_or(coalesce(case_total > 0, false)) as any_case
    from proceedings
    group by report_id
), disputed as (
    select report_id, sum(case_total) as cases,
           max(case_total) filter (party = 'reconsideration') as reconsideration,
           max(case_total) filter (party = 'litigation_direct') as litigation_direct,
           max(case_total) filter (party = 'litigation_after') as litigation_after
    from proceedings
    where report_id in (select report_id from proceedings where case_total > 0)
    group by report_id
), asked as (
    select report_id, received, carried_in from requests where party = 'total'
), beside as (
    select disputed.*, now.received as this_year, now.carried_in, past.received as year_before,
           earlier.received as two_years_before
    from disputed
    left join asked as now on now.report_id = disputed.report_id
    left join check_previous as one on one.report_id = disputed.report_id
    left join asked as past on past.report_id = one.previous_report_id
    left join check_previous as two on two.report_id = one.previous_report_id
    left join asked as earlier on earlier.report_id = two.previous_report_id
)
select report_id, if(unknown, null, true) as holds from tallied where not any_case
union all by name
select report_id, this_year > 0 or year_before > 0 or two_years_before > 0 as holds,
       4 as section, 'case_total' as item,
       cases as left_value, this_year + year_before + two_years_before as right_value,
       coalesce(figure_text(reconsideration), '—') as reconsidered,
       coalesce(figure_text(litigation_direct + litigation_after), '—') as sued,
       to_json({
           'cases': {
               'reconsideration': reconsideration, 'litigation_direct': litigation_direct,
               'litigation_after': litigation_after
           },
           'received': {
               'this_year': this_year, 'year_before': year_before,
               'two_years_before': two_years_before
           },
           'carried_in': carried_in
       }) as evidence
from beside
