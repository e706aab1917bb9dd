"""The statutory form of the annual report, both editions, declared once as data.

The CSV files beside this module are the only place where a printed label is spelled:

==================  ====================================================================
``sections.csv``    the six sections
``groups.csv``      what spans several lines or heads (第二十条第（一）项, （三）不予公开, …)
``captions.csv``    what is printed beside them; never matched when a table is read
``lines.csv``       one row an *item*: a printed row of sections 2 and 3, an outcome of 4
``heads.csv``       one row a *party*: a printed column of sections 2 and 3, a route of 4
``variants.csv``    other wordings of a label seen in published reports
``identities.csv``  the sums that the form prescribes between cells
==================  ====================================================================

A cell of the form is a line crossed with a head of the same section and, in section 2, the same
group. Source of the labels: 国办公开办函〔2019〕60号 (edition 2019, report years 2019 and 2020)
and 国办公开办函〔2021〕30号 (edition 2021, report years 2021 on).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

Edition = Literal["2019", "2021"]
Kind = Literal["count", "change", "amount"]
Axis = Literal["item", "party"]
VariantAxis = Literal["section", "numbered", "line", "head"]

EDITIONS: tuple[Edition, ...] = get_args(Edition)
NEWEST: Edition = EDITIONS[-1]
TABLE_SECTIONS = (2, 3, 4)
FIRST_YEAR = 2019
"""The first report year for which the statutory form exists."""


Code = tuple[str, str]
"""Item and party of a cell, within its section."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is printed across several lines or heads, with the group it stands in itself."""

    code: str
    parent: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the form: a printed row of sections 2 and 3, an outcome of section 4."""

    section: int
    group: str
    item: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Head:
    """A party of the form: a printed column of sections 2 and 3, a route of section 4."""

    section: int
    group: str
    party: str
    label: str
    label_en: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of an edition; ``number`` counts from 1 in printed order."""

    number: int
    line: Line
    head: Head

    @property
    def section(self) -> int:
        return self.line.section

    @property
    def item(self) -> str:
        return self.line.item

    @property
    def party(self) -> str:
        return self.head.party


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that the form prescribes: the ``left`` codes add up to the ``right`` ones.

    It holds along ``axis``: with ``item`` once for every party, with ``party`` once for every item.
    """

    rule: str
    section: int
    axis: Axis
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One edition: its lines, heads, cells (in printed order) and identities."""

    edition: Edition
    lines: tuple[Line, ...]
    heads: tuple[Head, ...]
    cells: tuple[FormCell, ...]
    identities: tuple[Identity, ...]

    def section_lines(self, section: int) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.section == section)

    def section_heads(self, section: int, group: str | None = None) -> tuple[Head, ...]:
        """Heads of a section; in section 2, ``group`` names the block whose heads are wanted."""
        heads = (head for head in self.heads if head.section == section)
        return tuple(head for head in heads if group is None or head.group == group)

    def section_cells(self, section: int) -> tuple[FormCell, ...]:
        return tuple(cell for cell in self.cells if cell.section == section)

    def sums(self, section: int) -> Iterator[tuple[tuple[Code, ...], tuple[Code, ...]]]:
        """Every sum that the form prescribes in a section: the cells of its two sides."""
        for identity in self.identities:
            if identity.section != section:
                continue
            sides = (identity.left, identity.right)
            if identity.axis == "item":
                for head in self.section_heads(section):
                    left, right = (tuple((item, head.party) for item in side) for side in sides)
                    yield left, right
            else:
                for line in self.section_lines(section):
                    left, right = (tuple((line.item, party) for party in side) for side in sides)
                    yield left, right

    @property
    def numbers(self) -> dict[tuple[int, str, str], int]:
        """(section, item, party) → the cell's number, from 1, in printed order."""
        return _numbers(self.edition)

    def has(self, section: int, item: str, party: str) -> bool:
        return (section, item, party) in self.numbers

    def cell(self, section: int, item: str, party: str) -> FormCell:
        """The cell of these codes; KeyError when the edition has no such cell."""
        return self.cells[self.numbers[section, item, party] - 1]


def edition_for_year(year: int) -> Edition:
    """The edition that a report *on* ``year`` must use (the report year, not the publication year).

    Raises ValueError before 2019, when no form with these tables existed.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"no statutory form for report year {year}; the first is {FIRST_YEAR}")
    return "2019" if year < 2021 else "2021"


def as_edition(text: str) -> Edition:
    """The edition of this name; ValueError for a name that is none."""
    for edition in EDITIONS:
        if edition == text:
            return edition
    raise ValueError(f"no edition {text!r} of the form; there are {EDITIONS}")


@cache
def load_form(edition: Edition) -> Form:
    """The form of one edition, read from the CSV files beside this module."""
    lines = tuple(
        Line(int(row["section"]), row["group"], row["item"], row["label_zh"], row["label_en"])
        for row in _rows("lines.csv", edition)
    )
    heads = tuple(_head(row) for row in _rows("heads.csv", edition))
    pairs = [pair for section in TABLE_SECTIONS for pair in _printed_pairs(section, lines, heads)]
    cells = tuple(FormCell(n, line, head) for n, (line, head) in enumerate(pairs, start=1))
    return Form(edition, lines, heads, cells, _identities(edition))


@cache
def groups() -> dict[str, Group]:
    """Every group by its code."""
    return {
        row["group"]: Group(row["group"], row["parent"], row["label_zh"], row["label_en"])
        for row in _table("groups.csv")
    }


@cache
def section_headings() -> dict[int, tuple[str, str]]:
    """Section number → heading in Chinese and English, without its numeral."""
    return {
        int(row["section"]): (row["heading_zh"], row["heading_en"])
        for row in _table("sections.csv")
    }


@cache
def label_variants(axis: VariantAxis) -> dict[str, tuple[str, ...]]:
    """Code → other wordings seen in published reports.

    ``numbered`` are headings of sections that mean one only behind its numeral: 二、主动公开情况.
    """
    found: dict[str, list[str]] = {}
    for row in _table("variants.csv"):
        if row["axis"] == axis:
            found.setdefault(row["code"], []).append(row["variant"])
    return {code: tuple(variants) for code, variants in found.items()}


@cache
def all_items(section: int) -> tuple[str, ...]:
    """The items of a section over all editions, each once, as ``lines.csv`` orders them."""
    return _codes("lines.csv", section, "item")


@cache
def all_parties(section: int) -> tuple[str, ...]:
    """The parties of a section over all editions, each once, as ``heads.csv`` orders them."""
    return _codes("heads.csv", section, "party")


@cache
def all_pairs(section: int) -> tuple[tuple[str, str], ...]:
    """(item, party) of every cell of a section over all editions, each once."""
    cells = (cell for edition in EDITIONS for cell in load_form(edition).section_cells(section))
    return tuple(dict.fromkeys((cell.item, cell.party) for cell in cells))


def _codes(name: str, section: int, column: str) -> tuple[str, ...]:
    rows = (row for row in _table(name) if int(row["section"]) == section)
    return tuple(dict.fromkeys(row[column] for row in rows))


@cache
def _numbers(edition: Edition) -> dict[tuple[int, str, str], int]:
    return {(c.section, c.item, c.party): c.number for c in load_form(edition).cells}


def _printed_pairs(
    section: int, lines: tuple[Line, ...], heads: tuple[Head, ...]
) -> list[tuple[Line, Head]]:
    """Lines crossed with heads as printed: row by row, but route by route in section 4."""
    own_lines = [line for line in lines if line.section == section]
    own_heads = [head for head in heads if head.section == section]
    if section == 4:
        return [(line, head) for head in own_heads for line in own_lines]
    return [
        (line, head)
        for line in own_lines
        for head in own_heads
        if section == 3 or head.group == line.group
    ]


def _identities(edition: Edition) -> tuple[Identity, ...]:
    sides: dict[tuple[str, int, str], dict[str, list[str]]] = {}
    for row in _rows("identities.csv", edition):
        key = (row["rule"], int(row["section"]), row["axis"])
        sides.setdefault(key, {"left": [], "right": []})[row["side"]].append(row["code"])
    return tuple(
        Identity(rule, section, _axis(axis), tuple(side["left"]), tuple(side["right"]))
        for (rule, section, axis), side in sides.items()
    )


def _axis(text: str) -> Axis:
    if text not in get_args(Axis):
        raise ValueError(f"identities.csv: axis {text!r} is none of {get_args(Axis)}")
    return "item" if text == "item" else "party"


def _head(row: dict[str, str]) -> Head:
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    return Head(
        int(row["section"]),
        row["group"],
        row["party"],
        row["label_zh"],
        row["label_en"],
        row["unit"],
        kinds[row["kind"]],
    )


def _rows(name: str, edition: Edition) -> list[dict[str, str]]:
    return [row for row in _table(name) if edition in row["editions"].split()]


@cache
def _table(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
