-- What kind of body an agency is, in the words of the law: by the roster's kind, else by its name.
-- government, office (of a government), department, zone (管委会), town (乡镇政府), subdistrict; null
-- where neither tells. level as on the roster, else what the name itself settles. A name that only
-- says 市 or 区 leaves the level open: a city may be a county's or a province's.
create or replace temp table check_body as
with named as (
    select *, regexp_replace(agency, '(?:人民)?政府(?:办公[厅室]|办)?$', '') as place,
           regexp_matches(agency, '政府$') as is_government,
           regexp_matches(agency, '政府(?:办公[厅室]|办)$|[省市县区旗州盟]府办$') as is_office,
           regexp_matches(agency, '^(?:[^省市县区州盟旗镇乡委]|城乡)+部$') as is_ministry,
           is_ministry or regexp_matches(
               agency, '[局厅委办署]$|委员会$|办公[厅室]$|中心$|海关$|[支总大]队$'
           ) as is_department
    from agency
), bodied as (
    select *,
           case
               when kind in ('乡镇', '乡镇政府', '镇政府', '乡政府') then 'town'
               when kind in ('街道', '街道办事处') then 'subdistrict'
               when kind = '管委会' then 'zone'
               when kind in ('政府办公厅', '政府办公室') then 'office'
               when kind in ('部门', '垂直管理部门') then 'department'
               when kind = '政府' then if(level = '乡级', 'town', 'government')
               when regexp_matches(agency, '街道$|(?:街道|^[^驻]*)办事处$') then 'subdistrict'
               when regexp_matches(place, '[镇乡]$|苏木$') and not is_office then 'town'
               when is_government or regexp_matches(agency, '行政公署$|行署$') then 'government'
               when is_office then 'office'
               when regexp_matches(agency, '管委会?$')
                    or regexp_matches(agency, '(?:[区园]|基地)(?:建设)?管理委员会$')
                    or regexp_matches(
                        agency,
                        '[^治]新区$|(?:开发|度假|示范|保税|风景|名胜|高新|经开|实验|管理|工业|园)区$'
                    )
               then 'zone'
               when is_department then 'department'
               -- A place that reports under its bare name is its government.
               when regexp_matches(agency, '[省市县区旗州盟]$') then 'government'
           end as body
    from named
)
select agency_id, body,
       coalesce(level, case
           when body in ('town', 'subdistrict') then '乡级'
           when body in ('government', 'office')
                and regexp_matches(place, '省$|自治区$|^(?:北京|上海|天津|重庆)市$') then '省级'
           when body in ('government', 'office') and regexp_matches(place, '自治州$|盟$|地区|行署$')
           then '市级'
           when body in ('government', 'office') and regexp_matches(place, '[县旗区]$') then '县级'
           when body = 'department' and regexp_matches(agency, '[县旗].+$') then '县级'
           when body = 'department' and regexp_matches(agency, '(?:省|自治区).*厅$') then '省级'
           when body = 'department' and (is_ministry or regexp_matches(
               agency, '^国家[^局省市]+(?:局|委员会)$|^(?:审计署|海关总署|中国人民银行)$'
           )) then '国家级'
       end) as level,
       case body
           when 'government' then '政府' when 'office' then '政府办公厅（室）'
           when 'department' then '政府部门' when 'zone' then '管委会'
           when 'town' then '乡镇政府' when 'subdistrict' then '街道办事处'
       end as body_zh,
       case body
           when 'government' then 'government' when 'office' then 'government office'
           when 'department' then 'government department' when 'zone' then 'zone administration'
           when 'town' then 'town government' when 'subdistrict' then 'subdistrict office'
       end as body_en
from bodied;
