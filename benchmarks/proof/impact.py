"""How soon the totals are right when findings are mended.

Clean series get slips of random kind and size; findings are gone through in several orders, and
each mends the slips of its report (for a finding on two years, of the year before as well).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean

import duckdb
from duckdb import DuckDBPyConnection

from benchmarks.measure import Table
from benchmarks.proof.clones import SPAN, Clone, fill_agencies, fill_readings
from benchmarks.proof.misprints import misprints
from etl.checks import rules, run_checks
from etl.form import load_form
from etl.sample.chance import chance
from etl.sample.figures import make_figures
from etl.sample.roster import make_roster
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables

FIRST = (12, 25, 50)
SLIPPED = 0.06
"""Share of the reports with a slip."""

RANDOM_ORDERS = 20
ORDERS = {
    "impact": "impact desc, finding_id",
    "severity, then agency": "severity, agency, year, rule, finding_id",
}
_SERIES = {rule.slug for rule in rules() if rule.needs == "series"}
Total = tuple[int, int, str, str]
"""year, section, item, party."""

Report = tuple[int, int]
"""agency, year."""


@dataclass(frozen=True, slots=True)
class Slip:
    """By how much one cell of a report is off, and the published total that it is in."""

    report: Report
    total: Total
    error: float


def impact_table(seed: int = 1, series: int = 150) -> Table:
    """Shares of the error of the published totals that are settled, for each order."""
    slips, true, connection = _slipped(seed, series)
    with connection:
        ways = {name: [_findings(connection, order)] for name, order in ORDERS.items()}
    rng = Random(seed)
    some = ways["impact"][0]
    ways["at random"] = [rng.sample(some, len(some)) for _ in range(RANDOM_ORDERS)]
    rows = []
    for name, orders in ways.items():
        for measure, scale in (("in figures", False), ("relative", True)):
            settled = [
                mean(_settled(slips, true, order[:n], relative=scale) for order in orders)
                for n in FIRST
            ]
            rows.append((f"{name}, {measure}", *(f"{100 * share:.0f}" for share in settled)))
    return Table(
        "Doubt of the published totals settled by the first findings, %",
        ("order", *(f"first {n}" for n in FIRST)),
        rows,
        f"{len(slips)} slips in {series * 6:,} reports, {len(some):,} findings. In figures: the "
        "sum over sections 3 and 4 of how far each year's published totals are off; relative: each "
        "total's error over the total itself, at most 1, all sections.",
    )


def _slipped(seed: int, series: int) -> tuple[list[Slip], dict[Total, float], DuckDBPyConnection]:
    agencies = [agency for agency in make_roster(series * 3, SPAN) if agency.scope == "agency"]
    figures = make_figures(agencies, SPAN, seed)
    whole = [agency for agency in agencies if (agency.reports_from, agency.reports_to) == SPAN]
    rng = chance(seed, "impact")
    clones = [
        Clone(number, agency, SPAN[0], None)
        for number, agency in enumerate(rng.sample(whole, series), start=1)
    ]
    connection = duckdb.connect()
    create_schema(connection)
    fill_agencies(connection, clones)
    fill_readings(connection, clones, figures)
    slips, true = [], defaultdict[Total, float](float)
    for clone in clones:
        for year in range(SPAN[0], SPAN[1] + 1):
            own = figures[clone.agency.titled, year]
            for (section, item, party), value in own.values.items():
                true[year, section, item, party] += value
            if rng.random() >= SLIPPED:
                continue
            form = load_form(own.edition)
            slip = rng.choice(
                [one for one in misprints(form, own.values, rng) if one.value is not None]
            )
            place = (slip.cell.section, slip.cell.item, slip.cell.party)
            assert slip.value is not None
            slips.append(Slip((clone.number, year), (year, *place), slip.value - own.values[place]))
            connection.execute(
                "update reading set cell_values = list_transform(cell_values, "
                "lambda value, place: if(place = $1, $2, value)) "
                "where source_id = $3 and year = $4",
                [slip.cell.number, slip.value, str(clone.number), year],
            )
    fill_star_tables(connection)
    run_checks(
        connection, only={rule.slug for rule in rules() if rule.needs in ("report", "series")}
    )
    return slips, true, connection


def _findings(connection: DuckDBPyConnection, order: str) -> list[tuple[Report, ...]]:
    """The reports that a person who follows up each finding looks at."""
    rows = connection.execute(f"select agency_id, year, rule from finding order by {order}")
    return [
        ((agency, year), (agency, year - 1)) if rule in _SERIES else ((agency, year),)
        for agency, year, rule in rows.fetchall()
    ]


def _settled(
    slips: Sequence[Slip], true: dict[Total, float], looked_at: Sequence[tuple[Report, ...]],
    *, relative: bool,
) -> float:  # fmt: skip
    mended = {report for reports in looked_at for report in reports}
    before = _doubt(slips, true, relative=relative)
    left = _doubt([s for s in slips if s.report not in mended], true, relative=relative)
    return 1 - left / before


def _doubt(slips: Sequence[Slip], true: dict[Total, float], *, relative: bool) -> float:
    off: dict[Total, float] = defaultdict(float)
    for slip in slips:
        off[slip.total] += slip.error
    if relative:
        return sum(min(1.0, abs(e) / max(abs(true[t]), abs(e))) for t, e in off.items() if e)
    return sum(abs(error) for total, error in off.items() if total[1] != 2)
