-- The law sets a day for governments and their departments alone; of the other bodies' days it says
-- nothing, and so does a date before the year is over, as a report can't be about what is to come, or after today.
with due as (
    select report.report_id, report.year, report.published_on, body, level, body_zh, body_en,
           case
               when body in ('town', 'subdistrict', 'zone') then body
               when level = '乡级' then 'town'
               when body = 'department' then 'department'
               when body = 'government' or report.scope = 'rollup' then 'government'
               when body = 'office' then 'department'
           end as duty,
           case duty
               when 'department' then $department when 'government' then $government
               when 'town' then $town when 'subdistrict' then $subdistrict when 'zone' then $zone
           end as month_day,
           try_cast((report.year + 1)::varchar || '-' || month_day as date) as deadline
    from report
    join check_body using (agency_id)
), judged as (
    select *, published_on - deadline as days,
           case when published_on > make_date(year, 12, 31) and published_on <= current_date
                then days <= 0 end as holds
    from due
)
select report_id, holds from judged where holds or holds is null
union all by name
select judged.report_id, holds,
       published_on::varchar as published, deadline::varchar as deadline, days::varchar as days,
       if(days = 1, '1 day', days || ' days') as days_en,
       coalesce(body_zh, '政府') as body_zh, coalesce(body_en, 'government') as body_en,
       to_json({
           'published_on': published_on, 'deadline': deadline, 'days_late': days,
           'body': body, 'level': level, 'deadline_of': duty,
           'told_by': stated.told_by, 'quote': stated.quote, 'place': stated.place
       }) as evidence
from judged
left join (
    select report_id, min(told_by) as told_by, arg_min(quote, told_by) as quote,
           arg_min(place, told_by) as place
    from stated
    where what = 'published_on' and used
    group by report_id
) as stated on stated.report_id = judged.report_id
where not holds
