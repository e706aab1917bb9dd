-- A table that isn't there at all is table-missing's affair. Rows that couldn't be told apart leave
-- open whether the form's own are all there.
with doubted as (
    select reading_id, section,
           list(detail order by place) filter (code in ('unknown-row', 'unknown-head')) as extra,
           bool_or(code = 'unread-table') as unread,
           bool_or(code in ('no-heads', 'head-order', 'split-row')) as unsure
    from doubt
    where code in (
        'unknown-row', 'unknown-head', 'no-heads', 'head-order', 'split-row', 'unread-table'
    )
    group by reading_id, section
)
select report_id, check_printed.section,
       case
           when absents = cells or unread then null
           when absents > 0 or len(extra) > 0 then false
           when unsure then null
           else true
       end as holds,
       concat_ws(
           '，',
           case when absents > 0 then '少 ' || absents || ' 格' end,
           case when len(extra) > 0 then '多出 ' || len(extra) || ' 行或列' end
       ) as told_zh,
       concat_ws(
           ' and ',
           case absents
               when 0 then null
               when 1 then 'lacks 1 cell of the form'
               else 'lacks ' || absents || ' cells of the form'
           end,
           case len(extra)
               when 0 then null
               when 1 then 'has 1 row or column besides'
               else 'has ' || len(extra) || ' rows or columns besides'
           end
       ) as told_en,
       to_json({'cells': cells, 'absent': absents, 'extra': coalesce(extra, [])}) as evidence
from check_printed
join report using (report_id)
left join doubted
  on doubted.reading_id = report.reading_id and doubted.section = check_printed.section
