-- The cells that are unreadable or break their kind, looked up only in the reports that have one.
create or replace temp table check_odd_cell as
with odd_report as materialized (
    select distinct report_id from check_printed where unreadables + not_counts > 0
),
printed as (
    select report.report_id, report.reading_id, report.form,
           generate_subscripts(reading.cell_states, 1) as cell_no,
           unnest(reading.cell_states) as state,
           unnest(reading.cell_values) as value,
           unnest(reading.cell_raws) as raw,
           unnest(reading.cell_places) as place
    from odd_report
    join report using (report_id)
    join reading using (reading_id)
)
select printed.report_id, printed.form, printed.cell_no,
       form_cell.section, form_cell.item, form_cell.party, form_cell.kind,
       printed.state, printed.value,
       coalesce(printed.raw, '') as raw, coalesce(printed.place, '') as place,
       -- Why the row was left unread: its cells quote it as the doubt does, or the doubt the heads.
       (
           select min(doubt.code) from doubt
           where printed.state = 'unreadable'
             and doubt.reading_id = printed.reading_id and doubt.section = form_cell.section
             and doubt.place = printed.place
             and (doubt.detail = printed.raw or doubt.code = 'head-order')
       ) as unread_for
from printed
join form_cell on form_cell.form = printed.form and form_cell.cell_no = printed.cell_no
where printed.state = 'unreadable' or breaks_kind(form_cell.kind, printed.value);
