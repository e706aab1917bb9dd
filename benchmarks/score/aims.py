"""What the reading should reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.score.corpus import Score
from benchmarks.score.sentences import SentenceScore
from benchmarks.score.tally import Tally

FROM_IMAGES = frozenset(("png", "jpg", "tif", "scan"))
"""Formats that are read from pictures and have no aim of their own."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure held against its aim; ``reached`` compares exactly, not as printed."""

    name: str
    wanted: str
    measured: str
    reached: bool


def share(part: int, whole: int) -> str:
    """A share in per cent, never rounded up to 100."""
    if not whole:
        return "—"
    text = f"{100 * part / whole:.2f}"
    return "100" if part == whole else "<100" if text == "100.00" else text


def hold_against_aims(score: Score, sentences: Sequence[SentenceScore]) -> list[Aim]:
    """Every aim with what was measured; an aim with nothing to measure is left out."""
    machine = total(t for (kind, _), t in score.exact.items() if kind not in {"pdf", *FROM_IMAGES})
    pdf = total(t for (kind, _), t in score.exact.items() if kind == "pdf")
    sure = total(t for (kind, _), t in score.exact.items() if kind not in FROM_IMAGES)
    everything = total((*score.exact.values(), *score.may_refuse.values()))
    aims = [
        _at_least("identity", "100 %", sure.identified, sure.reports),
        _at_least("cell recall, machine-written", "99.9 %", machine.numbers_right, machine.numbers),
        _at_least("cell recall, PDF", "99.5 %", pdf.numbers_right, pdf.numbers),
        _at_least("states exact", "99.9 %", sure.states_right, sure.cells),
        Aim("silent misassignments", "0", str(everything.silent), not everything.silent),
        _at_least("refused with the right code", "100 %", score.refusals_right,
                  score.refusals_wanted),
        *_claim_aims("prose of the corpus", sure.claims, sure.claims_read, sure.claims_right),
    ]  # fmt: skip
    claims, found, right = (
        sum(getattr(one, name) for one in sentences) for name in ("claims", "found", "right")
    )
    aims += _claim_aims("marked sentences", claims, found, right)
    return [aim for aim in aims if aim is not None]


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of several tallies."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def _claim_aims(where: str, meant: int, found: int, right: int) -> list[Aim | None]:
    return [
        _at_least(f"claims precision, {where}", "99 %", right, found),
        _at_least(f"claims recall, {where}", "95 %", right, meant),
    ]


def _at_least(name: str, wanted: str, part: int, whole: int) -> Aim | None:
    if not whole:
        return None
    least = Fraction(wanted.removesuffix(" %")) / 100
    return Aim(name, f"≥ {wanted}", f"{share(part, whole)} %", Fraction(part, whole) >= least)
