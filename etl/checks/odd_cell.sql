-- Only the cells of reports that have an unreadable cell or a figure that is no count.
create or replace temp view check_odd_cell as
select odd.report_id, form_cell.section, form_cell.item, form_cell.party, form_cell.kind,
       odd.state, odd.value,
       coalesce(odd.raw, '') as raw, coalesce(odd.place, '') as place
from (
    select report.report_id, report.form,
           generate_subscripts(reading.cell_states, 1) as cell_no,
           unnest(reading.cell_states) as state,
           unnest(reading.cell_values) as value,
           unnest(reading.cell_raws) as raw,
           unnest(reading.cell_places) as place
    from report join reading using (reading_id)
    where report.report_id in (
        select report_id from check_printed where unreadables + not_counts > 0
    )
) as odd
join form_cell on form_cell.form = odd.form and form_cell.cell_no = odd.cell_no;
