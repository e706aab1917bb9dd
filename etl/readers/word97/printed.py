"""The text of a stretch of characters as printed: results of fields, nothing left out by format."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from etl.readers.text_tools import PICTURE
from etl.readers.word97.marks import APART, LEFT_OUT, SIGN, Mark
from etl.readers.word97.pieces import whole

_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_EDGES = re.compile("([\x13-\x15])")
_SPECIAL = re.compile("[\x00-\x1f]")
_AS_PRINTED = {
    **dict.fromkeys(range(0x20)),
    0x01: PICTURE,
    0x08: PICTURE,
    0x09: " ",
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}
# Fields that mark a place or set a value and print nothing of their own.
_SILENT = frozenset(
    ("TC", "XE", "TA", "RD", "SET", "ASK", "PRIVATE", "COMMENTS", "TOC", "HYPERLINK")
)


class Text:
    """A document's characters with what is special about some of them."""

    def __init__(self, characters: str, marks: list[Mark]) -> None:
        self.characters = characters
        self._marks = marks
        self._ends = [mark.end for mark in marks]

    def left_out(self, position: int) -> bool:
        """Whether a character is deleted or hidden."""
        at = bisect_right(self._ends, position)
        if at == len(self._marks):
            return False
        mark = self._marks[at]
        return mark.start <= position and bool(mark.what & LEFT_OUT)

    def printed(self, start: int, end: int) -> str:
        """The text of these characters, a line feed at each of their line breaks."""
        at = bisect_right(self._ends, start)
        marked = at < len(self._marks) and self._marks[at].start < end
        text = self.characters[start:end]
        if not marked and not _SPECIAL.search(text):
            return whole(text)
        return whole(_without_codes(self._stretches(start, end, at)).translate(_AS_PRINTED))

    def _stretches(self, start: int, end: int, at: int) -> Iterator[str]:
        while start < end and at < len(self._marks):
            mark = self._marks[at]
            first, behind = max(mark.start, start), min(mark.end, end)
            if first >= end:
                break
            yield self.characters[start:first]
            yield _marked(self.characters[first:behind], mark.what)
            start, at = behind, at + 1
        yield self.characters[start:end]


def _marked(text: str, what: int) -> str:
    if what & LEFT_OUT:
        return ""
    if what & SIGN:
        return PICTURE * len(text)
    return f" {text} " if what & APART else text


def _without_codes(stretches: Iterator[str]) -> str:
    """The text without the codes of its fields; a field that only has a code is a picture."""
    shown: list[str] = []
    codes: list[list[str] | None] = []
    """Of each open field its code so far, None once its result has begun."""
    hiding = 0
    for token in _EDGES.split("".join(stretches)):
        if token == _FIELD:
            codes.append([])
            hiding += 1
        elif token in (_RESULT, _FIELD_END) and codes:
            code = codes.pop()
            hiding -= code is not None
            if token == _RESULT:
                codes.append(None)
            elif code is not None and not hiding:
                shown.append(_without_result("".join(code)))
        elif codes and (code := codes[-1]) is not None:
            code.append(token)
        elif not hiding:
            shown.append(token)
    return "".join(shown)


def _without_result(code: str) -> str:
    word = code.split()[:1]
    return "" if not word or word[0].upper() in _SILENT else PICTURE
