-- A report is judged by the years up to its own, so that no later one changes what was found.
with printed as (
    select report_id, case when sum(numbers) > 0 then sum(nonzero) = 0 end as zero
    from check_printed
    group by report_id
), recent as (
    select report_id, agency_id, scope, year, zero,
           bool_or(not zero) over (
               partition by agency_id, scope order by year
               range between $years - 1 preceding and current row
           ) as active
    from report join printed using (report_id)
), numbered as (
    -- Years in a row keep the same distance to their number among the zero years.
    select *,
           year - row_number() over (partition by agency_id, scope order by year) as streak
    from recent where zero
), streaks as (
    select report_id, min(year) over (partition by agency_id, scope, streak) as since
    from numbered
)
select report_id,
       case when active then true when year - since + 1 >= $years then false end as holds,
       since::varchar as since,
       (year - since + 1)::varchar as length,
       to_json({'since': since, 'years': year - since + 1, 'limit': $years}) as evidence
from recent left join streaks using (report_id)
