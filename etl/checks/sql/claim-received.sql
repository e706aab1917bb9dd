with compared as (
    select claim.report_id, claim.value as claimed, claim.quote, claim.place, claim.approximate,
           requests.received, requests.carried_in, requests.concluded,
           requests.received + requests.carried_in as handled
    from claim
    join requests on requests.report_id = claim.report_id and requests.party = 'total'
    where claim.measure = 'requests_received' and claim.channel is null
), judged as (
    select *,
           claim_fits(claimed, approximate, received)
           or claim_fits(claimed, approximate, handled)
           or claim_fits(claimed, approximate, concluded) as fits
    from compared
)
select report_id, 3 as section, 'received' as item, 'total' as party,
       case when bool_or(not fits) then false
            when count(fits) = count(*) then true end as holds,
       arg_min(claimed, (place, quote)) filter (not fits) as left_value,
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
group by report_id
