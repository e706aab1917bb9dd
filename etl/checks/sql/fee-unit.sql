-- An amount in yuan gives itself away by the unit it prints, or beside the agency's other years:
-- beside their median, or, where several of them are in yuan too, beside one of them.
with positive as (
    select * from check_amount where amount > 0
), series as (
    select agency_id, scope, item, count(*) as years, max(amount) / min(amount) as spread
    from positive
    group by agency_id, scope, item
), beside as (
    select one.report_id, one.item, median(other.amount) as typical,
           list({'year': other.year, 'amount': other.amount} order by other.year) as other_years,
           min({'amount': other.amount, 'year': other.year}) filter (
               one.amount / other.amount between $ratio_least and $ratio_most
           ) as far_below
    from positive as one
    join series using (agency_id, scope, item)
    join positive as other using (agency_id, scope, item)
    where series.spread >= $ratio_least and other.year <> one.year
    group by one.report_id, one.item
), judged as (
    select amounts.*, other_years, typical,
           amounts.amount / typical between $ratio_least and $ratio_most as beside_all,
           if(coalesce(beside_all, true), null, far_below) as below,
           coalesce(below['amount'], typical) as measure, amounts.amount / measure as ratio,
           contains(raw, '元') and not regexp_matches(raw, '[万萬][^0-9]*元') as other_unit,
           case
               when amounts.amount = 0 then true
               when other_unit then false
               when amounts.amount < 0 or series.years = 1 then null
               when typical is not null then not beside_all and far_below is null
               else series.years > 1
           end as holds
    from check_amount as amounts
    left join series using (agency_id, scope, item)
    left join beside using (report_id, item)
)
select report_id, holds, 2 as section, item, 'amount' as party,
       amount as left_value, measure as right_value,
       case when other_unit then '印作“' || raw || '”，格式以万元计'
            else '约为' || coalesce(below['year'] || '年度的', '其他年度中位数') || ' '
                 || figure_text(measure) || ' 的 '
                 || figure_text(round(ratio)) || ' 倍，可能以元填写'
       end as told_zh,
       case when other_unit then 'is printed as “' || raw || '”, where the form counts in 10,000 yuan'
            else 'is about ' || figure_text(round(ratio)) || ' times '
                 || coalesce('that of ' || below['year'], 'the median of the other years')
                 || ', ' || figure_text(measure) || '; it may be in yuan'
       end as told_en,
       to_json({
           'amount': amount, 'raw': raw, 'other_unit': other_unit, 'median_of_other_years': typical,
           'ratio': round(ratio, 1), 'compared_with_year': below['year'], 'other_years': coalesce(other_years, [])
       }) as evidence
from judged
