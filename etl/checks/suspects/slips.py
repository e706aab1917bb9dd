"""How a printed figure may have come from another one, and how readily people slip so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Slip = Literal[
    "sign", "swapped", "doubled", "empty-total", "neighbour", "lost", "added", "replaced",
    "off-by-one", "other", "blank", "unreadable",
]  # fmt: skip
SLIPS: tuple[Slip, ...] = get_args(Slip)

COST: dict[Slip, float] = {
    "sign": 1, "swapped": 1, "doubled": 1, "empty-total": 1, "neighbour": 2, "lost": 2,
    "added": 2, "replaced": 2, "off-by-one": 2, "other": 4, "blank": 0, "unreadable": 0,
}  # fmt: skip
"""The lower, the sooner it is believed. What few figures can bring about costs least: of all
figures with as many digits only a handful give 312 with two digits swapped, but nine times as many
with one digit replaced."""

_TELLING = 2
"""A neighbour's figure below this is too common to tell anything."""


def slip_kind(
    printed: float, meant: float, *, is_total: bool = False, neighbours: Iterable[float] = ()
) -> Slip:
    """The likeliest slip that prints ``printed`` where ``meant`` was meant.

    ``neighbours`` are the figures printed next to it. ``swapped``: two digits next to each other;
    ``lost``, ``added``, ``replaced``: one digit; ``doubled``: a digit printed twice;
    ``empty-total``: 0 for a sum; ``neighbour``: a figure that stands beside it, or belongs there.
    """
    if printed < 0 or printed != int(printed):
        return "sign" if printed == -meant else "other"
    if is_total and printed == 0:
        return "empty-total"
    was, now = str(int(meant)), str(int(printed))
    of_digits = _same_length(was, now) or _one_more(was, now) or _one_less(was, now)
    if of_digits in ("swapped", "doubled"):
        return of_digits
    beside = {figure for figure in neighbours if figure >= _TELLING}
    if printed in beside or meant in beside:
        return "neighbour"
    return of_digits or ("off-by-one" if abs(meant - printed) == 1 else "other")


def _same_length(was: str, now: str) -> Slip | None:
    if len(was) != len(now):
        return None
    match [n for n in range(len(was)) if was[n] != now[n]]:
        case [_]:
            return "replaced"
        case [n, m] if m == n + 1 and was[n] == now[m] and was[m] == now[n]:
            return "swapped"
    return None


def _one_more(was: str, now: str) -> Slip | None:
    places = [n for n in range(len(now)) if now[:n] + now[n + 1 :] == was]
    if not places:
        return None
    is_double = any(now[n] in (now[n - 1 : n], now[n + 1 : n + 2]) for n in places)
    return "doubled" if is_double else "added"


def _one_less(was: str, now: str) -> Slip | None:
    return "lost" if any(was[:n] + was[n + 1 :] == now for n in range(len(was))) else None
