-- A table that is the same as a year ago and not all zero gives rise to a look at every cell;
-- lists of all reports side by side would take more memory than there is.
with span as (
    select form,
           min(cell_no) filter (section = 2) as from_2, max(cell_no) filter (section = 2) as to_2,
           min(cell_no) filter (section = 3) as from_3, max(cell_no) filter (section = 3) as to_3,
           min(cell_no) filter (section = 4) as from_4, max(cell_no) filter (section = 4) as to_4
    from form_cell group by form
), mark as materialized (
    select report_id, form, sum_2 <> 0 as busy_2, sum_3 <> 0 as busy_3, sum_4 <> 0 as busy_4,
           hash(table_2) as hash_2, hash(table_3) as hash_3, hash(table_4) as hash_4
    from (
        select report_id, report.form,
               cell_values[from_2:to_2] as table_2, list_sum(table_2) as sum_2,
               cell_values[from_3:to_3] as table_3, list_sum(table_3) as sum_3,
               cell_values[from_4:to_4] as table_4, list_sum(table_4) as sum_4
        from report join reading using (reading_id) join span on span.form = report.form
    )
), pair as materialized (
    select report_id, previous_report_id,
           coalesce(now.busy_2, now.busy_3, now.busy_4) is not null
           and coalesce(past.busy_2, past.busy_3, past.busy_4) is not null as printed,
           coalesce(now.busy_2 or now.busy_3 or now.busy_4, false)
           or coalesce(past.busy_2 or past.busy_3 or past.busy_4, false) as busy,
           coalesce(now.hash_2 = past.hash_2 and now.busy_2, false)
           or coalesce(now.hash_3 = past.hash_3 and now.busy_3, false)
           or coalesce(now.hash_4 = past.hash_4 and now.busy_4, false) as alike
    from check_previous
    join mark as now using (report_id)
    join mark as past on past.report_id = check_previous.previous_report_id
                     and past.form = now.form
), compared as (
    select pair.report_id, pair.previous_report_id, report.year - 1 as before,
           list_filter(
               list_zip(now.cell_values, past.cell_values),
               lambda sides: coalesce(sides[1], 0) <> 0 or coalesce(sides[2], 0) <> 0
           ) as cells,
           list_filter(cells, lambda sides: sides[1] = sides[2]) as same,
           len(list_distinct(list_transform(same, lambda sides: sides[1]))) as figures
    from pair
    join report using (report_id)
    join report as earlier on earlier.report_id = pair.previous_report_id
    join reading as now on now.reading_id = report.reading_id
    join reading as past on past.reading_id = earlier.reading_id
    where alike and printed
), judged as (
    select *, case
        when len(same) < $least_share * len(cells) then true
        when figures >= $least_figures then false
    end as holds
    from compared
)
select report_id, case when busy and printed then true end as holds
from pair where not alike or not printed
union all by name
select report_id, holds, before::varchar as before,
       len(cells)::varchar as nonzero, len(same)::varchar as equal,
       to_json({
           'other_report_id': previous_report_id, 'nonzero': len(cells), 'equal': len(same),
           'share': round(len(same) / len(cells), 4), 'different_figures': figures
       }) as evidence
from judged
