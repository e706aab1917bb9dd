-- What each correction is about, or why it is about nothing that is printed.
create or replace temp table correction_match as
with named as (
    select agency.agency_id, unnest(list_distinct(list_filter(
        [agency.agency, agency.short_name] || coalesce(roster.aliases, []),
        lambda name: name is not null
    ))) as name
    from agency left join roster on roster.agency = agency.agency
), meant as (
    select name, any_value(agency_id) as agency_id
    from named
    group by name
    having count(distinct agency_id) = 1
)
select correction.line, correction.agency, correction.year, correction.item, correction.party,
       correction.value, report.report_id,
       reading.cell_raws[form_cell.cell_no] as raw,
       min(correction.line) over (
           partition by report.report_id, form_cell.section, form_cell.item, form_cell.party
       ) as first_line,
       case
           when meant.agency_id is null then 'agency'
           when report.report_id is null then 'report'
           when form_cell.cell_no is null then 'cell'
           when reading.cell_states[form_cell.cell_no] = 'absent' then 'absent'
           when first_line < correction.line then 'twice'
           when reading.cell_values[form_cell.cell_no] = correction.value then 'same'
           when trim(correction.printed) <> trim(raw) then 'printed'
       end as fault
from correction
left join meant on meant.name = correction.agency
left join report
  on report.agency_id = meant.agency_id and report.year = correction.year
 and report.scope = correction.scope
left join reading on reading.reading_id = report.reading_id
left join form_cell
  on form_cell.form = report.form and form_cell.section = correction.section
 and form_cell.item = correction.item and form_cell.party = correction.party;

update correction set report_id = correction_match.report_id
from correction_match where correction_match.line = correction.line;
