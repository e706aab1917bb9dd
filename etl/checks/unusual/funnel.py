"""The funnels: each rate of each report among its peers of the year, with the limits around it.

Kept in the warehouse (``funnel``, ``funnel_limit``, ``funnel_rate``), so that a plot and the
findings of ``peer-outlier`` draw on the same limits.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from etl.checks.settings import Settings
from etl.checks.unusual.limits import TAILS, Floats, fit, limits, steps
from etl.checks.unusual.watched import FIGURES, column, keep_watched, watched

RULE = "peer-outlier"

Array = NDArray[Any]


def make(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Fill the funnels and ``check_rate_label``, from the star tables and ``check_body``.

    A report's peers are those of its level and kind of body, else those of its level, whichever
    first has enough rates that can be ranked; a rate without peers enough has no row.
    """
    keep_watched(connection, "check_rate_label", RULE)
    least = int(settings.of(RULE)["least_denominator"])
    connection.execute(_rates(least))
    connection.execute(settings.fill(RULE, _script("peers.sql")))
    _fit_funnels(connection, least)
    connection.execute(_script("place.sql"))


def _rates(least: int) -> str:
    """SQL of the rates that can be ranked: of enough cases, and not above 1."""
    sides = ", ".join(
        f"{each.numerator.sql(column)} as n_{place}, {each.denominator.sql(column)} as d_{place}"
        for place, each in enumerate(watched(RULE))
        if each.denominator
    )
    rows = " union all ".join(
        f"select report_id, year, scope, level, body, '{each.code}' as measure, "
        f"n_{place} as numerator, d_{place} as denominator from wide "
        f"where d_{place} >= {least} and n_{place} between 0 and d_{place}"
        for place, each in enumerate(watched(RULE))
    )
    return f"""
        create or replace temp table check_rate as
        with wide as materialized (
            select report.report_id, report.year, report.scope,
                   check_body.level, check_body.body, {sides}
            {FIGURES} join check_body on check_body.agency_id = report.agency_id
        )
        {rows}
    """


def _fit_funnels(connection: DuckDBPyConnection, least: int) -> None:
    """Make check_fit (a row a funnel), check_limit (its curve), check_step (where on it)."""
    found = connection.execute(
        "select funnel_id, denominator, numerator from check_funnel_member order by all"
    ).fetchnumpy()
    funnel, cases, hits = (np.asarray(found[name]) for name in found)
    numbers, starts = np.unique(funnel, return_index=True)
    groups = list(zip(np.split(cases, starts[1:]), np.split(hits, starts[1:]), strict=True))
    fits = np.array([fit(n, k) for n, k in groups if len(n)]).reshape(-1, 2)
    most = np.array([n.max() for n, _ in groups if len(n)])
    kept = steps(least, float(most.max(initial=0)))
    seen = np.unique(cases)
    on_curve = np.array(kept)[np.searchsorted(kept, seen, side="right") - 1] if kept else seen
    _keep(connection, "check_fit", funnel_id=numbers, target=fits[:, 0], spread=fits[:, 1])
    _keep(connection, "check_step", denominator=seen, cases=on_curve)
    _keep(connection, "check_limit", **_curves(numbers, fits, most, kept))


def _curves(numbers: Array, fits: Floats, most: Floats, kept: list[int]) -> dict[str, Array]:
    """The limits of each funnel at every kept number of cases up to its largest."""
    parts = [np.empty((0, 2 + len(TAILS)))]
    for cases in kept:
        reach = most >= cases
        found = limits(fits[reach, 0], fits[reach, 1], cases)
        parts.append(np.column_stack((numbers[reach], np.full(len(found), cases), found)))
    names = ("funnel_id", "cases", "lower_998", "lower_95", "upper_95", "upper_998")
    return dict(zip(names, np.concatenate(parts).T, strict=True))


def _keep(connection: DuckDBPyConnection, name: str, **columns: Array) -> None:
    rows = pa.table({column: np.ascontiguousarray(values) for column, values in columns.items()})
    connection.register(f"{name}_rows", rows)
    connection.execute(f"create or replace temp table {name} as from {name}_rows")
    connection.unregister(f"{name}_rows")


def _script(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
