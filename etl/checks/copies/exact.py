"""Two texts compared shingle by shingle: how much of one stands in the other, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from etl.checks.copies.shingles import LENGTH, letters, shingles
from etl.checks.copies.wording import Sentence

MOST_PASSAGES = 12
_LARGELY = 0.6
_BREAK = ord("\n")


class Overlap(NamedTuple):
    """Letters of a text that stand in another, and their share of the text's letters."""

    characters: int
    share: float


class Passage(TypedDict):
    """Sentences one after the other in both reports, as each prints them."""

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
    found = int((_covered(text, other) & counted).sum())
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


def _covered(text: str, other: str) -> NDArray[np.bool_]:
    """For each letter of ``text``, whether it lies in a shingle that ``other`` has."""
    starts = np.isin(shingles(text), shingles(other))
    edges = np.zeros(len(text) + 1, np.int32)
    edges[: len(starts)] += starts
    edges[LENGTH : LENGTH + len(starts)] -= starts
    return np.cumsum(edges)[:-1] > 0


def _partners(own: Sequence[Sentence], other: Sequence[Sentence]) -> list[int | None]:
    """For each own sentence that is largely shared, the other's sentence it stands in."""
    text, other_text = joined(own), joined(other)
    covered = _covered(text, other_text)
    sentence_at = np.cumsum(letters(other_text) == _BREAK)
    first = {other_text[at : at + LENGTH]: at for at in range(len(other_text) - LENGTH, -1, -1)}
    partners: list[int | None] = []
    start = 0
    for sentence in own:
        end = start + len(sentence.bare)
        votes = [
            int(sentence_at[first[gram]])
            for at in range(start, end)
            if (gram := text[at : at + LENGTH]) in first
        ]
        shared = covered[start:end].mean() >= _LARGELY and votes
        partners.append(
            max(set(votes), key=lambda vote: (votes.count(vote), -vote)) if shared else None
        )
        start = end + 1
    return partners


def _passage(
    own: Sequence[Sentence], other: Sequence[Sentence], run: Sequence[tuple[int, int]]
) -> Passage:
    numbers = [number for number, _ in run]
    partners = sorted({partner for _, partner in run})
    return Passage(
        text="".join(own[number].printed for number in numbers),
        place=own[numbers[0]].place,
        other_text="".join(other[partner].printed for partner in partners),
        other_place=other[partners[0]].place,
    )
