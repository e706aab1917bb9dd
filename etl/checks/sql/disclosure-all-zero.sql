select report_id, section,
       case when numbers > 0 then nonzero > 0 end as holds,
       numbers::varchar as numbers,
       to_json({
           'numbers': numbers, 'blank': blanks, 'dash': dashes,
           'unreadable': unreadables, 'absent': absents
       }) as evidence
from check_printed
where section = 2
