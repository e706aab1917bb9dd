"""Undamaged documents to start from: reports in which every figure is another number.

A figure that ends up in a wrong cell, or out of thin air, is then known by its value alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from random import Random

from benchmarks.score.corpus import judge_case, read_case
from benchmarks.score.truth import SCANS, Case, specimen_cases
from etl.form import Form, load_form
from etl.reading import State
from etl.sample.model import Key, PrintedCell, SampleReport
from etl.sample.notation import number
from etl.sample.varieties import Variety, varieties

Cells = dict[Key, PrintedCell]

_GAPS: dict[int, tuple[State, str]] = {2: ("dash", "/"), 3: ("blank", ""), 4: ("blank", "")}
"""Section → what a few of its cells hold in place of a figure."""
_GAP_RATE = 0.06


def readable_seeds(seed: int, chosen: Iterable[Variety] | None = None) -> list[Case]:
    """One document for every variety chosen, or for all that must be read whole.

    Left out are those that are not read exactly while undamaged; the score tells of them.
    """
    whole = (v for v in varieties() if v.outcome == "exact" and v.format not in {*SCANS, "zip"})

    def numbered(report: SampleReport) -> SampleReport:
        return replace(report, cells=number_cells(report, Random(f"{seed} {report.title}")))

    cases = specimen_cases(seed, chosen=whole if chosen is None else chosen, edit=numbered)
    return [case for case in cases if len(case.truth) == 1 and _is_read(case)]


def _is_read(case: Case) -> bool:
    return all(tally.cells_right == tally.cells for tally, _ in judge_case(case, read_case(case)))


def number_cells(report: SampleReport, rng: Random) -> Cells:
    """Every cell with a figure of its own and a few blanks and dashes between; all sums hold."""
    marks = [f"{n}{-sum(map(int, str(n))) % 10}" for n in range(100, 1000)]
    rng.shuffle(marks)  # with a check digit no figure becomes another by one digit
    cells = {}
    for key, mark in zip(report.cells, marks, strict=False):
        state, raw = _GAPS[key[0]]
        is_gap = rng.random() < _GAP_RATE
        cells[key] = PrintedCell(state, None, raw) if is_gap else number(float(mark))
    _tie_out(cells, load_form(report.edition))
    return cells


def _tie_out(cells: Cells, form: Form) -> None:
    """Replace what the form adds up by its sums; a gap counts as 0."""

    def add_up(section: int, items: Iterable[str], parties: Iterable[str]) -> float:
        keys = product((section,), items, parties)
        return sum(cells[key].value or 0 for key in keys)

    received, carried_in, *outcomes, concluded, carried_out = (
        line.item for line in form.section_lines(3)
    )
    *parties, whole = (head.party for head in form.section_heads(3))
    for party in parties:
        done = add_up(3, outcomes, (party,))
        load = done + add_up(3, (carried_out,), (party,))
        cells[3, concluded, party] = number(done)
        cells[3, received, party] = number(load - add_up(3, (carried_in,), (party,)))
    for item in (received, carried_in, *outcomes, concluded, carried_out):
        cells[3, item, whole] = number(add_up(3, (item,), parties))
    *results, total = (line.item for line in form.section_lines(4))
    for head in form.section_heads(4):
        cells[4, total, head.party] = number(add_up(4, results, (head.party,)))
