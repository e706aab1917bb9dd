-- Which tables are all zero: all three together, that of section 2, that of section 3; null where
-- no number is printed.
create or replace temp table check_zero_flags as
select report_id, agency_id, year, scope, reading_id, zero_all, zero_disclosure, zero_requests
from report
join (
    select report_id,
           case when sum(numbers) > 0 then sum(nonzero) = 0 end as zero_all,
           bool_and(case when numbers > 0 then nonzero = 0 end) filter (section = 2)
               as zero_disclosure,
           bool_and(case when numbers > 0 then nonzero = 0 end) filter (section = 3)
               as zero_requests
    from check_printed
    group by report_id
) using (report_id);

create or replace temp view check_zero_state as
select * exclude (zero_all, zero_disclosure, zero_requests), 'all' as about, zero_all as zero
from check_zero_flags
union all
select * exclude (zero_all, zero_disclosure, zero_requests), 'disclosure', zero_disclosure
from check_zero_flags
union all
select * exclude (zero_all, zero_disclosure, zero_requests), 'requests', zero_requests
from check_zero_flags;

-- Departments by what their name says they do; null where it names no function of power.
create or replace temp table check_zero_body as
select agency_id, body, coalesce(check_body.level, '') as level,
       case when body = 'department' and coalesce(check_body.level, '') <> '乡级'
            then named.code end as function
from check_body
left join (
    select agency_id, min_by(code, ordinal) as code
    from agency join check_zero_word on contains(agency, word)
    group by agency_id
) as named using (agency_id)
where body is not null;

-- The zeros to be judged: a report's three tables together, or else one table of it.
create or replace temp table check_zero_spot as
select flags.*, about, body, level, function
from check_zero_state as state
join check_zero_flags as flags using (report_id)
left join check_zero_body on check_zero_body.agency_id = flags.agency_id
where state.zero and (about = 'all' or not flags.zero_all);

-- The agency's years, its own zero among them.
create or replace temp table check_zero_history as
select agency_id, scope,
       count(zero_all) as years_all, count(*) filter (not zero_all) as active_all,
       count(zero_disclosure) as years_disclosure,
       count(*) filter (not zero_disclosure) as active_disclosure,
       count(zero_requests) as years_requests,
       count(*) filter (not zero_requests) as active_requests
from check_zero_flags
where agency_id in (select agency_id from check_zero_spot)
group by agency_id, scope;

-- What the agency did in a year, documents and decisions, but not what stays in force.
create or replace temp table check_zero_usual as
select agency_id, scope,
       count(*) filter (done > 0) as years_done, median(done) filter (done > 0) as usual_done,
       count(*) filter (received > 0) as years_received,
       median(received) filter (received > 0) as usual_received,
       list(year) filter (received > 0) as received_in
from (
    select requests.agency_id, requests.scope, requests.year, received,
           coalesce(licence_decisions, 0) + coalesce(other_service_decisions, 0)
           + coalesce(penalty_decisions, 0) + coalesce(coercion_decisions, 0)
           + coalesce(regulation_made, 0) + coalesce(regulation_issued, 0)
           + coalesce(normative_document_made, 0) + coalesce(normative_document_issued, 0)
               as done
    from requests
    join disclosure using (report_id)
    where party = 'total' and requests.agency_id in (select agency_id from check_zero_spot)
)
group by agency_id, scope;

-- How many of a kind did the same that year; function '' for the kind as a whole.
create or replace temp table check_zero_peers as
select year, scope, level, body, coalesce(function, '') as function, about,
       count(zero) as reports, count(*) filter (zero) as zeros
from check_zero_state join check_zero_body using (agency_id)
group by grouping sets (
    (year, scope, about, level, body), (year, scope, about, level, body, function)
)
having grouping(function) = 1 or function is not null;

create or replace temp table check_zero_told as
select reading_id,
       max(value) filter (measure = 'disclosed_items') as items,
       min(value) filter (measure = 'requests_received') as received_least,
       max(value) filter (measure in ('requests_received', 'requests_concluded')) as requests,
       max(value) filter (measure in ('reconsideration_cases', 'litigation_cases')) as cases
from reading_claim
where channel is null and reading_id in (select reading_id from check_zero_spot)
group by reading_id;
