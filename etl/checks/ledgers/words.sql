-- What the findings of the ledgers' rules are told of the other years.
update finding
set evidence = json_merge_patch(finding.evidence, told.facts),
    message_zh = message_zh || told.words_zh,
    message_en = message_en || told.words_en
from (
    select ledger, party, report_id,
           to_json({
               'ledger': {
                   'status': if(told_by is null, 'breaks', 'restated'), 'side': side,
                   'told_by': told_by, 'first_break': coalesce(first_break_year = year, false),
                   'first_break_year': first_break_year
               }
           }) as facts,
           case
               when told_by = 'correction' then '按已登记的更正则衔接。'
               when told_by = 'copy' then '上一年度报告另有版本与本年的数相符。'
               when told_by = 'balance' then '按本年的数，上一年度才自身平衡：有误的是上一年度的数。'
               when told_by = 'returned' and side = 'opening' then '下一年度差额又抵回：只有本年的数不同。'
               when told_by = 'returned' then '与上一年度的差额相抵：只有上一年度的数不同。'
               when side = 'opening' and balances then '上一年度自身相符，变动在本年。'
               when side = 'opening' then '上一年度与其前一年衔接，变动在本年。'
               when side = 'closing' then '上一年度自身不平衡，变动在上一年度。'
               when both_tie then '两年各自相符，无法判断是哪一年变动。'
               else ''
           end || if(first_break_year < year and told_by is null,
                     '首次不衔接在' || first_break_year || '年。', '') as words_zh,
           case
               when told_by = 'correction' then ' With the recorded correction it follows.'
               when told_by = 'copy' then ' Another file for the year before agrees with this year.'
               when told_by = 'balance'
               then ' With this year''s figure the year before balances: its own was wrong.'
               when told_by = 'returned' and side = 'opening'
               then ' The next year takes the difference back: this year alone differs.'
               when told_by = 'returned'
               then ' It takes the difference of the year before back: that year alone differs.'
               when side = 'opening' and balances
               then ' The year before ties out in itself: this year moved.'
               when side = 'opening' then ' The year before follows from its own: this year moved.'
               when side = 'closing' then ' The year before doesn''t balance: it moved.'
               when both_tie
               then ' Both years tie out in themselves; which one moved can''t be told.'
               else ''
           end || if(first_break_year < year and told_by is null,
                     ' It first broke in ' || first_break_year || '.', '') as words_en
    from (
        select ledger_break.*, year, ledger in ('carry-over', 'pending-cases') as balances,
               balances and own_gap = 0 and earlier_own_gap = 0 as both_tie
        from ledger_break join check_account using (report_id, ledger, party)
    )
) as told
where finding.rule = told.ledger and finding.report_id = told.report_id
  and finding.rule in (select unnest($1::varchar[]))
  and told.party = if(finding.section = 2, finding.item, finding.party);
