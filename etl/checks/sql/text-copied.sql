-- Without another agency's prose of that year or earlier there is nothing to compare with.
with long_enough as (
    select report_id, agency_id, year, characters
    from check_prose join report using (report_id)
    where characters >= $least_length
), first_of_agency as (
    select agency_id, min(year) as year from long_enough group by agency_id
), oldest as (
    select arg_min(agency_id, year) as agency_id, min(year) as year from first_of_agency
), second as (
    select min(year) as year from first_of_agency
    where agency_id <> (select agency_id from oldest)
), compared as (
    select long_enough.*
    from long_enough, oldest, second
    where case when long_enough.agency_id = oldest.agency_id then long_enough.year >= second.year
               else long_enough.year >= oldest.year end
), cluster as (
    select cluster_id, count(distinct agency_id) as agencies
    from (
        select cluster_id, unnest([report_id, other_report_id]) as report_id from text_copy
    )
    join report using (report_id)
    group by cluster_id
), copied as (
    select text_copy.report_id,
           max_by(text_copy, (other_report_id = cluster_id, share, -other_report_id)) as best,
           list({
               'report_id': other_report_id, 'agency': other.agency, 'year': other.year,
               'share': round(share, 4), 'characters': characters, 'tied': tied
           } order by share desc, other_report_id) as others,
           any_value(cluster.agencies) as agencies
    from text_copy
    join report as other on other.report_id = other_report_id
    join cluster using (cluster_id)
    where kind = 'copied'
    group by text_copy.report_id
)
select compared.report_id, best is null as holds,
       best.characters::varchar as characters, compared.characters::varchar as compared,
       round(100 * best.share)::integer::varchar as percent,
       other.agency as other, other.year::varchar as other_year,
       case when best.tied then '（无法判明先后）' else '' end as order_zh,
       case when best.tied then ' (which came first can''t be told)' else '' end as order_en,
       to_json({
           'other_report_id': best.other_report_id, 'share': round(best.share, 4),
           'characters': best.characters, 'of': compared.characters, 'tied': best.tied,
           'others': others, 'agencies_sharing_it': agencies, 'passages': best.passages[1:3]
       }) as evidence
from compared
left join copied using (report_id)
left join report as other on other.report_id = best.other_report_id
