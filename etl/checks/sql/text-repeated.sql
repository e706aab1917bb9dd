with compared as (
    select check_prose.report_id, check_prose.characters, previous_report_id
    from check_prose
    join check_previous using (report_id)
    join check_prose as past on past.report_id = previous_report_id
    where check_prose.characters >= $least_length and past.characters >= $least_length
)
select report_id, text_copy.report_id is null as holds,
       text_copy.characters::varchar as characters, compared.characters::varchar as compared,
       round(100 * share)::integer::varchar as percent, (report.year - 1)::varchar as before,
       to_json({
           'other_report_id': other_report_id, 'share': round(share, 4),
           'characters': text_copy.characters, 'of': compared.characters,
           'passages': passages[1:3]
       }) as evidence
from compared
join report using (report_id)
left join (from text_copy where kind = 'repeated') as text_copy using (report_id)
