-- agencies.py offers agency_name(name, agency, agency_id), every name and whom it means, and
-- path_told(reading_key, year, told_by, quote, published_on), what the names of files say.

delete from agency;
insert into agency
select known.agency_id, known.agency, roster.short_name, roster.level, roster.kind, roster.region,
       null as region_code, parent.agency_id as parent_id, roster.agency is not null as on_roster,
       roster.reports_from, roster.reports_to
from (select distinct agency, agency_id from agency_name) as known
left join roster on roster.agency = known.agency
left join agency_name as parent on parent.name = roster.parent;

-- One report for each agency, year and scope; the others are superseded.

-- A portal names a page after the day it was put up, which is more than a signature's day.
create or replace temp table publication as
with told as (
    select reading_id, told_by from statement where what = 'published_on' and used
), filed as (
    select reading_key, min(published_on) as day from path_told group by reading_key
)
select reading.reading_id,
       filed.day is not null and coalesce(told.told_by, 'signature') = 'signature' as by_path,
       case when by_path then filed.day else reading.published_on end as published_on
from reading
left join told on told.reading_id = reading.reading_id
left join filed on filed.reading_key = reading.reading_key;

create or replace temp table preference as
with candidate as (
    select reading.reading_id, reading.reading_key, reading.year, reading.scope,
           publication.published_on, reading.part, agency_name.agency_id, first_path.path,
           len(list_filter(reading.cell_states, lambda state: state = 'number')) as figures
    from reading
    join publication on publication.reading_id = reading.reading_id
    join agency_name on agency_name.name = reading.agency_printed
    join (select reading_key, min(path) as path from source group by reading_key) as first_path
        on first_path.reading_key = reading.reading_key
)
select reading_id, reading_key, agency_id, year, scope, path, published_on,
       row_number() over best as choice, first_value(path) over best as preferred_path
from candidate
window best as (
    partition by agency_id, year, scope
    order by published_on desc nulls last, figures desc, path, part
);

delete from report;
insert into report
select (md5_number_lower(concat_ws('|', agency.agency_id, reading.year, reading.scope)) >> 11)::bigint,
       agency.agency_id, agency.agency, reading.year, reading.form, reading.scope, reading.title,
       publication.published_on, reading.source_id, reading.reading_id
from preference
join reading on reading.reading_id = preference.reading_id
join publication on publication.reading_id = preference.reading_id
join agency on agency.agency_id = preference.agency_id
where preference.choice = 1
order by reading.year, agency.region, agency.agency_id;

delete from passed_over;
insert into passed_over
select report.report_id, preference.reading_id, preference.path, preference.published_on
from preference
join report using (agency_id, year, scope)
where preference.choice > 1
order by report.report_id, preference.choice;

delete from stated;
insert into stated
with told as (
    select report_id, ordinal, what, value, told_by, quote, place,
           used and not (what = 'published_on' and by_path) as used
    from report
    join statement using (reading_id)
    join publication using (reading_id)
    union all by name
    select report_id, 1000 as ordinal, 'year' as what, path_told.year::varchar as value, told_by,
           quote, '' as place, false as used
    from report
    join reading using (reading_id)
    join path_told using (reading_key)
    where path_told.year is not null
    union all by name
    select report_id, 1000 as ordinal, 'published_on' as what, min(path_told.published_on)::varchar
           as value, 'file' as told_by, any_value(quote) as quote, '' as place,
           any_value(by_path) as used
    from report
    join reading using (reading_id)
    join publication using (reading_id)
    join path_told using (reading_key)
    where path_told.published_on is not null
    group by report_id
)
select distinct on (report_id, what, value, told_by, place)
       report_id, what, value, told_by, quote, place, used,
       case when what = 'agency' then agency_name.agency_id end as agency_id
from told
left join agency_name on agency_name.name = told.value
order by report_id, what, value, told_by, place, ordinal;

update source set status = 'loaded', reason = null where status in ('superseded', 'duplicate');

update source set status = 'superseded', reason = unused.preferred_path
from (
    select reading_key, any_value(preferred_path) as preferred_path
    from preference
    group by reading_key
    having min(choice) > 1
) as unused
where source.reading_key = unused.reading_key;

update source set status = 'duplicate', reason = copies.first_path
from (
    select root, path, first_value(path) over same as first_path, row_number() over same as nth
    from source
    window same as (partition by reading_key order by path, root)
) as copies
where source.root = copies.root and source.path = copies.path and copies.nth > 1
  and source.status <> 'rejected';
