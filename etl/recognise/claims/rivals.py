"""The choice among figures for one measure and channel, and the doubt where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from etl.reading import Claim, Doubt, Prose
from etl.recognise.claims.context import HALF, Found
from etl.recognise.claims.disclosure import GENERAL, PROVEN
from etl.recognise.claims.requests import HANDLED, LOOSE, NEW

_ROUNDING = 10
"""An approximate figure agrees with one that it is at most this share above: 300余 and 326."""


class Candidate(NamedTuple):
    """A figure with what decides between rivals: place in the form first, wording second."""

    outside: bool
    rank: int
    section: int
    order: int
    found: Found
    prose: Prose
    quote: str

    @property
    def claim(self) -> Claim:
        """What is kept of it."""
        found = self.found
        return Claim(
            measure=found.measure,
            value=found.value,
            quote=self.quote,
            place=self.prose.place,
            channel=found.channel,
            approximate=found.approximate,
            derived=found.derived,
        )


def choose(candidates: Iterable[Candidate]) -> tuple[tuple[Claim, ...], tuple[Doubt, ...]]:
    """The best worded figure of every measure and channel in printed order, and the doubts.

    A figure left out is doubted unless its wording or the figures chosen explain it.
    """
    rivals: dict[tuple[str, str | None], list[Candidate]] = {}
    for candidate in candidates:
        found = candidate.found
        rivals.setdefault((found.measure, found.channel), []).append(candidate)
    best = {key: min(group, key=lambda rival: rival[:4]) for key, group in rivals.items()}
    totals = {key[0]: chosen.found.value for key, chosen in best.items() if key[1] is None}
    doubts = [
        _doubt(best[key], rival)
        for key, group in rivals.items()
        if (rival := _unexplained(best[key], group, totals)) is not None
    ]
    chosen = sorted(best.values(), key=lambda candidate: candidate.order)
    return tuple(candidate.claim for candidate in chosen), tuple(doubts)


def _unexplained(
    best: Candidate, group: Sequence[Candidate], totals: dict[str, float]
) -> Candidate | None:
    """The first of the figures left out that contradicts the one chosen."""
    for rival in group:
        if not _agree(best.found, rival.found) and not _is_explained(best, rival, totals):
            return rival
    return None


def _agree(left: Found, right: Found) -> bool:
    if abs(left.value - right.value) < HALF:
        return True
    if not (left.approximate or right.approximate):
        return False
    return abs(left.value - right.value) * _ROUNDING <= max(left.value, right.value)


def _is_explained(best: Candidate, rival: Candidate, totals: dict[str, float]) -> bool:
    """Whether the lesser wording means another thing than the figure chosen."""
    if best.found.measure == "disclosed_items":
        lesser = rival.rank > best.rank
        return lesser and (best.found.channel is not None or _is_lesser_total(best, rival))
    if best.found.measure != "requests_received" or rival.rank == best.rank:
        return False
    handled = best.found.value + totals.get("carried_in", 0)
    figures = (handled, totals.get("requests_concluded"))
    fits = any(figure is not None and abs(rival.found.value - figure) < HALF for figure in figures)
    return rival.rank == LOOSE or (fits and (rival.rank == HANDLED or best.rank == NEW))


def _is_lesser_total(best: Candidate, rival: Candidate) -> bool:
    """The disclosure column, a sum of parts, or what a sum was made of.

    主动公开300条 beside 发布信息900条 stays doubtful.
    """
    return best.rank == PROVEN or rival.rank > GENERAL


def _doubt(best: Candidate, rival: Candidate) -> Doubt:
    channel = f"@{best.found.channel}" if best.found.channel else ""
    return Doubt(
        "rival-claims",
        rival.prose.place,
        f"{best.found.measure}{channel} {best.found.value:g} / {rival.found.value:g} {rival.quote}",
    )
