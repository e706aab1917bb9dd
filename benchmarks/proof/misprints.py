"""Ways in which a person misprints one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from etl.form import Form, FormCell
from etl.reading import State

Key = tuple[int, str, str]
Values = Mapping[Key, float]


@dataclass(frozen=True, slots=True)
class Misprint:
    """One cell that prints something else than it should."""

    kind: str
    cell: FormCell
    value: float | None
    state: State = "number"


def misprints(form: Form, values: Values, rng: Random) -> Iterator[Misprint]:
    """Every cell in every way that changes what it prints."""
    for cell in form.cells:
        true = values[_key(cell)]
        for kind, slip in SLIPS.items():
            wrong = slip(true, rng)
            if wrong is not None and wrong != true:
                yield Misprint(kind, cell, wrong)
        beside = _beside(form, cell, values)
        if beside is not None and beside != true:
            yield Misprint("neighbour's figure", cell, beside)
        yield Misprint("left blank", cell, None, "blank")


def _digits(true: float) -> str | None:
    """The digits of a count; None for an amount with decimals and for a negative change."""
    return str(int(true)) if true >= 0 and true == int(true) else None


def _other_digit(true: float, rng: Random) -> float | None:
    digits = _digits(true)
    if digits is None:
        return None
    spot = rng.randrange(len(digits))
    other = rng.choice([d for d in "123456789" if d != digits[spot]])
    return float(digits[:spot] + other + digits[spot + 1 :])


def _swapped(true: float, rng: Random) -> float | None:
    digits = _digits(true) or ""
    spots = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1]]
    if not spots:
        return None
    n = rng.choice(spots)
    return float(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :])


def _lost(true: float, rng: Random) -> float | None:
    digits = _digits(true) or ""
    if len(digits) < 2:
        return None
    n = rng.randrange(len(digits))
    return float(digits[:n] + digits[n + 1 :])


def _doubled(true: float, rng: Random) -> float | None:
    digits = _digits(true)
    if not digits or true == 0:
        return None
    n = rng.randrange(len(digits))
    return float(digits[: n + 1] + digits[n:])


def _zeroed(true: float, _rng: Random) -> float | None:
    return 0.0 if true else None


SLIPS: dict[str, Callable[[float, Random], float | None]] = {
    "another digit": _other_digit,
    "digits swapped": _swapped,
    "digit lost": _lost,
    "digit doubled": _doubled,
    "zero": _zeroed,
}
KINDS = (*SLIPS, "neighbour's figure", "left blank")


def _beside(form: Form, cell: FormCell, values: Values) -> float | None:
    """What the next cell of the same section prints."""
    cells = form.section_cells(cell.section)
    after = cells[(cells.index(cell) + 1) % len(cells)]
    return values[_key(after)] if after.head.kind == cell.head.kind else None


def _key(cell: FormCell) -> Key:
    return cell.section, cell.item, cell.party
