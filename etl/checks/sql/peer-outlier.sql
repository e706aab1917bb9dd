-- A rate is undecided where it has no figures, too few cases or too few peers. A count of cases is
-- compared as a rate with the same limits that the funnel plot shows.
with placed as (
    select *, rate between lower_998 and upper_998 as inside from funnel_report
), tallied as (
    select report_id, count(*) filter (inside)::integer as inside, count(*)::integer as placed
    from placed group by report_id
)
select report_id, true as holds, inside as groups from tallied where inside > 0
union all by name
select report.report_id, null as holds,
       (select count(*) from check_rate_label)::integer - coalesce(placed, 0) as groups
from report left join tallied using (report_id)
where coalesce(placed, 0) < (select count(*) from check_rate_label)
union all by name
select report_id, false as holds, 1 as groups, section, item, party,
       round(100 * rate, 2) as left_value, round(100 * target, 2) as right_value,
       label_zh as rate_zh, label_en as rate_en,
       figure_text(numerator) || '/' || figure_text(denominator) as fraction,
       figure_text(round(100 * lower_998, 1)) as lower_limit,
       figure_text(round(100 * upper_998, 1)) as upper_limit,
       coalesce(peer_level, '') || coalesce(body_zh, '各类机关') as peers_zh,
       coalesce(body_en, 'all bodies') || coalesce(' (' || peer_level || ')', '') as peers_en,
       peers::varchar as peers,
       to_json({
           'measure': measure, 'numerator': numerator, 'denominator': denominator,
           'rate': round(rate, 6), 'target': round(target, 6), 'spread': round(spread, 6),
           'z': round(z, 2), 'lower_95': round(lower_95, 6), 'upper_95': round(upper_95, 6),
           'lower_998': round(lower_998, 6), 'upper_998': round(upper_998, 6),
           'level': peer_level, 'body': peer_body, 'peers': peers
       }) as evidence
from placed
join check_rate_label using (measure)
left join (select distinct body, body_zh, body_en from check_body) as named
  on named.body = placed.peer_body
where not inside
