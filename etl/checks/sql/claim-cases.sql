-- Cases still pending may be left out of what the prose counts; lawsuits stand in two columns.
with claimed as (
    select report_id, measure, value as claimed, approximate, quote, place
    from claim
    where channel is null and measure in ('reconsideration_cases', 'litigation_cases')
), printed as (
    select report_id,
           if(party = 'reconsideration', 'reconsideration_cases', 'litigation_cases') as measure,
           case when count(case_total) = count(*) then sum(case_total) end as total,
           case when count(case_total - pending) = count(*)
                then sum(case_total - pending) end as decided,
           list({
               'party': party, 'case_total': case_total, 'pending': pending
           } order by party) as routes
    from proceedings
    where report_id in (select report_id from claimed)
    group by all
), judged as (
    select *,
           claim_fits(claimed, approximate, quote, total)
           or claim_fits(claimed, approximate, quote, decided) as fits
    from claimed join printed using (report_id, measure)
)
select report_id, 4 as section, 'case_total' as item,
       if(measure = 'reconsideration_cases', 'reconsideration', null) as party,
       case when bool_or(not fits) then false when count(fits) = count(*) then true end as holds,
       arg_min({'value': claimed, 'approximate': approximate}, (fits is not false, place, quote))
           as said,
       said['value'] as left_value,
       claim_text(said, '约 ') as claimed_zh, claim_text(said, 'about ') as claimed_en,
       any_value(total) as right_value,
       figure_text(any_value(total)) as total,
       figure_text(any_value(decided)) as decided,
       if(measure = 'reconsideration_cases', '行政复议', '行政诉讼') as subject_zh,
       if(measure = 'reconsideration_cases', 'Reconsideration', 'Litigation') as subject_en,
       to_json({
           'measure': measure,
           'claims': list({
               'value': claimed, 'approximate': approximate, 'fits': fits,
               'quote': quote, 'place': place
           } order by place, quote),
           'readings': {'total': any_value(total), 'total_less_pending': any_value(decided)},
           'routes': any_value(routes)
       }) as evidence
from judged
group by report_id, measure
