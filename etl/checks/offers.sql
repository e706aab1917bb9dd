-- Other figures that may stand in the place of printed ones (see offers.py) are told by the findings
-- they touch, and whether the two sides would then agree. Nothing is applied: a person decides.
update finding
set evidence = json_merge_patch(evidence, offer.facts),
    message_zh = message_zh || offer.words_zh,
    message_en = message_en || offer.words_en
from (
    with offered as (
        {offered}
    ), term as (
        select finding_id, side, unnest(from_json(
            evidence -> side,
            '[{{"item": "VARCHAR", "party": "VARCHAR", "value": "DOUBLE", "weight": "INTEGER",
               "year": "INTEGER"}}]'
        ), max_depth := 2)
        from (select distinct finding_id, evidence from offered)
        cross join (values ('left'), ('right')) as sides(side)
        where json_type(evidence -> side) = 'ARRAY'
    ), reread as (
        select term.finding_id,
               sum(weight * coalesce(offered.value, term.value)) filter (side = 'left') as left_sum,
               sum(weight * coalesce(offered.value, term.value)) filter (side = 'right')
                   as right_sum
        from term
        left join offered
          on offered.finding_id = term.finding_id and offered.year = term.year
         and offered.item = term.item and offered.party = term.party
        group by term.finding_id
    ), touching as (
        select offered.*
        from offered
        where (item = at_item and year = finding_year
               and coalesce(party = at_party, finding_id not in (select finding_id from term)))
           or (finding_id, item, party, year) in (
               select (finding_id, item, party, year) from term
           )
    )
    select finding_id,
           abs(any_value(left_sum) - any_value(right_sum)) < 1e-6 as ties,
           to_json({{
               '{name}': list({{
                   'item': touching.item, 'party': touching.party, 'value': value, 'place': place
               }} order by touching.item, touching.party),
               '{name}_ties': ties
           }}) as facts,
           case when ties then '{ties_zh}' else '{offer_zh}' end
           || string_agg(
               coalesce(check_item.label_zh, '') || '×' || check_party.label_zh || ' '
               || figure_text(value), '，' order by touching.item, touching.party
           ) || '。' as words_zh,
           case when ties then ' {ties_en}' else ' {offer_en}' end
           || string_agg(
               coalesce(check_item.label_en, '') || ' × ' || check_party.label_en || ' '
               || figure_text(value), ', ' order by touching.item, touching.party
           ) || '.' as words_en
    from touching
    left join reread using (finding_id)
    join check_item
      on check_item.form = touching.form and check_item.section = touching.section
     and check_item.item = touching.item
    join check_party
      on check_party.form = touching.form and check_party.section = touching.section
     and check_party.party = touching.party
    group by finding_id
) as offer
where finding.finding_id = offer.finding_id;
