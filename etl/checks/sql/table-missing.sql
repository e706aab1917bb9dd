select report_id, section, absents < cells as holds,
       cells::varchar as cells,
       to_json({'expected': cells, 'absent': absents}) as evidence
from check_printed
