-- Bare sentences that prove nothing when two reports share them: short, written by many agencies,
-- and by most of them between other sentences. One that keeps its neighbour wherever it stands
-- belongs to a longer text that goes from hand to hand, and that is what is looked for.
with placed as (
    select report_id, unnest(lines) as sentence,
           unnest(list_prepend(null, lines)) as former, unnest(lines[2:]) as latter
    from (select report_id, string_split(text, chr(10)) as lines from check_wording)
), sentence as (
    select agency_id, sentence, hash(sentence) as mark,
           case when former is not null then hash(former) end as before,
           case when latter is not null then hash(latter) end as after
    from placed join report using (report_id)
    where length(sentence) between 1 and $length
), common as materialized (
    select mark
    from sentence group by mark
    having count(distinct agency_id) >= greatest($fewest, $share * (
        select count(distinct agency_id) from check_wording join report using (report_id)
    ))
), held as materialized (
    select sentence.* from sentence semi join common using (mark)
), kept_together as (
    select mark
    from (
        select mark, side, neighbour, count(*) as times
        from (
            select mark, unnest(['before', 'after']) as side, unnest([before, after]) as neighbour
            from held
        )
        where neighbour is not null
        group by all
    )
    join (select mark, count(*) as total from held group by mark) using (mark)
    group by mark
    having max(times) > any_value(total) / 2
)
select distinct sentence from held anti join kept_together using (mark)
