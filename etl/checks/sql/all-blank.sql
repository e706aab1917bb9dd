-- An unreadable cell may hide a figure, and a report without tables is table-missing's affair.
select report_id,
       case
           when sum(numbers) > 0 then true
           when sum(unreadables) > 0 or sum(blanks + dashes) = 0 then null
           else false
       end as holds,
       sum(cells - absents)::varchar as printed,
       sum(blanks)::varchar as blanks,
       sum(dashes)::varchar as dashes,
       to_json({
           'blank': sum(blanks)::integer, 'dash': sum(dashes)::integer,
           'absent': sum(absents)::integer
       }) as evidence
from check_printed
group by report_id
