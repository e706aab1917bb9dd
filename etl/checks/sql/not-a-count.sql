-- A cell without a figure is undecided: that it is a count can't be told.
select report_id, true as holds, numbers - not_counts as groups
from check_printed
union all by name
select report_id, null as holds, cells - numbers as groups
from check_printed
union all by name
select report_id, section, item, party, false as holds, 1 as groups,
       value as left_value,
       case kind when 'amount' then '金额不能为负' when 'change' then '应为整数'
                 else '应为非负整数' end as expected_zh,
       case kind when 'amount' then 'an amount is not negative'
                 when 'change' then 'a change is whole'
                 else 'a count is whole and not negative' end as expected_en,
       to_json({'value': value, 'kind': kind, 'raw': raw, 'place': place}) as evidence
from check_odd_cell
where breaks_kind(kind, value)
