-- A report with nothing but zeros is judged once, any other by its tables of sections 2 and 3.
with counted as (
    select report_id, sum(numbers) > 0 and sum(nonzero) = 0 as zero_all
    from check_printed
    group by report_id
), looked as (
    select report_id, 'all' as about, null::utinyint as section, true as zero
    from counted where zero_all
    union all
    select report_id, if(section = 2, 'disclosure', 'requests'), section,
           case when numbers > 0 then nonzero = 0 end
    from check_printed join counted using (report_id)
    where section in (2, 3) and not zero_all
)
select looked.report_id, looked.section,
       case
           when not zero then true
           when at_hand then score < $unclear_from
       end as holds,
       case about when 'all' then '三张表的数字' when 'disclosure' then '第二部分表中的数字'
                  else '第三部分表中的数字' end as table_zh,
       case about when 'all' then 'the three tables' when 'disclosure' then 'section 2'
                  else 'section 3' end as table_en,
       against_zh, against_en,
       to_json({
           'about': about, 'score': score,
           'limits': {'unclear_from': $unclear_from, 'implausible_from': $implausible_from},
           'reasons': reasons
       }) as evidence
from looked
left join check_zero_score using (report_id, about)
left join check_zero_words using (report_id, about)
