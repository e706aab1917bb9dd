-- See impact.py. First the published totals, cell by cell, and the largest of each table.
create or replace temp table check_published as
with summed as (
    select year, form, scope, 3 as section, party::varchar as party, '' as place,
           sum(columns(* exclude (year, form, scope, region, level, kind, party, reports)))
               as '\0'
    from requests_sums group by year, form, scope, party
), cases as (
    select year, form, scope, 4 as section, party::varchar as party, '' as place,
           sum(columns(* exclude (year, form, scope, region, level, kind, party, reports)))
               as '\0'
    from proceedings_sums group by year, form, scope, party
), disclosed as (
    select year, form, scope, sum(columns(* exclude (year, form, scope, region, level, kind, reports)))
               as '\0'
    from disclosure_sums group by year, form, scope
), total as (
    select year, form, scope, section, item, party, total
    from (unpivot summed on columns(* exclude (year, form, scope, section, party, place))
          into name item value total)
    union all
    select year, form, scope, section, item, party, total
    from (unpivot cases on columns(* exclude (year, form, scope, section, party, place))
          into name item value total)
    union all
    select year, form, scope, 2, cell.item, cell.party, total
    from (unpivot disclosed on columns(* exclude (year, form, scope))
          into name code value total) as figure
    join form_cell as cell using (form)
    where cell.section = 2 and cell.item || '_' || cell.party = code
)
select *, max(total) over (
           partition by year, form, scope, section, if(section = 2, party, null)
       ) as top
from (select * replace (abs(total) as total) from total);

-- A finding about a whole column or row goes by its largest total.
create or replace temp table check_published_line as
select year, form, scope, section, item, party, max(total) as total,
       arg_max(top, (total, top)) as top
from check_published
group by grouping sets (
    (year, form, scope, section, item, party), (year, form, scope, section, item),
    (year, form, scope, section, party), (year, form, scope, section)
);

-- A total that is smaller than what is in doubt of it is taken as large as that.
create or replace temp macro effect_of(difference, total, top) as
    case
        when difference = 0 then 0
        else abs(difference) / greatest(total, abs(difference))
             * power(greatest(total, abs(difference)) / greatest(top, total, abs(difference)),
                     {prominence})
    end;

-- What the likeliest mendings of each fault change, and where.
create or replace temp table check_fault as
with cell as (
    select suspect.*, published.total, report.agency_id, report.year, report.scope,
           coalesce(abs(printed - proposed), proposed) as difference,
           effect_of(difference, total, top) as effect
    from suspect
    join report using (report_id)
    left join check_published as published using (year, form, scope, section, item, party)
    where rank = 1
), solution as (
    select report_id, fault, solution, sum(effect) as effect, sum(difference) as difference,
           max(total) as total
    from cell group by report_id, fault, solution
), weighed as (
    select report_id, fault, least(1, avg(effect)) as effect, avg(difference) as difference,
           max(total) as total
    from solution group by report_id, fault
)
select distinct report_id, fault, weighed.effect, weighed.difference, weighed.total,
       cell.section, cell.item, cell.party, cell.agency_id, cell.year, cell.scope
from weighed join cell using (report_id, fault);

-- The fault that explains a finding: one of its own cells', or the year before's carried_out.
create or replace temp table check_explained as
with match as (
    select finding_id, fault.*
    from finding join check_fault as fault
      on fault.report_id = finding.report_id and fault.section = finding.section
     and fault.item = coalesce(finding.item, fault.item)
     and fault.party = coalesce(finding.party, fault.party)
    where coalesce(finding.item, finding.party) is not null
    union all
    select finding_id, fault.*
    from finding join check_fault as fault
      on fault.agency_id = finding.agency_id and fault.scope = finding.scope
     and fault.year = finding.year - 1 and fault.party = finding.party
    where finding.rule = 'carry-over' and fault.section = 3 and fault.item = 'carried_out'
)
select finding_id, arg_max(report_id, effect) as fault_report_id, arg_max(fault, effect) as fault,
       max(effect) as effect, arg_max(difference, effect) as difference,
       arg_max(total, effect) as total
from match group by finding_id;

-- What share of the totals a report makes up, and what share other years or peers make expect.
create or replace temp table check_share as
with headline as (
    select report_id, agency_id, scope, year, form, level, kind, 'requests' as measure,
           received as figure
    from requests where party = 'total'
    union all
    select report_id, agency_id, scope, year, form, level, kind, 'cases', sum(case_total)
    from proceedings group by all
    union all
    select report_id, agency_id, scope, year, form, level, kind, 'decisions',
           licence_decisions + penalty_decisions + coercion_decisions
    from disclosure
), shared as (
    select *, figure / nullif(sum(figure) over (partition by year, form, scope, measure), 0)
        as share
    from headline
)
select agency_id, scope, year, any_value(level) as level, any_value(kind) as kind,
       avg(share) as share
from shared group by agency_id, scope, year;

create or replace temp table check_expected as
with wanted as (
    select distinct agency_id, scope, year, level, kind from finding
), own as (
    select wanted.agency_id, wanted.scope, wanted.year, median(share) as share
    from wanted join check_share as other using (agency_id, scope)
    where other.year <> wanted.year
    group by all
), peers as (
    select year, scope, level, kind, median(share) as share
    from check_share group by year, scope, level, kind
)
select agency_id, wanted.scope, wanted.year, coalesce(own.share, peers.share, 0) as share
from wanted
left join own using (agency_id, scope, year)
left join peers
  on peers.year = wanted.year and peers.scope = wanted.scope
 and peers.level is not distinct from wanted.level and peers.kind is not distinct from wanted.kind;

create or replace temp table check_impact as
with placed as (
    select finding.*, report.form,
           case
               when coalesce(finding.item, finding.party) is not null
               then abs(coalesce(delta, left_value))
               when finding.section is not null then abs(delta)
           end as distance
    from finding left join report using (report_id)
), measured as (
    select placed.finding_id, placed.report_id, placed.severity,
           case
               when explained.finding_id is not null then 'suspect'
               when distance is not null and published.total is not null
                    and not list_contains({rates}, rule) then 'sides'
               else 'weight'
           end as basis,
           severity.factor * attribution.factor
           * if(list_contains({formal}, rule), {form}, {figures})
           * if(coalesce((evidence ->> 'correction_ties')::boolean, false), 0, 1) as suspicion,
           case basis
               when 'suspect' then explained.effect
               when 'sides' then effect_of(distance, published.total, published.top)
               else coalesce(expected.share, 0)
           end as effect,
           case basis when 'suspect' then explained.difference when 'sides' then distance end
               as difference,
           case basis when 'suspect' then explained.total when 'sides' then published.total end
               as total,
           concat_ws('|', explained.fault_report_id, explained.fault) as fault,
           case
               when placed.rule in {claims} then concat_ws(
                   '|', 'claim', placed.report_id, placed.section, placed.item, placed.party
               )
               -- A year is out by what the next takes back, whichever of the two is found.
               when placed.rule in {ledgers} then concat_ws(
                   '|', placed.rule, placed.agency_id, placed.scope,
                   placed.year - if(coalesce(taken_back, false), 1, 0),
                   if(placed.rule = 'carry-over', null, coalesce(broken.party, ''))
               )
               when basis = 'weight'
               then concat_ws('|', 'report', placed.agency_id, placed.scope, placed.year)
               else placed.finding_id
           end as shared,
           coalesce(taken_back, false) as taken_back, placed.rule,
           coalesce(explained.fault_report_id = placed.report_id, true) as at_home
    from placed
    left join check_explained as explained using (finding_id)
    left join (
        select report_id, ledger, party, told_by = 'returned' and side = 'closing' as taken_back
        from ledger_break
    ) as broken
      on broken.report_id = placed.report_id and broken.ledger = placed.rule
     and broken.party = if(placed.section = 2, placed.item, placed.party)
    left join check_published_line as published
      on published.year = placed.year and published.form = placed.form
     and published.scope = placed.scope and published.section = placed.section
     and published.item is not distinct from placed.item
     and published.party is not distinct from placed.party
    left join check_expected as expected
      on expected.agency_id = placed.agency_id and expected.scope = placed.scope
     and expected.year = placed.year
    join check_suspicion as severity
      on severity.kind = 'severity' and severity.code = placed.severity::varchar
    join check_suspicion as attribution
      on attribution.kind = 'attribution' and attribution.code = placed.attribution
), caused as (
    -- What shares its cause with a finding that a fault explains has that fault as its cause.
    select *, coalesce(
            nullif(fault, ''),
            arg_max(nullif(fault, ''), effect) over (partition by shared),
            shared
        ) as cause
    from measured
), ordered as (
    select *,
           rule in {bare_zeros}
           and bool_or(rule = '{telling_zero}' and suspicion > 0) over (partition by cause)
               as told_by_other
    from caused
)
select *, first_value(finding_id) over (
        partition by cause
        order by suspicion = 0, taken_back, told_by_other, suspicion * effect desc, at_home desc,
                 rule <> 'all-zero', severity, finding_id
    ) as carrier
from ordered;

update finding
set impact = round(suspicion * effect * if(carrier = finding.finding_id, 1, {remainder}), 9),
    impact_reason = to_json({{
        'basis': basis, 'suspicion': suspicion, 'effect': round(effect, 9),
        'difference': difference, 'total': total,
        'carried_by': if(carrier = finding.finding_id, null, carrier)
    }})
from check_impact
where check_impact.finding_id = finding.finding_id;

drop macro temp.effect_of;
