-- The funnels as they are kept, and every rate that can be ranked in the narrowest of its own.
delete from funnel;
insert into funnel
select funnel_id, year, scope, measure, level, body, peers, target, spread
from check_funnel join check_fit using (funnel_id)
order by funnel_id;

delete from funnel_limit;
insert into funnel_limit from check_limit order by funnel_id, cases;

delete from funnel_rate;
insert into funnel_rate
select report_id, coalesce(own.funnel_id, whole.funnel_id) as funnel_id, numerator, denominator,
       cases
from check_rate
join check_step using (denominator)
left join check_funnel as own
  on own.year = check_rate.year and own.scope = check_rate.scope
 and own.measure = check_rate.measure
 and own.level is not distinct from check_rate.level and own.body = check_rate.body
left join check_funnel as whole
  on whole.whole_level and whole.year = check_rate.year and whole.scope = check_rate.scope
 and whole.measure = check_rate.measure and whole.level = check_rate.level
where coalesce(own.funnel_id, whole.funnel_id) is not null;
