"""Examples of the rules on repeated and copied reports."""

from __future__ import annotations

from tests.checks.examples.model import NOWHERE, Example
from tests.checks.warehouses import Agency, Report, every_cell

OWN = (
    "春天把城东三条背街的养护合同拆成小段挂在网上，哪一段由谁管、花多少钱，住户扫码就能查到。"
    "入夏以后热线里问得最多的是电梯加装，经办科室把问答编成小册子，放在每个社区的服务台。"
    "法规科对历年发文逐份定性，能公开的补录上网，不再执行的注明废止日期和替代文件。",
    "网站检索原先按文号排列，居民反映不好找，秋季改为按办事事项归类，另设老年版页面。"
    "工作人员轮流到窗口值守半天，把听不懂的术语记下来，月底由写稿的人改成白话。"
    "档案馆与机关共用一套编号，纸质件和网上件可以互相对照，查找一份旧文件只要几分钟。",
    "解读材料多由起草人自己撰写，专业词语偏多，图表偏少，基层同志转述时容易走样。"
    "今后打算先请不懂业务的同事试读，读不通的地方一律退回重写，再交分管负责人签发。",
)
OTHER = (
    "渔港停泊费的减免办法印发当天就贴到了码头的公告栏，船老大们用手机拍下来互相转发。"
    "海带养殖区重新划界之前开过四次听证，每一次的发言记录连同采纳情况都附在文件后面。"
    "冷库补助的验收照片过去只存在硬盘里，如今同拨款凭证一道公布，谁家领了多少一目了然。",
    "台风季里值班室每两小时发布一次避风锚地的空位，停航复航的消息同步推到广播和渔讯平台。"
    "渔船检验的流程图画成了连环画，在补网的棚子里挂了一圈，识字不多的老人也看得明白。"
    "新来的两名大学生负责把方言录音整理成文字，留言的答复由此快了许多。",
    "鱼市价格的数据来自三家批发商，样本偏少，淡季常常断档，还谈不上完整。"
    "打算在明年春汛前增设五个采价点，并把计算方法写在表格下方，欢迎同行指正。",
)


def _prose(text: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    return {1: text[:2], 5: text[2:], 6: ("无其他需要报告的事项。",)}


def _renamed(text: tuple[str, ...], **words: str) -> tuple[str, ...]:
    for word, other in words.items():
        text = tuple(paragraph.replace(word, other) for paragraph in text)
    return text


_PAIR = (Agency(1, name="云泽县水利局"), Agency(2, name="宁川县渔业局"))
_COPIED = _renamed(OWN, 半天="一天", 四次="五次", 几分钟="10分钟")
_BUSY = every_cell(7.0, sections=[2])
_ONE_A_TABLE = {
    (2, "penalty", "decisions"): 99.0,
    (3, "granted", "natural_person"): 99.0,
    (4, "upheld", "reconsideration"): 99.0,
}
"""Three of the figures, so that no table is as it was a year ago."""

EXAMPLES: tuple[Example, ...] = (
    Example("figures-repeated", "pass", (Report(2022), Report(2023, cells=_BUSY))),
    Example("figures-repeated", "fail", (Report(2022), Report(2023)), (NOWHERE,)),
    Example(
        "figures-repeated", "fail", (Report(2022), Report(2023, cells=_ONE_A_TABLE)), (NOWHERE,)
    ),
    Example(
        "figures-repeated", "undecided",
        (Report(2022), Report(2023, cells=every_cell("blank", sections=[2]))),
    ),
    Example("figures-repeated", "undecided", (Report(2020), Report(2021))),
    Example(
        "figures-repeated", "undecided",
        (Report(2022, cells=every_cell(0.0)), Report(2023, cells=every_cell(0.0))),
    ),
    Example(
        "figures-repeated", "undecided",
        (Report(2022, cells=every_cell(1.0)), Report(2023, cells=every_cell(1.0))),
    ),
    Example(
        "figures-repeated", "undecided",
        (Report(2022), Report(2023, cells=every_cell("blank"))),
    ),
    Example(
        "text-repeated", "pass",
        (Report(2022, prose=_prose(OTHER)), Report(2023, prose=_prose(OWN))), agencies=_PAIR,
    ),
    Example(
        "text-repeated", "fail",
        (Report(2022, prose=_prose(OWN)), Report(2023, prose=_prose(_COPIED))), (NOWHERE,),
        agencies=_PAIR,
    ),
    Example("text-repeated", "undecided", (Report(2023, prose=_prose(OWN)),), agencies=_PAIR),
    Example(
        "text-repeated", "undecided",
        (Report(2022, prose={1: OWN[:1]}), Report(2023, prose={1: OWN[:1]})), agencies=_PAIR,
    ),
    Example(
        "text-copied", "pass",
        (Report(2023, 2, prose=_prose(OTHER)), Report(2023, 1, prose=_prose(OWN))), agencies=_PAIR,
    ),
    Example(
        "text-copied", "pass",
        (Report(2023, 2, prose=_prose(_COPIED)), Report(2022, 1, prose=_prose(OWN)),
         Report(2023, 1, prose=_prose(OWN))),
        agencies=_PAIR,
    ),
    Example(
        "text-copied", "fail",
        (Report(2021, 2, prose=_prose(OWN)), Report(2023, 1, prose=_prose(_COPIED))), (NOWHERE,),
        agencies=_PAIR,
    ),
    Example(
        "text-copied", "undecided",
        (Report(2023, 2, prose={1: OWN[:1]}), Report(2023, 1, prose=_prose(OWN))), agencies=_PAIR,
    ),
)  # fmt: skip
