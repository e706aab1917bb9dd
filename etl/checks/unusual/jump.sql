-- Hidiroglou and Berthelot: the change of a volume is its ratio to the year before over the usual
-- one of its peers, on a scale on which halving weighs as much as doubling, and weighted by size.
-- One is added to both figures, so that a zero has a ratio too.
create or replace temp table check_jump as
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
)
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
left join groups using (number);
