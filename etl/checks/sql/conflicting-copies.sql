-- A report's other files are compared with the one that was taken. A file of the very same bytes
-- carries the same figures; a cell that only one of two files fills is no conflict, but leaves open
-- whether they agree.
-- A position beyond a list's end gives null: a cell that the other edition doesn't have.
with position as (
    select kept.form, other_form.form as other_form,
           list(coalesce(other.cell_no, 9999) order by kept.cell_no) as positions
    from form_cell as kept
    cross join (select distinct form from form_cell) as other_form
    left join form_cell as other
      on other.form = other_form.form and other.section = kept.section
     and other.item = kept.item and other.party = kept.party
    group by kept.form, other_form.form
), pair as (
    select passed_over.report_id, passed_over.reading_id as other_id, passed_over.path,
           passed_over.published_on as other_day, kept.form,
           kept.cell_values as here, list_select(other.cell_values, positions) as there,
           kept.cell_places as places_here,
           list_select(other.cell_places, positions) as places_there
    from passed_over
    join report using (report_id)
    join reading as kept on kept.reading_id = report.reading_id
    join reading as other on other.reading_id = passed_over.reading_id
    join position on position.form = kept.form and position.other_form = other.form
), beside as (
    select report_id, other_id, form, generate_subscripts(here, 1) as cell_no,
           unnest(here) as here, unnest(there) as there,
           unnest(places_here) as place_here, unnest(places_there) as place_there
    from pair
), different as (
    select report_id, other_id,
           list({
               'section': section, 'item': item, 'party': party, 'here': here, 'there': there,
               'place_here': place_here, 'place_there': place_there
           } order by cell_no) as differences,
           arg_min(
               {'form': form, 'section': section, 'item': item, 'party': party,
                'here': here, 'there': there},
               cell_no
           ) as first_one
    from beside
    join form_cell using (form, cell_no)
    where here <> there
    group by report_id, other_id
), tallied as (
    select report_id, other_id,
           count(*) filter (here <> there) as differing,
           count(*) filter (here = there) as equal,
           count(*) filter ((here is null) <> (there is null)) as one_sided
    from beside
    group by report_id, other_id
), judged as (
    select report_id, other_id, path, other_day, differing, one_sided, differences, first_one,
           case
               when differing > 0 then false
               when equal > 0 and one_sided = 0 then true
           end as holds
    from pair
    join tallied using (report_id, other_id)
    left join different using (report_id, other_id)
), conflict as (
    select report_id, count(*) as copies,
           arg_min(first_one, (path, other_id)) as shown, min(path) as path,
           sum(differing) as differing,
           list({
               'file': path, 'published_on': other_day, 'cells_that_differ': differing,
               'cells_only_one_fills': one_sided, 'first': differences[:10]
           } order by path, other_id) as others,
           bool_or(other_id in (select reading_id from doubt)) as doubted
    from judged
    where not holds
    group by report_id
)
select report_id, holds
from judged
where report_id not in (select report_id from conflict)
union all by name
select report.report_id, true as holds
from source
join report on report.source_id = source.source_id
where source.status = 'duplicate' and report.report_id not in (select report_id from conflict)
union all by name
select report_id, false as holds, doubted as may_be_the_reading,
       conflict.path, copies::varchar as copies, differing::varchar as differing,
       if(copies = 1, 'Another file for the year has', copies || ' other files for the year have')
           as copies_en,
       if(differing = 1, '1 different figure', differing || ' different figures') as cells_en,
       figure_text(shown.here) as here, figure_text(shown.there) as there,
       '第' || substr('一二三四五六', shown.section::integer, 1) || '部分“' || item.label_zh || '”×“'
           || party.label_zh || '”' as cell_zh,
       'section ' || shown.section || ', “' || item.label_en || '” × “' || party.label_en || '”'
           as cell_en,
       to_json({
           'file': (select min(path) from source where source.reading_key = reading.reading_key),
           'published_on': report.published_on, 'others': others
       }) as evidence
from conflict
join report using (report_id)
join reading using (reading_id)
join check_item as item
  on item.form = shown.form and item.section = shown.section and item.item = shown.item
join check_party as party
  on party.form = shown.form and party.section = shown.section and party.party = shown.party
