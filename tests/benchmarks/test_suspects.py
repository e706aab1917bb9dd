"""Planted slips are slips, and the suspects found for them reach their aims on a small run."""

from __future__ import annotations

from random import Random

from benchmarks.proof.slips import KINDS, made_up_series, plant
from benchmarks.proof.suspects import draw_cases, run_cases, score_suspects
from etl.checks.suspects.layout import layout
from etl.form import edition_for_year


def test_every_kind_of_slip_changes_a_figure_of_the_tables() -> None:
    series = made_up_series(1)
    busiest = max(series, key=lambda one: sum(sum(year.values()) for year in one.values()))
    year = max(busiest)
    one = layout(edition_for_year(year))
    true = [busiest[year][cell.section, cell.item, cell.party] for cell in one.cells]
    for kind, slip in KINDS.items():
        changed = [place for place, value in slip(one, true, Random(1)) if value != true[place]]
        assert changed, kind
    printed = plant(busiest[year], year, 2, Random(2))
    assert len(printed) == 2
    assert all(busiest[year][position] != value for position, value in printed.items())


def test_a_year_without_figures_has_no_slip() -> None:
    series = made_up_series(1)[0]
    assert plant(dict.fromkeys(series[2022], 0.0), 2022, 1, Random(1)) == {}


def test_clean_figures_have_no_finding_and_slips_are_found() -> None:
    cases = list(draw_cases(made_up_series(3), 40, 1, Random(3)))
    tally = run_cases(cases)
    assert tally.cases == 40
    assert tally.failing >= tally.determined >= 30
    assert tally.determined_right == tally.determined


def test_the_aims_are_reached_on_a_small_run() -> None:
    table, reached = score_suspects(25, 5, None)
    assert reached
    assert len(table.rows) == 2
    assert all(len(row) == len(table.head) for row in table.rows)
