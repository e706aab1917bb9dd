-- The parts of a roll-up: the parent's own report, and of each unit below it its own roll-up where
-- it has one, else its own report. A unit counts in the years in which it must report or does.
with wholes as materialized (
    select report_id as whole_id, agency_id, year from report where scope = 'rollup'
), below as materialized (
    select parent_id, agency_id, on_roster, reports_from, reports_to
    from agency
    where parent_id is not null
      and not list_contains(string_split($left_out, '、'), coalesce(kind, ''))
), units as materialized (
    select whole_id, wholes.year, below.agency_id, false as is_parent,
           on_roster and wholes.year between coalesce(reports_from, wholes.year)
                                         and coalesce(reports_to, wholes.year) as due
    from wholes join below on below.parent_id = wholes.agency_id
    union all
    select whole_id, year, agency_id, true, false from wholes
), parts as materialized (
    select units.*, own.report_id as own_id, whole.report_id as rolled_id, check_body.body,
           units.agency_id in (select parent_id from below) as has_parts
    from units
    join check_body using (agency_id)
    left join report as own
      on own.agency_id = units.agency_id and own.year = units.year and own.scope = 'agency'
    left join report as whole
      on whole.agency_id = units.agency_id and whole.year = units.year
     and whole.scope = 'rollup' and not units.is_parent
), complete as materialized (
    select whole_id,
           count(*) filter (not is_parent) as units,
           bool_and(case
               when is_parent then true
               when rolled_id is not null then true
               when own_id is not null then not has_parts
               else not due
           end)
           and (bool_or(is_parent and own_id is not null)
                or coalesce(bool_or(body = 'office' and own_id is not null and not is_parent),
                            false)) as known
    from parts
    group by whole_id
), sides as materialized (
    select whole_id, false as is_whole, coalesce(rolled_id, own_id) as report_id
    from parts
    where coalesce(rolled_id, own_id) is not null
      and whole_id in (select whole_id from complete where known and units > 0)
    union all
    select distinct whole_id, true, whole_id
    from complete where known and units > 0
), counted as (
    select whole_id, count(*)::integer as parts from sides where not is_whole group by whole_id
),
-- Added up where every part has the figure, null elsewhere.
added_2 as (
    select whole_id, is_whole,
           case when count(columns(* exclude (whole_id, is_whole))) = count(*)
                then sum(columns(* exclude (whole_id, is_whole))) end
    from (
        select whole_id, is_whole, disclosure.* exclude (
            report_id, agency_id, year, form, scope, region, level, kind
        )
        from sides join disclosure using (report_id)
    )
    group by whole_id, is_whole
), added_3 as (
    select whole_id, is_whole, party::varchar as party,
           case when count(columns(* exclude (whole_id, is_whole, party))) = count(*)
                then sum(columns(* exclude (whole_id, is_whole, party))) end
    from (
        select whole_id, is_whole, requests.* exclude (
            report_id, agency_id, year, form, scope, region, level, kind
        )
        from sides join requests using (report_id)
    )
    group by whole_id, is_whole, party
), added_4 as (
    select whole_id, is_whole, party::varchar as party,
           case when count(columns(* exclude (whole_id, is_whole, party))) = count(*)
                then sum(columns(* exclude (whole_id, is_whole, party))) end
    from (
        select whole_id, is_whole, proceedings.* exclude (
            report_id, agency_id, year, form, scope, region, level, kind
        )
        from sides join proceedings using (report_id)
    )
    group by whole_id, is_whole, party
), figures as (
    select 2 as section, whole_id, is_whole, null::varchar as party, name as item, value
    from added_2 unpivot include nulls (value for name in (columns(* exclude (whole_id, is_whole))))
    union all
    select 3 as section, whole_id, is_whole, party, name as item, value
    from added_3 unpivot include nulls (value for name in (columns(* exclude (whole_id, is_whole, party))))
    union all
    select 4 as section, whole_id, is_whole, party, name as item, value
    from added_4 unpivot include nulls (value for name in (columns(* exclude (whole_id, is_whole, party))))
), compared as (
    select report.report_id, report.form, form_cell.cell_no, form_cell.section, form_cell.item,
           form_cell.party, any_value(parts) as parts,
           max(value) filter (is_whole) as left_value,
           max(value) filter (not is_whole) as right_value,
           -- Amounts are rounded in each of the parts.
           case when any_value(form_cell.kind) = 'amount' then 0.005 * (any_value(parts) + 1)
                else 0 end as margin,
           abs(max(value) filter (is_whole) - max(value) filter (not is_whole)) <= margin + 1e-6
               as holds
    from figures
    join report on report.report_id = figures.whole_id
    join counted using (whole_id)
    join form_cell
      on form_cell.form = report.form and form_cell.section = figures.section
     and case when figures.section = 2 then form_cell.item || '_' || form_cell.party = figures.item
              else form_cell.item = figures.item and form_cell.party = figures.party end
    group by all
), told as (
    select report_id, form, section, any_value(parts) as parts, count(*)::integer as cells,
           arg_min(
               {'item': item, 'party': party, 'left': left_value, 'right': right_value},
               {'inner': party <> 'total', 'gap': -abs(left_value - right_value), 'cell': cell_no}
           ) as chief,
           list({'item': item, 'party': party, 'rollup': left_value, 'sum': round(right_value, 6)}
                order by cell_no) as differing
    from compared where not holds
    group by report_id, form, section
)
select whole_id as report_id, null as holds, 1 as groups
from complete where not (known and units > 0)
union all by name
select report_id, holds, count(*)::integer as groups
from compared where holds is distinct from false
group by report_id, holds
union all by name
select report_id, false as holds, told.section, cells as groups,
       chief.left as left_value, chief.right as right_value,
       cells::varchar as cells, parts::varchar as parts,
       check_item.label_zh as item_label_zh, check_item.label_en as item_label_en,
       check_party.label_zh as party_label_zh, check_party.label_en as party_label_en,
       to_json({'parts': parts, 'cells': differing}) as evidence
from told
join check_item
  on check_item.form = told.form and check_item.section = told.section
 and check_item.item = chief.item
join check_party
  on check_party.form = told.form and check_party.section = told.section
 and check_party.party = chief.party
