"""What a file states of the reporting agency and year, source by source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from etl.explain.explanation import Explanation
from etl.explain.trace import Band, Trace, TracedParagraph
from etl.reading import Statement, ToldBy
from etl.recognise.identity import LONGEST_TITLE, agency_in_title, find_year

FOLDERS = 2
"""Folders above a file whose names may tell the year."""


def statements(explanation: Explanation, trace: Trace | None) -> tuple[Statement, ...]:
    """What is stated of the report; of a refused file what its lines and its path would say."""
    if explanation.reading is not None:
        return explanation.reading.stated
    return tuple(
        statement
        for text, told_by, place in dict.fromkeys(_sources(explanation, trace))
        for statement in _said(text, told_by, place)
    )


def disagrees(statement: Statement, stated: Sequence[Statement]) -> bool:
    """Whether a statement says something else than what the report goes under."""
    used = [one.value for one in stated if one.used and one.what == statement.what]
    return bool(used) and statement.value not in used


def _sources(explanation: Explanation, trace: Trace | None) -> Iterator[tuple[str, ToldBy, str]]:
    """Texts that may name agency or year, who says it, and where."""
    for text, place in _top(trace.bands if trace else ()):
        if len(text) <= LONGEST_TITLE and "。" not in text:
            yield text, "title", place
    if explanation.document is not None:
        yield explanation.document.title, "page", ""
        yield from ((hint, "site", "") for hint in explanation.document.hints)
    path = PurePosixPath(explanation.path)
    yield path.stem, "file", ""
    yield from ((part, "folder", "") for part in path.parts[-2 : -2 - FOLDERS : -1])


def _said(text: str, told_by: ToldBy, place: str) -> Iterator[Statement]:
    if agency := agency_in_title(text):
        yield Statement("agency", agency, told_by, text, place)
    if year := find_year(text):
        yield Statement("year", str(year), told_by, text, place)


def _top(bands: Sequence[Band]) -> list[tuple[str, str]]:
    """(text, place) of what stands alone on its line before the first section."""
    lines: list[tuple[str, str]] = []
    for band in bands:
        if band.sections != (0,):
            break
        for piece in band.pieces:
            if isinstance(piece, TracedParagraph):
                lines.append((piece.text, piece.place))
                continue
            filled = ([one.slot for one in row.slots if one.slot.text] for row in piece.rows)
            lines += ((row[0].text, row[0].place) for row in filled if len(row) == 1)
    return lines
