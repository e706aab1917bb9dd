"""The reports whose own identities fail, with their figures and the neighbouring years'."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from etl.checks.suspects.layout import Layout, Position, identity_rules, layout
from etl.form import EDITIONS, Edition

BATCH = 20_000
"""Reports that are looked at together: some 150 MB of arrays."""

CLAIMED: dict[str, Position] = {
    "requests_received": (3, "received", "total"),
    "requests_concluded": (3, "concluded", "total"),
    "carried_in": (3, "carried_in", "total"),
    "carried_out": (3, "carried_out", "total"),
    "granted": (3, "granted", "total"),
    "partial": (3, "partial", "total"),
    "reconsideration_cases": (4, "case_total", "reconsideration"),
}
"""Claims of the prose that are about one cell."""


@dataclass(slots=True)
class Faulty:
    """A report of which some identity fails.

    ``figures`` has NaN for a cell without a number; ``before`` and ``after`` are the cells of the
    neighbouring years that the layout's links speak of, NaN where there is none. A neighbour
    ``is_faulty`` when its own identities of the linked section fail too.
    """

    report_id: int
    chain: int
    layout: Layout
    figures: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    before_is_faulty: bool
    after_is_faulty: bool
    claimed: dict[Position, set[float]] = field(default_factory=dict)
    doubted: set[tuple[int, str]] = field(default_factory=set)
    offered: dict[Position, set[float]] = field(default_factory=dict)
    """What doubts say else may be meant at a cell."""

    def figure(self, place: int) -> float | None:
        """The printed number; None where there is none."""
        value = float(self.figures[place])
        return None if math.isnan(value) else value


@dataclass(frozen=True)
class Batch:
    """Reports in the order of agency, scope and year; chains are whole."""

    reports: list[Faulty]

    @cached_property
    def by_edition(self) -> dict[Edition, list[Faulty]]:
        """The reports of each edition that occurs."""
        found: dict[Edition, list[Faulty]] = {}
        for report in self.reports:
            found.setdefault(report.layout.edition, []).append(report)
        return found


def prepare_faulty(connection: DuckDBPyConnection) -> None:
    """Scratch table ``check_faulty``: a row for each report with failed identities of its own."""
    connection.execute(_QUERY.format(
        rules=_listed(rule.slug for rule in identity_rules() if rule.needs == "report"),
        linked=linked_section(),
        figures=_by_form("report.form", "own", figures_sql),
        before=_by_form("past.form", "past", lambda one, name: _ends(one, name, ahead=True)),
        after=_by_form("next.form", "next", lambda one, name: _ends(one, name, ahead=False)),
    ))  # fmt: skip


def linked_section() -> int:
    """The section whose cells the neighbouring years tie."""
    return layout(EDITIONS[-1]).links[0].here[0]


def figures_sql(one: Layout, name: str) -> str:
    """SQL: the figures of a layout's cells out of a reading."""
    return f"{name}.cell_values[{one.first}:{one.last}]"


def faulty_batches(connection: DuckDBPyConnection) -> Iterator[Batch]:
    """The reports of ``check_faulty`` in batches, each with claims and doubts that bear on it."""
    chains = connection.execute(
        "select min(chain), max(chain) from check_faulty "
        f"group by (chain_start // {BATCH}) order by 1"
    ).fetchall()
    for first, last in chains:
        table = connection.execute(
            "select * from check_faulty where chain between $1 and $2 "
            "order by agency_id, scope, year",
            [first, last],
        ).to_arrow_table()
        reports = _reports(table)
        _add_prose(connection, {report.report_id: report for report in reports}, first, last)
        yield Batch(reports)


def _reports(table: pa.Table) -> list[Faulty]:
    forms = table["form"].to_pylist()
    figures = list_rows(table["figures"])
    before, after = list_rows(table["before"]), list_rows(table["after"])
    flags = (table[name].to_pylist() for name in ("before_is_faulty", "after_is_faulty"))
    return [
        Faulty(report_id, chain, layout(form), own, past, ahead, *faulty)
        for report_id, chain, form, own, past, ahead, *faulty in zip(
            table["report_id"].to_pylist(), table["chain"].to_pylist(), forms,
            figures, before, after, *flags, strict=True,
        )
    ]  # fmt: skip


def list_rows(column: pa.ChunkedArray) -> list[NDArray[np.float64]]:
    """A list of numbers a row, nulls as NaN."""
    lists = column.combine_chunks()
    values = lists.flatten().to_numpy(zero_copy_only=False).astype(np.float64)
    lengths = lists.value_lengths().to_numpy(zero_copy_only=False)
    return np.split(values, np.cumsum(lengths)[:-1]) if len(lengths) else []


def _add_prose(
    connection: DuckDBPyConnection, reports: dict[int, Faulty], first: int, last: int
) -> None:
    """What claims and doubts say about single cells."""
    claims = connection.execute(
        "select report_id, measure, value from check_faulty join reading_claim using (reading_id) "
        "where chain between $1 and $2 and channel is null and not approximate "
        "and measure in (select unnest($3::varchar[]))",
        [first, last, list(CLAIMED)],
    ).fetchall()
    for report_id, measure, value in claims:
        reports[report_id].claimed.setdefault(CLAIMED[measure], set()).add(value)
    doubts = connection.execute(
        "select report_id, section, item, alternative "
        "from check_faulty join doubt using (reading_id) "
        "where chain between $1 and $2 and section is not null and item is not null",
        [first, last],
    ).fetchall()
    for report_id, section, item, alternative in doubts:
        reports[report_id].doubted.add((section, item))
        for offer in alternative:
            position = (section, item, offer["party"])
            reports[report_id].offered.setdefault(position, set()).add(offer["value"])


def _by_form(form: str, name: str, written: Callable[[Layout, str], str]) -> str:
    cases = " ".join(f"when '{e}' then {written(layout(e), name)}" for e in EDITIONS)
    empty = "[" + ", ".join(["null::double"] * len(layout(EDITIONS[0]).links)) + "]"
    return f"case {form} {cases} else {empty} end"


def _ends(one: Layout, name: str, *, ahead: bool) -> str:
    places: Sequence[int] = (one.ahead if ahead else one.here).tolist()
    return "[" + ", ".join(f"{name}.cell_values[{one.first + place}]" for place in places) + "]"


def _listed(codes: Iterator[str]) -> str:
    return "(" + ", ".join(repr(code) for code in codes) + ")"


_QUERY = """
create or replace temp table check_faulty as
with failing as (
    select report_id, bool_or(section = {linked}) as is_linked
    from finding where rule in {rules} and report_id is not null group by report_id
), placed as (
    select report.report_id, report.reading_id, report.agency_id, report.scope, report.year,
           report.form, previous.previous_report_id, previous.previous_reading_id,
           later.reading_id as following_reading_id,
           failing.is_linked and coalesce(past.is_linked, false) as before_is_faulty,
           failing.is_linked and coalesce(ahead.is_linked, false) as after_is_faulty,
           row_number() over series as ordinal
    from failing
    join report using (report_id)
    left join check_previous as previous using (report_id)
    left join check_previous as following on following.previous_report_id = report.report_id
    left join report as later on later.report_id = following.report_id
    left join failing as past on past.report_id = previous.previous_report_id
    left join failing as ahead on ahead.report_id = following.report_id
    window series as (order by report.agency_id, report.scope, report.year)
), chained as (
    select *, sum((not before_is_faulty)::integer) over (order by ordinal) as chain from placed
), near as materialized (
    -- The lists of these readings alone, so that no join carries those of all.
    select reading_id, form, cell_values
    from reading
    where reading_id in (
        select unnest([reading_id, previous_reading_id, following_reading_id]) from placed
    )
)
select report.report_id, report.reading_id, report.agency_id, report.scope, report.year,
       report.form, chain, min(ordinal) over (partition by chain) as chain_start,
       before_is_faulty, after_is_faulty,
       {figures} as figures, {before} as before, {after} as after
from chained as report
join near as own on own.reading_id = report.reading_id
left join near as past on past.reading_id = report.previous_reading_id
left join near as next on next.reading_id = report.following_reading_id
"""
