-- What is left of short paragraphs when the words of the section's own headings, of denial and of
-- address are taken away; a long one says something whatever its words are. Where no prose was read
-- at all, or where the heading isn't found, there is nothing to judge.
with brief as (
    -- Each wording once: brief ones repeat from report to report.
    select text, length(regexp_replace(
               text,
               '政府信息公开|政务公开|存在|主要|问题|困难|不足|改进|整改|情况|措施|方面|打算|计划|下一步|工作'
               || '|没有|需要|说明|报告|其他|其它|明显|突出|单位|机关|部门|年度|全年|发现|目前|街道'
               || '|[无暂尚未本我局委办镇乡厅年的及和与以为是在此项]|[^\p{Han}]',
               '', 'g'
           )) as told
    from (select distinct text from prose where section = 5 and length(text) <= 60)
), written as (
    select reading_id, sum(coalesce(told, length(prose.text)))::integer as told
    from prose left join brief using (text)
    where section = 5
    group by reading_id
), judged as (
    select report_id, reading_id, written.told, list_contains(sections_found, 5) as has_heading
    from report join reading using (reading_id) left join written using (reading_id)
), silent as (
    select report_id, reading_id, coalesce(told, 0) as told
    from judged
    where has_heading and coalesce(told, 0) < $least_letters
), quoted as (
    -- Sections that were read at all, with what stands in the fifth.
    select report_id, any_value(told) as told,
           string_agg(text, ' ' order by ordinal) filter (section = 5) as words
    from silent join prose using (reading_id)
    where section between 1 and 6
    group by report_id
)
select report_id, case when has_heading and told >= $least_letters then true end as holds
from judged
where report_id not in (select report_id from quoted)
union all by name
select report_id, false as holds, 5 as section,
       if(words is null, '没有文字', '只写了“' || words || '”') as words_zh,
       if(words is null, 'has no text', 'says no more than “' || words || '”') as words_en,
       to_json({'text': words, 'letters_of_substance': told}) as evidence
from quoted
