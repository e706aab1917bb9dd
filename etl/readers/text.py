"""Plain text and Markdown: lines, and the tables that were flattened into lines.

Three ways of a table in text, told apart line by line:

* flattened by Word: a tab before each cell, one cell a line, a blank line between rows; a line
  without tab right after a cell continues it (``tabs``);
* pasted from a spreadsheet: the cells of a row on one line, tabs between them (``tabs``);
* piped: ``| a | b |`` or ``a | b |``, a pipe sometimes on a line of its own (``pipes``).

Markdown may hold HTML tables too, for it has no merged cells of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from etl.document import Document, Grid, Paragraph
from etl.readers import pipes, tabs
from etl.readers.cut_end import mark_cut_end
from etl.readers.encoding import decode
from etl.readers.html import read_markup
from etl.readers.limits import MAX_LINES, MAX_TEXT_BYTES
from etl.readers.page import describe
from etl.readers.source import Line, undoubled
from etl.readers.text_tools import join_broken
from etl.reading import Refused

_NEWLINE = re.compile("\r*\n|\r")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s+|(?=[^\s#\d]))(.*?)\s*#*\s*$")
_BOLD = re.compile(r"\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.{1,200}?)(?<=\S)__(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{}~])")
_RULE = re.compile(r"\s*([-*_=])(\s*\1){2,}\s*$")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TABLE_OPENS = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_CLOSES = re.compile(r"</table\s*>", re.IGNORECASE)


def read(data: bytes, name: str) -> Document:
    """The document of a text file, places ``L12``; Refused ``too-large``, ``undecodable``."""
    return describe("txt", _blocks(_source_lines(data, name), _unmark))


def read_markdown(data: bytes, name: str) -> Document:
    """The document of a Markdown file; its first heading is the title. Refuses as ``read``."""
    lines = [line for line in _source_lines(data, name) if not _RULE.match(line.text)]
    headings = (line.text for line in lines if _HEADING.match(line.text))
    return describe("md", _blocks(lines, _unmark_all), title=_unmark_all(next(headings, "")))


def _source_lines(data: bytes, name: str) -> list[Line]:
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("too-large", detail=f"{len(data)} bytes")
    texts = _NEWLINE.split(decode(data))
    if len(texts) > MAX_LINES:
        raise Refused("too-large", detail=f"{len(texts)} lines")
    return undoubled([Line(number, text) for number, text in enumerate(texts, start=1)])


def _blocks(lines: Sequence[Line], unmark: Callable[[str], str]) -> list[Paragraph | Grid]:
    """Paragraphs and grids in order; each shape of table says itself how far it reaches."""
    blocks: list[Paragraph | Grid] = []
    at = 0
    while at < len(lines):
        if lines[at].is_blank:
            at += 1
            continue
        taken, found = _take(lines, at, unmark)
        blocks.extend(found)
        at += taken
    return mark_cut_end(blocks, lines[-1].text)


def _take(
    lines: Sequence[Line], at: int, unmark: Callable[[str], str]
) -> tuple[int, list[Paragraph | Grid]]:
    for take in (_take_markup, tabs.take, pipes.take):
        taken, blocks = take(lines, at, unmark)
        if taken:
            return taken, blocks
    text = unmark(lines[at].text)
    return 1, [Paragraph(text, lines[at].place)] if text else []


def _take_markup(
    lines: Sequence[Line], at: int, unmark: Callable[[str], str]
) -> tuple[int, list[Paragraph | Grid]]:
    """An HTML table amid the text, to the line that closes it; places ``L40 R2 C3``."""
    if not _TABLE_OPENS.search(lines[at].text):
        return 0, []
    depth, taken = 0, 0
    for taken, line in enumerate(lines[at:], start=1):  # noqa: B007
        depth += len(_TABLE_OPENS.findall(line.text)) - len(_TABLE_CLOSES.findall(line.text))
        if depth <= 0:
            break
    markup = "\n".join(line.text for line in lines[at : at + taken])
    return taken, [_placed(block, lines[at].place) for block in read_markup(markup).blocks]


def _placed(block: Paragraph | Grid, place: str) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    rows = tuple(
        tuple(slot._replace(place=f"{place} {slot.place.split(' ', 1)[1]}") for slot in row)
        for row in block.rows
    )
    return replace(block, rows=rows, place=place)


def _unmark(text: str) -> str:
    """A line or cell as printed: no heading mark, no bold mark, its broken lines joined."""
    if "<" in text:
        text = _LINE_BREAK.sub("\n", text)
    if "**" in text or "__" in text:
        text = _BOLD.sub(lambda found: found[1] or found[2], text)
    heading = _HEADING.match(text) if "#" in text else None
    return join_broken((heading[1] if heading else text).replace("\t", " "))


def _unmark_all(text: str) -> str:
    """As ``_unmark``, and without Markdown's escapes and character references."""
    text = _unmark(text)
    if "\\" not in text and "&" not in text:
        return text
    return join_broken(html.unescape(_ESCAPE.sub(r"\1", text)))
