-- 立法法: departments of the State Council, provinces, and cities with districts and autonomous
-- prefectures. Such a government's office often reports what the government made, which leaves it
-- open; a whole government's summary is the government's, whoever wrote it.
with told as (
    select report_id, agency, check_body.body, check_body.level, body_zh, body_en, form,
           if(scope = 'rollup' and coalesce(body, 'office') = 'office', 'government', body)
               as speaks_as,
           if(form = '2019',
              [regulation_made, regulation_disclosed, regulation_disclosed_total],
              [regulation_issued, regulation_repealed, regulation_in_force]) as figures,
           list_max(figures) as most
    from disclosure
    join agency using (agency_id)
    join check_body using (agency_id)
), judged as (
    select *,
           case
               when speaks_as in ('town', 'subdistrict', 'zone') or level in ('县级', '乡级')
               then false
               when speaks_as = 'department' then level = '国家级'
               when speaks_as = 'government' and level = '市级'
               then regexp_matches(agency, '[市州](?:(?:人民)?政府(?:办公室|办)?)?$')
               when speaks_as = 'government' then level in ('国家级', '省级')
           end as entitled
    from told
)
select report_id, 2 as section, 'regulation' as item,
       case when most > 0 then entitled when len(figures) = list_count(figures) then true end
           as holds,
       most as left_value, coalesce(body_zh, '政府') as body_zh,
       coalesce(body_en, 'government') as body_en,
       to_json({
           'body': body, 'level': level,
           'figures': if(form = '2019',
               to_json({'made': figures[1], 'disclosed': figures[2],
                        'disclosed_total': figures[3]}),
               to_json({'issued': figures[1], 'repealed': figures[2], 'in_force': figures[3]}))
       }) as evidence
from judged
