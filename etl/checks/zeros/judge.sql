-- All that speaks for or against each zero, in one row. Its own report is left out of the agency's
-- years and of its peers; having nothing but zeros, it is among the active ones of neither.
create or replace temp table check_zero_case as
with counted as (
    select spot.*, told.items, told.received_least,
           told.requests as told_requests, told.cases as told_cases,
           years_disclosure - (zero_disclosure is not null)::integer as disclosure_years,
           years_requests - (zero_requests is not null)::integer as requests_years,
           case about when 'all' then years_all when 'disclosure' then years_disclosure
                      else years_requests end - 1 as other_years,
           case about when 'all' then active_all when 'disclosure' then active_disclosure
                      else active_requests end as active_years,
           years_done, usual_done, years_received, usual_received,
           list_has_any(
               coalesce(received_in, []), [spot.year, spot.year - 1, spot.year - 2]
           ) as had_requests
    from check_zero_spot as spot
    left join check_zero_told as told using (reading_id)
    join check_zero_history using (agency_id, scope)
    join check_zero_usual using (agency_id, scope)
), disputed as (
    select report_id, sum(case_total) as cases
    from proceedings
    where report_id in (select report_id from check_zero_spot where about = 'requests')
    group by report_id
)
select counted.report_id, counted.about, counted.scope, counted.body, counted.function,
       items, received_least, told_requests, told_cases, cases, had_requests,
       disclosure_years, requests_years, other_years, active_years,
       years_done, usual_done, years_received, usual_received,
       if(same.reports > $least_peers, same.reports, kind.reports) - 1 as peers,
       if(same.reports > $least_peers, same.zeros, kind.zeros) - 1 as peers_zero
from counted
left join disputed using (report_id)
left join check_zero_peers as same
  on same.year = counted.year and same.scope = counted.scope and same.about = counted.about
 and same.level = counted.level and same.body = counted.body and same.function = counted.function
left join check_zero_peers as kind
  on kind.year = counted.year and kind.scope = counted.scope and kind.about = counted.about
 and kind.level = counted.level and kind.body = counted.body and kind.function = '';

create or replace temp table check_zero_reason as
with spoken as (
    select report_id, about, function, 'claimed-requests' as code, told_requests as figure,
           null::bigint as count, null::bigint as of
    from check_zero_case where told_requests > 0
    union all by name
    select report_id, about, 'claimed-cases' as code, told_cases as figure
    from check_zero_case where told_cases > 0
    union all by name
    select report_id, about,
           if(items >= $many_items, 'claimed-many-items', 'claimed-items') as code,
           items as figure
    from check_zero_case where items > 0
    union all by name
    select report_id, about,
           if(years_done >= 2 and years_done >= $usual_share * disclosure_years,
              'disclosure-usual', 'disclosure-once') as code,
           usual_done as figure, years_done as count, disclosure_years as of
    from check_zero_case where usual_done >= $usual_figure
    union all by name
    select report_id, about,
           if(years_received >= 2 and years_received >= $usual_share * requests_years,
              'requests-usual', 'requests-once') as code,
           usual_received as figure, years_received as count, requests_years as of
    from check_zero_case where usual_received >= $usual_figure
    union all by name
    select report_id, about, 'whole-government' as code
    from check_zero_case where scope = 'rollup'
    union all by name
    select report_id, about, function, power || '-function' as code
    from check_zero_case join check_zero_function on check_zero_function.code = function
    union all by name
    select report_id, about, 'cases-without-requests' as code, cases as figure
    from check_zero_case where about = 'requests' and cases > 0 and not had_requests
    union all by name
    select report_id, about,
           if(peers_zero <= $rare_share * peers, 'peers-active', 'peers-quiet') as code,
           peers_zero as count, peers as of
    from check_zero_case
    where peers >= $least_peers
      and (peers_zero <= $rare_share * peers or peers_zero >= $common_share * peers)
    union all by name
    -- Where there are powers, zeros year after year are no comfort.
    select report_id, about, 'quiet-years' as code, other_years as of
    from check_zero_case where other_years >= 2 and active_years = 0 and function is null
    union all by name
    select report_id, about, 'calm-body' as code
    from check_zero_case where body in ('town', 'subdistrict')
    union all by name
    select report_id, about, 'none-claimed' as code
    from check_zero_case
    where received_least = 0 and coalesce(told_requests, 0) = 0
)
select report_id, about, code, weight, figure, count, of, function
from spoken join check_zero_weight using (code, about);

create or replace temp table check_zero_score as
select report_id, about,
       (items is not null or told_requests is not null or told_cases is not null)
       or other_years > 0 or coalesce(peers, 0) >= $least_peers as at_hand,
       coalesce(score, 0) as score
from check_zero_case
left join (
    select report_id, about, sum(weight) as score from check_zero_reason group by all
) using (report_id, about);

-- Worded only where somebody is going to read it.
create or replace temp table check_zero_words as
with told as (
    select reason.*, words.ordinal,
           replace(replace(replace(replace(
               words.zh, '{figure}', figure_text(figure)),
               '{count}', figure_text(count)),
               '{of}', figure_text(of)),
               '{function}', coalesce(named.zh, '')) as zh,
           replace(replace(replace(replace(
               words.en, '{figure}', figure_text(figure)),
               '{count}', figure_text(count)),
               '{of}', figure_text(of)),
               '{function}', coalesce(named.en, '')) as en
    from check_zero_reason as reason
    join check_zero_text as words using (code)
    left join check_zero_function as named on named.code = reason.function
    where about = 'all' or (report_id, about) in (
        select (report_id, about) from check_zero_score where score >= $unclear_from
    )
)
select report_id, about,
       list({
           'code': code, 'weight': weight,
           'numbers': {'figure': figure, 'count': count, 'of': of},
           'zh': zh, 'en': en
       } order by weight desc, ordinal) as reasons,
       string_agg(zh, '；' order by weight desc, ordinal) filter (weight > 0) as against_zh,
       string_agg(en, '; ' order by weight desc, ordinal) filter (weight > 0) as against_en
from told
group by report_id, about;

insert into zero_grade
select report_id,
       case
           when score >= $implausible_from then 'implausible'
           when score >= $unclear_from then 'unclear'
           else 'expected'
       end,
       score,
       coalesce(to_json(reasons), '[]')
from check_zero_score left join check_zero_words using (report_id, about)
where about = 'all';
