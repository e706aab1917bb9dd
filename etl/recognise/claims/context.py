"""What earlier clauses say that a figure further on relies on: topic, period, subject, channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.reading import Measure
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.marks import NUMBER, YEAR, Mark, load_blockers

LIGHT = frozenset({"light", "total", "sum", "own", "since", YEAR})
"""Cues that may stand between a verb, its object and the figure without changing the sense."""

CHANNELS = frozenset(
    {
        "website",
        "wechat",
        "weibo",
        "new_media",
        "notice_board",
        "app",
        "platform",
        "disclosure_platform",
        "other_channel",
        "column",
    }
)
CASES: dict[str, Measure] = {
    "reconsideration": "reconsideration_cases",
    "litigation": "litigation_cases",
}
INFORMATION = frozenset({"information", "information_list", "publication"})


@dataclass(frozen=True, slots=True)
class Found:
    """A figure before the choice among rivals; a lower ``rank`` is the better wording."""

    measure: Measure
    value: float
    rank: int
    start: int
    end: int
    channel: str | None = None
    approximate: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its clause: the marks since the number before it and up to the next one."""

    number: Mark
    lead: Sequence[Mark]
    tail: Sequence[Mark]

    def leads_with(self, *cues: str) -> bool:
        """Whether any of the cues stands before the number."""
        return any(mark.cue in cues for mark in self.lead)

    def is_blocked(self, family: str) -> bool:
        """Whether a cue before the number rules out the claims of a family (``cues.csv``)."""
        blockers = load_blockers(family)
        return any(mark.cue in blockers for mark in self.lead)


@dataclass(slots=True)
class Context:
    """What holds at the clause being read."""

    year: int
    scope: str
    section: int
    topic: str = ""
    subject: str = ""
    period: str = ""
    about_disclosure: bool = False
    part: bool = False
    part_depth: int = 0
    figures: int = 0
    channels: list[Mark] = field(default_factory=list)
    channel_used: bool = False
    channel_unclear: bool = False
    items_stated: bool = False
    items_before: bool = False
    own_initiative: bool = False
    requests_stated: bool = False
    outer_periods: list[str] = field(default_factory=list)
    stretch: int = -1

    def begin_sentence(self) -> None:
        """Forget what ends with a sentence; topic and subject go on."""
        self.period, self.part, self.part_depth = "", False, 0
        self.figures, self.items_stated, self.own_initiative = 0, False, False
        self.outer_periods = []
        self.stretch = -1

    def pass_by(self, sentence: str) -> None:
        """Take the topic from a sentence without figures."""
        if "依申请公开" in sentence or "公开申请" in sentence:
            self.topic = "request"

    def enter(self, clause: Clause) -> None:
        """Forget what ends with a semicolon or a bracket, and read period and subject."""
        if clause.stretch != self.stretch:
            self.stretch = clause.stretch
            self.drop_channels()
        if clause.depth < self.part_depth:
            self.part, self.part_depth = False, clause.depth
        while len(self.outer_periods) < clause.depth:
            self.outer_periods.append(self.period)
        while len(self.outer_periods) > clause.depth:
            self.period = self.outer_periods.pop()
        self._read_period(clause.marks)
        self._read_subject(clause)

    @property
    def sorts_papers(self) -> bool:
        """Whether 不予公开 is a class of papers: 主动公开86件，依申请公开15件，不予公开102件."""
        return self.own_initiative and not self.requests_stated

    def drop_channels(self) -> None:
        """Let no earlier channel hold any longer."""
        self.channels, self.channel_used, self.channel_unclear = [], False, False

    @property
    def blocked(self) -> bool:
        """Whether the clause speaks of another time or another body than the report's."""
        if self.period == "other" or self.subject == "other":
            return True
        return self.subject == ("office" if self.scope == "rollup" else "whole")

    def read_topic(self, marks: Sequence[Mark], depth: int) -> None:
        """Follow the topic and the parts (其中…) through marks that no number interrupts."""
        request_seen = False
        for mark in marks:
            topic = _topic_of(mark, request_seen)
            self.own_initiative = self.own_initiative or "主动公开" in mark.text
            request_seen = request_seen or mark.cue == "request"
            if topic and topic != self.topic:
                if self.topic:
                    self.part = False
                self.topic = topic
            if mark.cue == "part" and (mark.text == "其中" or self.figures):
                self.part, self.part_depth = True, depth

    def _read_period(self, marks: Sequence[Mark]) -> None:
        cues = {mark.cue for mark in marks}
        if "carry" in cues:
            return
        years: set[float] = set()
        for mark in marks:
            if mark.cue == "compare":
                break
            if mark.cue == YEAR:
                years.add(mark.value)
            elif mark.cue in ("past", "next"):
                years.add(-1)
            elif mark.text in ("全年", "本年", "本年度", "今年"):
                years.add(self.year)
        if years:
            self.period = "this" if years == {self.year} else "other"
        if "all_time" in cues or ("since" in cues and self.year not in years):
            self.period = "other"

    def _read_subject(self, clause: Clause) -> None:
        position = clause.start
        verb_seen = False
        for mark in clause.marks:
            at_head = mark.start == position
            verb_seen = verb_seen or mark.cue in ("disclose", "receive", "handle", "conclude")
            office = mark.cue == "office" and self.scope == "rollup" and not verb_seen
            if mark.cue == "own" or office:
                self.subject = mark.cue
                return
            if at_head and mark.cue in ("whole", "other_subject"):
                self.subject = "whole" if mark.cue == "whole" else "other"
                return
            position = mark.end if at_head and mark.cue in LIGHT else -1


def _topic_of(mark: Mark, request_seen: bool) -> str:
    if mark.cue == "request":
        return "request"
    if mark.cue in INFORMATION:
        return "request" if request_seen else "disclosure"
    if mark.cue in CASES or mark.cue == "litigation_part":
        return "case"
    return "other" if mark.cue in ("other", "complaint") else ""


def figures_of(marks: Sequence[Mark]) -> list[Figure]:
    """The numbers of a clause, each with what stands before and behind it."""
    places = [index for index, mark in enumerate(marks) if mark.cue == NUMBER]
    figures = []
    for order, place in enumerate(places):
        before = places[order - 1] + 1 if order else 0
        behind = places[order + 1] if order + 1 < len(places) else len(marks)
        figures.append(Figure(marks[place], marks[before:place], marks[place + 1 : behind]))
    return figures


def without_light(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that carry a sense of their own."""
    return [mark for mark in marks if mark.cue not in LIGHT]


def touch(marks: Sequence[Mark], first: Mark, last: Mark, slack: int = 0) -> bool:
    """Whether nothing but light words stands between two marks of a clause.

    ``slack`` is how many characters outside any mark are forgiven.
    """
    position, loose = first.end, 0
    for mark in marks:
        if mark.start < first.end or mark.end > last.start:
            continue
        if mark.cue not in LIGHT:
            return False
        loose += mark.start - position
        position = mark.end
    return loose + last.start - position <= slack
