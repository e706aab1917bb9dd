"""Tables of pipes in text and Markdown: a row a line, or cells and pipes each on a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from etl.document import Grid, Paragraph
from etl.readers.source import Line, Piece, to_blocks

_PIPE = re.compile(r"(?<!\\)\|")
_ONLY_PIPES = re.compile(r"[\s|]*\|[\s|]*$")
# Three dashes at least: a row of single dashes is a row of figures that the agency dashed out.
_RULE_FIELD = re.compile(r"\s*(:?-{3,}:?|:-+:?|-+:)\s*$")


def take(
    lines: Sequence[Line], at: int, unmark: Callable[[str], str]
) -> tuple[int, list[Paragraph | Grid]]:
    """How many lines from ``at`` on make a table of pipes, and its blocks; 0 when none starts."""
    if _starts_glued(lines, at):
        return _take_glued(lines, at, unmark)
    rows, end = _rows_from(lines, at)
    if not rows or _is_breadcrumb(rows):
        return 0, []
    ruled = [row for n, row in enumerate(_widths_kept(rows)) if not (n <= 1 and _is_rule(row[1]))]
    pieces = [
        [Piece(unmark(field), f"{line.place} C{n}") for n, field in enumerate(fields, start=1)]
        for line, fields in ruled
        if fields
    ]
    return end - at, _lone_texts(pieces) or to_blocks(pieces, aligned=True)


def _rows_from(lines: Sequence[Line], at: int) -> tuple[list[tuple[Line, list[str]]], int]:
    rows = []
    end = at
    while end < len(lines):
        line = lines[end]
        if _PIPE.search(line.text):
            rows.append((line, _enclosed(_split(line.text))))
        elif not (line.is_blank and rows and _is_row(lines, end + 1)) or _ends_at_blank(rows):
            break
        end += 1
    return rows, end


def _ends_at_blank(rows: list[tuple[Line, list[str]]]) -> bool:
    """Whether a blank line ends the table: it does where its rows follow without one."""
    if len(rows) == 1:
        return _reads_as_text(*rows[0])
    return rows[1][0].number == rows[0][0].number + 1


def _is_row(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and bool(_PIPE.search(lines[at].text))


def _split(text: str) -> list[str]:
    return [field.replace("\\|", "|") for field in _PIPE.split(text.strip())]


def _enclosed(fields: list[str]) -> list[str]:
    """The cells of a row by Markdown's rule: an outer pipe on either side encloses the row."""
    start = 1 if fields and not fields[0].strip() else 0
    end = len(fields) - 1 if len(fields) > start and not fields[-1].strip() else len(fields)
    return fields[start:end]


def _widths_kept(rows: list[tuple[Line, list[str]]]) -> list[tuple[Line, list[str]]]:
    """The rows with their outer blanks as cells, where only so all rows have the same length."""
    if len({len(fields) for _, fields in rows}) == 1:
        return rows
    whole = [(line, _split(line.text)) for line, _ in rows]
    return whole if len({len(fields) for _, fields in whole}) == 1 else rows


def _is_rule(fields: list[str]) -> bool:
    return bool(fields) and all(map(_RULE_FIELD.match, fields))


def _is_breadcrumb(rows: list[tuple[Line, list[str]]]) -> bool:
    """A line of two texts with a pipe between: a page's title and site, not a table."""
    (line, fields), *others = rows
    return not others and _reads_as_text(line, fields)


def _reads_as_text(line: Line, fields: list[str]) -> bool:
    return len(fields) <= 2 and not line.text.lstrip().startswith("|")


def _lone_texts(rows: list[list[Piece]]) -> list[Paragraph | Grid]:
    """The texts of lines with one text each among empty pipes, left over from a page's layout."""
    filled = [[piece for piece in row if piece.text] for row in rows]
    if any(len(row) > 1 for row in filled) or all(len(row) == 1 for row in rows):
        return []
    return [Paragraph(*row[0]) for row in filled if row]


def _starts_glued(lines: Sequence[Line], at: int) -> bool:
    """Whether a table starts here whose pipes stand on lines of their own."""
    line = lines[at]
    if _ONLY_PIPES.match(line.text):
        following = _next_filled(lines, at + 1)
        return following is not None and not _PIPE.search(lines[following].text)
    return not _PIPE.search(line.text) and _pipe_follows(lines, at)


def _pipe_follows(lines: Sequence[Line], at: int) -> bool:
    following = _next_filled(lines, at + 1)
    return following is not None and bool(_ONLY_PIPES.match(lines[following].text))


def _next_filled(lines: Sequence[Line], at: int) -> int | None:
    return next((n for n in range(at, len(lines)) if not lines[n].is_blank), None)


def _take_glued(
    lines: Sequence[Line], at: int, unmark: Callable[[str], str]
) -> tuple[int, list[Paragraph | Grid]]:
    """A pipe's line joins the cells around it into a row; two texts without one are two rows."""
    rows: list[list[Piece]] = [[]]
    cell_open, end, current = True, at, _next_filled(lines, at)
    while current is not None:
        line = lines[current]
        if _ONLY_PIPES.match(line.text):
            empty = line.text.count("|") - (not cell_open)
            rows[-1].extend([Piece("", line.place)] * empty)
            cell_open = True
        elif _PIPE.search(line.text):
            break
        elif cell_open:
            rows[-1].append(Piece(unmark(line.text), line.place))
            cell_open = False
        elif _pipe_follows(lines, current):
            rows.append([Piece(unmark(line.text), line.place)])
        else:
            break
        end, current = current + 1, _next_filled(lines, current + 1)
    return end - at, to_blocks(rows, aligned=False)
