"""When a report was published, and what told it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.document import Document
from etl.reading import Statement
from etl.recognise.identity.labelled import Fact
from etl.recognise.identity.names import is_agency
from etl.recognise.identity.titles import Line
from etl.recognise.identity.years import first_day, single_day

SIGNATURE_LINES = 8
"""The day below a report's text stands among so many lines from its end."""
_STAMP_LINES = 12
"""A day alone in a line near the title stands among so many lines from the top."""


def days_stated(
    document: Document, facts: Sequence[Fact], top: Sequence[Line], end: Sequence[Line]
) -> Iterator[Statement]:
    """The days that a report may have been published on, the most trusted first.

    A signature's day is the day of writing and comes last.
    """
    labelled = [(first_day(fact.text), fact) for fact in facts if fact.use == "date"]
    page = document.published_on
    if page and page not in [day for day, _ in labelled]:
        yield Statement("published_on", page.isoformat(), "page")
    for day, fact in sorted(labelled, key=lambda found: found[0] != page):  # the reader's choice
        if day:
            quote = f"{fact.label}：{fact.text}"
            yield Statement("published_on", day.isoformat(), "line", quote, fact.place)
    for line in top[:_STAMP_LINES]:
        if day := single_day(line.text):
            yield Statement("published_on", day.isoformat(), "line", line.text, line.place)
    for line in reversed(end[-SIGNATURE_LINES:]):
        if day := single_day(line.text):
            yield Statement("published_on", day.isoformat(), "signature", line.text, line.place)


def signatures(end: Sequence[Line]) -> Iterator[Line]:
    """The agencies that sign below the text: a name in the line before or after a day alone."""
    for one, other in pairwise(end[-SIGNATURE_LINES:]):
        for name, day in ((one, other), (other, one)):
            if is_agency(name.text) and single_day(day.text):
                yield name
