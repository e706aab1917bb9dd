-- Hidiroglou and Berthelot: the change of a volume is its ratio to the year before over the usual
-- one of its peers, on a scale on which halving weighs as much as doubling, and weighted by size.
-- One is added to both figures, so that a zero has a ratio too.
with pairs as materialized (
    select report_id, year, scope, measure, past, now, level, body,
           (now + 1) / (past + 1) as ratio, greatest(past, now) as size,
           abs(now - past) >= $least_change
           and greatest(past + 1, now + 1) / least(past + 1, now + 1) >= $least_ratio as large
    from check_volume
    join report using (report_id, year, scope)
    join check_body using (agency_id)
), counted as (
    select measure, year, scope, level, body, grouping(level) as no_level,
           grouping(body) as no_body, count(*) as peers
    from pairs
    group by grouping sets (
        (measure, year, scope, level, body), (measure, year, scope, level), (measure, year, scope)
    )
), groups as materialized (
    select row_number() over () as number, * from counted
    where peers >= $least_peers and (no_body = 1 or body is not null)
      and (no_level = 1 or no_body = 0 or level is not null)
),
-- The narrowest group that is large enough; only those that some large change needs are worked out.
chosen as materialized (
    select pairs.report_id, pairs.measure,
           arg_min(groups.number, groups.no_level + groups.no_body) as number
    from pairs join groups
      on groups.measure = pairs.measure and groups.year = pairs.year
     and groups.scope = pairs.scope
     and (groups.no_body = 1 or groups.body = pairs.body)
     and (groups.no_level = 1 or groups.level is not distinct from pairs.level)
    where pairs.large
    group by pairs.report_id, pairs.measure
), members as materialized (
    select groups.number, groups.peers, pairs.ratio, pairs.size
    from groups join pairs
      on groups.measure = pairs.measure and groups.year = pairs.year
     and groups.scope = pairs.scope
     and (groups.no_body = 1 or groups.body = pairs.body)
     and (groups.no_level = 1 or groups.level is not distinct from pairs.level)
    where groups.number in (select number from chosen)
), medians as materialized (
    select number, any_value(peers) as peers, median(ratio) as median_ratio
    from members group by number
), quarters as (
    select number, quantile_cont(ln(ratio / median_ratio) * pow(size, $exponent), [0.25, 0.5, 0.75])
               as effects
    from members join medians using (number)
    group by number
), spans as (
    select number, peers, median_ratio, effects[2] as middle,
           $width * greatest(effects[2] - effects[1], abs($floor * effects[2])) as below,
           $width * greatest(effects[3] - effects[2], abs($floor * effects[2])) as above
    from quarters join medians using (number)
), judged as (
    select pairs.*, spans.peers, spans.median_ratio,
           groups.level as peer_level, groups.body as peer_body,
           ln(ratio / median_ratio) * pow(size, $exponent) as effect,
           median_ratio * exp((middle - below) / pow(size, $exponent)) as lower_ratio,
           median_ratio * exp((middle + above) / pow(size, $exponent)) as upper_ratio,
           case when not pairs.large then true
                else ratio between lower_ratio and upper_ratio end as holds
    from pairs
    left join chosen using (report_id, measure)
    left join spans using (number)
    left join groups using (number)
)
select report_id, true as holds, small as groups from check_volume_tally where small > 0
union all by name
select report_id, null as holds, unknown as groups from check_volume_tally where unknown > 0
union all by name
select report_id, holds, count(*)::integer as groups
from judged where holds is distinct from false
group by report_id, holds
union all by name
select report_id, false as holds, 1 as groups, section, item, party,
       now as left_value, past as right_value,
       label_zh as volume_zh, label_en as volume_en, (year - 1)::varchar as past_year,
       figure_text(round(ratio, if(ratio < 0.1, 4, 2))) as ratio_text,
       figure_text(round(median_ratio, if(median_ratio < 0.1, 4, 2))) as usual,
       figure_text(round(lower_ratio, if(lower_ratio < 0.1, 4, 2))) as lower_limit,
       figure_text(round(upper_ratio, if(upper_ratio < 0.1, 4, 2))) as upper_limit,
       coalesce(peer_level, '') || coalesce(body_zh, '各类机关') as peers_zh,
       coalesce(body_en, 'all bodies') || coalesce(' (' || peer_level || ')', '') as peers_en,
       peers::varchar as peers,
       to_json({
           'measure': measure, 'now': now, 'past': past, 'ratio': round(ratio, 4),
           'median_ratio': round(median_ratio, 4), 'lower_ratio': round(lower_ratio, 4),
           'upper_ratio': round(upper_ratio, 4), 'effect': round(effect, 4),
           'level': peer_level, 'body': peer_body, 'peers': peers
       }) as evidence
from judged
join check_volume_label using (measure)
left join (select distinct body, body_zh, body_en from check_body) as named
  on named.body = judged.peer_body
where not holds
