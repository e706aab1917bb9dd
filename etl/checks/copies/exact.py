"""Two texts compared shingle by shingle: how much of one stands in the other, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from etl.checks.copies.shingles import LENGTH, letters, shingles
from etl.checks.copies.wording import Sentence

MOST_PASSAGES = 12
_LARGELY = 0.6
_BREAK = ord("\n")
_LEFT_OUT = "……"

Indexes = NDArray[np.int64]


class Overlap(NamedTuple):
    """Letters of a text that stand in another, and their share of the text's letters."""

    characters: int
    share: float


class Passage(TypedDict):
    """Shared sentences as each report prints them, …… where it says something else in between."""

    text: str
    place: str
    other_text: str
    other_place: str


def joined(sentences: Sequence[Sentence]) -> str:
    """The bare text that is compared, a sentence a line."""
    return "\n".join(sentence.bare for sentence in sentences)


def letter_count(text: str) -> int:
    """Letters of a bare text, line ends left out."""
    return len(text) - text.count("\n")


def overlap(text: str, other: str) -> Overlap:
    """How much of ``text`` lies in shingles that ``other`` has too."""
    total = letter_count(text)
    counted = letters(text) != _BREAK
    found = int((_covered(_places(text, other), len(text)) & counted).sum())
    return Overlap(found, found / total if total else 0.0)


def passages(own: Sequence[Sentence], other: Sequence[Sentence]) -> list[Passage]:
    """The longest shared passages, in the order in which they are printed."""
    partners = _partners(own, other)
    runs: list[list[tuple[int, int]]] = []
    for number, partner in enumerate(partners):
        if partner is None:
            continue
        follows = runs and runs[-1][-1][0] == number - 1 and partner - runs[-1][-1][1] in {0, 1}
        if follows:
            runs[-1].append((number, partner))
        else:
            runs.append([(number, partner)])
    longest = sorted(runs, key=lambda run: -sum(len(own[number].bare) for number, _ in run))
    return [_passage(own, other, run) for run in sorted(longest[:MOST_PASSAGES])]


def _places(text: str, other: str) -> Indexes:
    """For each shingle of ``text`` where in ``other`` it first stands, -1 where it doesn't."""
    wanted = shingles(text)
    found, at = np.unique(shingles(other), return_index=True)
    if not len(found):
        return np.full(len(wanted), -1, np.int64)
    nearest = np.minimum(np.searchsorted(found, wanted), len(found) - 1)
    return np.where(found[nearest] == wanted, at[nearest], -1)


def _covered(places: Indexes, length: int) -> NDArray[np.bool_]:
    """For each of a text's letters, whether it lies in a shingle that has a place in the other."""
    edges = np.zeros(length + 1, np.int32)
    edges[: len(places)] += places >= 0
    edges[LENGTH : LENGTH + len(places)] -= places >= 0
    return np.cumsum(edges)[:-1] > 0


def _partners(own: Sequence[Sentence], other: Sequence[Sentence]) -> list[int | None]:
    """For each own sentence that is largely shared, the other's sentence it stands in."""
    text, other_text = joined(own), joined(other)
    places = _places(text, other_text)
    covered = _covered(places, len(text))
    sentence_at = np.cumsum(letters(other_text) == _BREAK)
    partners: list[int | None] = []
    start = 0
    for sentence in own:
        end = start + len(sentence.bare)
        met = places[start:end]
        votes = Counter(sentence_at[met[met >= 0]].tolist())
        shared = covered[start:end].mean() >= _LARGELY and votes
        partners.append(max(votes, key=lambda vote: (votes[vote], -vote)) if shared else None)
        start = end + 1
    return partners


def _passage(
    own: Sequence[Sentence], other: Sequence[Sentence], run: Sequence[tuple[int, int]]
) -> Passage:
    numbers = [number for number, _ in run]
    partners = sorted({partner for _, partner in run})
    return Passage(
        text=_printed(own, numbers),
        place=own[numbers[0]].place,
        other_text=_printed(other, partners),
        other_place=other[partners[0]].place,
    )


def _printed(sentences: Sequence[Sentence], numbers: Sequence[int]) -> str:
    pieces = [sentences[numbers[0]].printed]
    for last, number in pairwise(sentences[number] for number in numbers):
        pieces += ["" if number.ordinal == last.ordinal + 1 else _LEFT_OUT, number.printed]
    return "".join(pieces)
