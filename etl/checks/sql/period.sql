with told as (
    select report_id, stated.value, quote, place,
           report.year::varchar || '-01-01/' || report.year::varchar || '-12-31' as due
    from stated join report using (report_id)
    where what = 'period'
)
select report_id, bool_and(value = due) as holds,
       replace(min(value) filter (value <> due), '/', ' 至 ') as period_zh,
       replace(min(value) filter (value <> due), '/', ' to ') as period_en,
       to_json({
           'due': any_value(due),
           'stated': list({'period': value, 'quote': quote, 'place': place} order by place, value)
       }) as evidence
from told
group by report_id
