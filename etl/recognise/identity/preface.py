"""What a report's sentences say of it: its author, its year, the period of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.recognise.identity.names import agencies_in_title, clean_name, is_agency, is_place
from etl.recognise.identity.years import Period, find_period, plain_digits

_SENTENCE = re.compile(r"[^。；;！]+")
_CLAUSE = re.compile(r"[^，,：:。；;！]+")
_PERIOD_CUE = re.compile(
    r"统计(?:期限|时间|时段|周期|范围|口径|数据|截止|期)|(?:期限|时限|起止|报告期)"
    r"|数据.{0,8}(?:时间|自|从|为|截)|(?:本报告|本年报).{0,12}(?:时间|自|从|数据)"
)
_CITED = re.compile(r"要求|通知|规定|办法|意见|精神|部署|格式|条例|联系|提出|网站")
"""A clause with one of these names an agency as the source of a rule, not as the author."""
_WORDS = r"[\u4e00-\u9fff()（）、]{2,30}?"
_NAME = f"(?P<name>{_WORDS})"
_BEFORE_NAME = re.compile(r"^.*(?<!自)由(?!贸)")
_AUTHOR = (
    re.compile(
        rf"(?:^|由|[，,]){_NAME}(?:负责)?(?:组织|汇总|牵头)?(?:编制|编写|撰写)(?:而成|完成|了|本|并|$)"
    ),
    re.compile(rf"^结合{_NAME}(?:的)?(?:工作)?实际"),
    re.compile(rf"^{_NAME}(?:关于|对)?20\d\d年度?(?:的)?政府信息公开(?:工作)?(?:情况)?[作进]"),
)
_ANNOUNCED = re.compile(
    r"(?:现将|现就|现向社会公布|特向社会公布|现公布|《)"
    rf"(?P<title>{_WORDS}(?:关于)?20\d\d年度?(?:的)?(?:政府)?信息公开[^，。》]*?(?:报告|年报))"
)
_YEAR_NAMED = re.compile(
    r"(?:编制|编写|撰写|形成|现将|现就|现公布|现向|特向|制定)[^，。；]{0,40}?"
    r"(20\d\d)年度?[^，。；]{0,20}?信息公开(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)
_CITES_RULES = re.compile(r"要求|通知|格式|意见")


def find_period_sentence(text: str) -> tuple[Period, str] | None:
    """The statistics period that a paragraph states, with its sentence."""
    for sentence in _SENTENCE.findall(text):
        if _PERIOD_CUE.search(sentence) and (period := find_period(sentence)):
            return period, sentence.strip()
    return None


def named_years(text: str) -> Iterator[tuple[int, str]]:
    """The years that a preface gives its report: …编制2023年度政府信息公开工作年度报告."""
    for clause in _CLAUSE.findall(plain_digits(text)):
        found = _YEAR_NAMED.search(clause)
        if found and not _CITES_RULES.search(clause):
            yield int(found[1]), clause.strip()


def named_authors(text: str) -> Iterator[tuple[str, str]]:
    """The agencies that a preface names as the report's author, each with its clause."""
    for clause in _CLAUSE.findall(plain_digits(text)):
        bare = clause.strip(' \u3000“”"')
        for title in _ANNOUNCED.finditer(bare):
            if not _CITES_RULES.search(bare):
                yield from ((name, bare) for name in agencies_in_title(title["title"]))
        if _CITED.search(bare):
            continue
        for pattern in _AUTHOR:
            found = pattern.search(bare)
            name = clean_name(_BEFORE_NAME.sub("", found["name"])) if found else ""
            if name and is_agency(name) and not is_place(name):
                yield name, bare
