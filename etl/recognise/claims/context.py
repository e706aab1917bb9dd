"""What earlier clauses say that a figure further on relies on: topic, period, subject, channel."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from etl.reading import Measure
from etl.recognise.claims.clauses import Clause
from etl.recognise.claims.marks import NUMBER, YEAR, Mark, load_blockers
from etl.recognise.claims.subjects import read_subject

LIGHT = frozenset({"light", "total", "sum", "own", "since", "areas", "departments", "bureau", YEAR})
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
REQUESTS = frozenset({"request", "bare_request"})
REQUEST_UNITS = frozenset(
    {"件", "起", "宗", "份", "项", "条", "封", "例", "笔", "个", "次", "件次", "件(次)", ""}
)
SKIPPED = frozenset({"organisation", "part", "whole", "office", "locative", "upkeep"})
"""Cues of a lead that are neither verb nor object of a request."""

THIS_YEAR = frozenset({"全年", "本年", "本年度", "今年"})

HALF = 0.5
"""Sums of whole figures are equal when they are nearer than this."""

VERBS = frozenset({"receive", "handle", "conclude", "disclose"})
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
class Part:
    """A figure of the sentence and what it counted: ``item``, ``mode``, ``outcome`` or ``""``."""

    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its clause: the marks since the number before it and up to the next one.

    An enumeration comma between two numbers divides what stands there: 10件予以公开、2件部分公开.
    """

    number: Mark
    lead: Sequence[Mark]
    tail: Sequence[Mark]
    next_lead: Sequence[Mark] | None = None
    """What leads the next number of the clause; None for the last number."""

    def leads_with(self, *cues: str) -> bool:
        """Whether any of the cues stands before the number."""
        return any(mark.cue in cues for mark in self.lead)

    def leads_with_word(self, word: str) -> bool:
        """Whether one of the marks before the number holds ``word``."""
        return any(word in mark.text for mark in self.lead)

    def is_blocked(self, family: str, but: str = "") -> bool:
        """Whether a cue before the number rules out the claims of a family (``cues.csv``)."""
        blockers = load_blockers(family)
        return any(mark.cue in blockers and mark.cue != but for mark in self.lead)


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
    channel_counted: bool = False
    channel_idle: bool = False
    """Before the semicolon a channel was counted by readers only: 粉丝3万；发布信息416条."""
    channel_unclear: bool = False
    items_stated: bool = False
    items_before: bool = False
    own_initiative: bool = False
    requests_stated: bool = False
    named_loosely: bool = False
    """Requests were counted as 申请 only: 收到38件申请，其中政府信息公开申请6件."""
    sorts_by_class: bool = False
    """The sentence counts papers by the class they were given when drawn up."""
    own_area: bool = False
    """The agency governs the area that it calls 我区: a development zone."""
    object_open: bool = False
    """The clause before ended in 公开政府信息 and its figure is still to come."""
    request_open: bool = False
    """A clause told of the requests received and their figure is still to come."""
    parts: list[Part] = field(default_factory=list)
    stated: dict[str, float] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)
    """The kinds of case that the sentence has named, last one last."""
    respective: list[Measure | None] = field(default_factory=list)
    """The measures that the next figures count in turn, behind 分别."""
    defended: str = ""
    """The kind of case of any matter that the agency answered for: 行政应诉案件8件."""
    following: Clause | None = None
    """The next clause of the sentence."""
    pending: Figure | None = None
    """A figure of the clause before that nothing was said of but that it is left over."""
    outer: list[tuple[str, str]] = field(default_factory=list)
    """Period and subject outside the brackets that are open."""
    period_before: str | None = None
    """What holds again behind an aside on another year: 办结18件，2022年为24件；结转1件."""
    period_bare: bool = False
    """The aside names the year and its figure and nothing else."""
    part_of: float | None = None
    """The figure that the parts behind 其中 make up, and how much of it they have told."""
    part_told: float = 0.0
    topic_aside: bool = False
    """The topic is what a part of the requests was about: 其中医疗纠纷11件."""
    modes: int = 0
    """Ways of asking that the paragraph has counted one by one."""
    lone_mode: Found | None = None
    """All the requests received, if it stays the only one: 收到信函形式的申请1件."""
    whole_year: bool = False
    """The clause is 其中2023年860条: a part of all years, and the whole of this one."""
    stretch: int = -1

    def begin_sentence(self) -> None:
        """Forget what ends with a sentence; topic and subject go on, but for another body."""
        self.subject = "" if self.subject in ("other", "share") else self.subject
        self.period, self.period_before = "", None
        self.end_part()
        self.figures, self.items_stated, self.own_initiative = 0, False, False
        self.sorts_by_class, self.object_open, self.pending = False, False, None
        self.request_open = False
        self.channel_counted = False
        self.parts, self.cases, self.respective, self.defended = [], [], [], ""
        self.outer = []
        self.stretch = -1

    def enter(self, clause: Clause) -> None:
        """Forget what ends with a semicolon or a bracket, and read period and subject."""
        if clause.stretch != self.stretch:
            self._enter_stretch(clause)
        if clause.depth < self.part_depth:
            self.end_part(clause.depth)
        if self.part_of is not None and abs(self.part_told - self.part_of) < HALF:
            self.end_part()
        while len(self.outer) < clause.depth:
            self.outer.append((self.period, self.subject))
        while len(self.outer) > clause.depth:
            self.period, self.subject = self.outer.pop()
        self._read_period(clause.marks)
        self.subject = read_subject(clause, self.scope, self.own_area, self.subject)

    def _enter_stretch(self, clause: Clause) -> None:
        began = self.stretch < 0
        self.stretch = clause.stretch
        self.channel_idle = self.channel_counted and not self.channel_used
        self.drop_channels()
        if began:
            return
        self._end_aside()
        head = [mark for mark in clause.marks if mark.cue not in (*LIGHT, "on_time")]
        verb = head[0].cue if head else ""
        whole = any(mark.text in THIS_YEAR for mark in clause.marks)
        if verb == "conclude" or (verb in VERBS and whole):
            self.end_part()  # 其中医疗类11件、其他4件；已按期答复22件

    def _end_aside(self) -> None:
        if self.period_before is not None:
            self.period, self.period_before = self.period_before, None

    def begin_part(self, depth: int) -> None:
        """其中: what follows is told of the figure before."""
        if not self.part:
            self.part_of = self.parts[-1].value if self.parts and self.figures else None
            self.part_told = 0.0
        self.part, self.part_depth = True, depth

    def end_part(self, depth: int = 0) -> None:
        """What follows is told of the whole again, and of the topic before the parts."""
        self.part, self.part_depth = False, depth
        self.part_of = None
        if self.topic_aside:
            self.topic_aside = False
            self.topic = "request" if self.topic == "other" else self.topic

    def add_part(self, value: float, kind: str) -> None:
        """Keep a figure of the sentence for sums of parts."""
        self.parts.append(Part(value, kind))
        if self.part:
            self.part_told += value

    @property
    def sorts_papers(self) -> bool:
        """Whether 不予公开 is a class of papers: 主动公开86件，依申请公开15件，不予公开102件."""
        return self.sorts_by_class or (self.own_initiative and not self.requests_stated)

    def adds_up(self, value: float) -> frozenset[str]:
        """The kinds of the last figures of the sentence that add up to ``value``, if any do."""
        kinds: set[str] = set()
        total = 0.0
        for count, part in enumerate(reversed(self.parts), start=1):
            total += part.value
            kinds.add(part.kind)
            if count > 1 and abs(total - value) < HALF:
                return frozenset(kinds)
        return frozenset()

    def drop_channels(self) -> None:
        """Let no earlier channel hold any longer."""
        self.channels = []
        self.channel_used = self.channel_counted = self.channel_unclear = False

    @property
    def blocked(self) -> bool:
        """Whether the clause speaks of another time or another body than the report's."""
        if self.period == "other" or self.subject == "other":
            return True
        return self.subject in (("office", "share") if self.scope == "rollup" else ("whole",))

    def read_topic(self, marks: Sequence[Mark], depth: int) -> None:
        """Follow the topic and the parts (其中…) through marks that no number interrupts."""
        cues = {mark.cue for mark in marks}
        request_seen = concerned = False
        for mark in marks:
            concerned = concerned or mark.cue == "concerning"
            topic = _topic_of(mark, request_seen)
            if concerned and topic in ("other", "disclosure"):
                continue
            self.own_initiative = self.own_initiative or "主动公开" in mark.text
            request_seen = request_seen or mark.cue == "request"
            if topic and topic != self.topic:
                self._turn_to(topic, mark, cues)
            if mark.cue in CASES:
                self.cases.append(mark.cue)
            if mark.cue == "defended":
                self.defended = kind_answered_for(mark)
            self.sorts_by_class = self.sorts_by_class or mark.cue == "papers"
            if mark.cue == "part" and (mark.text == "其中" or self.figures):
                if self.whole_year:
                    self.end_part(depth)
                else:
                    self.begin_part(depth)

    def _turn_to(self, topic: str, mark: Mark, cues: Set[str]) -> None:
        if self.topic == "request" and mark.cue == "information" and "disclose" not in cues:
            return  # 内部事务信息3件 is a ground of refusal
        if self.topic:
            aside = self.part and topic == "other" and self.topic == "request"
            self.topic_aside = aside and cues.isdisjoint(VERBS)
            self.part = self.topic_aside
        self.topic = topic

    def _read_period(self, marks: Sequence[Mark]) -> None:
        cues = {mark.cue for mark in marks}
        self.whole_year = False
        if "carry" in cues:
            return
        years = self._years(marks)
        before = self.period
        if years:
            self.whole_year = "part" in cues and years == {self.year}
            self.period = "this" if years == {self.year} else "other"
        elif self.period_bare and not cues.isdisjoint(VERBS):
            self._end_aside()
        if "all_time" in cues or ("since" in cues and self.year not in years):
            self.period = "other"
        self._note_aside(before, cues)

    def _note_aside(self, before: str, cues: Set[str]) -> None:
        if self.period != "other":
            self.period_before = None
        elif before != "other" and self.figures:
            self.period_before = before
            self.period_bare = cues <= {*LIGHT, NUMBER, "past"}

    def _years(self, marks: Sequence[Mark]) -> set[float]:
        """The years a clause speaks of, -1 for one that is only called the year before or after."""
        years: set[float] = set()
        for mark in marks:
            if mark.cue == "compare":
                break
            if mark.cue == YEAR:
                years.add(mark.value)
            elif mark.cue in ("past", "next"):
                years.add(-1)
            elif mark.text in THIS_YEAR:
                years.add(self.year)
        return years


def kind_answered_for(mark: Mark) -> str:
    """The kind of case of 复议答复案件 or 行政应诉案件."""
    return "reconsideration" if "复议" in mark.text else "litigation"


def _topic_of(mark: Mark, request_seen: bool) -> str:
    if mark.cue == "request":
        return "request"
    if "依申请" in mark.text:
        return "request"
    if mark.cue in INFORMATION:
        return "request" if request_seen else "disclosure"
    if mark.cue in CASES or mark.cue == "litigation_part":
        return "case"
    return "other" if mark.cue in ("other", "complaint") else ""


def figures_of(clause: Clause) -> list[Figure]:
    """The numbers of a clause, each with what stands before and behind it."""
    marks = clause.marks
    places = [index for index, mark in enumerate(marks) if mark.cue == NUMBER]
    if not places:
        return []
    figures = []
    lead = _without_subject_matter(marks[: places[0]])
    for place, following in pairwise(places):
        between = marks[place + 1 : following]
        comma = clause.text.find("、", marks[place].end, marks[following].start)
        next_lead = _without_subject_matter([mark for mark in between if mark.start > comma])
        tail = between if comma < 0 else tuple(mark for mark in between if mark.start < comma)
        figures.append(Figure(marks[place], lead, tail, next_lead))
        lead = next_lead
    figures.append(Figure(marks[places[-1]], lead, marks[places[-1] + 1 :]))
    return figures


def _without_subject_matter(lead: Sequence[Mark]) -> Sequence[Mark]:
    """What 要求公开征地资料的申请2件 asks for is told of nothing else."""
    asked = [place for place, mark in enumerate(lead) if mark.cue == "request"]
    if not asked or lead[-1].cue != "bare_request":
        return lead
    return (*lead[: asked[-1] + 1], lead[-1])


def without_light(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that carry a sense of their own."""
    return [mark for mark in marks if mark.cue not in LIGHT]


def touch(
    marks: Sequence[Mark], first: Mark, last: Mark, slack: int = 0, through: str = ""
) -> bool:
    """Whether nothing but light words stands between two marks of a clause.

    ``slack`` is how many characters outside any mark are forgiven, ``through`` a cue that may
    stand between as well.
    """
    position, loose = first.end, 0
    for mark in marks:
        if mark.start < first.end or mark.end > last.start:
            continue
        if mark.cue not in LIGHT and mark.cue != through:
            return False
        loose += mark.start - position
        position = mark.end
    return loose + last.start - position <= slack
