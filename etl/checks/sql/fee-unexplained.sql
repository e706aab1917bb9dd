-- A request closed for an unpaid fee means that a fee notice went out, and that belongs in section
-- 6. Where prose was read and section 6 holds none, its heading decides whether it is silent.
with positive as (
    select report_id, max(other_unpaid) as unpaid
    from requests
    where form = '2021' and other_unpaid > 0
    group by report_id
), charged as (
    select report_id, unpaid, other_unpaid as unpaid_total
    from requests left join positive using (report_id)
    where form = '2021' and party = 'total'
), due as (
    select report_id, reading_id from charged join report using (report_id) where unpaid > 0
), written as (
    select due.report_id,
           string_agg(prose.text, ' ' order by ordinal) filter (section = 6) as words,
           list_contains(any_value(sections_found), 6) as has_heading
    from due
    join reading using (reading_id)
    join prose using (reading_id)
    where section between 1 and 6
    group by due.report_id
)
select report_id, 6 as section,
       case
           when unpaid > 0 and (has_heading or words is not null)
               then regexp_matches(coalesce(words, ''), '处理费|收费|费用')
           when unpaid > 0 then null
           when unpaid_total = 0 then true
       end as holds,
       figure_text(coalesce(unpaid_total, unpaid)) as unpaid,
       to_json({'other_unpaid': coalesce(unpaid_total, unpaid), 'text': left(words, 400)})
           as evidence
from charged left join written using (report_id)
