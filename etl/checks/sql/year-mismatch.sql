-- Every source that states a year, once each; a folder counts where the file's name has none, and
-- not when it is the year after: offices file reports by the year in which they came in.
with told as (
    select report_id, report.year, told_by, stated.value::smallint as told, quote, place,
           case told_by when 'title' then 1 when 'page' then 2 when 'period' then 3
                        when 'preface' then 4 when 'file' then 5 else 6 end as rank
    from stated join report using (report_id)
    where what = 'year'
      and not (
          told_by = 'folder'
          and (stated.value::smallint = report.year + 1
               or report_id in (select report_id from stated where what = 'year' and told_by = 'file'))
      )
)
select report_id,
       case when bool_or(told <> year) then false
            when count(distinct told_by) > 1 then true end as holds,
       any_value(year)::double as left_value,
       arg_min(told, rank) filter (told <> year)::double as right_value,
       string_agg(distinct told_word(told_by, 'zh') || '为 ' || told::varchar || ' 年', '，'
                  order by told_word(told_by, 'zh') || '为 ' || told::varchar || ' 年')
           filter (told <> year) as told_zh,
       string_agg(distinct told_word(told_by, 'en') || ' says ' || told::varchar, ', '
                  order by told_word(told_by, 'en') || ' says ' || told::varchar)
           filter (told <> year) as told_en,
       to_json({'stated': list({
           'told_by': told_by, 'year': told, 'quote': quote, 'place': place
       } order by rank, place, told)}) as evidence
from told
group by report_id
