-- A name of a known agency is judged by that agency. Any other is the report's own when it may be
-- short for it, letter by letter; 县政务公开办公室, which names no place, may be anybody's.
with told as (
    select report.report_id, report.agency, stated.value as name, stated.told_by, stated.quote,
           stated.place, stated.agency_id = report.agency_id as same, known.agency as known,
           [report.agency, own.short_name] || coalesce(roster.aliases, []) || printed.names as names
    from stated
    join report using (report_id)
    join agency as own on own.agency_id = report.agency_id
    left join agency as known on known.agency_id = stated.agency_id
    left join roster on roster.agency = report.agency
    left join (
        select report_id, list(value) as names
        from stated where what = 'agency' and (used or told_by = 'title')
        group by report_id
    ) as printed on printed.report_id = report.report_id
    where stated.what = 'agency' and stated.told_by in ('preface', 'signature')
), judged as (
    select *,
           case
               when same or list_contains(names, name) then true
               when known is not null then is_office_of(known, agency) or is_office_of(agency, known)
               when len(list_filter(names, lambda own: may_be_short_for(name, own))) > 0 then true
               when regexp_matches(name, '^[省市县区旗州盟镇乡]') then null
               else false
           end as fits
    from told
)
select report_id,
       case when bool_or(not fits) then false when bool_or(fits) then true end as holds,
       string_agg(distinct name, '、' order by name) filter (not fits) as named,
       arg_min({'by': told_by, 'quote': quote}, (told_by, place, quote)) filter (not fits) as said,
       case said['by'] when 'signature' then '落款却是' else '正文却写作' end || named
           || case when said['quote'] <> named then '（“' || said['quote'] || '”）' else '' end as told_zh,
       case said['by'] when 'signature' then 'is signed by ' else 'names ' end || named
           || case said['by'] when 'signature' then '' else ' in its prose' end
           || case when said['quote'] <> named then ' (“' || said['quote'] || '”)' else '' end as told_en,
       to_json({
           'agency': any_value(agency),
           'named': list({
               'name': name, 'told_by': told_by, 'fits': fits, 'quote': quote, 'place': place
           } order by place, name)
       }) as evidence
from judged
group by report_id
