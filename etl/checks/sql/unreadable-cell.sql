-- A row or a table that was left unread is one finding, though each of its cells counts.
with counted as (
    select *,
           count(distinct item) filter (unread_for is not null) over table_of as unread_rows,
           count(unread_for) over table_of = cells - absents as unread
    from check_odd_cell
    join check_printed using (report_id, section)
    left join check_doubt on check_doubt.code = unread_for
    where state = 'unreadable'
    window table_of as (partition by report_id, section)
),
caused as (
    select *,
           unread and unread_rows > 1 as whole_table,
           case when unread_for is null then item || '|' || party
                when not whole_table then item
           end as cause
    from counted
),
spots as (
    select report_id, form, section, any_value(whole_table) as whole_table, count(*) as groups,
           any_value(item) filter (not whole_table) as item,
           any_value(party) filter (unread_for is null) as party,
           arg_min(raw, cell_no) as raw, arg_min(place, cell_no) as place,
           array_to_string(list_sort(list(distinct label_zh)), '；') as reason_zh,
           array_to_string(list_sort(list(distinct label_en)), '; ') as reason_en,
           list_sort(list(distinct unread_for)) as codes
    from caused
    group by report_id, form, section, cause
)
select report_id, true as holds, cells - absents - unreadables as groups
from check_printed
union all by name
select report_id, null as holds, absents as groups
from check_printed
union all by name
select report_id, spots.section, spots.item, spots.party, false as holds, groups,
       case when whole_table then check_section.label_zh
            else concat_ws('”×“', check_item.label_zh, check_party.label_zh)
       end as name_zh,
       case when whole_table then check_section.label_en
            else concat_ws('” × “', check_item.label_en, check_party.label_en)
       end as name_en,
       case when whole_table then '整张表未读取：' || reason_zh
            when spots.party is null then '整行未读取（印作“' || raw || '”）：' || reason_zh
            else '印作“' || raw || '”，不是数字'
       end as told_zh,
       case when whole_table then 'is a table that was left unread: ' || reason_en
            when spots.party is null
            then 'is a row that was left unread (it prints “' || raw || '”): ' || reason_en
            else 'prints “' || raw || '”, which is no number'
       end as told_en,
       -- Two texts read as one, or one figure printed with a gap: only the page tells.
       spots.party is not null and regexp_matches(raw, '[0-9０-９.,．，][\s\x{a0}\x{3000}]+[0-9０-９.,．，]')
           as may_be_the_reading,
       to_json({'raw': raw, 'place': place, 'cells': groups, 'doubts': codes}) as evidence
from spots
join check_section on check_section.section = spots.section
left join check_item
  on check_item.form = spots.form
 and check_item.section = spots.section and check_item.item = spots.item
left join check_party
  on check_party.form = spots.form
 and check_party.section = spots.section and check_party.party = spots.party
