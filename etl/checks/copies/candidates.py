"""Pairs of reports that are likely to share text, by locality-sensitive hashing.

Signatures are cut into bands, and reports that agree in a band are neighbours. A text that
thousands share would make millions of pairs of them; within a band each report is therefore held
only against those that stand next to it when the band is sorted together with the one after it,
which brings the most alike together. The pairs so grow with the number of reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.checks.copies.shingles import SIGNATURE, Signatures

ROWS = 3
"""Values in a band: 42 bands of 3 meet a pair that has 0.43 of its shingles in common, which is
a share of 0.6 in texts of one length, in 97 of 100 cases, and one with 0.1 in 4."""

NEIGHBOURS = 8
MOST = 5
"""Pairs kept for each report."""

_DOUBT = 0.65
"""Part of the wanted share from which an estimate is looked at: it may be too low by chance."""

_CHUNK = 50_000
"""Pairs whose signatures are held against each other at a time: 50 MB."""

Indexes = NDArray[np.int64]
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Texts:
    """The compared reports as columns; ``day`` is a day's ordinal, 0 where it isn't known."""

    report_id: Indexes
    agency_id: Indexes
    year: Indexes
    day: Indexes
    length: Indexes
    signature: Signatures

    def earlier(self, left: Indexes, right: Indexes) -> NDArray[np.bool_]:
        """Whether each left report is known to be older than the right one."""
        dated = (self.day[left] > 0) & (self.day[right] > 0)
        same_year = self.year[left] == self.year[right]
        older: NDArray[np.bool_] = (self.year[left] < self.year[right]) | (
            same_year & dated & (self.day[left] < self.day[right])
        )
        return older

    def likely_share(self, left: Indexes, right: Indexes) -> Shares:
        """How much of each left report is likely to stand in the right one, by the signatures."""
        share = np.empty(len(left))
        for start in range(0, len(left), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            share[chunk] = self._likely_share(left[chunk], right[chunk])
        return share

    def _likely_share(self, left: Indexes, right: Indexes) -> Shares:
        alike = (self.signature[left] == self.signature[right]).mean(axis=1)
        both = self.length[left] + self.length[right]
        share: Shares = alike / (1 + alike) * both / np.maximum(1, self.length[left])
        return np.minimum(1.0, share)


class Likely(NamedTuple):
    """Pairs of reports, and how much of the left one is likely to stand in the right one."""

    left: Indexes
    right: Indexes
    share: Shares


def likely_copies(texts: Texts, least_share: float) -> tuple[Indexes, Indexes]:
    """Reports, each with others of other agencies that aren't younger and likely hold its text."""
    floor = least_share * _DOUBT
    none = np.empty(0, np.int64)
    best = Likely(none, none, np.empty(0))
    bands = [_band(texts.signature, start) for start in range(0, SIGNATURE - ROWS + 1, ROWS)]
    for band, following in zip(bands, [*bands[1:], bands[0]], strict=True):
        met = [
            _likely(texts, left, right, floor)
            for one, other in _neighbours(texts, band, following)
            for left, right in ((one, other), (other, one))
        ]
        best = _best([best, *met])
    return best.left, best.right


def worth_a_look(
    texts: Texts, left: Indexes, right: Indexes, least_share: float
) -> NDArray[np.bool_]:
    """Which of these pairs may reach a share."""
    return texts.likely_share(left, right) >= least_share * _DOUBT


def _neighbours(
    texts: Texts, band: NDArray[np.uint64], following: NDArray[np.uint64]
) -> Iterator[tuple[Indexes, Indexes]]:
    order = np.lexsort((following, band))
    for distance in range(1, NEIGHBOURS + 1):
        left, right = order[:-distance], order[distance:]
        met = (band[left] == band[right]) & (texts.agency_id[left] != texts.agency_id[right])
        yield left[met], right[met]


def _likely(texts: Texts, left: Indexes, right: Indexes, floor: float) -> Likely:
    not_younger = ~texts.earlier(left, right)
    left, right = left[not_younger], right[not_younger]
    share = texts.likely_share(left, right)
    likely = share >= floor
    return Likely(left[likely], right[likely], share[likely])


def _band(signature: Signatures, start: int) -> NDArray[np.uint64]:
    key = np.zeros(len(signature), np.uint64)
    for column in range(start, start + ROWS):
        key = key * np.uint64(0x9E3779B97F4A7C15) + signature[:, column]
    return key


def _best(found: Sequence[Likely]) -> Likely:
    """Each report's most likely pairs of all these, every pair once."""
    left, right, share = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((right, -share, left))
    left, right, share = left[order], right[order], share[order]
    new = np.ones(len(left), np.bool_)
    new[1:] = (np.diff(left) != 0) | (np.diff(right) != 0)
    left, right, share = left[new], right[new], share[new]
    rank = np.arange(len(left)) - np.searchsorted(left, left, side="left")
    return Likely(left[rank < MOST], right[rank < MOST], share[rank < MOST])
