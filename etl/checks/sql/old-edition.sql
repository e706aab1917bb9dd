-- Without the tables of sections 2 and 3 a reading's edition is only taken from its year.
with due as (
    select report_id, report.form, (
        select max(form) from form_cell where form::smallint <= report.year
    ) as due_form
    from report
), told as (
    select report_id, sum(cells - absents) filter (section in (2, 3)) as printed
    from check_printed
    group by report_id
)
select report_id, case when printed > 0 then form = due_form end as holds,
       form as form_printed, due_form,
       to_json({'printed': form, 'due': due_form}) as evidence
from due join told using (report_id)
