"""The dashboard's queries on a large warehouse, each against a plain scan of the same columns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.measure import (
    THREADS,
    Table,
    forget_pages,
    median_seconds,
    milliseconds,
    run_apart,
    seconds,
    times,
)
from benchmarks.model import measure_arithmetic, measure_variants
from dashboard.filters import Filters
from dashboard.queries import agency, choices, compare, disclosure, litigation, rates, requests
from dashboard.warehouse import Warehouse
from etl.form import all_items, load_form
from etl.measures import measure
from etl.warehouse.schema import disclosure_column
from etl.warehouse.star import fill_star_tables

BLOCK_BYTES = 262_144

TOTALS = "party = 'total' and scope = 'agency'"
OUTCOMES = tuple(i for i in all_items(3) if i not in {"received", "carried_in", "carried_out"})

Ask = Callable[[Warehouse, Filters], object]


@dataclass(frozen=True)
class Query:
    """A query of the dashboard and the scan that it can't be quicker than."""

    ask: Ask
    table: str
    columns: tuple[str, ...]
    condition: str = "true"

    @property
    def floor(self) -> str:
        """SQL that reads the same columns of the same rows and only counts and adds."""
        picks = ", ".join(f"max({c})" if c == "region" else f"sum({c})" for c in self.columns)
        return f"select count(*), {picks} from {self.table} where {self.condition}"


class Uncached(Warehouse):
    """The dashboard's warehouse without its memory for answers, on a fixed number of threads."""

    def __init__(self, path: Path) -> None:
        """Open ``path``; see ``Warehouse``."""
        super().__init__(path)
        self.query(f"set threads = {THREADS}")

    def keep(self, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The frame made anew, whatever the key."""
        del key
        return make()


def _all_outcomes(warehouse: Warehouse, filters: Filters) -> object:
    condition, values = filters.where()
    return warehouse.query(
        f"select region, year, {rates.count_where()}, {rates.sum_columns(OUTCOMES)} "
        f"from {rates.summed('requests', filters)} "
        f"where party = 'total' and {condition} group by region, year order by region, year",
        values,
    )


def _one_agency(filters: Filters) -> int:
    return 12_345 if not filters.agencies else filters.agencies[0]


def _history(warehouse: Warehouse, filters: Filters) -> object:
    chosen = _one_agency(filters)
    reports = agency.read_reports(warehouse, chosen)
    agency.read_request_trend(warehouse, chosen, "agency")
    return [agency.read_cells(warehouse, int(number)) for number in reports["report_id"][:1]]


def _comparison(warehouse: Warehouse, filters: Filters) -> object:
    page = compare.agency_page(warehouse, filters, 0, 50)
    chosen = compare.Comparison(("received", "concluded", "granted"))
    return compare.page_figures(warehouse, filters, chosen, page)


_IN_FORCE = disclosure_column("normative_document", "in_force")

QUERIES: dict[str, Query] = {
    "yearly request volumes": Query(
        requests.volumes, "requests", ("year", *requests.VOLUMES), TOTALS
    ),
    "outcome mix by year": Query(
        requests.outcome_mix, "requests", ("year", *OUTCOMES[:-1]), TOTALS
    ),
    "all outcomes by region and year": Query(
        _all_outcomes, "requests", ("year", "region", *OUTCOMES), TOTALS
    ),
    "one rate by region and year": Query(
        lambda w, f: rates.pool(w, f, measure("disclosure_rate"), ("region", "year")),
        "requests", ("year", "region", "granted", "partial", "concluded"), TOTALS,
    ),
    "agencies with most requests": Query(
        lambda w, f: requests.agencies(w, f, measure("disclosure_rate"), 50),
        "requests", ("agency_id", "received", "concluded", "granted"), TOTALS,
    ),
    "funnel of one rate": Query(
        lambda w, f: requests.funnel(w, f, measure("disclosure_rate")),
        "requests", ("agency_id", "granted", "partial", "concluded"), TOTALS,
    ),
    "documents in force by year": Query(
        lambda w, f: disclosure.yearly_totals(w, f, "normative_document"),
        "disclosure", ("year", _IN_FORCE), "scope = 'agency'",
    ),
    "cases by year and route": Query(
        litigation.cases, "proceedings", ("year", *all_items(4)), "scope = 'agency'"
    ),
    "reports in view (coverage)": Query(
        choices.count_reports, "disclosure", ("year",), "scope = 'agency'"
    ),
    "filters' choices": Query(
        lambda w, f: choices.read_choices(w), "report", ("year",)
    ),
    "one agency: its reports, trend and one form": Query(
        _history, "report", ("agency_id",)
    ),
    "comparison page, 50 agencies × 10 years": Query(
        _comparison, "disclosure", ("agency_id",), "scope = 'agency'"
    ),
}  # fmt: skip


def measure_warehouse(path: Path, scratch: Path) -> list[Table]:
    """Measure sizes, the star tables, the dashboard's queries and the physical model."""
    return [
        measure_sizes(path),
        _measure_star(path, scratch),
        measure_queries(path),
        measure_variants(path, scratch),
        measure_arithmetic(path),
    ]


def measure_sizes(path: Path) -> Table:
    """Give the space that each relation takes."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute("select table_name, estimated_size from duckdb_tables()")
        rows = [(n, rows, _megabytes(connection, n)) for n, rows in names.fetchall()]
    total = path.stat().st_size / 1e6
    body = [(n, f"{count:,}", f"{mb:,.0f}") for n, count, mb in rows if mb >= 1]
    return Table(
        "Size on disk", ("relation", "rows", "MB"), [*body, ("whole file", "", f"{total:,.0f}")]
    )


def measure_queries(path: Path) -> Table:
    """Give each query's time, cold and warm, beside its floor; every query in its own process."""
    rows = []
    for name in QUERIES:
        forget_pages(path)
        (cold, warm, floor), peak = run_apart(measure_query, path, name)
        rows.append((name, milliseconds(cold), milliseconds(warm), milliseconds(floor),
                     times(warm, floor), f"{peak:,.0f}"))  # fmt: skip
    return Table(
        "Queries of the dashboard",
        ("query", "cold ms", "warm ms", "floor ms", "warm ÷ floor", "peak MB"),
        rows,
        f"{THREADS} threads. Cold: new process, file dropped from the page cache. Warm: median of "
        "5. Floor: `sum` over the same columns of the same rows, warm, in the same process.",
    )


def measure_query(path: Path, name: str) -> tuple[float, float, float]:
    """Give cold, warm and floor seconds of one query."""
    query = QUERIES[name]
    warehouse = Uncached(path)
    span = warehouse.query("select min(year) as a, max(year) as z from report").iloc[0]
    some = int(warehouse.query("select max(agency_id) // 2 as n from report")["n"].iloc[0])
    filters = Filters((int(span["a"]), int(span["z"])))
    ask = partial(query.ask, warehouse, filters)
    if query.ask is _history:
        ask = partial(query.ask, warehouse, Filters(filters.years, agencies=(some,)))
    cold = seconds(ask)
    return cold, median_seconds(ask), median_seconds(partial(warehouse.query, query.floor))


def fill_copy(path: Path) -> tuple[float, float]:
    """Give the seconds to fill the star tables of a copy, and to scan the printed values."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"set threads = {THREADS}")
        last = len(load_form("2021").cells)
        scan = f"select sum(cell_values[1]), sum(cell_values[{last}]) from reading"
        floor = median_seconds(lambda: connection.execute(scan).fetchall(), 3)
        return seconds(lambda: fill_star_tables(connection)), floor


def _measure_star(path: Path, scratch: Path) -> Table:
    copy = scratch / "star.duckdb"
    shutil.copyfile(path, copy)
    (filled, floor), peak = run_apart(fill_copy, copy)
    copy.unlink()
    row = ("star tables from readings", f"{filled:.1f}", f"{floor:.1f}",
           times(filled, floor), f"{peak:,.0f}")  # fmt: skip
    return Table(
        "Filling the star tables",
        ("step", "s", "floor s", "÷ floor", "peak MB"),
        [row],
        "Floor: one pass over the printed values.",
    )


def _megabytes(connection: duckdb.DuckDBPyConnection, table: str) -> float:
    found = connection.execute(
        f"select count(distinct block_id) from pragma_storage_info('{table}') where persistent"
    ).fetchone()
    return (found[0] if found else 0) * BLOCK_BYTES / 1e6
