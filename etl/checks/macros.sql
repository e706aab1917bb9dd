-- What the rules' queries share; dropped again when the checks are done.

create or replace temp macro figure_text(figure) as
    case
        when figure is null then '—'
        when figure = trunc(figure) then figure::hugeint::varchar
        else rtrim(printf('%.6f', figure), '0')
    end;

-- Zipped, because a list that a lambda captures is copied for each of its elements.
create or replace temp macro term_facts(figures, terms, year) as
    list_transform(list_zip(figures, terms), lambda pair: {
        'section': pair[2].section, 'item': pair[2].item, 'party': pair[2].party,
        'value': pair[1], 'weight': pair[2].weight, 'year': year - pair[2].previous
    });

-- A long sum is worded by what isn't zero in it; null where that leaves nothing.
create or replace temp macro term_words(figures, labels, terms, before_year, year, after_year) as
    nullif(ltrim(array_to_string(list_transform(
        list_filter(
            list_zip(figures, labels, terms), lambda told: told[1] <> 0 or len(figures) <= 4
        ),
        lambda told:
            case when told[3].weight < 0 then ' − ' else ' + ' end
            || told[2]
            || case when told[3].previous = 1
                    then before_year || (year - 1)::varchar || after_year else '' end
            || ' ' || figure_text(told[1])
    ), ''), ' +'), '');

-- 504余 leaves less than one open, 100余 less than ten, 3000余 less than three hundred: the last
-- non-zero digit says how finely the writer counted.
create or replace temp macro claim_margin(claimed) as
    least(
        power(10, length(claimed::hugeint::varchar)
                  - length(rtrim(claimed::hugeint::varchar, '0'))),
        greatest(claimed / 10, 10)
    );

-- 近100 is below, 100余 above, 约100 about; so is what the quote doesn't print in these figures.
create or replace temp macro claim_fits(claimed, approximate, quote, figure) as
    case
        when approximate and claimed > 0 then
            abs(figure - claimed) < claim_margin(claimed)
            and (figure <= claimed or not regexp_matches(
                replace(quote, ',', ''),
                '(?:近|接近|不足|不到)\s*' || claimed::hugeint || '(?:[^0-9.]|$)'
            ))
            and (figure >= claimed or not regexp_matches(
                replace(quote, ',', ''),
                '(?:超过?|逾)\s*' || claimed::hugeint || '(?:[^0-9.]|$)'
                || '|(?:^|[^0-9.])' || claimed::hugeint || '\s*[余餘多]'
            ))
        else figure = claimed
    end;

create or replace temp macro claim_text(claimed, about) as
    if(claimed['approximate'], about, '') || figure_text(claimed['value']);

create or replace temp macro breaks_kind(kind, figure) as
    case kind
        when 'amount' then figure < 0
        when 'change' then figure <> floor(figure)
        else figure < 0 or figure <> floor(figure)
    end;

create or replace temp macro told_word(told_by, language) as
    case language when 'zh' then
        case told_by when 'title' then '题名' when 'page' then '网页题名' when 'period' then '统计期限'
                     when 'preface' then '正文' when 'file' then '文件名' else '文件夹名' end
    else
        case told_by when 'title' then 'the title' when 'page' then 'the page''s title'
                     when 'period' then 'the statistics period' when 'preface' then 'the prose'
                     when 'file' then 'the file''s name' else 'the folder' end
    end;

-- 县教育局 for 云泽县教育局, 县政府办 for 云泽县人民政府办公室: all its letters, in their order.
create or replace temp macro may_be_short_for(name, own) as
    regexp_matches(own, array_to_string(string_split(name, ''), '.*'))
    or regexp_matches(name, array_to_string(string_split(own, ''), '.*'));

create or replace temp macro is_office_of(office, government) as
    starts_with(office, government) and regexp_matches(office, '(?:办公室|办公厅|办)$');
