"""A government's roll-up against what its parts report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.sample.model import Agency, Fault, Key, SampleReport
from etl.sample.oracle.printed import TABLES, fault, value

RULES = frozenset({"rollup"})

_OUTSIDE = "垂直管理部门"
_OFFICE = "政府办公室"
_ROUNDED = 0.005
"""Half of the last digit that an amount in 万元 usually has."""


def find(agencies: Sequence[Agency], reports: Sequence[SampleReport]) -> Iterator[Fault]:
    """Sections of a roll-up that aren't the sum over its own report and those of its children."""
    for whole in reports:
        if whole.agency.scope == "rollup":
            parts = _parts(whole, agencies, reports)
            for section in TABLES if parts else ():
                wrong = _wrong_cells(whole, section, parts)
                if wrong:
                    yield fault(whole, "rollup", section, detail=f"{len(wrong)} {wrong[0]}")


def _parts(
    whole: SampleReport, agencies: Sequence[Agency], reports: Sequence[SampleReport]
) -> list[SampleReport]:
    """The government's own report and its children's; none while one of them is missing.

    Without a report of its own its office's, which is among the children, stands for it.
    """
    name, year = whole.agency.agency, whole.year
    due = [a for a in agencies if a.parent == name and a.kind != _OUTSIDE and a.active(whole.year)]
    there = {r.agency.agency: r for r in reports if r.year == year and r.agency.scope == "agency"}
    has_own = name in there or any(a.kind == _OFFICE and a.agency in there for a in due)
    if not has_own or any(a.agency not in there for a in due):
        return []
    return [there[n] for n in (name, *(a.agency for a in due)) if n in there]


def _wrong_cells(whole: SampleReport, section: int, parts: Sequence[SampleReport]) -> list[Key]:
    """Cells that all of them have a figure for, and that don't add up."""
    wrong = []
    for key in whole.cells:
        figures = [value(part, *key) for part in parts]
        total, known = value(whole, *key), [figure for figure in figures if figure is not None]
        if key[0] != section or total is None or len(known) < len(figures):
            continue
        margin = _ROUNDED * (len(parts) + 1) if key[2] == "amount" else 0
        if abs(total - sum(known)) > margin + 1e-6:
            wrong.append(key)
    return wrong
