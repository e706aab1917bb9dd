"""Faults made into rows of ``suspect``: each cell's kind of slip, cost and rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.checks.suspects.chain import STRIDE, mended_and_broken
from etl.checks.suspects.faults import Fault
from etl.checks.suspects.faulty import Faulty
from etl.checks.suspects.search import Problem, Solution
from etl.checks.suspects.slips import COST, Slip, slip_kind

MOST_SHOWN = 8
"""Solutions of a fault that are kept."""

CLAIM_AGREES, CLAIM_OBJECTS = -3.0, 3.0
"""The prose states the proposed figure, or the printed one."""

DOUBTED, OFFERED = -1.0, -3.0
"""The reader had a doubt about the cell's row, or offered the proposed figure."""

Row = dict[str, object]
Judged = dict[int, tuple[Slip, float, float]]
"""Cell → its kind of slip, its cost and the proposed figure."""


def suspect_rows(
    reports: Sequence[Faulty], problem: Problem, fault: Fault, number: int
) -> Iterator[Row]:
    """The rows of one fault, the cheapest solutions first; ``number`` is the fault's.

    Solutions of one cost share a rank, and a dearer one's rank counts all before it.
    """
    judged = sorted(
        ((_judge(reports, problem, one), one) for one in fault.solutions),
        key=lambda pair: (_total(pair[0]), sorted(pair[1].items())),
    )
    costs = [_total(one) for one, _ in judged]
    for place, (one, solution) in enumerate(judged[:MOST_SHOWN]):
        mended = mended_and_broken(problem, solution) or set()
        for cell, (slip, _, proposed) in one.items():
            report = reports[cell // STRIDE]
            position = report.layout.cells[cell % STRIDE]
            yield {
                "report_id": report.report_id,
                "rank": costs.index(costs[place]) + 1,
                "item": position.item,
                "party": position.party,
                "printed": problem.figures[cell],
                "proposed": proposed,
                "explains": sum(n in mended for n, _ in problem.equations_of[cell]),
                "section": position.section,
                "slip": slip,
                "cost": costs[place],
                "ties": costs.count(costs[place]),
                "fault": number,
                "solution": place + 1,
                "cells": len(solution),
                "determined": fault.complete and len(judged) == 1,
            }


def _judge(reports: Sequence[Faulty], problem: Problem, solution: Solution) -> Judged:
    return {
        cell: _judge_cell(reports[cell // STRIDE], cell % STRIDE, problem.figures[cell], delta)
        for cell, delta in solution.items()
    }


def _judge_cell(
    report: Faulty, place: int, printed: float, delta: float
) -> tuple[Slip, float, float]:
    one = report.layout
    cell = one.cells[place]
    position = (cell.section, cell.item, cell.party)
    proposed = float(round(printed + delta))
    beside = [value for n in one.neighbours[place] if (value := report.figure(n)) is not None]
    slip = slip_kind(printed, proposed, is_total=place in one.totals, neighbours=beside)
    cost = COST[slip]
    claimed = report.claimed.get(position, set())
    if proposed in claimed:
        cost += CLAIM_AGREES
    elif printed in claimed:
        cost += CLAIM_OBJECTS
    if proposed in report.offered.get(position, ()):
        cost += OFFERED
    elif (cell.section, cell.item) in report.doubted:
        cost += DOUBTED
    return slip, cost, proposed


def _total(judged: Mapping[int, tuple[Slip, float, float]]) -> float:
    return sum(cost for _, cost, _ in judged.values())
