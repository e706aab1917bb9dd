-- Cell by cell only those reports are compared that have pieces of the tables, rows or parts of
-- them, in common with the year before; it would take long for all. No piece has more than 14
-- cells: where 0.95 of the figures are equal, at most 14 × 0.05 of the pieces with a figure differ.
-- Below a share of 0.93 that says nothing, and all are compared; so are reports with cells that hold
-- no figure, because any of these may be equal.
with piece as materialized (
    select report_id, hash(1, *columns('^(regulation|normative_document)_')) as mark
    from (select report_id, coalesce(columns('^(regulation|normative_document)_'), 0) from disclosure)
    where greatest(*columns('^(regulation|normative_document)_')) > 0
       or least(*columns('^(regulation|normative_document)_')) < 0
    union all
    select report_id, hash(2, *columns('^(licence|other_service|penalty|coercion)_')) as mark
    from (select report_id, coalesce(columns('^(licence|other_service|penalty|coercion)_'), 0) from disclosure)
    where greatest(*columns('^(licence|other_service|penalty|coercion)_')) > 0
       or least(*columns('^(licence|other_service|penalty|coercion)_')) < 0
    union all
    select report_id, hash(3, *columns('^(fee|procurement)_')) as mark
    from (select report_id, coalesce(columns('^(fee|procurement)_'), 0) from disclosure)
    where greatest(*columns('^(fee|procurement)_')) > 0
       or least(*columns('^(fee|procurement)_')) < 0
    union all
    select report_id, hash(4, party, *columns('^(received|carried_in|granted|partial|refused_.*)$')) as mark
    from (select report_id, party, coalesce(columns('^(received|carried_in|granted|partial|refused_.*)$'), 0) from requests)
    where greatest(*columns('^(received|carried_in|granted|partial|refused_.*)$')) > 0
       or least(*columns('^(received|carried_in|granted|partial|refused_.*)$')) < 0
    union all
    select report_id, hash(5, party, *columns('^(unable_.*|rejected_.*|other.*|concluded|carried_out)$')) as mark
    from (select report_id, party, coalesce(columns('^(unable_.*|rejected_.*|other.*|concluded|carried_out)$'), 0) from requests)
    where greatest(*columns('^(unable_.*|rejected_.*|other.*|concluded|carried_out)$')) > 0
       or least(*columns('^(unable_.*|rejected_.*|other.*|concluded|carried_out)$')) < 0
    union all
    select report_id, hash(6, party, *columns('^(upheld|corrected|other_result|pending|case_total)$')) as mark
    from (select report_id, party, coalesce(columns('^(upheld|corrected|other_result|pending|case_total)$'), 0) from proceedings)
    where greatest(*columns('^(upheld|corrected|other_result|pending|case_total)$')) > 0
       or least(*columns('^(upheld|corrected|other_result|pending|case_total)$')) < 0
), printed as materialized (
    select report_id, coalesce(pieces, 0) as pieces,
           list_count(cell_values) < len(cell_values) as gaps
    from report join reading using (reading_id)
    left join (select report_id, count(*) as pieces from piece group by report_id) using (report_id)
    where list_max(cell_values) is not null
), pair as materialized (
    select check_previous.report_id, previous_report_id, now.pieces,
           now.pieces is not null and past.pieces is not null as printed,
           coalesce(now.pieces, 0) + coalesce(past.pieces, 0) > 0 as busy,
           now.gaps or past.gaps as gaps
    from check_previous
    join report using (report_id)
    left join printed as now on now.report_id = check_previous.report_id
    left join printed as past on past.report_id = previous_report_id
    where previous_form = report.form
), alike as materialized (
    select pair.report_id
    from pair
    join piece as now on now.report_id = pair.report_id
    join piece as past on past.report_id = previous_report_id and past.mark = now.mark
    where printed and not gaps and $least_share >= 0.93
    group by pair.report_id, pieces
    having count(*) > (1 - 14 * (1 - $least_share)) * pieces - 0.001
    union all
    select report_id from pair where printed and busy and (gaps or $least_share < 0.93)
), compared as (
    select pair.report_id, pair.previous_report_id, report.year - 1 as before,
           list_filter(
               list_zip(now.cell_values, past.cell_values),
               lambda sides: coalesce(sides[1], 0) <> 0 or coalesce(sides[2], 0) <> 0
           ) as cells,
           list_filter(cells, lambda sides: sides[1] = sides[2]) as same,
           len(list_filter(cells, lambda sides: sides[1] is null or sides[2] is null)) as unknown,
           len(list_distinct(list_transform(same, lambda sides: sides[1]))) as figures
    from alike
    join pair using (report_id)
    join report using (report_id)
    join report as earlier on earlier.report_id = pair.previous_report_id
    join reading as now on now.reading_id = report.reading_id
    join reading as past on past.reading_id = earlier.reading_id
), judged as (
    select *, case
        when len(same) + unknown < $least_share * len(cells) then true
        when len(same) < $least_share * len(cells) then null
        when figures >= $least_figures then false
    end as holds
    from compared
)
select report_id, case when busy and printed then true end as holds
from pair anti join alike using (report_id)
union all by name
select report_id, holds, before::varchar as before,
       len(cells)::varchar as nonzero, len(same)::varchar as equal,
       to_json({
           'other_report_id': previous_report_id, 'nonzero': len(cells), 'equal': len(same),
           'without_counterpart': unknown,
           'share': round(len(same) / len(cells), 4), 'different_figures': figures
       }) as evidence
from judged
