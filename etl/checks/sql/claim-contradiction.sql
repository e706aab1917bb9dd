-- One group for each thing that the prose can say there was none of.
with denied as (
    select report_id, measure, min(quote) as quote, min(place) as place
    from claim
    where channel is null and value = 0 and not approximate
      and measure in (
          'requests_received', 'carried_out', 'reconsideration_cases', 'litigation_cases'
      )
    group by report_id, measure
), printed as (
    select denied.report_id, measure, quote, place, 3 as section, 'total' as party,
           case measure when 'carried_out' then 'carried_out' else 'received' end as item,
           case measure when 'carried_out' then carried_out else received end as found,
           [found] as figures
    from denied
    join requests on requests.report_id = denied.report_id and requests.party = 'total'
    where measure in ('requests_received', 'carried_out')
    union all by name
    -- Lawsuits stand in two columns; the sum is unknown as long as one of them is.
    select denied.report_id, measure, any_value(quote) as quote, any_value(place) as place,
           4 as section, 'case_total' as item,
           case measure when 'reconsideration_cases' then 'reconsideration' end as party,
           case when count(case_total) = count(*) then sum(case_total) end as found,
           list(case_total order by proceedings.party) as figures
    from denied
    join proceedings on proceedings.report_id = denied.report_id
     and (proceedings.party = 'reconsideration') = (measure = 'reconsideration_cases')
    where measure in ('reconsideration_cases', 'litigation_cases')
    group by denied.report_id, measure
)
select report_id, section, item, party,
       case when list_max(figures) > 0 then false when found is not null then true end as holds,
       0::double as left_value,
       found as right_value, quote,
       array_to_string(list_transform(figures, lambda figure: figure_text(figure)), ' + ') as found,
       case measure
           when 'requests_received' then '收到申请'
           when 'carried_out' then '结转下年的申请'
           when 'reconsideration_cases' then '行政复议案件'
           else '行政诉讼案件'
       end as subject_zh,
       case measure
           when 'requests_received' then 'requests received'
           when 'carried_out' then 'requests carried over'
           when 'reconsideration_cases' then 'reconsideration cases'
           else 'lawsuits'
       end as subject_en,
       to_json({'measure': measure, 'figures': figures, 'quote': quote, 'place': place})
           as evidence
from printed
