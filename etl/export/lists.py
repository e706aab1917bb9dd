"""Findings and printed cells as flat tables, with the form's labels in place of codes."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

from etl.export.comparison import EVERYTHING, Query, Where
from etl.export.headings import heading
from etl.export.marks import mark
from etl.export.tables import Column, Style, Table
from etl.form import EDITIONS, load_form
from etl.measures import Language

_FINDINGS: Final = """
select finding.agency, finding.region, finding.level, finding.kind, finding.year,
       finding.scope::varchar as scope, finding.severity::varchar as severity,
       finding.attribution, finding.rule, rule.title_{language} as title,
       finding.section, finding.item, finding.party,
       finding.left_value, finding.right_value, finding.delta,
       round(finding.impact, 4) as impact,
       finding.message_{language} as message, finding.finding_id
from finding left join rule using (rule)
where finding.finding_id in (select finding_id from finding where {condition})
order by finding.impact desc nulls last, finding.agency, finding.year, scope, finding.rule,
         finding.finding_id
"""
_CELLS: Final = """
select report.agency, report.year, report.scope::varchar as scope, report.form,
       cell.section, cell.item, cell.party,
       cell.value, cell.state::varchar as state, cell.raw, cell.place, cell.corrected,
       cell.report_id
from cell join report using (report_id)
join form_cell on form_cell.form = report.form and form_cell.section = cell.section
              and form_cell.item = cell.item and form_cell.party = cell.party
where cell.report_id in (select report_id from disclosure where {condition})
order by report.agency, report.year, scope, form_cell.cell_no
"""
_STYLES: Final[dict[str, Style]] = {
    "left_value": "decimal",
    "right_value": "decimal",
    "delta": "decimal",
    "impact": "decimal",
    "corrected": "decimal",
    "value": "decimal",
}
_WIDTHS: Final = {"agency": 28, "message": 70, "title": 28, "item": 30, "party": 18, "place": 18}


def findings_table(query: Query, where: Where = EVERYTHING, language: Language = "zh") -> Table:
    """List the findings, one a row, those that put most in doubt first."""
    frame = _labelled(findings_frame(query, where, language), language)
    worded = {
        name: [heading(f"{name}.{code}", language) for code in frame[name]]
        for name in ("severity", "attribution", "scope")
    }
    section = frame["section"].astype(object).where(frame["section"].notna(), None)
    return _table(frame.assign(section=section, **worded), "findings", language)


def findings_frame(
    query: Query, where: Where = EVERYTHING, language: Language = "zh"
) -> pd.DataFrame:
    """Give the findings as codes and numbers, for Parquet; title and message are words."""
    condition, values = where
    return query(_FINDINGS.format(language=language, condition=condition), values)


def cells_table(query: Query, where: Where = EVERYTHING, language: Language = "zh") -> Table:
    """List the printed cells, one a row, each with its state, its raw text and its place.

    ``value`` holds the mark of the state where the cell is no number. The report's id is left
    out: a spreadsheet keeps 15 digits of it.
    """
    frame = cells_frame(query, where).drop(columns="report_id")
    marks = {s: mark(s, language) for s in ("blank", "dash", "unreadable", "absent")}
    states = frame["state"].map({**marks, "number": heading("state.number", language)})
    shown = frame["value"].astype(object).where(frame["value"].notna(), states)
    scopes = [heading(f"scope.{code}", language) for code in frame["scope"]]
    worded = frame.assign(value=shown, state=states, scope=scopes)
    return _table(_labelled(worded, language), "cells", language)


def cells_frame(query: Query, where: Where = EVERYTHING) -> pd.DataFrame:
    """Give the printed cells as codes and numbers, for Parquet: ``value`` null without a number."""
    condition, values = where
    return query(_CELLS.format(condition=condition), values)


def _table(frame: pd.DataFrame, name: str, language: Language) -> Table:
    columns = tuple(
        Column((heading(str(c), language),), _STYLES.get(str(c), "text"), _WIDTHS.get(str(c), 0))
        for c in frame.columns
    )
    return Table(frame, columns, heading(name, language))


def _labelled(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put labels in place of the codes of item and party, each also where the other is null."""
    lines, heads = _labels(language)
    keys = list(zip(frame["section"], frame["item"], frame["party"], strict=True))
    named = [lines.get((s, i), i) if isinstance(i, str) else None for s, i, _ in keys]
    across = [
        heads.get((s, i if isinstance(i, str) else "", p), p) if isinstance(p, str) else None
        for s, i, p in keys
    ]
    return frame.assign(
        item=pd.Series(named, frame.index, object), party=pd.Series(across, frame.index, object)
    )


@cache
def _labels(
    language: Language,
) -> tuple[dict[tuple[int, str], str], dict[tuple[int, str, str], str]]:
    """Label of each item and each cell's party, the newest edition's wording first.

    A party stands under the item "" too, for what is about a whole column.
    """
    lines: dict[tuple[int, str], str] = {}
    heads: dict[tuple[int, str, str], str] = {}
    for edition in reversed(EDITIONS):
        for cell in load_form(edition).cells:
            line, head = cell.line, cell.head
            own = (line.label, head.label) if language == "zh" else (line.label_en, head.label_en)
            lines.setdefault((cell.section, cell.item), own[0])
            for item in (cell.item, ""):
                heads.setdefault((cell.section, item, cell.party), own[1])
    return lines, heads
