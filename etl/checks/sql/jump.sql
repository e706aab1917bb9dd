-- unusual/jump.sql judges the volumes that are large enough to have jumped.
select report_id, true as holds, small as groups from check_volume_tally where small > 0
union all by name
select report_id, null as holds, unknown as groups from check_volume_tally where unknown > 0
union all by name
select report_id, holds, count(*)::integer as groups
from check_jump where holds is distinct from false
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
from check_jump
join check_volume_label using (measure)
left join (select distinct body, body_zh, body_en from check_body) as named
  on named.body = check_jump.peer_body
where not holds
