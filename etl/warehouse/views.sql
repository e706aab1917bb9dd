-- Views over the star tables, made after them.

-- What every year opens and closes with, in each ledger (see etl/checks/ledgers/). own_gap is what
-- the year is out of balance in itself, where the form has such a balance.
create view ledger_account as
select 'carry-over' as ledger, party::varchar as party, report_id, agency_id, scope, year,
       carried_in as opening, received as added, concluded as removed, carried_out as closing,
       carried_in + received - concluded - carried_out as own_gap
from requests
union all
select 'pending-cases', party::varchar, report_id, agency_id, scope, year,
       case_total, null, upheld + corrected + other_result, pending,
       upheld + corrected + other_result + pending - case_total
from proceedings
union all
select 'in-force-ledger', line.party, report_id, agency_id, scope, year,
       line.in_force - line.issued + line.repealed, line.issued, line.repealed, line.in_force,
       null
from (
    select *, unnest([
        {'party': 'regulation', 'issued': regulation_issued,
         'repealed': regulation_repealed, 'in_force': regulation_in_force},
        {'party': 'normative_document', 'issued': normative_document_issued,
         'repealed': normative_document_repealed, 'in_force': normative_document_in_force}
    ]) as line
    from disclosure where form = '2021'
)
union all
select 'items-ledger', line.party, report_id, agency_id, scope, year,
       line.previous, line.change, null, line.previous + line.change, null
from (
    select *, unnest([
        {'party': 'licence', 'previous': licence_previous, 'change': licence_change},
        {'party': 'other_service',
         'previous': other_service_previous, 'change': other_service_change},
        {'party': 'penalty', 'previous': penalty_previous, 'change': penalty_change},
        {'party': 'coercion', 'previous': coercion_previous, 'change': coercion_change},
        {'party': 'fee', 'previous': fee_previous, 'change': fee_change}
    ]) as line
    from disclosure where form = '2019'
);

-- How the years follow one another. Ask for single agencies: over all of them it takes as long as
-- the checks. Ledgers that are 0 in every year are left out.
create view ledger as
select agency_id, scope, ledger, party, year, report_id, opening, added, removed, closing,
       expected, gap,
       case
           when first_year then 'start'
           when gap is null then 'undecided'
           when gap = 0 then 'holds'
           when told_by is null then 'breaks'
           else 'restated'
       end as status,
       side, told_by, coalesce(first_break_year = year, false) as first_break
from (
    select *, round(if(ledger = 'pending-cases', least(opening - expected, 0), opening - expected),
                    6) as gap
    from (
        select *, lag(year) over series is null as first_year,
               if(lag(year) over series = year - 1, lag(closing) over series, null) as expected
        from ledger_account
        window series as (partition by agency_id, scope, ledger, party order by year)
        qualify bool_or(opening <> 0 or added <> 0 or removed <> 0 or closing <> 0)
            over (partition by agency_id, scope, ledger, party)
    )
)
left join ledger_break using (report_id, ledger, party);
