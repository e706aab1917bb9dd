"""Running heads, feet and page numbers: what pages print at their edges beside the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from etl.readers.drawn.lines import Line
from etl.readers.page_layout import PageLayout, Word

_EDGE = 85.0
"""Points from the top and the foot of a page within which furniture stands."""
_LINES = 2
"""Lines of furniture at each edge at most."""
_LEVEL = 4.0
"""Points by which repeated furniture stands at another height at most."""
_OWN_LEVEL = 1.0
"""Points by which what stands on one level stands at another height at most."""
_LEAST_PAGES = 2
_PAGE_NUMBER = re.compile(r"[-—–―·•第]*(\d{1,4})(?:[-—–―·•页]*|[页,，]*(?:/|of|共)\d{1,4}页?)")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 4


def find_furniture(pages: Sequence[tuple[PageLayout, Sequence[Line]]]) -> set[int]:
    """The ``id`` of the lines that are furniture, of the lines outside tables page by page.

    A page number at the edge of a page is, and a line that several pages print at one height with
    no other change than in its figures.
    """
    repeated = defaultdict[str, list[tuple[float, Line]]](list)
    for page, lines in pages:
        for line in _at_edges(page, lines):
            text = "".join(line.text.split())
            if number := _PAGE_NUMBER.fullmatch(text):
                # A lone figure may be a cell; what counts up with the pages is a page number.
                rest = f"{text[: number.start(1)]}#{text[number.end(1) :]}"
                # A field that its program left as it was says one number on every page.
                counted = "" if _LETTERS.search(rest) else int(number[1]) - page.number
                repeated[f"{rest} {counted}"].append((line.box.middle, line))
            elif len(_LETTERS.findall(text)) >= _LEAST_LETTERS:
                repeated[_DIGITS.sub("#", text)].append((line.box.middle, line))
    return {
        id(line)
        for same in repeated.values()
        for height, line in same
        if any(other is not line and abs(level - height) < _LEVEL for level, other in same)
    }


def numbers_in_tables(pages: Sequence[PageLayout]) -> set[Word]:
    """The page numbers that pages print at one place and over whatever stands there.

    A figure of a table isn't taken for one: it stands on a level with others, and hardly counts
    every page at one place.
    """
    if len(pages) < _LEAST_PAGES:
        return set()
    first, *others = (list(_own_numbers(page)) for page in pages)
    found = set[Word]()
    for word in first:
        same = [next((o for o in own if _is_at_same_place(word, o)), None) for own in others]
        if None not in same:
            found.update([word, *(other for other in same if other)])
    return found


def _own_numbers(page: PageLayout) -> Iterator[Word]:
    """The words at a page's edges that are its number and on no other word's level."""
    for word in page.words:
        at_edge = word.box.y1 < _EDGE or word.box.y0 > page.height - _EDGE
        number = _PAGE_NUMBER.fullmatch(word.text) if at_edge else None
        if number and int(number[1]) == page.number:
            middle = word.box.middle
            on_level = [w for w in page.words if abs(w.box.middle - middle) < _OWN_LEVEL]
            if on_level == [word]:
                yield word


def _is_at_same_place(word: Word, other: Word) -> bool:
    return (
        abs(word.box.middle - other.box.middle) < _OWN_LEVEL
        and abs(word.box.centre - other.box.centre) < _LEVEL
    )


def _at_edges(page: PageLayout, lines: Sequence[Line]) -> list[Line]:
    top, foot = _EDGE, page.height - _EDGE
    head = [line for line in lines[:_LINES] if line.box.y1 < top]
    return head + [line for line in lines[-_LINES:] if line.box.y0 > foot and line not in head]
