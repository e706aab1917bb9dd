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
_JUMP = 20


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


def _issue_too_many(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """More documents issued in the year than are in force at its end."""
    in_force, repealed = (
        cells[2, "normative_document", party].value or 0 for party in ("in_force", "repealed")
    )
    return {(2, "normative_document", "issued"): number(in_force + repealed + 2)}


def _write_items(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Items of the power list where the decisions of the year belong."""
    previous, change = (cells[2, "other_service", p].value or 0 for p in ("previous", "change"))
    return {(2, "other_service", "decisions"): number(previous + change)}


def _multiply(plan: Plan, cells: Cells, rng: Random) -> Changes:
    key = (2, "licence", "decisions")
    return {key: number((cells[key].value or 0) * _JUMP)}


def _refuse_most(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Nearly everything that natural persons were granted is refused as internal information."""
    changes: Changes = {}
    granted = cells[3, "granted", "natural_person"].value or 0
    moved = granted - granted // 8
    for party in ("natural_person", "total"):
        for item, by in (("granted", -moved), ("refused_internal", moved)):
            changes[3, item, party] = number((cells[3, item, party].value or 0) + by)
    return changes


def _drop_unit(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Fees in 元 where the form wants 万元, with nothing in the cell to tell."""
    key = (2, "fee", "amount")
    return {key: number(round((cells[key].value or 0) * 10_000))}


def _shift(plan: Plan, cells: Cells, rng: Random) -> Changes:
    """Figures off by what ``shifts.csv`` says, as far as the edition has them, in turn."""
    rows = [row for row in read_rows("shifts.csv") if row["rule"] == plan.rule]
    turn = plan.variant % len({row["variant"] for row in rows})
    changes = {}
    for row in rows:
        key = (int(row["section"]), row["item"], row["party"])
        value = cells[key].value if key in cells else None
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
    "pending-cases": partial(_print_zeros, sections=(4,)),
    "in-force-too-few": _issue_too_many,
    "decisions-look-like-items": _write_items,
    "jump": _multiply,
    "peer-outlier": _refuse_most,
    "zero-against-evidence": partial(_print_zeros, sections=(2, 3, 4)),
    "zero-streak": partial(_print_zeros, sections=(2, 3, 4)),
    **dict.fromkeys({row["rule"] for row in read_rows("shifts.csv")}, _shift),
}
