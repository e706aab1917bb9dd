-- The failed groups of one sum rule (check_failed) with their terms, as evidence and in words.
select check_failed.* exclude (number, left_figures, right_figures),
       false as may_be_the_reading,
       to_json({{
           'left': term_facts(left_figures, left_terms, check_failed.year),
           'right': term_facts(right_figures, right_terms, check_failed.year)
       }}) as evidence,
       coalesce(term_words(left_figures, [term.label_zh for term in left_terms], left_terms,
                           '（', check_failed.year, '年）'), '均为 0') as left_terms_zh,
       coalesce(term_words(left_figures, [term.label_en for term in left_terms], left_terms,
                           ' (', check_failed.year, ')'), 'all 0') as left_terms_en,
       coalesce(term_words(right_figures, [term.label_zh for term in right_terms], right_terms,
                           '（', check_failed.year, '年）'), '均为 0') as right_terms_zh,
       coalesce(term_words(right_figures, [term.label_en for term in right_terms], right_terms,
                           ' (', check_failed.year, ')'), 'all 0') as right_terms_en
from check_failed
join check_sum_group
  on check_sum_group.rule = '{rule}'
 and check_sum_group.form = check_failed.form
 and check_sum_group.number = check_failed.number
