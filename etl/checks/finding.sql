-- From one rule's failed groups to its findings: labels, words, and whose fault it may be.
insert into finding
with failed as not materialized (
    {failed}
),
placed as not materialized (
    select failed.*,
           left_value - right_value as difference,
           substr(md5(concat_ws(
               '|', '{rule}', agency_id, year, scope,
               coalesce(section::varchar, ''), coalesce(item, ''), coalesce(party, '')
           )), 1, 16) as finding_id
    from failed
),
-- A doubt about the very spot speaks for the reading; one elsewhere in the report for neither.
doubted as (
    select finding_id, bool_or({doubt_counts}) as at_the_spot
    from (
        select finding_id, section, item,
               unnest([reading_id, previous_reading_id]) as reading_id
        from placed
    ) as spot
    join doubt using (reading_id)
    group by finding_id
)
select placed.finding_id, placed.report_id, agency.agency, placed.year, '{rule}', '{severity}',
       case
           when doubted.at_the_spot then 'reading'
           when doubted.finding_id is not null or placed.may_be_the_reading then 'unclear'
           else 'report'
       end,
       placed.section, placed.item, placed.party,
       placed.left_value, placed.right_value, round(placed.difference, 6),
       {message_zh},
       {message_en},
       placed.evidence,
       placed.agency_id, placed.scope, agency.region, agency.level, agency.kind,
       null, null
from placed
join agency on agency.agency_id = placed.agency_id
left join doubted on doubted.finding_id = placed.finding_id
left join check_section on check_section.section = placed.section
left join check_item
  on check_item.form = placed.form
 and check_item.section = placed.section and check_item.item = placed.item
left join check_party
  on check_party.form = placed.form
 and check_party.section = placed.section and check_party.party = placed.party
