"""Slips of the kinds that people make, planted in figures that tie out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from etl.checks.suspects.layout import Layout, Position, layout
from etl.form import edition_for_year
from etl.sample.figures import make_figures
from etl.sample.roster import make_roster

YEARS = (2019, 2024)
AGENCIES = 84

Figures = Mapping[Position, float]
Series = dict[int, dict[Position, float]]
"""The figures of an agency by year."""

Changed = tuple[int, float]
"""A cell's place in the layout and the figure misprinted there."""


def made_up_series(seed: int) -> list[Series]:
    """The figures of every agency of a made-up corpus."""
    found: dict[str, Series] = {}
    for (titled, year), figures in make_figures(make_roster(AGENCIES, YEARS), YEARS, seed).items():
        found.setdefault(titled, {})[year] = dict(figures.values)
    return list(found.values())


def real_series(path: Path) -> list[Series]:
    """Figures that agencies published: agency, year, section, item, party and value by row."""
    found: dict[str, Series] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            position = (int(row["section"]), row["item"], row["party"])
            year = found.setdefault(row["agency"], {}).setdefault(int(row["year"]), {})
            year[position] = float(row["value"])
    return list(found.values())


def plant(figures: Figures, year: int, slips: int, rng: Random) -> dict[Position, float]:
    """The figures to print in place of the true ones: so many slips of random kinds.

    Empty where the figures allow none, as those of a year without requests.
    """
    one = layout(edition_for_year(year))
    true = [figures[cell.section, cell.item, cell.party] for cell in one.cells]
    printed: dict[Position, float] = {}
    for _ in range(slips):
        kinds = [*KINDS]
        rng.shuffle(kinds)
        for kind in kinds:
            changes = [
                (place, value)
                for place, value in KINDS[kind](one, true, rng)
                if value != true[place] and one.cell_component[place] >= 0
                and _position(one, place) not in printed
            ]  # fmt: skip
            if changes:
                place, value = rng.choice(changes)
                printed[_position(one, place)] = value
                break
    return printed if len(printed) == slips else {}


def _position(one: Layout, place: int) -> Position:
    cell = one.cells[place]
    return cell.section, cell.item, cell.party


def _swapped(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, text in _texts(true, least=10):
        at = rng.randrange(len(text) - 1)
        yield place, float(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def _lost(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, text in _texts(true, least=10):
        at = rng.randrange(len(text))
        yield place, float(text[:at] + text[at + 1 :])


def _doubled(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, text in _texts(true):
        at = rng.randrange(len(text))
        yield place, float(text[: at + 1] + text[at:])


def _added(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, text in _texts(true):
        at = rng.randrange(len(text) + 1)
        yield place, float(text[:at] + rng.choice("0123456789") + text[at:])


def _replaced(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, text in _texts(true):
        at = rng.randrange(len(text))
        yield place, float(text[:at] + rng.choice("0123456789") + text[at + 1 :])


def _neighbour(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    for place, beside in enumerate(one.neighbours):
        yield place, true[rng.choice(beside)]


def _empty_total(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    return ((place, 0.0) for place in one.totals)


def _sign(one: Layout, true: list[float], rng: Random) -> Iterator[Changed]:
    return ((place, -value) for place, value in enumerate(true))


def _texts(true: list[float], least: int = 1) -> Iterator[tuple[int, str]]:
    return ((place, str(int(value))) for place, value in enumerate(true) if value >= least)


KINDS: dict[str, Callable[[Layout, list[float], Random], Iterator[Changed]]] = {
    "swapped": _swapped, "lost": _lost, "doubled": _doubled, "added": _added,
    "replaced": _replaced, "neighbour": _neighbour, "empty-total": _empty_total, "sign": _sign,
}  # fmt: skip
"""Kind of slip → every cell that it could befall, with what would then be printed."""
