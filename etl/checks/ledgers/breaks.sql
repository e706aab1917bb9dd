-- Which side moved where a ledger breaks, and which breaks are understood.

-- The cells that an opening and a closing are made of.
create or replace temp table check_ledger_cell as
select distinct sides.ledger, if(cell.section = 2, cell.item, cell.party) as party,
       sides.side, sides.weight, cell.form, cell.cell_no, cell.section, cell.item,
       cell.party as cell_party
from form_cell as cell
join (values
    ('carry-over', 3, 'carried_in', 'opening', 1), ('carry-over', 3, 'carried_out', 'closing', 1),
    ('pending-cases', 4, 'case_total', 'opening', 1), ('pending-cases', 4, 'pending', 'closing', 1),
    ('in-force-ledger', 2, 'in_force', 'opening', 1), ('in-force-ledger', 2, 'issued', 'opening', -1),
    ('in-force-ledger', 2, 'repealed', 'opening', 1), ('in-force-ledger', 2, 'in_force', 'closing', 1),
    ('items-ledger', 2, 'previous', 'opening', 1), ('items-ledger', 2, 'previous', 'closing', 1),
    ('items-ledger', 2, 'change', 'closing', 1)
) as sides(ledger, section, code, side, weight)
  on cell.section = sides.section
 and sides.code = if(cell.section = 2, cell.party, cell.item)
where sides.ledger <> 'in-force-ledger' or cell.form = '2021';

-- What other files for the year before close with.
create or replace temp table check_other_closing as
select account.ledger, account.party, account.report_id, passed_over.reading_id,
       sum(weight * reading.cell_values[cell_no]) as closing
from check_account as account
join passed_over on passed_over.report_id = account.earlier_report_id
join reading on reading.reading_id = passed_over.reading_id
join check_ledger_cell as cell
  on cell.ledger = account.ledger and cell.party = account.party and cell.side = 'closing'
 and cell.form = reading.form
where account.gap <> 0
group by all
having bool_and(reading.cell_values[cell_no] is not null);

-- By how much the office's corrections change a gap.
create or replace temp table check_corrected_gap as
select account.ledger, account.party, account.report_id,
       sum(if(cell.side = 'opening', 1, -1) * weight
           * (correction.value - reading.cell_values[cell_no])) as change
from check_account as account
join check_ledger_cell as cell using (ledger, party)
join correction
  on correction.report_id
     = if(cell.side = 'opening', account.report_id, account.earlier_report_id)
 and correction.section = cell.section and correction.item = cell.item
 and correction.party = cell.cell_party
join report on report.report_id = correction.report_id and report.form = cell.form
join reading on reading.reading_id = report.reading_id
where account.gap <> 0
group by all;

delete from ledger_break where ledger in (select unnest($1::varchar[]));
insert into ledger_break
with told as (
    select account.*,
           case
               when gap is null or gap = 0 then null
               when round(gap + change, 6) = 0 then 'correction'
               when exists (
                   select 1 from check_other_closing as other
                   where other.report_id = account.report_id and other.ledger = account.ledger
                     and other.party = account.party and round(other.closing - account.opening, 6) = 0
               ) then 'copy'
               when ledger = 'carry-over' and round(earlier_own_gap - gap, 6) = 0
                    and own_gap is distinct from gap then 'balance'
               when ledger <> 'pending-cases' and gap + gap_before = 0 then 'returned'
               when ledger <> 'pending-cases' and gap + gap_after = 0 then 'returned'
           end as told_by
    from check_account as account
    left join check_corrected_gap using (ledger, party, report_id)
), sided as (
    select *,
           case
               when gap is null or gap = 0 then null
               when told_by in ('copy', 'balance') or gap + gap_before = 0 then 'closing'
               when told_by = 'returned' then 'opening'
               when ledger in ('carry-over', 'pending-cases') then
                   case
                       when earlier_own_gap = 0 and own_gap <> 0 then 'opening'
                       when earlier_own_gap <> 0 and own_gap = 0 then 'closing'
                       else 'unclear'
                   end
               when gap_before = 0 then 'opening'
               else 'unclear'
           end as side
    from told
)
select report_id, ledger, party, side, told_by,
       min(if(gap <> 0 and told_by is null, year, null)) over (
           partition by ledger, party, agency_id, scope
       ) as first_break_year
from sided
qualify gap <> 0;
