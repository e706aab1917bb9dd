"""How often ``peer-outlier`` and ``jump`` speak where there is nothing to be said.

Rates are drawn from one distribution, volumes only wobble. The share beyond the limits should be
near the nominal one, which is 0.2 % (and 5 % for the inner limits of a funnel).
"""

from __future__ import annotations

from itertools import product

import duckdb
import numpy as np
from duckdb import DuckDBPyConnection

from benchmarks.measure import Table
from etl.checks.settings import Settings
from etl.checks.unusual.limits import Floats, fit, limits
from etl.checks.unusual.volumes import judge_volumes
from etl.checks.unusual.watched import watched
from etl.warehouse.connect import fetch_one

CASES = {
    "few (around 15)": (15, 0.4),
    "middling (around 60)": (60, 1.0),
    "many (around 1,000)": (1000, 1.0),
}
GROUPS = ((20, 300), (200, 30))
TARGETS = (0.05, 0.15, 0.5)
SPREADS = (0.0, 0.02, 0.1)
NOISES = (0.1, 0.3, 0.5, 0.8)
SIZES = {"around 100": 100, "around 1,000": 1000, "around 10,000": 10_000}
PEERS = 2000


def measure_rates(seed: int = 1) -> Table:
    """Draw (beta-)binomial groups and count the rates beyond each pair of limits."""
    draw = np.random.default_rng(seed)
    rows = []
    for (peers, groups), (name, size), target, spread in product(
        GROUPS, CASES.items(), TARGETS, SPREADS
    ):
        beyond = np.mean(
            [_beyond(draw, peers, size, target, spread) for _ in range(groups)], axis=0
        )
        rows.append((name, str(peers), f"{target:.0%}", f"{spread:g}",
                     f"{100 * beyond[0]:.2f} %", f"{100 * beyond[1]:.1f} %"))  # fmt: skip
    return Table(
        "Rates without a signal",
        ("cases", "peers", "common rate", "spread", "beyond 99.8 %", "beyond 95 %"),
        rows,
        "6,000 rates a row. Spread 0: binomial draws with one rate; else beta-binomial ones with "
        "that intraclass correlation. Target and spread are fitted to each group, as in a build.",
    )


_WORLD = """
    create or replace table report as
    select range as report_id, 2023 as year, 'agency' as scope, range as agency_id
    from range({pairs});
    create or replace table check_body as
    select agency_id, '县级' as level, 'department' as body, '' as body_zh, '' as body_en
    from report;
"""
"""What ``jump`` draws on beside the volumes: agencies that are all peers."""


def _beyond(
    draw: np.random.Generator, peers: int, size: tuple[float, float], target: float, spread: float
) -> tuple[float, float]:
    cases = np.maximum(10, np.round(draw.lognormal(np.log(size[0]), size[1], peers)))
    rates: Floats = np.full(peers, target)
    if spread:
        weight = (1 - spread) / spread
        rates = draw.beta(target * weight, (1 - target) * weight, peers)
    hits = draw.binomial(cases.astype(int), rates).astype(float)
    fitted = fit(cases, hits)
    around = np.empty((peers, 4))
    for number in np.unique(cases):
        around[cases == number] = limits(np.array([fitted[0]]), np.array([fitted[1]]), int(number))
    rate = hits / cases
    outer = (rate < around[:, 0]) | (rate > around[:, 3])
    inner = (rate < around[:, 1]) | (rate > around[:, 2])
    return float(outer.mean()), float(inner.mean())


def measure_jumps(seed: int = 1) -> Table:
    """Let volumes wobble lognormally from year to year and count what ``jump`` finds."""
    draw = np.random.default_rng(seed)
    rows = []
    for (name, size), noise in product(SIZES.items(), NOISES):
        past = np.round(draw.lognormal(np.log(size), 1.0, PEERS * 5))
        now = np.round(past * draw.lognormal(0, noise, PEERS * 5))
        with duckdb.connect() as connection:
            judged = [
                _alarms(connection, past, now, {"least_ratio": ratio, "least_change": change})
                for ratio, change in ((1.0, 1), (3.0, 50))
            ]
        rows.append((name, f"{noise:g}", *(f"{100 * share:.2f} %" for share in judged)))
    return Table(
        "Volumes without a signal",
        ("volume", "noise (σ of the log ratio)", "beyond the limits alone", "found by `jump`"),
        rows,
        "10,000 pairs of years a row, volumes lognormal with σ = 1. `jump` also wants a change "
        "of 50 and a ratio of 3, up or down.",
    )


def _alarms(
    connection: DuckDBPyConnection, past: Floats, now: Floats, given: dict[str, float]
) -> float:
    """The share of pairs that ``jump`` fails, all in one group of peers."""
    measure = watched("jump")[0]
    connection.execute(_WORLD.format(pairs=len(past)))
    kept = np.maximum(past, now) >= given["least_change"]
    pairs = {"report_id": np.flatnonzero(kept), "past": past[kept], "now": now[kept]}
    connection.execute(
        "create or replace table check_volume as select report_id, 2023 as year, "
        "'agency' as scope, ? as measure, past, now from "
        "(select unnest(?) as report_id, unnest(?) as past, unnest(?) as now)",
        [measure.code, *(values.tolist() for values in pairs.values())],
    )
    judge_volumes(connection, Settings({"jump": given}))
    (found,) = fetch_one(connection, "select count(*) from check_jump where not holds")
    return float(found) / int(kept.sum()) if kept.any() else 0.0
