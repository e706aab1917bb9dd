"""Property modifiers (sprms): a run of operation codes, each with an operand of its own length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

DEFINE_TABLE = 0xD608
_CHANGE_TABS = 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6


class Sprm(NamedTuple):
    """One modifier; of a variable operand, ``operand`` is what follows its length.

    ``whole`` is the modifier as it stands in the file.
    """

    code: int
    operand: bytes
    whole: bytes

    @property
    def value(self) -> int:
        """The operand as one number, not negative."""
        return int.from_bytes(self.operand, "little")


def sprms(modifiers: bytes) -> Iterator[Sprm]:
    """The modifiers in their order; what is cut off at the end is left out."""
    at, end = 0, len(modifiers)
    while at + 2 < end:
        code = modifiers[at] | modifiers[at + 1] << 8
        start, at = at, at + 2
        size = _SIZES[code >> 13]
        if code >> 13 == _VARIABLE:
            at, size = _variable(modifiers, code, at)
        if at + size > end:
            return
        yield Sprm(code, modifiers[at : at + size], modifiers[start : at + size])
        at += size


def _variable(modifiers: bytes, code: int, at: int) -> tuple[int, int]:
    """Where a variable operand starts, behind its length, and how long it is."""
    if code == DEFINE_TABLE:
        # Its length takes two bytes and counts one of them.
        return at + 2, max(int.from_bytes(modifiers[at : at + 2], "little") - 1, 0)
    size = modifiers[at]
    if code == _CHANGE_TABS and size == 255:
        deleted = modifiers[at + 1] if at + 1 < len(modifiers) else 0
        added_at = at + 2 + 4 * deleted
        added = modifiers[added_at] if added_at < len(modifiers) else 0
        size = 2 + 4 * deleted + 3 * added
    return at + 1, size
