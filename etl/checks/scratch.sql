-- What the rules' queries draw on beside the warehouse; gone when the checks are done. What follows
-- from the form, or is costly and not always needed, is made in scratch.py.

-- Nothing is due for a year that isn't over, whatever year a report bears.
create or replace temp table check_span as
select min(year) as first_year, max(year) as last_year,
       year(current_date) - 1 as last_ended_year, {first_form_year} as first_form_year
from report;

-- The agency's report of the year before, of the same scope.
create or replace temp table check_previous as
select now.report_id, past.report_id as previous_report_id,
       past.reading_id as previous_reading_id, past.form as previous_form
from report as now
join report as past
  on past.agency_id = now.agency_id and past.scope = now.scope and past.year = now.year - 1;
