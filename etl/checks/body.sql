-- What kind of body an agency is, in the words of the law: by the roster's kind, else by its name.
-- government, office (of a government), department, zone (管委会), town (乡镇政府), subdistrict; null
-- where neither tells. level as on the roster, else what the name itself settles.
create or replace temp table check_body as
select agency_id,
       case
           when kind in ('乡镇', '乡镇政府', '镇政府', '乡政府') then 'town'
           when kind in ('街道', '街道办事处') then 'subdistrict'
           when kind = '管委会' then 'zone'
           when kind in ('政府办公厅', '政府办公室') then 'office'
           when kind in ('部门', '垂直管理部门') then 'department'
           when kind = '政府' then if(level = '乡级', 'town', 'government')
           when regexp_matches(agency, '街道(?:办事处)?$') then 'subdistrict'
           when regexp_matches(agency, '[镇乡](?:人民政府)?$|苏木(?:人民政府)?$') then 'town'
           when regexp_matches(agency, '人民政府$') then 'government'
           when regexp_matches(agency, '人民政府办公[厅室]$') then 'office'
           when regexp_matches(agency, '管理?委员会$|管委会$') and regexp_matches(agency, '区') then 'zone'
           when regexp_matches(agency, '[局厅]$|委员会$') then 'department'
       end as body,
       coalesce(level, case when body in ('town', 'subdistrict') then '乡级' end) as level
from agency;
