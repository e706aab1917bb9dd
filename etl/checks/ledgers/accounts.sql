-- The years of the ledgers that break somewhere, with how each follows from the year before.
create or replace temp table check_account as
with broken as (
    select distinct finding.rule as ledger, finding.agency_id, finding.scope,
           if(finding.section = 2, finding.item, finding.party) as party
    from finding
    where finding.rule in (select unnest($1::varchar[])) and report_id is not null
), account as (
    select account.*
    from ledger_account as account
    semi join broken using (agency_id, scope, ledger, party)
), followed as (
    select *,
           if(lag(year) over series = year - 1, lag(closing) over series, null) as expected,
           if(lag(year) over series = year - 1, lag(own_gap) over series, null) as earlier_own_gap,
           if(lag(year) over series = year - 1, lag(report_id) over series, null)
               as earlier_report_id
    from account
    window series as (partition by agency_id, scope, ledger, party order by year)
), gapped as (
    select *, round(if(ledger = 'pending-cases', least(opening - expected, 0), opening - expected),
                    6) as gap
    from followed
)
select *,
       if(lag(year) over series = year - 1, lag(gap) over series, null) as gap_before,
       if(lead(year) over series = year + 1, lead(gap) over series, null) as gap_after
from gapped
window series as (partition by agency_id, scope, ledger, party order by year);
