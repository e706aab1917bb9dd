-- What a claim is held against; a refusal is a sum of reasons, of which some may carry no number.
with printed as (
    select report_id, received, carried_in, granted, partial, concluded, carried_out,
           refused_secret + refused_law + refused_security + refused_third_party
           + refused_internal + refused_process + refused_case_file + refused_inquiry as refused,
           coalesce(refused_secret, 0) + coalesce(refused_law, 0) + coalesce(refused_security, 0)
           + coalesce(refused_third_party, 0) + coalesce(refused_internal, 0)
           + coalesce(refused_process, 0) + coalesce(refused_case_file, 0)
           + coalesce(refused_inquiry, 0) as refused_at_least,
           unable_not_held + unable_creation + unable_unclear as unable,
           rejected_petition + rejected_repeat + rejected_publication + rejected_excessive
           + rejected_reissue as rejected
    from requests
    where party = 'total'
), compared as (
    select claim.report_id, claim.value as claimed, claim.approximate, claim.quote, claim.place,
           if(measure = 'requests_concluded', 'concluded', measure) as named,
           case measure
               when 'granted' then granted
               when 'partial' then partial
               when 'refused' then refused
               when 'requests_concluded' then concluded
               when 'carried_in' then carried_in
               else carried_out
           end as found,
           if(measure = 'refused', refused_at_least, found) as known
    from claim join printed using (report_id)
    where channel is null
      and measure in (
          'granted', 'partial', 'refused', 'requests_concluded', 'carried_in', 'carried_out'
      )
), judged as (
    -- The reasons that are there may exceed the claim by themselves; none of them is negative.
    select *,
           case
               when found is not null then claim_fits(claimed, approximate, quote, found)
               when known > claimed and not claim_fits(claimed, approximate, quote, known) then false
           end as fits
    from compared
), unfitting as (
    select distinct report_id, named from judged where not fits
), told as (
    select report_id, named, any_value(found) as found, any_value(known) as known,
           arg_min(
               {'value': claimed, 'approximate': approximate, 'quote': quote}, (place, quote)
           ) filter (not fits) as claimed,
           list({
               'value': claimed, 'approximate': approximate, 'fits': fits,
               'quote': quote, 'place': place
           } order by place, quote) as claims
    from judged join unfitting using (report_id, named)
    group by report_id, named
)
select report_id, case when count(fits) = count(*) then true end as holds
from judged
where report_id not in (select report_id from unfitting)
group by report_id
union all by name
select told.report_id, false as holds, 3 as section,
       if(named = 'refused', null, named) as item, 'total' as party,
       claimed['value'] as left_value, known as right_value,
       -- A sum of reasons goes by the name of their group, which each of them carries in front.
       if(named = 'refused', split_part(label_zh, '·', 1), label_zh) as named_zh,
       if(named = 'refused', split_part(label_en, ':', 1), label_en) as named_en,
       -- 全部办结 says that none was carried over, though not in these words.
       if(claimed['value'] = 0, '“' || claimed['quote'] || '”，表中“' || named_zh || '”',
          '“' || named_zh || '” ' || claim_text(claimed, '约 ') || ' 件，表中') as said_zh,
       if(claimed['value'] = 0,
          'says “' || claimed['quote'] || '”; the table''s figure for “' || named_en || '” is',
          'states ' || claim_text(claimed, 'about ') || ' for “' || named_en
          || '”, the table has') as said_en,
       if(found is null, '至少 ', '') || figure_text(known) as found_zh,
       if(found is null, 'at least ', '') || figure_text(known) as found_en,
       to_json({
           'measure': named, 'claims': claims, 'at_least': known,
           'table': {
               'received': received, 'carried_in': carried_in, 'granted': granted,
               'partial': partial, 'refused': refused, 'unable': unable, 'rejected': rejected,
               'concluded': concluded, 'carried_out': carried_out
           }
       }) as evidence
from told
join printed using (report_id)
join report using (report_id)
left join check_item
  on check_item.form = report.form and check_item.section = 3
 and check_item.item = if(named = 'refused', 'refused_secret', named)
