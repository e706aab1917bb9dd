select report_id,
       case when sum(cells - absents) > 0 then sum(blanks + dashes) = 0 end as holds,
       sum(blanks + dashes)::double as left_value,
       0::double as right_value,
       sum(cells - absents)::varchar as printed,
       sum(blanks)::varchar as blanks,
       sum(dashes)::varchar as dashes,
       to_json({
           'printed': sum(cells - absents)::integer,
           'blank': sum(blanks)::integer,
           'dash': sum(dashes)::integer,
           'by_section': {
               '2': (sum(blanks + dashes) filter (section = 2))::integer,
               '3': (sum(blanks + dashes) filter (section = 3))::integer,
               '4': (sum(blanks + dashes) filter (section = 4))::integer
           }
       }) as evidence
from check_printed
group by report_id
