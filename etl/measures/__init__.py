"""Measures: what can be compared between agencies and years, each with its definition.

Two kinds share one type. A *cell measure* is one cell of the form (``received``,
``regulation.issued``, ``corrected.reconsideration``) and takes its label from ``etl.form``. A
*named measure* is a sum, a rate or a cell with a shorter name, and stands in ``measures.csv`` with
its formula, definition and pitfalls in both languages.

A formula is codes joined by ``+`` and ``-``. A code is ``item.party``; an item of section 3 alone
means its total column; the name of a group (``refused``, ``unable``, ``rejected``,
``other_handling``) means every line of that group in the report's edition. A formula has a value
only when all its cells are numbers: a blank is never counted as 0.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from etl.form import (
    EDITIONS,
    Edition,
    FormCell,
    Line,
    all_items,
    groups,
    load_form,
)

Language = Literal["zh", "en"]
Column = Callable[[int, str, str], str]
"""(section, item, party) → the SQL of that cell's value."""

SMALL_DENOMINATOR = 10
"""Below it a rate is written as its fraction and takes part in no ranking."""

UNITS_EN = {
    "件": "cases",
    "项": "items",
    "万元": "10,000 yuan",
    "%": "%",
    "件/百件": "per 100",
    "条": "items",
}
_GROUP_IN_2019 = {"other_handling": "other"}


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of a formula with its sign (1 or -1)."""

    sign: int
    section: int
    item: str
    party: str

    @property
    def cell(self) -> tuple[int, str, str]:
        """(section, item, party)."""
        return self.section, self.item, self.party


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum of cells; ``terms`` says which ones an edition gives it."""

    text: str

    def terms(self, edition: Edition) -> tuple[Term, ...] | None:
        """Give the cells summed in this edition; None when the edition lacks one of them."""
        return _terms(self.text, edition)

    def sql(self, column: Column) -> str:
        """Give SQL of the sum: null when a cell is no number or the edition lacks one.

        The columns of the other edition are null, so the first sum with a value is the report's.
        """
        sides = dict.fromkeys(_sum_sql(t, column) for e in EDITIONS if (t := self.terms(e)))
        first, *others = sides
        return f"coalesce({', '.join(sides)})" if others else first


@dataclass(frozen=True, slots=True)
class Measure:
    """A count, an amount or a rate of one report.

    A rate has a ``denominator``; its value is ``100 * numerator / denominator``, in the unit
    % or 件/百件 (per hundred).
    """

    code: str
    unit: str
    numerator: Formula
    denominator: Formula | None
    labels: tuple[str, str]
    definitions: tuple[str, str]
    pitfalls: tuple[str, str] = ("", "")

    @property
    def is_rate(self) -> bool:
        """Whether it is a numerator over a denominator."""
        return self.denominator is not None

    @property
    def is_amount(self) -> bool:
        """Whether the value may have decimals though it is no rate."""
        return self.unit == "万元"

    @property
    def breaks(self) -> bool:
        """Whether the series restarts between 2020 and 2021, the form having changed.

        True of every figure of section 2 (its columns were redefined) and of what takes other
        cells in the two editions.
        """
        formulas = [f for f in (self.numerator, self.denominator) if f is not None]
        sides = [(f.terms("2019"), f.terms("2021")) for f in formulas]
        return any(old != new or any(term.section == 2 for term in new or ()) for old, new in sides)

    def has(self, edition: Edition) -> bool:
        """Whether this edition of the form has all the cells needed."""
        formulas = (f for f in (self.numerator, self.denominator) if f is not None)
        return all(formula.terms(edition) is not None for formula in formulas)

    def terms(self, edition: Edition) -> tuple[Term, ...]:
        """List all cells needed in this edition, numerator first; () when one is lacking."""
        if not self.has(edition):
            return ()
        below = self.denominator.terms(edition) if self.denominator else ()
        return (*(self.numerator.terms(edition) or ()), *(below or ()))

    def label(self, language: Language) -> str:
        """Give its name."""
        return _pick(self.labels, language)

    def definition(self, language: Language) -> str:
        """Give what is counted, or divided by what."""
        return _pick(self.definitions, language)

    def pitfall(self, language: Language) -> str:
        """Give what to beware of; empty when nothing special is known."""
        return _pick(self.pitfalls, language)

    def unit_label(self, language: Language) -> str:
        """Give its unit."""
        return self.unit if language == "zh" else UNITS_EN[self.unit]


def measure(code: str) -> Measure:
    """Find the measure of this code; KeyError when there is none."""
    return measures()[code]


@cache
def measures() -> dict[str, Measure]:
    """List every measure by its code: ``measures.csv`` in its order, then the other cells."""
    named = named_measures()
    return named | {code: m for code, m in cell_measures().items() if code not in named}


@cache
def named_measures() -> dict[str, Measure]:
    """Read the sums and rates from ``measures.csv``."""
    text = resources.files(__package__).joinpath("measures.csv").read_text("utf-8")
    return {row["code"]: _named(row) for row in csv.DictReader(text.splitlines())}


@cache
def cell_measures() -> dict[str, Measure]:
    """Single cells of the form in printed order: section 2, section 3's totals, section 4."""
    found: dict[str, Measure] = {}
    for edition in reversed(EDITIONS):
        for cell in load_form(edition).cells:
            if cell.section == 3 and cell.party != "total":
                continue
            code = cell.item if cell.section == 3 else f"{cell.item}.{cell.party}"
            found.setdefault(code, _cell_measure(code, cell))
    return found


def _named(row: dict[str, str]) -> Measure:
    return Measure(
        row["code"],
        row["unit"],
        Formula(row["numerator"]),
        Formula(row["denominator"]) if row["denominator"] else None,
        (row["label_zh"], row["label_en"]),
        (row["definition_zh"], row["definition_en"]),
        (row["pitfall_zh"], row["pitfall_en"]),
    )


def _cell_measure(code: str, cell: FormCell) -> Measure:
    labels = (_cell_label(cell, "zh"), _cell_label(cell, "en"))
    printed = [edition for edition in EDITIONS if load_form(edition).has(*_codes(cell))]
    definitions = (
        f"表格第{'一二三四'[cell.section - 1]}部分“{labels[0]}”一格（{'、'.join(printed)}版）。",
        f"The cell ‘{labels[1]}’ of section {cell.section} (edition {' and '.join(printed)}).",
    )
    return Measure(code, cell.head.unit, Formula(code), None, labels, definitions)


def _cell_label(cell: FormCell, language: Language) -> str:
    line, head = cell.line, cell.head
    own = (line.label, head.label) if language == "zh" else (line.label_en, head.label_en)
    if cell.section == 3:
        return _outcome_label(line, own[0], language)
    joiner = "·" if language == "zh" else ": "
    return joiner.join(own if cell.section == 2 else reversed(own))


def _outcome_label(line: Line, own: str, language: Language) -> str:
    group = groups().get(line.group)
    if group is None or group.parent == "":
        return own
    return f"{group.label if language == 'zh' else group.label_en} {own}"


def _codes(cell: FormCell) -> tuple[int, str, str]:
    return cell.section, cell.item, cell.party


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language == "zh" else pair[1]


def _sum_sql(terms: tuple[Term, ...], column: Column) -> str:
    first, *rest = terms
    head = column(*first.cell) if first.sign > 0 else f"-{column(*first.cell)}"
    return " ".join([head, *(f"{'+' if t.sign > 0 else '-'} {column(*t.cell)}" for t in rest)])


@cache
def _terms(text: str, edition: Edition) -> tuple[Term, ...] | None:
    sign, found = 1, []
    for token in text.split():
        if token in "+-":
            sign = 1 if token == "+" else -1
            continue
        cells = _expand(token, edition)
        if not cells:
            return None
        found += [Term(sign, *cell) for cell in cells]
    return tuple(found)


def _expand(code: str, edition: Edition) -> list[tuple[int, str, str]]:
    form = load_form(edition)
    item, _, party = code.partition(".")
    if item in groups() and not party:
        items = [line.item for line in form.section_lines(3) if line.group == item]
        return [(3, i, "total") for i in items or [_GROUP_IN_2019[item]]]
    section = section_of(item)
    cell = (section, item, party or "total")
    return [cell] if form.has(*cell) else []


@cache
def section_of(item: str) -> int:
    """Find the section an item stands in; KeyError for a code that no edition has."""
    for section in (2, 3, 4):
        if item in all_items(section):
            return section
    raise KeyError(item)
