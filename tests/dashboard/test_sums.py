"""Figures come out the same from the sums and from the reports one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.queries import disclosure, litigation, rates, requests
from dashboard.warehouse import Warehouse
from etl.measures import measure
from etl.warehouse.schema import STAR_TABLES, star_columns

ALL = Filters((2019, 2024))
TOPIC = "normative_document"
Answer = Callable[[Warehouse, Filters], pd.DataFrame]


def _pool(code: str, by: rates.Dimension) -> Answer:
    return lambda warehouse, view: rates.pool(warehouse, view, measure(code), ("year", by))


@pytest.mark.parametrize(
    "answer",
    [
        requests.volumes,
        requests.outcome_mix,
        requests.by_applicant,
        *(lambda w, f, group=g: requests.reasons(w, f, group) for g in requests.REASON_GROUPS),
        litigation.cases,
        lambda warehouse, view: disclosure.yearly_totals(warehouse, view, TOPIC),
        _pool("disclosure_rate", "level"),
        _pool("refusal_rate", "kind"),
        _pool("reconsideration_correction_rate", "region"),
        _pool("dispute_ratio", "level"),
    ],
)
def test_sums_and_reports_agree(known_warehouse: Path, answer: Answer) -> None:
    warehouse = Warehouse(known_warehouse)
    agencies = warehouse.query("select agency_id from agency")["agency_id"].tolist()
    one_by_one = answer(warehouse, replace(ALL, agencies=tuple(agencies)))
    assert len(one_by_one) > 0
    pd.testing.assert_frame_equal(answer(warehouse, ALL), one_by_one, check_dtype=False)


@pytest.mark.parametrize("table", STAR_TABLES)
def test_reports_that_lack_other_cells_are_summed_apart(known_warehouse: Path, table: str) -> None:
    warehouse = Warehouse(known_warehouse)
    columns = star_columns(STAR_TABLES[table])

    def lacking(relation: str) -> list[int]:
        counts = (f"{rates.count_where(f'{column} is null')} as {column}" for column in columns)
        counted = warehouse.query(f"select {', '.join(counts)} from {relation}")
        return [int(count) for count in counted.iloc[0]]

    one_by_one = lacking(f"(select *, 1 as reports from {table})")
    assert lacking(f"{table}_sums") == one_by_one
    # Neither edition prints every column, so each table but the fixed section 4 lacks some.
    assert sum(one_by_one) > 0 or table == "proceedings"
