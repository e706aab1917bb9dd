"""Files to explain: one as it should be, one with everything that can be odd in a row."""

from __future__ import annotations

from pathlib import Path

from etl.explain import Explanation, explain_file
from tests.reports import report_text

RECEIVED = (3, "received", "total")
FIGURES = {
    RECEIVED: "3件",
    (3, "received", "natural_person"): "3",
    (3, "carried_in", "business"): "/",
    (3, "granted", "total"): "0/0",
    (3, "carried_out", "total"): "",
    (2, "fee", "amount"): "251000元",
}
PROSE = "2022年，我镇主动公开政府信息128条，其中网站公开100余条。全年收到政府信息公开申请4件。"
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;"


def odd_text() -> str:
    """A report with a misspelt label, an unknown one, a row without a cell and a row too many."""
    text = report_text("青石镇", 2022, FIGURES).replace("本年度工作平稳。", PROSE)
    text = text.replace("危及“三安全一稳定”", "危机三安全一隐定")
    text = text.replace("要求提供公开出版物", "要求出版刊物")
    text = text.replace("四类过程性信息 | 0 |", "四类过程性信息 |")
    return text.replace(
        "| 2.重复申请", "| 9.不知名的行 | 1 | 2 | 0 | 0 | 0 | 0 | 3 |\n| 2.重复申请"
    )


def explain_text(folder: Path, text: str, name: str = "a.md") -> list[Explanation]:
    """What is explained of a text put into a file of this name."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return explain_file(path)


def explain_one(folder: Path, text: str, name: str = "a.md") -> Explanation:
    (only,) = explain_text(folder, text, name)
    return only
