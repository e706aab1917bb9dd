-- Overview, problems and other matters are known by their headings alone. Where none of the three
-- is found, the headings are lost in the file, and what is missing can't be told.
with found as (
    select report_id, sections_found,
           len(list_intersect(sections_found, [1, 5, 6])) > 0 as has_headings
    from report join reading using (reading_id)
), looked as (
    select *, unnest(range(1, 7))::utinyint as section from found
)
select report_id, section,
       case when list_contains(sections_found, section) then true
            when has_headings then false end as holds,
       to_json({'found': sections_found}) as evidence
from looked
