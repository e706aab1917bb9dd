-- Without any decision there is nothing to mistake.
with looked as (
    select report_id, unnest([
        {'item': 'licence', 'decisions': licence_decisions,
         'previous': licence_previous, 'change': licence_change},
        {'item': 'other_service', 'decisions': other_service_decisions,
         'previous': other_service_previous, 'change': other_service_change},
        {'item': 'penalty', 'decisions': penalty_decisions,
         'previous': penalty_previous, 'change': penalty_change},
        {'item': 'coercion', 'decisions': coercion_decisions,
         'previous': coercion_previous, 'change': coercion_change}
    ], recursive := true)
    from disclosure
    where form = '2019'
)
select report_id, 2 as section, item, 'decisions' as party,
       decisions > $most or decisions <> previous + change as holds,
       decisions as left_value, previous + change as right_value,
       figure_text(previous) || if(change < 0, ' − ', ' + ') || figure_text(abs(change)) as items,
       to_json({'decisions': decisions, 'previous': previous, 'change': change}) as evidence
from looked
where decisions is null or decisions <> 0
