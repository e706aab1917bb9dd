-- Whose fault a failed identity is, by what its suspect cells print: the reading's where their text
-- or row read another way reconciles, open where the text is not plainly what is stored.
create or replace temp table check_suspect_print as
select suspect.report_id, suspect.section, suspect.item, suspect.party,
       suspect.printed, suspect.proposed,
       -- Digits without their minus are no other reading where it is printed and stored.
       if(printed < 0 and regexp_matches(raw, '^\s*-[0-9]'), [],
          list_transform(regexp_extract_all(raw, '[0-9]+'), lambda run: try_cast(run as double))
              || [try_cast(regexp_replace(raw, '[^0-9]', '', 'g') as double)]) as readings,
       -- Thousands are set apart by commas or thin spaces; a measure word may follow.
       coalesce(
           try_cast(regexp_replace(raw, '[,\s\x{{00a0}}\x{{2009}}\x{{202f}}\p{{Han}}]', '', 'g')
                    as double) = printed,
           printed is null
       ) as is_plain
from (
    select suspect.*, report.reading_id, form_cell.cell_no,
           translate(reading.cell_raws[form_cell.cell_no],
                     '０１２３４５６７８９，．－−〇零○', '0123456789,.--000') as raw
    from suspect
    join report using (report_id)
    join reading using (reading_id)
    join form_cell
      on form_cell.form = report.form and form_cell.section = suspect.section
     and form_cell.item = suspect.item and form_cell.party = suspect.party
    where suspect.rank = 1
) as suspect;

create or replace temp table check_reread as
select other.*, reading.cell_places[form_cell.cell_no] as place
from (
    select report_id, section, item, party, proposed as value from check_suspect_print
    where list_contains(readings, proposed) and printed is distinct from proposed
    union
    from check_rotated
) as other
join report using (report_id)
join reading using (reading_id)
join form_cell
  on form_cell.form = report.form and form_cell.section = other.section
 and form_cell.item = other.item and form_cell.party = other.party;

-- The cells that a finding rests on: those its two sides add up, or the one where it stands.
create or replace temp table check_finding_cell as
with accused as (
    select report_id from check_reread
    union
    select report_id from check_suspect_print where not is_plain
), concerned as (
    select finding_id, finding.agency_id, finding.scope, finding.year,
           finding.section, finding.item, finding.party, finding.evidence
    from finding
    where finding.rule in {rules} and finding.report_id in (
        select report_id from accused
        union
        select check_previous.report_id from check_previous
        join accused on accused.report_id = check_previous.previous_report_id
    )
), term as (
    select finding_id, agency_id, scope, unnest(from_json(
        evidence -> side,
        '[{{"section": "UTINYINT", "item": "VARCHAR", "party": "VARCHAR", "year": "SMALLINT"}}]'
    ), recursive := true)
    from concerned cross join (values ('left'), ('right')) as sides(side)
    where json_type(evidence -> side) = 'ARRAY'
    union all by name
    select finding_id, agency_id, scope, section, item, party, year
    from concerned where json_type(evidence -> 'left') is distinct from 'ARRAY'
)
select finding_id, report.report_id, term.section, term.item, term.party, report.form
from term join report using (agency_id, scope, year);

update finding
set attribution = 'reading',
    evidence = json_merge_patch(evidence, offer.facts),
    message_zh = message_zh || offer.words_zh,
    message_en = message_en || offer.words_en
from (
    select finding_id,
           to_json({{
               'alternative': list({{
                   'item': item, 'party': party, 'value': value, 'place': place
               }} order by item, party),
               'alternative_ties': true
           }}) as facts,
           '另一种读法两边相符：' || string_agg(
               check_item.label_zh || '×' || check_party.label_zh || ' ' || figure_text(value),
               '，' order by item, party
           ) || '。' as words_zh,
           ' Another reading would tie out: ' || string_agg(
               check_item.label_en || ' × ' || check_party.label_en || ' ' || figure_text(value),
               ', ' order by item, party
           ) || '.' as words_en
    from check_finding_cell
    join check_reread using (report_id, section, item, party)
    join check_item using (form, section, item)
    join check_party using (form, section, party)
    group by finding_id
) as offer
where finding.finding_id = offer.finding_id
  and json_extract(finding.evidence, '$.alternative') is null;

update finding
set attribution = 'unclear'
where attribution = 'report' and finding_id in (
    select finding_id
    from check_finding_cell
    join check_suspect_print using (report_id, section, item, party)
    where not is_plain
);
