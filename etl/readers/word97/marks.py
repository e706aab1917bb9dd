"""What formatting makes of characters: left out, set apart from others, or a sign of some font."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.readers.word97.formats import Runs
from etl.readers.word97.pieces import Pieces
from etl.readers.word97.sprms import sprms

LEFT_OUT, APART, SIGN = 1, 2, 4
"""Deleted or hidden; struck out, raised or lowered; a picture-like sign, whatever its code."""

_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE, _RAISED, _SIGN = 1, 2, 4, 8, 16, 32
_CODES = {
    0x0800: _DELETED,
    0x083C: _HIDDEN,
    0x0837: _STRUCK,
    0x2A53: _STRUCK_TWICE,
    0x2A48: _RAISED,
    0x6A09: _SIGN,
}
_AS_STYLE = 0x80


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` and what is special about them."""

    start: int
    end: int
    what: int


def marks_of(pieces: Pieces, runs: Runs) -> list[Mark]:
    """Every stretch of characters with something special about it, in order."""
    return [mark for mark in _marks(pieces, runs) if mark.what]


def _marks(pieces: Pieces, runs: Runs) -> Iterator[Mark]:
    for piece in pieces.pieces:
        by_piece = _switches(piece.modifiers)
        last = piece.offset_of(piece.end)
        for start, end, modifiers in runs.between(piece.offset, last):
            on, off = _switches(modifiers)
            on = on & ~off & ~by_piece[1] | by_piece[0]
            if on:
                first = piece.start + (start - piece.offset) // piece.width
                behind = piece.start + (end - piece.offset) // piece.width
                yield Mark(first, behind, _meaning(on))


def _meaning(switches: int) -> int:
    what = LEFT_OUT if switches & (_DELETED | _HIDDEN) else 0
    what |= APART if switches & (_STRUCK | _STRUCK_TWICE | _RAISED) else 0
    return what | (SIGN if switches & _SIGN else 0)


@lru_cache(maxsize=4096)
def _switches(modifiers: bytes) -> tuple[int, int]:
    """What the modifiers switch on and what off; the last one counts."""
    on = off = 0
    for sprm in sprms(modifiers):
        switch = _CODES.get(sprm.code, 0)
        if sprm.value & ~_AS_STYLE or (sprm.code == 0x6A09):
            on, off = on | switch, off & ~switch
        else:
            on, off = on & ~switch, off | switch
    return on, off
