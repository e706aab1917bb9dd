-- Only a reconsideration that was decided can be taken to court.
with decided as (
    select report_id, upheld + corrected + other_result as decided
    from proceedings
    where party = 'reconsideration'
), beside as (
    select sued.report_id, sued.case_total as cases, now.decided as this_year,
           past.decided as year_before
    from proceedings as sued
    left join decided as now on now.report_id = sued.report_id
    left join check_previous on check_previous.report_id = sued.report_id
    left join decided as past on past.report_id = check_previous.previous_report_id
    where sued.party = 'litigation_after'
)
select report_id, 4 as section, 'case_total' as item, 'litigation_after' as party,
       case
           when cases <= 0 or cases <= this_year or cases <= year_before then true
           else cases <= this_year + year_before
       end as holds,
       cases as left_value, this_year + year_before as right_value,
       figure_text(this_year) as this_year, figure_text(year_before) as year_before,
       to_json({
           'litigation_after': cases,
           'reconsiderations_decided': {'this_year': this_year, 'year_before': year_before}
       }) as evidence
from beside
