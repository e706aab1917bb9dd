"""Names of agencies: which texts are one, and which one a title names."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.recognise.identity.years import without_years

_MAX_REMEMBERED = 1_000
"""Titles whose agencies are remembered: a report's is asked for them again and again."""

_ENDING = (
    r"(?:[省市县区旗州盟镇乡村局厅委办院所站队处会部署社馆团场港司校学行台联协]"
    r"|政府|苏木|街道|中心|办公室|海关|园)"
)
_AGENCY = re.compile(
    r"(?!全[省市县区旗盟镇乡]|全州(?!县)|本[机局单县市区镇乡街办部委院所站级]|[各我该此]"
    r"|.*(?:网站|政府网|专栏|公众号)$)[^\d:：，。；〔\[|/]{1,39}" + _ENDING
)
"""How agencies' names end; 附件2, 我局 and 政府信息公开年报 above a title are none."""
_GENERIC = re.compile(
    r"(?:上级|下级|有关|相关|所属|其他|市直|县直|区直|省直|乡镇|镇街|乡|镇|行政|国家|人民|公开|主动|责任|主管|承办|填报|编制"
    r"|发布|信息|政务|政府信息)*(?:单位|部门|机关|机构|人民政府|政府|街道|办公室|中心|委员会|机关办公室)?"
)
"""Words for any agency, which name none."""
_CUT = re.compile(r"(?:政府信息|信息|政务)公开.*$")
_EDGES = re.compile(
    r"^(?:(?:名称|标题|题名)[:：]|关于|印发|发布|公布|公开|附件|【.*?】|\[.*?\]|[\s《〈“\"：:、，,.。_\-—|])+"
    r"|(?:关于|报送|上报|印发|发布|公布|编制|全[省市县区旗州盟]|本级|的|[\s《》〈〉“”\"：:、，,.。_\-—|(（])+$"
)
_NOTE = re.compile(r"[(（][^)）]*[)）]?")
_JOINT = re.compile(r"[、/]|以?及|暨|[和与]")
_GOVERNMENT = "政府"
_PLACE = re.compile(
    r"(?!.*(?:开发|园|高新|保税|示范|度假|景|林|矿|灌|库|管理|合作|集聚|工业|社)区$)"
    r"[\u4e00-\u9fff]{1,12}[省市县区旗州盟]"
)
_SHORTEST = 3
"""Letters of a body's name, at least: 育局 is the end of a broken line."""
_PLACES = tuple("省市县区旗州盟镇乡")
"""Ends of names that may have two letters: 赵县, 赵镇."""
_PLACELESS = re.compile(r"[省市县区旗州盟镇乡](?:人民政府|政府|委|直)?")


def is_agency(text: str) -> bool:
    """Whether a text is an agency's name and nothing else."""
    if len(text) < _SHORTEST and not text.endswith(_PLACES):
        return False
    return bool(_AGENCY.fullmatch(text)) and not _GENERIC.fullmatch(text)


def is_place(name: str) -> bool:
    """Whether a name is that of a place with a government: 宿迁市, and no development zone."""
    return bool(_PLACE.fullmatch(name))


def agency_in_title(title: str) -> str | None:
    """The agency that a title names, without year and subject; the first of several.

    None when it names none.
    """
    names = agencies_in_title(title)
    return names[0] if names else None


@lru_cache(maxsize=_MAX_REMEMBERED)
def agencies_in_title(title: str) -> tuple[str, ...]:
    """The agencies that a title names: 甲局、乙局 are two, 甲局（乙局） is 甲局."""
    plain = re.sub(r"年度(?=(?:政府)?信息公开)", "", without_years(title))
    named = _CUT.sub("", plain)
    if named.endswith("人民"):  # 云泽县人民政府信息公开年报: the two 政府 are printed as one
        named += _GOVERNMENT
    return split_names(clean_name(named))


def clean_name(text: str) -> str:
    """A name without notes in brackets and without what stands around it in titles."""
    return _strip_edges(_NOTE.sub("", _strip_edges(text)))


def split_names(text: str) -> tuple[str, ...]:
    """The agencies in a text of names alone; none when a part of it is no name.

    发展和改革局 stays whole, as 发展 is no agency.
    """
    for cut in _JOINT.finditer(text):
        before, after = text[: cut.start()], text[cut.end() :]
        if is_agency(before) and len(before) > 3 and (rest := split_names(after)):
            return (before, *rest)
    return (text,) if is_agency(text) else ()


def same_agency(one: str, other: str) -> bool:
    """Whether two names may mean one agency: each says no more than the other leaves out.

    县教育局 and 云泽县教育局, 县政府办 and 云泽县人民政府办公室, 青石镇 and 青石镇人民政府.
    """
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def has_place(name: str) -> bool:
    """Whether a name says of which place the agency is; 县教育局 doesn't."""
    return not _PLACELESS.match(name)


def _strip_edges(text: str) -> str:
    previous = None
    while text != previous:
        previous, text = text, _EDGES.sub("", text)
    return text
