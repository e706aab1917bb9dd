"""Small whole reports as pipe tables, for tests of what happens around the reading."""

from __future__ import annotations

from pathlib import Path

from etl.form import edition_for_year, load_form


def report_text(
    agency: str, year: int, figures: dict[tuple[int, str, str], str] | None = None
) -> str:
    """A report whose cells are all 0 but for ``figures``, keyed by (section, item, party)."""
    form = load_form(edition_for_year(year))
    printed = figures or {}

    def cells(section: int, item: str, parties: list[str]) -> list[str]:
        return [printed.get((section, item, party), "0") for party in parties]

    blocks = [f"{agency}{year}年政府信息公开工作年度报告", "一、总体情况", "本年度工作平稳。"]
    rows: list[list[str]] = []
    for line in form.section_lines(2):
        heads = form.section_heads(2, line.group)
        rows.append(["信息内容", *(head.label for head in heads)])
        rows.append([line.label, *cells(2, line.item, [head.party for head in heads])])
    blocks += ["二、主动公开政府信息情况", _pipes(rows)]
    heads3 = form.section_heads(3)
    rows = [["", *(head.label for head in heads3)]]
    for line in form.section_lines(3):
        rows.append([line.label, *cells(3, line.item, [head.party for head in heads3])])
    blocks += ["三、收到和处理政府信息公开申请情况", _pipes(rows)]
    outcomes = form.section_lines(4)
    heads4 = form.section_heads(4)
    routes = [text for h in heads4 for text in (h.label, *[""] * (len(outcomes) - 1))]
    names = [line.label for _ in heads4 for line in outcomes]
    values = [cells(4, line.item, [h.party])[0] for h in heads4 for line in outcomes]
    blocks += ["四、政府信息公开行政复议、行政诉讼情况", _pipes([routes, names, values])]
    blocks += ["五、存在的主要问题及改进情况", "有待加强。", "六、其他需要报告的事项", "无。"]
    return "\n\n".join(blocks) + "\n"


def write_report(
    path: Path, agency: str, year: int, figures: dict[tuple[int, str, str], str] | None = None
) -> Path:
    """Write such a report to a file and give its path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_text(agency, year, figures), encoding="utf-8")
    return path


def _pipes(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
