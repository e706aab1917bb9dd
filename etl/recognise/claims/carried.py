"""Requests carried over, from the year before or into the year after."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reading import Measure
from etl.recognise.claims.context import (
    HALF,
    REQUEST_UNITS,
    REQUESTS,
    SKIPPED,
    Context,
    Figure,
    Found,
    without_light,
)
from etl.recognise.claims.marks import YEAR, Mark

_OF_PENDING = REQUESTS | SKIPPED | {"other_outcome", "on_time"}


def read_carried(figure: Figure, context: Context) -> list[Measure] | None:
    """The measure of a figure beside 结转, nothing when it can't be told, None without the word."""
    side = figure.lead if figure.leads_with("carry") else figure.tail
    if not any(mark.cue == "carry" for mark in side):
        return None
    if side is figure.tail and without_light(figure.lead):
        # 收到16件…: a figure with a wording of its own isn't the one carried over.
        nearest = without_light(figure.lead)[-1]
        if nearest.cue not in SKIPPED:
            return None
    going_on = any("继续" in mark.text for mark in figure.tail if mark.cue == "carry")
    going_on = going_on or any("继续" in mark.text for mark in figure.lead)
    if figure.is_blocked("carried") or not _can_be_carried(context, going_on):
        return []
    way = direction(side, context.year) or direction([*figure.lead, *figure.tail], context.year)
    return [way] if way else _left_by_sum(figure, context)


def _can_be_carried(context: Context, going_on: bool) -> bool:
    """Behind the cases, 结转下年继续办理38件 in a sentence of its own is of requests again."""
    if context.topic in ("request", ""):
        return True
    return going_on and context.topic == "case" and not (context.cases or context.part)


def direction(marks: Sequence[Mark], year: int) -> Measure | None:
    """In or out by the year that stands beside 结转; None if unclear."""
    ways: set[Measure] = set()
    for mark in marks:
        if mark.cue == "past" or (mark.cue == YEAR and mark.value == year - 1):
            ways.add("carried_in")
        elif _is_after(mark, year):
            ways.add("carried_out")
    return ways.pop() if len(ways) == 1 else None


def _is_after(mark: Mark, year: int) -> bool:
    if mark.cue == YEAR:
        return mark.value == year + 1
    return mark.cue == "next"


def _left_by_sum(figure: Figure, context: Context) -> list[Measure]:
    """收到35件，办结34件，结转1件: no year is named, but only what is left over fits."""
    stated = context.stated
    if not {"requests_received", "requests_concluded"} <= stated.keys():
        return []
    handled = stated["requests_received"] + stated.get("carried_in", 0)
    left = handled - stated["requests_concluded"]
    return ["carried_out"] if abs(left - figure.number.value) < HALF else []


def is_pending(figure: Figure, context: Context) -> bool:
    """Whether a figure can be one that the next clause says is carried over."""
    if figure.number.unit not in REQUEST_UNITS or context.topic not in ("request", ""):
        return False
    return all(mark.cue in _OF_PENDING for mark in without_light(figure.lead))


def read_pending(marks: Sequence[Mark], context: Context) -> list[Found]:
    """What a clause without a figure, 结转至2024年办理, says of the figure just before it."""
    figure = context.pending
    if figure is None or not any(mark.cue == "carry" for mark in marks):
        return []
    if direction(marks, context.year) != "carried_out":
        return []
    number = figure.number
    start = figure.lead[0].start if figure.lead else number.start
    about = number.approximate
    return [Found("carried_out", number.value, 1, start, number.end, approximate=about)]
