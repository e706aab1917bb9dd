select report_id, true as holds, cells - absents - unreadables as groups
from check_printed
union all by name
select report_id, null as holds, absents as groups
from check_printed
union all by name
select report_id, section, item, party, false as holds, 1 as groups,
       raw, to_json({'raw': raw, 'place': place}) as evidence
from check_odd_cell
where state = 'unreadable'
