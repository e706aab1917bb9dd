"""Shingles of a text as hashes, and MinHash signatures of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

LENGTH = 10
"""Letters in a shingle: longer than the set phrases of officialese, shorter than a sentence."""

SIGNATURE = 128
"""Values in a signature; its estimate of an overlap has a standard error below 0.05."""

_SEED = 42
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)

Hashes = NDArray[np.uint64]
Signatures = NDArray[np.uint32]


def letters(text: str) -> NDArray[np.uint32]:
    """The text's code points."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def shingles(text: str) -> Hashes:
    """A hash for each run of ``LENGTH`` letters, in order; empty for a shorter text."""
    codes = letters(text).astype(np.uint64)
    count = len(codes) - LENGTH + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = codes[:count].copy()
    for offset in range(1, LENGTH):
        hashes *= _FACTOR
        hashes += codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(31)
    hashes *= _MIXER
    return hashes ^ (hashes >> np.uint64(29))


def signatures(texts: Sequence[str]) -> Signatures:
    """The MinHash signature of each text, one a row."""
    rows = [shingles(text) for text in texts]
    ends = np.cumsum([0, *(len(row) for row in rows)]).astype(np.uint64)
    matrix: Any = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate([*rows, np.empty(0, np.uint64)]), ends, SIGNATURE, _SEED
    )
    return np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(texts), SIGNATURE)
