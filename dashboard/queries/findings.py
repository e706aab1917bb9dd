"""Findings of a view: counted, listed page by page, one with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.filters import Filters
from dashboard.rows import records
from dashboard.warehouse import Warehouse

PAGE_ROWS = 20

ORDERS: Final[Mapping[str, str]] = {
    "impact": "impact desc nulls last, finding.severity, agency, finding_id",
    "severity": "finding.severity, year desc, agency, rule, finding_id",
    "agency": "agency, year desc, finding.severity, rule, finding_id",
    "year": "year desc, finding.severity, agency, rule, finding_id",
    "delta": "abs(delta) desc nulls last, finding.severity, agency, finding_id",
}
"""Ways to order the list, the first as a rule; severity is an enum, the gravest first."""
DEFAULT_ORDER = next(iter(ORDERS))


@dataclass(frozen=True)
class FindingFilters:
    """What the findings page narrows beyond the view; an empty tuple means all."""

    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()

    def where(self, filters: Filters) -> tuple[str, list[object]]:
        """SQL condition with ``?`` on finding, the view's own condition included."""
        condition, params = filters.where("finding")
        for column, wanted in (
            ("rule", self.rules),
            ("severity", self.severities),
            ("attribution", self.attributions),
        ):
            if wanted:
                marks = ", ".join("?" * len(wanted))
                condition += f" and finding.{column}::varchar in ({marks})"
                params += wanted
        return condition, params


def count_findings(
    warehouse: Warehouse, filters: Filters, chosen: FindingFilters
) -> tuple[int, int]:
    """How many findings there are, and about how many agencies."""
    condition, params = chosen.where(filters)
    answer = warehouse.query(
        "select count(*) as findings, count(distinct agency_id) as agencies "
        f"from finding where {condition}",
        params,
    )
    return int(answer["findings"].iloc[0]), int(answer["agencies"].iloc[0])


def count_by_rule(
    warehouse: Warehouse, filters: Filters, chosen: FindingFilters | None = None
) -> pd.DataFrame:
    """Findings by rule and severity, the gravest and most frequent first."""
    condition, params = (chosen or FindingFilters()).where(filters)
    return warehouse.query(
        "select rule, finding.severity::varchar as severity, "
        "any_value(rule.title_zh) as title_zh, any_value(rule.title_en) as title_en, "
        "count(*) as findings, count(distinct agency_id) as agencies "
        f"from finding left join rule using (rule) where {condition} "
        "group by rule, finding.severity order by finding.severity, findings desc, rule",
        params,
    )


def list_findings(
    warehouse: Warehouse, filters: Filters, chosen: FindingFilters, order: str, page: int
) -> pd.DataFrame:
    """One page of findings, from 1; KeyError for an order that is none of ``ORDERS``."""
    condition, params = chosen.where(filters)
    return warehouse.query(
        "select finding_id, report_id, agency_id, agency, year, rule, "
        "finding.severity::varchar as severity, attribution, message_zh, message_en, "
        "rule.title_zh, rule.title_en "
        f"from finding left join rule using (rule) where {condition} "
        f"order by {ORDERS[order]} limit {PAGE_ROWS} offset ?",
        [*params, (page - 1) * PAGE_ROWS],
    )


def read_finding(warehouse: Warehouse, finding_id: str) -> dict[str, Any] | None:
    """One finding with its rule and its report's file, or None when there is no such finding."""
    found = warehouse.query(
        "select finding.* replace (finding.severity::varchar as severity, "
        "finding.scope::varchar as scope), rule.title_zh, rule.title_en, rule.basis, "
        "report.form, min(source.path) as path "
        "from finding left join rule using (rule) "
        "left join report on report.report_id = finding.report_id "
        "left join source on source.source_id = report.source_id and source.status = 'loaded' "
        "where finding_id = ? group by all",
        [finding_id],
    )
    return next(iter(records(found)), None)
