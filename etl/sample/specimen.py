"""One report whose figures differ cell by cell, so that a figure in the wrong cell is seen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random

from etl.form import Edition, Form, edition_for_year, load_form
from etl.sample.chance import chance
from etl.sample.model import Figures, Key, SampleReport
from etl.sample.notation import number
from etl.sample.prose import tell, true_sayings
from etl.sample.roster import make_roster
from etl.sample.tables import read_toml
from etl.sample.wording import prescribed_form

DEPARTMENT = "部门"
_NO_REQUESTS = 0.35
_ZERO = 0.3


def make_specimen(
    seed: int, year: int = 2023, edition: Edition | None = None, kind: str = DEPARTMENT
) -> SampleReport:
    """A report of a made-up agency of this ``kind`` (``bodies.csv``), printed as prescribed.

    ``edition`` is the year's own unless given. All sums of the form hold; nearly all figures that
    aren't zero are different from one another. Equal arguments give an equal report.
    """
    chosen = edition or edition_for_year(year)
    rng = chance(seed, "specimen", year, chosen, kind)
    agency = rng.choice([a for a in make_roster(90, (year, year)) if a.kind == kind])
    figures = _figures(load_form(chosen), rng)
    said = true_sayings(figures, None, rng)
    title = f"{agency.agency}{year}{read_toml('wording.toml')['plain_title']}"
    return SampleReport(
        agency=agency,
        year=year,
        edition=chosen,
        title=title,
        title_lines=(title,),
        published_on=date(year + 1, 1, 8) + timedelta(days=rng.randint(0, 20)),
        cells={key: number(value) for key, value in figures.values.items()},
        printed_sections=frozenset((2, 3, 4)),
        lost_table_note="",
        telling=tell(agency, year, said, partial(chance, seed, "style", agency.agency), rng),
        wordings=prescribed_form(load_form(chosen)),
    )


def sibling(report: SampleReport, rng: Random) -> SampleReport:
    """Another agency's report on the same year, with figures of its own."""
    while True:
        other = make_specimen(rng.randrange(10**6), report.year, report.edition)
        if other.agency.agency != report.agency.agency:
            return other


def _figures(form: Form, rng: Random) -> Figures:
    """Sections 2, 3 and 4, each drawn without repetition from a range of its own."""
    values: dict[Key, float] = {}
    pool = iter(rng.sample(range(1, 9_000), 60))
    for cell in form.section_cells(2):
        figure = float(next(pool))
        if cell.head.kind == "amount":
            figure = figure + rng.randrange(1, 10_000) / 10_000
        elif cell.head.kind == "change":
            figure = figure * rng.choice((1, -1))
        values[2, cell.item, cell.party] = 0 if rng.random() < _ZERO / 2 else round(figure, 4)
    values |= _requests(form, rng) | _disputes(form, rng)
    values = {(c.section, c.item, c.party): values[c.section, c.item, c.party] for c in form.cells}
    return Figures(form.edition, values, rng.randint(120, 3_000))


def _requests(form: Form, rng: Random) -> dict[Key, float]:
    lines, heads = form.section_lines(3), form.section_heads(3)
    outcomes = [line.item for line in lines[2:-2]]
    received, carried_in = lines[0].item, lines[1].item
    concluded, carried_out = lines[-2].item, lines[-1].item
    pool = iter(rng.sample(range(1, 1_000), 300))
    values: dict[Key, float] = {}
    for head in heads[:-1]:
        idle = head.group != "" and rng.random() < _NO_REQUESTS
        for item in outcomes:
            zero = idle or rng.random() < _ZERO
            values[3, item, head.party] = 0 if zero else next(pool)
        done = sum(values[3, item, head.party] for item in outcomes)
        left = 0 if idle else next(pool)
        before = 0 if idle else rng.randrange(1, int(done + left))
        values[3, concluded, head.party], values[3, carried_out, head.party] = done, left
        values[3, carried_in, head.party] = before
        values[3, received, head.party] = done + left - before
    for line in lines:
        row = [values[3, line.item, head.party] for head in heads[:-1]]
        values[3, line.item, heads[-1].party] = sum(row)
    return values


def _disputes(form: Form, rng: Random) -> dict[Key, float]:
    lines = form.section_lines(4)
    pool = iter(rng.sample(range(1, 400), 20))
    values: dict[Key, float] = {}
    for head in form.section_heads(4):
        for line in lines[:-1]:
            values[4, line.item, head.party] = 0 if rng.random() < _ZERO else next(pool)
        parts = [values[4, line.item, head.party] for line in lines[:-1]]
        values[4, lines[-1].item, head.party] = sum(parts)
    return values
