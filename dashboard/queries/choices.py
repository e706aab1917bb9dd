"""What the filters can choose from, and how much they leave."""

from __future__ import annotations

from dashboard.filters import Choices, Filters
from dashboard.warehouse import Warehouse

LEVEL_ORDER = ("国家级", "省级", "市级", "县级", "乡级")
KIND_ORDER = (
    "政府", "政府办公厅", "政府办公室", "部门", "垂直管理部门", "管委会", "乡镇", "街道",
)  # fmt: skip


def read_choices(warehouse: Warehouse) -> Choices:
    """Years, regions, levels, kinds and agencies of reports, findings and roster."""
    years = warehouse.query(
        "select distinct year from report union select distinct year from finding order by 1"
    )
    agencies = warehouse.query("select agency_id, agency from agency order by region, agency")
    rollups = warehouse.query("select count(*) as n from report where scope = 'rollup'")
    return Choices(
        years=tuple(int(year) for year in years["year"]),
        regions=_distinct(warehouse, "region"),
        levels=_in_order(_distinct(warehouse, "level"), LEVEL_ORDER),
        kinds=_in_order(_distinct(warehouse, "kind"), KIND_ORDER),
        agencies=dict(zip(agencies["agency_id"].tolist(), agencies["agency"], strict=True)),
        has_rollups=bool(rollups["n"].iloc[0]),
    )


def count_reports(warehouse: Warehouse, filters: Filters) -> int:
    """How many reports the filters leave."""
    condition, params = filters.where()
    # ``disclosure`` has one row a report and carries every filter column.
    answer = warehouse.query(f"select count(*) as n from disclosure where {condition}", params)
    return int(answer["n"].iloc[0])


def agencies_within(warehouse: Warehouse, filters: Filters) -> tuple[int, ...]:
    """Agencies in the regions, of the levels and kinds chosen, whatever agencies are chosen."""
    others = Filters(filters.years, filters.regions, filters.levels, filters.kinds)
    condition, params = others.where_agency()
    answer = warehouse.query(
        f"select agency_id from agency where {condition} order by region, agency", params
    )
    return tuple(answer["agency_id"].tolist())


def _distinct(warehouse: Warehouse, column: str) -> tuple[str, ...]:
    answer = warehouse.query(
        f"select distinct {column} as value from agency where {column} is not null order by 1"
    )
    return tuple(answer["value"])


def _in_order(found: tuple[str, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    """What was found in the order of rank; what has no rank comes last."""
    ranks = {code: rank for rank, code in enumerate(order)}
    return tuple(sorted(found, key=lambda code: (ranks.get(code, len(order)), code)))
