"""What a planted fault does to the printed cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from etl.sample.faults import Plan
from etl.sample.model import ABSENT, Key, PrintedCell
from etl.sample.notation import number
from etl.sample.tables import read_rows, read_toml

Cells = Mapping[Key, PrintedCell]
Changes = dict[Key, PrintedCell]

_BLANK = PrintedCell("blank", None, "")


def misprint(plan: Plan | None, cells: Cells, rng: Random) -> Changes:
    """The cells as printed under this plan; without one, or for a fault of the prose, unchanged."""
    change = _MISPRINTS.get(plan.rule) if plan else None
    return {**cells, **(change(plan, cells, rng) if plan and change else {})}


def _print_zeros(plan: Plan, cells: Cells, rng: Random, sections: tuple[int, ...]) -> Changes:
    return {key: number(0) for key in cells if key[0] in sections}


def _blank_all(plan: Plan, cells: Cells, rng: Random) -> Changes:
    return dict.fromkeys(cells, _BLANK)


def _blank_some(plan: Plan, cells: Cells, rng: Random) -> Changes:
    return dict.fromkeys(rng.sample(list(cells), rng.randint(2, 9)), _BLANK)


def _lose_table(plan: Plan, cells: Cells, rng: Random) -> Changes:
    section = rng.choice((2, 3, 4))
    return {key: ABSENT for key in cells if key[0] == section}


def _write_words(plan: Plan, cells: Cells, rng: Random) -> Changes:
    raw = rng.choice(read_toml("wording.toml")["unreadable"])
    return {rng.choice(list(cells)): PrintedCell("unreadable", None, raw)}


def _write_no_count(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """The largest count of decisions, with a fraction or below zero in turn."""
    decisions = [key for key in cells if key[0] == 2 and key[2] == "decisions"]
    key, value = _largest(decisions, cells)
    return {key: number(value + 0.5 if plan.variant % 2 else -max(1, value))}


def _raise_case_total(plan: Plan, cells: Cells, rng: Random) -> Changes:
    key, value = _largest([key for key in cells if key[1] == "case_total"], cells)
    return {key: number(value + 1 + plan.variant % 2)}


def _drop_unit(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Fees in 元 where the form wants 万元, with nothing in the cell to tell."""
    key = (2, "fee", "amount")
    return {key: number(round((cells[key].value or 0) * 10_000))}


def _shift(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Figures off by what ``shifts.csv`` says; its variants take turns."""
    rows = [row for row in read_rows("shifts.csv") if row["rule"] == plan.rule]
    turn = plan.variant % len({row["variant"] for row in rows})
    changes = {}
    for row in rows:
        key = (int(row["section"]), row["item"], row["party"])
        value = cells[key].value
        if int(row["variant"]) == turn and value is not None:
            changes[key] = number(value + int(row["by"]))
    return changes


def _largest(keys: list[Key], cells: Cells) -> tuple[Key, float]:
    values = {key: value for key in keys if (value := cells[key].value) is not None}
    key = max(values, key=values.__getitem__)
    return key, values[key]


_MISPRINTS: dict[str, Callable[[Plan, Cells, Random], Changes]] = {
    "all-zero": partial(_print_zeros, sections=(2, 3, 4)),
    "disclosure-all-zero": partial(_print_zeros, sections=(2,)),
    "requests-all-zero": partial(_print_zeros, sections=(3,)),
    "all-blank": _blank_all,
    "blank-cells": _blank_some,
    "table-missing": _lose_table,
    "unreadable-cell": _write_words,
    "not-a-count": _write_no_count,
    "case-total": _raise_case_total,
    "fee-unit": _drop_unit,
    **dict.fromkeys({row["rule"] for row in read_rows("shifts.csv")}, _shift),
}
