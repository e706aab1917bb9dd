"""The sentences of a paragraph that can state a figure, and the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.recognise.claims.marks import BREAK, COUNTED_IN_WORDS, NUMBER, Mark, find_marks

_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_TELLING = re.compile(
    r"\d(?![\d.]*[年月日号%])|未|没有|无(?!法)|零|(?:全部|均).{0,6}办结|" + COUNTED_IN_WORDS
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a span of its normalised paragraph.

    ``telling`` is false where no count and no denial is printed: most sentences of a report,
    which then need no closer reading.
    """

    start: int
    end: int
    telling: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """The marks between two breaks of a sentence.

    ``stretch`` counts the semicolons before it in its sentence, ``depth`` the brackets around it.
    """

    marks: tuple[Mark, ...]
    start: int
    end: int
    stretch: int
    depth: int


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a normalised paragraph, in order."""
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        yield Sentence(start, end, _TELLING.search(text, start, end) is not None)


def split_clauses(text: str, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence of a normalised text that hold any mark, in order.

    A clause that a bracket interrupts before its figure (数（…计1条）为1260条) goes on behind it
    and stands after the clauses of the bracket.
    """
    clauses: list[Clause] = []
    outer: list[_Open] = []
    here = _Open(sentence.start)
    for mark in find_marks(text, sentence.start, sentence.end):
        if mark.cue != BREAK:
            here.marks.append(mark)
            continue
        if mark.text == "(" and not here.has_number:
            outer.append(here)
            here = _Open(mark.end, here.stretch, len(outer), here.marks_of_another_time())
            continue
        if mark.text == ":" and here.leads_on(mark) and text[mark.end : mark.end + 1].isdigit():
            here.marks.append(mark._replace(cue="light"))
            continue
        here.close(clauses, mark.start)
        if mark.text == ")" and outer:
            here = outer.pop()
            if here.marks:
                here.marks.append(Mark("light", here.marks[-1].end, mark.end))
        elif mark.text == "(":
            outer.append(_Open(mark.end, here.stretch, here.depth))
            here = _Open(mark.end, here.stretch, len(outer))
        else:
            here = _Open(mark.end, here.stretch + (mark.text == ";"), here.depth)
    here.close(clauses, sentence.end)
    return clauses


@dataclass(slots=True)
class _Open:
    """A clause whose end isn't reached."""

    start: int
    stretch: int = 0
    depth: int = 0
    marks: list[Mark] = field(default_factory=list)

    @property
    def has_number(self) -> bool:
        return any(mark.cue == NUMBER for mark in self.marks)

    def leads_on(self, colon: Mark) -> bool:
        """Whether the figure behind a colon belongs to the words before it: 共计：456条."""
        return bool(self.marks) and self.marks[-1].end == colon.start and not self.has_number

    def marks_of_another_time(self) -> list[Mark]:
        """What the bracket inherits: in 比2022年（收到31起） the 31 are last year's."""
        return [mark for mark in self.marks if mark.cue in ("compare", "past")]

    def close(self, clauses: list[Clause], end: int) -> None:
        if self.marks:
            clauses.append(Clause(tuple(self.marks), self.start, end, self.stretch, self.depth))
