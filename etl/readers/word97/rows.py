"""Table rows: the edges of their cells in twips, and which cells are merged with which."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from etl.readers.word97.sprms import DEFINE_TABLE, sprms

_MERGE, _SPLIT = 0x5624, 0x5625
_MERGE_DOWN = 0xD62B
_COLUMN_WIDTH = 0x7623
_RESHAPING = frozenset((0x7621, 0x5622))
_CELL_SIZE = 20
_DOWN_SHIFT = 5

GOES_ON, STARTS = 1, 2
"""Bits of ``RowShape.down``: merged with the cell above, first of a run of merged cells."""


@dataclass(slots=True)
class RowShape:
    """A row: ``edges`` one more than cells; ``across`` and ``down`` tell how each is merged."""

    edges: list[int]
    across: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)

    def joined(self) -> list[tuple[int, int]]:
        """(first, behind) of each printed cell, of cells merged across the first counts.

        A run of merged cells starts with one value and goes on with another; which is which
        differs between programs.
        """
        printed: list[tuple[int, int]] = []
        opening = 0
        for at, across in enumerate(self.across):
            if across and opening and across != opening:
                printed[-1] = (printed[-1][0], at + 1)
            else:
                printed.append((at, at + 1))
                opening = across
        return printed


def row_shape(modifiers: bytes) -> RowShape | None:
    """The shape that a row's modifiers give it; None when they don't, or in a way not known."""
    shape: RowShape | None = None
    for sprm in sprms(modifiers):
        if sprm.code == DEFINE_TABLE:
            shape = _defined(sprm.operand)
        elif shape is None:
            continue
        elif sprm.code in _RESHAPING:
            return None
        else:
            _change(shape, sprm.code, sprm.operand)
    return shape


def _defined(operand: bytes) -> RowShape | None:
    count = operand[0] if operand else 0
    if not count or len(operand) < 3 + 2 * count:
        return None
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
    if edges != sorted(edges):
        return None
    shape = RowShape(edges, [0] * count, [0] * count)
    cells = operand[3 + 2 * count :]
    for at in range(min(count, len(cells) // _CELL_SIZE)):
        flags = int.from_bytes(cells[at * _CELL_SIZE : at * _CELL_SIZE + 2], "little")
        shape.across[at] = flags & 3
        shape.down[at] = flags >> _DOWN_SHIFT & 3
    return shape


def _change(shape: RowShape, code: int, operand: bytes) -> None:
    count = len(shape.down)
    if code == _MERGE_DOWN and len(operand) == 2 and operand[0] < count:
        shape.down[operand[0]] = operand[1] & 3
    elif code in (_MERGE, _SPLIT):
        first, behind = operand[0], min(operand[1], count)
        for at in range(first, behind):
            shape.across[at] = 0 if code == _SPLIT else 2 if at > first else 1
    elif code == _COLUMN_WIDTH:
        first, behind, width = operand[0], min(operand[1], count), operand[2] | operand[3] << 8
        for at in range(first, behind):
            wider = width - (shape.edges[at + 1] - shape.edges[at])
            shape.edges[at + 1 :] = [edge + wider for edge in shape.edges[at + 1 :]]
