"""Agencies × years × measures: which agencies, one page of them, and the file of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.filters import Filters
from dashboard.warehouse import Warehouse, kept_answer
from etl.export import compare, comparison_bytes, statutory_bytes
from etl.export.arrange import Layout, Shown
from etl.measures import Language, Measure, measure


@dataclass(frozen=True)
class Comparison:
    """What is compared and how it is laid out."""

    codes: tuple[str, ...]
    layout: Layout = "agency_rows"
    shown: tuple[Shown, ...] = ("value",)

    @property
    def measures(self) -> list[Measure]:
        """The measures chosen, in their order."""
        return [measure(code) for code in self.codes]


def count_agencies(warehouse: Warehouse, filters: Filters) -> int:
    """Count the agencies with a report in the view."""
    condition, values = filters.where()
    answer = warehouse.query(
        f"select count(distinct agency_id) as n from disclosure where {condition}", values
    )
    return int(answer["n"].iloc[0])


def agency_page(warehouse: Warehouse, filters: Filters, page: int, size: int) -> tuple[int, ...]:
    """List the agencies of one page (from 0) in name order."""
    condition, values = filters.where()
    answer = warehouse.query(
        f"select agency_id from agency where agency_id in (select agency_id from disclosure "
        f"where {condition}) order by agency limit {size:d} offset {page * size:d}",
        values,
    )
    return tuple(answer["agency_id"].tolist())


@kept_answer
def page_figures(
    warehouse: Warehouse, filters: Filters, chosen: Comparison, agencies: Sequence[int]
) -> pd.DataFrame:
    """Give the long frame (``etl.export.comparison``) of these agencies, with changes."""
    view = with_year_before(replace(filters, agencies=tuple(agencies)))
    return compare(warehouse.query, chosen.measures, view.where(), filters.years[0])


def file_bytes(
    warehouse: Warehouse,
    filters: Filters,
    chosen: Comparison,
    ending: str,
    language: Language,
    selection: str,
) -> bytes:
    """Give the comparison of every agency in the view as a file."""
    return comparison_bytes(
        warehouse.query,
        ending,
        chosen.codes,
        with_year_before(filters).where(),
        layout=chosen.layout,
        shown=chosen.shown,
        language=language,
        since=filters.years[0],
        selection=selection,
    )


def statutory_file(warehouse: Warehouse, filters: Filters, language: Language) -> bytes:
    """Give the reports of the view as a workbook in the statutory layout, a sheet each."""
    return statutory_bytes(warehouse.query, filters.where(), language)


def with_year_before(filters: Filters) -> Filters:
    """Widen the view by the year that the first year's changes are measured against."""
    return replace(filters, years=(filters.years[0] - 1, filters.years[1]))
