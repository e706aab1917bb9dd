-- Sentences that prove nothing when two reports share them, as a place where each of them stands:
-- written by many agencies, and by most of them between other sentences. One that keeps its
-- neighbour wherever it stands belongs to a longer text that goes from hand to hand, and that is
-- what is looked for. What is rare goes first, by its hash alone: there are millions of sentences.
with frequent as materialized (
    select mark from (select unnest(marks) as mark from check_sentence)
    group by mark having count(*) >= $fewest
), placed as (
    select report_id, unnest(marks) as mark,
           unnest(list_prepend(null::ubigint, marks)) as former, unnest(marks[2:]) as latter,
           generate_subscripts(marks, 1) as number
    from check_sentence
), sentence as materialized (
    select placed.*, agency_id
    from placed semi join frequent using (mark) join report using (report_id)
), common as materialized (
    select mark
    from (select distinct mark, agency_id from sentence)
    group by mark
    having count(*) >= greatest($fewest, $share * (
        select count(distinct agency_id) from check_sentence join report using (report_id)
    ))
), held as materialized (
    select * from sentence semi join common using (mark)
), kept_together as (
    select mark
    from (
        select mark, side, neighbour, count(*) as times
        from (
            select mark, unnest(['former', 'latter']) as side, unnest([former, latter]) as neighbour
            from held
        )
        where neighbour is not null
        group by all
    )
    join (select mark, count(*) as total from held group by mark) using (mark)
    group by mark
    having max(times) > any_value(total) / 2
)
select unnest(min({'report_id': report_id, 'number': number}))
from held anti join kept_together using (mark)
group by mark
