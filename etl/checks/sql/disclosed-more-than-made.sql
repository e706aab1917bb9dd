with looked as (
    select report_id, unnest([
        {'item': 'regulation', 'made': regulation_made,
         'disclosed': regulation_disclosed, 'total': regulation_disclosed_total},
        {'item': 'normative_document', 'made': normative_document_made,
         'disclosed': normative_document_disclosed, 'total': normative_document_disclosed_total}
    ], recursive := true)
    from disclosure
    where form = '2019'
), judged as (
    select *, disclosed > made as beyond_made, disclosed > total as beyond_total
    from looked
)
select report_id, 2 as section, item, 'disclosed' as party,
       not (beyond_made or beyond_total) as holds,
       disclosed as left_value,
       least(if(beyond_made, made, null), if(beyond_total, total, null)) as right_value,
       concat_ws(
           '，也',
           if(beyond_made, '多于“' || label_made.label_zh || '”的 ' || figure_text(made), null),
           if(beyond_total, '多于“' || label_total.label_zh || '”的 ' || figure_text(total), null)
       ) as told_zh,
       concat_ws(
           ' and ',
           if(beyond_made, figure_text(made) || ' under “' || label_made.label_en || '”', null),
           if(beyond_total, figure_text(total) || ' under “' || label_total.label_en || '”', null)
       ) as told_en,
       to_json({'made': made, 'disclosed': disclosed, 'disclosed_total': total}) as evidence
from judged
cross join (
    select label_zh, label_en from check_party
    where form = '2019' and section = 2 and party = 'made'
) as label_made
cross join (
    select label_zh, label_en from check_party
    where form = '2019' and section = 2 and party = 'disclosed_total'
) as label_total
