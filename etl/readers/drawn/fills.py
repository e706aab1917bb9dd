"""Coloured areas as the lines of a table: cells that tile it, or stripes that part its rows."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from etl.readers.drawn.lattice import bands
from etl.readers.page_layout import Box, around

_MAX_FILLS = 20_000
_TILED = 0.75
"""Part of a table's area that its cells' colours cover when they rule it."""
_BACKGROUND = 4.0
"""Times the usual area that an area has which may be the ground under others."""
_LEAST_TILES = 4


def tile_edges(fills: Sequence[Box]) -> list[Box]:
    """The sides of areas that tile a table, as rulings; none where they only mark some cells.

    Cells coloured over a dark ground that shows between them are how many pages draw lines.
    """
    tiles = _without_grounds(list(dict.fromkeys(fills))[:_MAX_FILLS])
    return [
        side
        for table in bands(tiles)
        if _is_tiled(table)
        for tile in table
        for side in (*level_edges(tile), *_upright_edges(tile))
    ]


def level_edges(box: Box) -> tuple[Box, Box]:
    """The upper and lower side of an area."""
    return Box(box.x0, box.y0, box.x1, box.y0), Box(box.x0, box.y1, box.x1, box.y1)


def _upright_edges(box: Box) -> tuple[Box, Box]:
    return Box(box.x0, box.y0, box.x0, box.y1), Box(box.x1, box.y0, box.x1, box.y1)


def _without_grounds(fills: list[Box]) -> list[Box]:
    """The areas without those on which others are drawn."""
    if len(fills) < _LEAST_TILES:
        return []
    usual = median(fill.width * fill.height for fill in fills)
    middles = [(fill.centre, fill.middle) for fill in fills]
    return [
        fill
        for fill in fills
        if fill.width * fill.height < _BACKGROUND * usual
        or sum(fill.x0 < x < fill.x1 and fill.y0 < y < fill.y1 for x, y in middles) < 3
    ]


def _is_tiled(tiles: Sequence[Box]) -> bool:
    """Whether areas fill a table of several columns and rows."""
    if len({round(tile.x0) for tile in tiles}) < 2 or len({round(tile.y0) for tile in tiles}) < 2:
        return False
    whole = around(list(tiles))
    area = sum(tile.width * tile.height for tile in tiles)
    return area >= _TILED * whole.width * whole.height
