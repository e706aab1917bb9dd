select report_id,
       case when sum(numbers) > 0 then sum(nonzero) > 0 end as holds,
       sum(numbers)::varchar as numbers,
       to_json({
           'numbers': sum(numbers)::integer, 'blank': sum(blanks)::integer,
           'dash': sum(dashes)::integer, 'unreadable': sum(unreadables)::integer,
           'absent': sum(absents)::integer
       }) as evidence
from check_printed
group by report_id
