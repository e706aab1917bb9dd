"""Whether the cell that was misprinted is the one that is suspected, with what it should say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from benchmarks.measure import Table
from benchmarks.proof.slips import Series, made_up_series, plant, real_series
from benchmarks.score.aims import share
from etl.checks import run_checks
from etl.checks.scratch import scratch
from etl.checks.suspects import name_suspects
from etl.checks.suspects.layout import Position, identity_rules
from etl.form import edition_for_year, load_form
from etl.warehouse.schema import create_schema

TOP = 3
ONE_SLIP, TWO_SLIPS = 0.95, 0.8
"""The aims: with one slip, first where determined; with two, among the first ``TOP``."""
ATTEMPTS = 5
"""Random series that are tried for each slip wanted; some are too empty for one."""

Suspects = list[tuple[int, Position, float, bool, int]]
"""Rank, cell, proposed figure, whether determined, ties."""


@dataclass(frozen=True, slots=True)
class Case:
    """A series in which one year was misprinted; ``true`` are the figures meant there."""

    series: Series
    year: int
    true: dict[Position, float]


@dataclass(slots=True)
class Tally:
    """How cases ended. ``determined``: the identities allow one smallest set of cells alone."""

    cases: int = 0
    failing: int = 0
    determined: int = 0
    determined_right: int = 0
    first: int = 0
    tied_first: int = 0
    top: int = 0
    seconds: float = 0.0


def score_suspects(cases: int, seed: int, real: Path | None) -> tuple[Table, bool]:
    """Plant one slip, then two, in ``cases`` reports each; also whether the aims are reached."""
    sources = {"made-up": made_up_series(seed)}
    if real is not None:
        sources["published"] = real_series(real)
    rows = []
    reached = True
    for name, series in sources.items():
        for slips in (1, 2):
            tally = run_cases(list(draw_cases(series, cases, slips, Random(seed))))
            reached &= _reaches(tally, slips)
            rows.append(_row(f"{name}, {slips} slip{'s' * (slips > 1)}", tally))
    table = Table(
        "Suspect cells",
        ("figures", "reports", "identity fails %", "determined %", "of these right %",
         "first, alone %", f"among the first {TOP} %", "first, tied %", "ms a report"),
        rows,
        "Right: every misprinted cell is named, with the figure meant. Determined: no other set "
        "of as few cells satisfies all identities. Shares but the first are of the reports of "
        "which an identity fails; ms is the time of all suspects over these reports.",
    )  # fmt: skip
    return table, reached


def _reaches(tally: Tally, slips: int) -> bool:
    """One slip: found where the identities determine it; two: among the first of all reports."""
    if slips == 1:
        return tally.determined_right >= ONE_SLIP * tally.determined
    return tally.top >= TWO_SLIPS * tally.failing


def draw_cases(series: Sequence[Series], cases: int, slips: int, rng: Random) -> Iterator[Case]:
    """Random years of random series with so many slips planted."""
    made = 0
    for _ in range(cases * ATTEMPTS):
        chosen = rng.choice(series)
        year = rng.choice(sorted(chosen))
        printed = plant(chosen[year], year, slips, rng)
        if printed and made < cases:
            made += 1
            true = {position: chosen[year][position] for position in printed}
            yield Case({**chosen, year: {**chosen[year], **printed}}, year, true)


def run_cases(cases: Sequence[Case]) -> Tally:
    """Check all cases in one warehouse, each as an agency of its own, and judge the suspects."""
    tally = Tally(cases=len(cases))
    with duckdb.connect() as connection:
        create_schema(connection)
        _fill(connection, cases)
        run_checks(connection, only=[rule.slug for rule in identity_rules()])
        with scratch(connection):
            start = perf_counter()
            name_suspects(connection, [rule.slug for rule in identity_rules()])
            tally.seconds = perf_counter() - start
        found = _suspects(connection)
        failing = {
            number
            for (number,) in connection.execute("select distinct agency_id from finding").fetchall()
        }
    for number, case in enumerate(cases):
        tally.failing += number in failing
        _judge(case, found.get(number, {}), tally)
    return tally


def _judge(case: Case, by_year: Mapping[int, Suspects], tally: Tally) -> None:
    suspects = by_year.get(case.year, [])
    determined = bool(suspects) and all(one[3] for one in suspects) and len(by_year) == 1
    ranks: dict[Position, int] = {}
    ties: dict[Position, int] = {}
    for rank, position, proposed, _, tied in suspects:
        if case.true.get(position) == proposed:
            ranks.setdefault(position, rank)
            ties.setdefault(position, tied)
    is_found = len(ranks) == len(case.true)
    is_first = is_found and max(ranks.values()) == 1
    is_alone = is_first and max(ties.values()) == 1
    tally.determined += determined
    tally.determined_right += determined and is_first
    tally.first += is_alone
    tally.tied_first += is_first and not is_alone
    tally.top += is_found and max(ranks.values()) <= TOP


def _suspects(connection: DuckDBPyConnection) -> dict[int, dict[int, Suspects]]:
    found: dict[int, dict[int, Suspects]] = {}
    rows = connection.execute(
        "select agency_id, year, rank, section, item, party, proposed, determined, ties "
        "from suspect join report using (report_id) order by rank, solution"
    ).fetchall()
    for agency, year, rank, section, item, party, proposed, determined, ties in rows:
        own = found.setdefault(agency, {}).setdefault(year, [])
        own.append((rank, (section, item, party), proposed, determined, ties))
    return found


def _fill(connection: DuckDBPyConnection, cases: Sequence[Case]) -> None:
    """Readings, reports and agencies without any file; agencies are numbered as the cases."""
    readings = pa.Table.from_pylist(
        [_reading(number, year, case.series[year])
         for number, case in enumerate(cases) for year in case.series]
    )  # fmt: skip
    connection.register("made", readings)
    connection.execute("""
        insert into agency by name
        select distinct agency_id, agency_id::varchar as agency, true as on_roster from made""")
    connection.execute("""
        insert into reading by name
        select row_number() over () as reading_id, agency_id || '-' || year as source_id, 1 as part,
               agency_id::varchar as agency_printed, year, form, 'agency' as scope, '' as title,
               [] as sections_found, cell_values,
               [case when v is null then 'blank' else 'number' end for v in cell_values]
                   as cell_states,
               [coalesce(v::varchar, '') for v in cell_values] as cell_raws,
               ['' for v in cell_values] as cell_places, source_id as reading_key
        from made""")
    connection.execute("""
        insert into report by name
        select reading_id as report_id, agency_printed::bigint as agency_id,
               agency_printed as agency, year, form, scope, title, source_id, reading_id
        from reading""")
    connection.unregister("made")


def _reading(number: int, year: int, figures: Mapping[Position, float]) -> dict[str, object]:
    form = edition_for_year(year)
    values = [figures.get((c.section, c.item, c.party)) for c in load_form(form).cells]
    return {"agency_id": number, "year": year, "form": form, "cell_values": values}


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    failing = tally.failing
    return (
        name, str(tally.cases), share(failing, tally.cases), share(tally.determined, failing),
        share(tally.determined_right, tally.determined), share(tally.first, failing),
        share(tally.top, failing), share(tally.tied_first, failing),
        f"{1000 * tally.seconds / max(failing, 1):.2f}",
    )  # fmt: skip
