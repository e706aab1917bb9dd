"""What a sum rule adds up: terms on two sides, laid over the cells of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from etl.form import Axis, Edition, Form, load_form

Relation = Literal["=", "<=", ">="]

PREVIOUS = "@previous"


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its sign (``weight`` 1 or -1), this year's or the year before's."""

    code: str
    weight: int = 1
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """``left`` stands in ``relation`` to ``right`` along ``axis`` of one section.

    With axis ``item`` the terms are items and the sum holds once for every party, with ``party``
    the other way round; ``across`` narrows that down to some, and ``at`` names the code under
    which a finding is filed, where it is about one cell and not the whole line.
    """

    section: int
    axis: Axis
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Relation = "="
    across: tuple[str, ...] = ()
    at: str | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """Both sides."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class CellTerm:
    """A term laid over one cell."""

    section: int
    item: str
    party: str
    weight: int
    previous: bool


@dataclass(frozen=True, slots=True)
class SumGroup:
    """One instance of a sum: its position in a finding and its cells on both sides."""

    number: int
    section: int
    item: str | None
    party: str | None
    left: tuple[CellTerm, ...]
    right: tuple[CellTerm, ...]


def form_sum(rule: str, edition: Edition) -> Sum:
    """The sum that the form prescribes under this rule; ValueError when it prescribes none."""
    for identity in load_form(edition).identities:
        if identity.rule == rule:
            left = tuple(Term(code) for code in identity.left)
            right = tuple(Term(code) for code in identity.right)
            return Sum(identity.section, identity.axis, left, right)
    raise ValueError(f"{rule}: neither sum nor sql, and no identity in edition {edition}")


def declared_sum(entry: Mapping[str, Any]) -> Sum:
    """The sum written in ``rules.toml``: a term is ``code``, ``-code`` or ``code@previous``."""
    if entry["axis"] not in get_args(Axis) or entry.get("relation", "=") not in get_args(Relation):
        raise ValueError(f"rules.toml: no such axis or relation in {dict(entry)}")
    return Sum(
        section=entry["section"],
        axis=entry["axis"],
        left=tuple(map(_term, entry["left"])),
        right=tuple(map(_term, entry["right"])),
        relation=entry.get("relation", "="),
        across=tuple(entry.get("across", ())),
        at=entry.get("at"),
    )


def sum_groups(wanted: Sum, edition: Edition) -> tuple[SumGroup, ...]:
    """The groups of a sum in an edition, numbered from 1 in printed order."""
    form = load_form(edition)
    return tuple(
        _group(wanted, code, number) for number, code in enumerate(_across(wanted, form), start=1)
    )


def _across(wanted: Sum, form: Form) -> list[str]:
    """The codes of the other axis for which the edition has every cell of this year."""
    if wanted.axis == "item":
        codes = [head.party for head in form.section_heads(wanted.section)]
    else:
        codes = [line.item for line in form.section_lines(wanted.section)]
    present = [term for term in wanted.terms if not term.previous]
    return [
        code
        for code in dict.fromkeys(codes)
        if (not wanted.across or code in wanted.across)
        and all(form.has(wanted.section, *_pair(wanted, term.code, code)) for term in present)
    ]


def _group(wanted: Sum, code: str, number: int) -> SumGroup:
    def cells(terms: tuple[Term, ...]) -> tuple[CellTerm, ...]:
        return tuple(
            CellTerm(wanted.section, *_pair(wanted, term.code, code), term.weight, term.previous)
            for term in terms
        )

    item, party = (wanted.at, code) if wanted.axis == "item" else (code, wanted.at)
    return SumGroup(number, wanted.section, item, party, cells(wanted.left), cells(wanted.right))


def _pair(wanted: Sum, own: str, other: str) -> tuple[str, str]:
    return (own, other) if wanted.axis == "item" else (other, own)


def _term(text: str) -> Term:
    code = text.removesuffix(PREVIOUS)
    return Term(code.removeprefix("-"), -1 if code.startswith("-") else 1, code != text)
