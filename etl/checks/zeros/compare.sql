-- What a zero is held against: the agency's other years, its peers of the year, its prose.

create or replace temp table check_zero_history as
select agency_id, scope,
       count(zero_all) as years_all, count(*) filter (not zero_all) as active_all,
       count(zero_disclosure) as years_disclosure,
       count(*) filter (not zero_disclosure) as active_disclosure,
       median(done) filter (done > 0) as usual_done,
       count(zero_requests) as years_requests,
       count(*) filter (received > 0) as active_requests,
       median(received) filter (received > 0) as usual_received,
       list(year) filter (received > 0) as years_received
from check_zero_year
group by agency_id, scope;

-- Peers share year, scope, level and kind of body, and function where enough of them do.
create or replace temp table check_zero_peers as
select year, scope, level, body, function,
       grouping(function) = 0 as by_function,
       count(zero_all) as peers_all, count(*) filter (zero_all) as zeros_all,
       count(zero_disclosure) as peers_disclosure,
       count(*) filter (zero_disclosure) as zeros_disclosure,
       count(zero_requests) as peers_requests, count(*) filter (zero_requests) as zeros_requests
from (
    select year, scope, coalesce(level, '') as level, body, coalesce(function, '') as function,
           zero_all, zero_disclosure, zero_requests
    from check_zero_year join check_zero_body using (agency_id)
)
group by grouping sets (
    (year, scope, level, body), (year, scope, level, body, function)
);

-- One row for each zero to be judged: a report's three tables together, or else one table of it.
create or replace temp table check_zero_spot as
select report_id, agency_id, year, scope, reading_id, cases, 'all' as about
from check_zero_year where zero_all
union all
select report_id, agency_id, year, scope, reading_id, cases, 'disclosure'
from check_zero_year where zero_disclosure and not zero_all
union all
select report_id, agency_id, year, scope, reading_id, cases, 'requests'
from check_zero_year where zero_requests and not zero_all;

create or replace temp table check_zero_told as
select reading_id,
       max(value) filter (measure = 'disclosed_items') as items,
       max(value) filter (measure in ('requests_received', 'requests_concluded')) as requests,
       max(value) filter (measure in ('reconsideration_cases', 'litigation_cases')) as cases
from reading_claim
where channel is null and reading_id in (select reading_id from check_zero_spot)
group by reading_id;

-- The spot's own report is zero: it counts among the years and the peers, but not as an active one.
create or replace temp table check_zero_case as
select spot.report_id, spot.about, spot.scope, spot.cases, body, own.function,
       told.items as told_items, told.requests as told_requests, told.cases as told_cases,
       case about when 'all' then years_all when 'disclosure' then years_disclosure
                  else years_requests end - 1 as other_years,
       case about when 'all' then active_all when 'disclosure' then active_disclosure
                  else years_requests - count_if_zero end as active_years,
       years_disclosure - 1 as other_disclosure, active_disclosure, usual_done,
       years_requests - 1 as other_requests, active_requests, usual_received,
       list_has_any(
           coalesce(years_received, []), [spot.year, spot.year - 1, spot.year - 2]
       ) as had_requests,
       peers.peers, peers.zeros
from check_zero_spot as spot
