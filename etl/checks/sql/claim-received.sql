with compared as (
    select claim.report_id, claim.value as claimed, claim.quote, claim.place, claim.approximate,
           requests.received, requests.carried_in, requests.concluded,
           requests.received + requests.carried_in as handled
    from claim
    join requests on requests.report_id = claim.report_id and requests.party = 'total'
    where claim.measure = 'requests_received' and claim.channel is null
), judged as (
    select *,
           claim_fits(claimed, approximate, quote, received)
           or claim_fits(claimed, approximate, quote, handled)
           or claim_fits(claimed, approximate, quote, concluded) as fits
    from compared
), unfitting as (
    select report_id from judged where not fits
)
select report_id, case when count(fits) = count(*) then true end as holds
from judged
where report_id not in (from unfitting)
group by report_id
union all by name
select report_id, false as holds, 3 as section, 'received' as item, 'total' as party,
       arg_min({'value': claimed, 'approximate': approximate}, (place, quote))
           filter (not fits) as said,
       said['value'] as left_value,
       claim_text(said, '约 ') as claimed_zh, claim_text(said, 'about ') as claimed_en,
       any_value(received) as right_value,
       figure_text(any_value(received)) as received,
       figure_text(any_value(handled)) as handled,
       figure_text(any_value(concluded)) as concluded,
       to_json({
           'claims': list({
               'value': claimed, 'approximate': approximate, 'fits': fits,
               'quote': quote, 'place': place
           } order by place, quote),
           'readings': {
               'received': any_value(received),
               'received_and_carried_in': any_value(handled),
               'concluded': any_value(concluded)
           }
       }) as evidence
from judged
where report_id in (from unfitting)
group by report_id
