"""What a finding rests on, from the facts that its check kept: sums, cells, quotes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.statutory import Key, head_label, line_label
from dashboard.style import format_number
from dashboard.texts import Language, text
from etl.form import Form
from etl.reading import ABSENT, CellReading

Cells = Mapping[Key, CellReading]
Finding = Mapping[str, Any]

SHORT_SUM = 4
"""A sum of more terms than this is worded by what isn't zero in it."""


@dataclass(frozen=True)
class Fact:
    """One term of a sum: a cell of this year's or last year's report, its sign and figure."""

    key: Key
    value: float | None
    weight: int
    year: int


def facts_of(finding: Finding) -> dict[str, Any]:
    """The facts that the check kept with a finding, by name; empty where it kept none."""
    kept = json.loads(finding["evidence"]) if finding["evidence"] else {}
    return kept if isinstance(kept, dict) else {}


def terms_of(finding: Finding, side: Literal["left", "right"]) -> list[Fact]:
    """The terms of one side of the sum a finding is about; none for findings of other kinds."""
    kept = facts_of(finding).get(side)
    if not isinstance(kept, list):
        return []
    return [
        Fact(
            (int(fact["section"]), fact["item"], fact["party"]),
            fact["value"],
            int(fact["weight"]),
            int(fact["year"]),
        )
        for fact in kept
    ]


def word_terms(
    finding: Finding, side: Literal["left", "right"], form: Form, language: Language
) -> str:
    """A side of a sum in words: each term's label and figure, zeros of a long sum left out.

    Terms are named by what they differ in: applicants of one item, or items of one applicant.
    """
    terms = terms_of(finding, side)
    items = {term.key[1] for term in (*terms_of(finding, "left"), *terms_of(finding, "right"))}
    naming = _name_party if len(items) == 1 else _name_item
    told = [term for term in terms if len(terms) <= SHORT_SUM or term.value != 0]
    worded = ""
    for term in told:
        sign = " − " if term.weight < 0 else " + " if worded else ""
        year = f" ({term.year})" if term.year != finding["year"] else ""
        label = naming(term.key, form, language)
        worded += f"{sign}{label}{year} {format_number(term.value)}"
    if len(told) == len(terms):
        return worded
    rest = text("evidence.zeros", language, count=len(terms) - len(told))
    return f"{worded} + {rest}" if worded else rest


def flag_cells(
    form: Form, cells: Cells, findings: Iterable[Finding], language: Language
) -> dict[Key, list[str]]:
    """Cell → why it is flagged, from the findings of one report.

    Of a long sum only the terms that aren't zero are flagged.
    """
    flags: dict[Key, list[str]] = {}
    for finding in findings:
        for key in dict.fromkeys(_concerned(form, cells, finding)):
            flags.setdefault(key, []).append(finding[f"message_{language}"])
    return flags


def _concerned(form: Form, cells: Cells, finding: Finding) -> list[Key]:
    left, right = terms_of(finding, "left"), terms_of(finding, "right")
    if left or right:
        return [
            term.key
            for side in (left, right)
            for term in side
            if term.year == finding["year"]
            and (len(side) <= SHORT_SUM or cells.get(term.key, ABSENT).value != 0)
        ]
    section, item, party = finding["section"], finding["item"], finding["party"]
    if not isinstance(item, str):
        return []
    return [
        (cell.section, cell.item, cell.party)
        for cell in form.section_cells(int(section))
        if cell.item == item and (not isinstance(party, str) or cell.party == party)
    ]


def _name_item(key: Key, form: Form, language: Language) -> str:
    return line_label(form, key[0], key[1], language)


def _name_party(key: Key, form: Form, language: Language) -> str:
    return head_label(form, key[0], key[2], language)
