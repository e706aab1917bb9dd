-- Which peers a rate is ranked among. A funnel is made for a kind of body of a level where it has
-- rates enough, and for the whole level where some kind of it has not.
create or replace temp table check_funnel as
with counted as (
    select year, scope, measure, level, body, count(*) as peers
    from check_rate
    group by all
), levels as (
    select year, scope, measure, level, sum(peers) as peers, min(peers) as fewest
    from counted
    where level is not null
    group by all
), chosen as (
    select year, scope, measure, level, body, false as whole_level, peers
    from counted
    where peers >= $least_peers and body is not null
    union all by name
    select year, scope, measure, level, null as body, true as whole_level, peers
    from levels
    where peers >= $least_peers and exists (
        select 1 from counted
        where counted.year = levels.year and counted.scope = levels.scope
          and counted.measure = levels.measure and counted.level = levels.level
          and (counted.peers < $least_peers or counted.body is null)
    )
)
select row_number() over (
           order by year, scope, measure, whole_level, level nulls first, body nulls first
       )::integer as funnel_id, *
from chosen;

create or replace temp table check_funnel_member as
select funnel_id, numerator, denominator
from check_rate join check_funnel as funnel
  on funnel.year = check_rate.year and funnel.scope = check_rate.scope
 and funnel.measure = check_rate.measure
 and funnel.level is not distinct from check_rate.level
 and funnel.body = check_rate.body
union all
select funnel_id, numerator, denominator
from check_rate join check_funnel as funnel
  on funnel.year = check_rate.year and funnel.scope = check_rate.scope
 and funnel.measure = check_rate.measure and funnel.level = check_rate.level
where funnel.whole_level;
