"""The sentences of a paragraph that can state a figure, and the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.recognise.claims.marks import BREAK, CHINESE_DIGITS, COUNTED_BY, NUMBER, Mark, find_marks

_SENTENCE = re.compile(r"[^。!?！？]+[。!?！？]?")
_TELLING = re.compile(
    # One set of first characters keeps the search fast; the rest looks back at what was met.
    rf"[\d未没沒无無零部均都{CHINESE_DIGITS}](?:"
    r"(?<=\d)\s*(?=[条條件份篇个個次则則项項起宗封例余餘多百千万萬，,。；;、()（）]|$)"
    r"|(?:(?<=未)|(?<=[没沒])有|(?<=[无無])(?!法)).{0,40}?"
    r"(?:申[请請]|公[开開]|[复複復][议議]|[诉訴][讼訟]|[结結][转轉]|[收接]到|受理)"
    r"|(?<=零)"
    r"|(?:(?<=全部)|(?<=[均都])).{0,14}(?:办结|辦結|完毕|完畢)"
    # 第五十条 of a law counts nothing.
    rf"|(?<=[{CHINESE_DIGITS}])(?<!第.)(?<!第..)(?<!第...)(?<!第....){COUNTED_BY})"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed.

    ``telling`` is false where no count and no denial is printed: most sentences of a report,
    which then need no closer reading.
    """

    printed: str
    telling: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """The marks between two breaks of a sentence.

    ``stretch`` counts the semicolons before it in its sentence, ``depth`` the brackets around it;
    ``text`` is the whole sentence.
    """

    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int
    stretch: int
    depth: int


def split_sentences(printed: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order; none where not one of them is telling."""
    if not is_telling(printed):
        return
    for found in _SENTENCE.finditer(printed):
        sentence = found.group()
        yield Sentence(sentence, is_telling(sentence))


def is_telling(printed: str) -> bool:
    """Whether a count or a denial is printed."""
    return _TELLING.search(printed) is not None


def split_clauses(text: str) -> list[Clause]:
    """The clauses of a normalised sentence that hold any mark, in order.

    A clause that a bracket interrupts before its figure (数（…计1条）为1260条) goes on behind it
    and stands after the clauses of the bracket.
    """
    clauses: list[Clause] = []
    outer: list[_Open] = []
    here = _Open(0)
    for mark in find_marks(text):
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
        here.close(clauses, text, mark.start)
        if mark.text == ")" and outer:
            here = outer.pop()
            if here.marks:
                here.marks.append(Mark("light", here.marks[-1].end, mark.end))
        elif mark.text == "(":
            outer.append(_Open(mark.end, here.stretch, here.depth))
            here = _Open(mark.end, here.stretch, len(outer))
        else:
            here = _Open(mark.end, here.stretch + (mark.text == ";"), here.depth)
    here.close(clauses, text, len(text))
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

    def close(self, clauses: list[Clause], text: str, end: int) -> None:
        if self.marks:
            marks = tuple(self.marks)
            clauses.append(Clause(text, marks, self.start, end, self.stretch, self.depth))
