"""Which label lines stand beside which row of figures, where no line is drawn between rows.

Labels are broken over lines; the figures stand beside the first, the middle or the last of them,
in the whole table alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_LEVEL = 0.4
"""Type heights by which texts on one level differ at most."""
_PITCH = 1.5
"""Type heights from one line of a label to the next at most."""
_TOLD = 0.08
"""Type heights by which the lines of one label stand closer than those of two."""


def match_labels(
    labels: Sequence[float], rows: Sequence[float], height: float
) -> list[range] | None:
    """For each row of figures the label lines beside it, given the middles of both, downwards.

    None when no way fits every row, or when several do and the distances of lines don't tell
    which. Lines below the last label may be left over where they stand apart.
    """
    ways: list[list[range]] = []
    for match in _ALIGNMENTS:
        found = match(labels, rows, height)
        way = found and _to_the_end(labels, found, height)
        if way and way not in ways:
            told = match is _at_middle and any(len(lines) > 1 for lines in way[:-1])
            if told or _is_clear(labels, way, height):
                ways.append(way)
    if len(ways) <= 1:
        return ways[0] if ways else None
    ways.sort(key=lambda way: -_clearness(labels, way, height))
    best, second = (_clearness(labels, way, height) for way in ways[:2])
    return ways[0] if best - second > _TOLD * height else None


def _to_the_end(labels: Sequence[float], way: list[range], height: float) -> list[range]:
    """The way with all lines of the last label, which the end of the page may cut anyhow."""
    slack = _TOLD * height
    step = min(
        _between(labels, way, height) - slack,
        max(_within(labels, way), default=_PITCH * height) + slack,
    )
    end = way[-1][-1] + 1
    while end < len(labels) and labels[end] - labels[end - 1] < step:
        end += 1
    return [*way[:-1], range(way[-1][0], end)]


def _is_clear(labels: Sequence[float], way: Sequence[range], height: float) -> bool:
    """Whether lines of one label are closer than those of two.

    Figures beside an end of each label stand beside an end of the wrong ones as well; figures
    beside the middle of several labels fit no others.
    """
    several = any(len(lines) > 1 for lines in way)
    return not several or _clearness(labels, way, height) > _TOLD * height


def _clearness(labels: Sequence[float], way: Sequence[range], height: float) -> float:
    """How much farther apart the lines of two labels are than those of one, at the least."""
    return _between(labels, way, height) - max(_within(labels, way), default=0.0)


def _within(labels: Sequence[float], way: Sequence[range]) -> list[float]:
    return [labels[n + 1] - labels[n] for lines in way for n in lines[:-1]]


def _between(labels: Sequence[float], way: Sequence[range], height: float) -> float:
    gaps = [labels[below[0]] - labels[above[-1]] for above, below in pairwise(way)]
    return min(gaps, default=_PITCH * height)


def _at_first(labels: Sequence[float], rows: Sequence[float], height: float) -> list[range] | None:
    starts = _all_on_level(labels, rows, height)
    if starts is None or starts[0] != 0:
        return None
    return [range(above, below) for above, below in pairwise([*starts, starts[-1] + 1])]


def _at_last(labels: Sequence[float], rows: Sequence[float], height: float) -> list[range] | None:
    ends = _all_on_level(labels, rows, height)
    if ends is None:
        return None
    return [range(above, below) for above, below in pairwise([0, *(end + 1 for end in ends)])]


def _at_middle(labels: Sequence[float], rows: Sequence[float], height: float) -> list[range] | None:
    found: list[range] = []
    start = 0
    for row in rows:
        if start >= len(labels):
            return None
        last = _on_level(labels, 2 * row - labels[start], 2 * _LEVEL * height)
        if last is None or last < start:
            reached = [n for n in range(start, len(labels)) if labels[n] < row + _LEVEL * height]
            if row != rows[-1] or not reached:
                return None
            last = reached[-1]
        found.append(range(start, last + 1))
        start = last + 1
    return found


_ALIGNMENTS = (_at_first, _at_middle, _at_last)


def _all_on_level(
    labels: Sequence[float], rows: Sequence[float], height: float
) -> list[int] | None:
    """For each row the line beside it, each farther down; None when one has none."""
    found = [_on_level(labels, row, _LEVEL * height) for row in rows]
    lines = [line for line in found if line is not None]
    return lines if len(lines) == len(rows) and lines == sorted(set(lines)) else None


def _on_level(labels: Sequence[float], level: float, slack: float) -> int | None:
    """The line nearest to a level; None when none is near."""
    if not labels:
        return None
    nearest = min(range(len(labels)), key=lambda n: abs(labels[n] - level))
    return nearest if abs(labels[nearest] - level) <= slack else None
