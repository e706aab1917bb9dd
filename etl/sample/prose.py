"""The prose of a made-up report: sentences chosen by seed, and the figures that they state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from random import Random
from string import Formatter
from typing import Any

from etl.form import load_form
from etl.sample.chance import draw_count
from etl.sample.model import Agency, Figures, StatedFigure, Telling
from etl.sample.tables import read_toml

CASES_TOLD = 0.55
OUTCOMES_TOLD = 0.5
Style = Callable[[str], Random]
"""Topic → the draws that choose its sentences."""

_SUBHEAD_STYLES = ("（{n}）", "{i}.", "")


@dataclass(frozen=True, slots=True)
class Said:
    """What the agency says in its prose; a claim fault changes this and leaves the tables alone."""

    items: int
    website: int
    wechat: int
    last_items: int | None
    received: int
    carried_in: int
    concluded: int
    granted: int
    partial: int
    refused: int
    carried_out: int
    reconsideration: int
    litigation: int
    unpaid: int = 0
    """Requests that were closed because a fee wasn't paid."""
    plain_requests: bool = False
    """Say the requests in one plain sentence and nothing of their outcome."""
    all_handled: bool | None = None
    """None: says so by chance when it is true."""
    tell_cases: bool | None = None
    deny_cases: bool = False
    tell_items: bool = False
    """State the total of disclosed items outright."""
    tell_outcomes: bool | None = None
    tell_fees: bool | None = None
    no_problems: int | None = None
    """How section 5 says nothing: 0 without any text, else by the denial of this number."""
    period: str = "period"
    """The list of ``prose.toml`` that the sentence on the statistics period is taken from."""
    author: str = ""
    """Named as the report's author; empty: the agency."""
    signer: str = ""
    """Who signs below the text, with the day; empty: nobody."""

    @property
    def load(self) -> int:
        """Requests to be dealt with: received and carried in."""
        return self.received + self.carried_in

    @property
    def rounded(self) -> int:
        """Disclosed items rounded down to two figures, as in ``1200余条``."""
        unit = 100 if self.items >= 1000 else 10
        return self.items // unit * unit


def true_sayings(figures: Figures, previous: Figures | None, rng: Random) -> Said:
    """What an agency would say that tells the truth."""
    total = {
        line.item: int(figures.values[3, line.item, "total"])
        for line in load_form(figures.edition).section_lines(3)
    }
    cases = {
        party: int(figures.values[4, "case_total", party])
        for party in ("reconsideration", "litigation_direct", "litigation_after")
    }
    website = int(figures.items * rng.uniform(0.5, 0.85))
    return Said(
        items=figures.items,
        website=website,
        wechat=figures.items - website,
        last_items=previous.items if previous else None,
        received=total["received"],
        carried_in=total["carried_in"],
        concluded=total["concluded"],
        granted=total["granted"],
        partial=total["partial"],
        refused=sum(value for item, value in total.items() if item.startswith("refused_")),
        carried_out=total["carried_out"],
        unpaid=total.get("other_unpaid", 0),
        reconsideration=cases["reconsideration"],
        litigation=cases["litigation_direct"] + cases["litigation_after"],
    )


def tell(agency: Agency, year: int, said: Said, style: Style, figures: Random) -> Telling:
    """The prose of one report. ``style`` picks sentences, ``figures`` fills idle numbers in.

    Two reports told with an equal ``style`` carry the same sentences (a copied text), topic by
    topic, as far as their figures allow it.
    """
    return _Teller(agency, year, said, style, figures).tell()


class _Teller:
    def __init__(
        self, agency: Agency, year: int, said: Said, style: Style, figures: Random
    ) -> None:
        self.said, self.dice = said, cache(style)
        self.rollup = agency.scope == "rollup"
        self.texts = read_toml("prose.toml")
        self.claims: list[StatedFigure] = []
        self.all_handled = False
        self.slots: dict[str, Any] = {
            **asdict(said),
            "load": said.load,
            "rounded": said.rounded,
            "agency": agency.agency,
            "we": agency.self_name,
            "county": agency.region,
            "year": year,
            "prev": year - 1,
            "next": year + 1,
            "door": figures.randint(2, 198),
            "phone": f"{figures.randint(0, 99999999):08d}",
            "noise": draw_count(figures, said.items * 1.7 + 40),
            "small": figures.randint(12, 96),
            "tiny": figures.randint(2, 9),
            "day": figures.randint(4, 30),
            **{f"t{n}": topic for n, topic in enumerate(agency.topics, start=1)},
        }

    def tell(self) -> Telling:
        said = self.said
        paragraphs = {0: self._preface(), 1: self._overview(), 5: self._problems()}
        paragraphs[6] = (self._other(),)
        if said.signer:
            paragraphs[6] += (said.signer, self._fill(self.texts["signature"]["day"]))
        paragraphs[2] = paragraphs[3] = paragraphs[4] = ()
        first, last = map(self._fill, self.texts["spans"][said.period])
        return Telling(
            paragraphs,
            tuple(self.claims),
            self.all_handled,
            period=(date.fromisoformat(first), date.fromisoformat(last)),
            authors=(said.author or self.slots["agency"], *filter(None, [said.signer])),
        )

    def _preface(self) -> tuple[str, ...]:
        topics = ["parts", self.said.period, "where"]
        if self.rollup:
            topics.insert(0, "scope_rollup")
        law = self.dice("preface").choice(self.texts["preface"]["law"])
        author = self.said.author or self.slots["agency"]
        opening = str(law.format(**{**self.slots, "agency": author}))
        return (opening + "".join(self._text("preface", topic) for topic in topics),)

    def _overview(self) -> tuple[str, ...]:
        items = "disclosed_plainly" if self.said.tell_items else "disclosed"
        disclosure = self._text("overview", "lead") + self._claiming(items)
        disclosure += self._several("overview", "detail", 2)
        chapters = [
            disclosure,
            self._requests() + self._cases(),
            *(
                self._several(topic, "text", 2) + self._composed(topic)
                for topic in ("management", "platform", "supervision")
            ),
        ]
        dice = self.dice("hard_negative")
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            position = dice.randint(2, 4)
            chapters[position] += self._text("hard_negative", "text")
        return self._with_subheads(chapters)

    def _with_subheads(self, chapters: list[str]) -> tuple[str, ...]:
        dice = self.dice("subheads")
        style = dice.choice(_SUBHEAD_STYLES)
        if not style:
            return tuple(chapters)
        names = self.texts["subheads"]["chapters"]
        numerals = read_toml("wording.toml")["numerals"]
        marks = [style.format(n=numerals[i], i=i + 1) for i in range(len(chapters))]
        if dice.random() < 0.5:
            return tuple(f"{m}{n}。{c}" for m, n, c in zip(marks, names, chapters, strict=True))
        pairs = zip(marks, names, chapters, strict=True)
        return tuple(line for mark, name, text in pairs for line in (mark + name, text))

    def _requests(self) -> str:
        said = self.said
        if not said.received:
            text = self._claiming("requests_zero")
        elif said.carried_in and not said.plain_requests and self._happens("carried", 0.6):
            text = self._claiming("requests_carried")
        else:
            text = self._claiming("requests")
        if said.plain_requests:
            return text
        told = self._happens("outcomes", OUTCOMES_TOLD)
        if said.concluded and (told if said.tell_outcomes is None else said.tell_outcomes):
            text += self._claiming("outcomes")
        if said.carried_out and said.all_handled is None and self._happens("left_over", 0.6):
            text += self._claiming("left_over")
        handled = not said.carried_out and said.load > 0 and self._happens("all_handled", 0.5)
        if handled if said.all_handled is None else said.all_handled:
            self.all_handled = True
            text += self._claiming("all_handled")
        return text

    def _cases(self) -> str:
        said = self.said
        told = self._happens("cases", CASES_TOLD)
        if not (told if said.tell_cases is None else said.tell_cases):
            return ""
        none = said.deny_cases or not (said.reconsideration or said.litigation)
        return self._claiming("cases_zero" if none else "cases")

    def _other(self) -> str:
        """What else there is: of fees too where somebody was asked to pay one."""
        if self.said.unpaid:
            return self._text("other", "charged")
        kind = self.dice("other").choice(("none", "none", "fee"))
        return self._text("other", "none" if self.said.tell_fees is False else kind)

    def _problems(self) -> tuple[str, ...]:
        denial = self.said.no_problems
        if denial is not None:
            denials = self.texts["problems"]["none"]
            return () if denial == 0 else (denials[denial % len(denials)],)
        first = self._text("problems", "text") + self._text("problems", "more")
        first += self._composed("problems")
        lead = self.dice("problems").choice(("存在的主要问题：", "工作中还存在一些不足：", ""))
        return (lead + first, self._several("problems", "next", 2))

    def _happens(self, topic: str, rate: float) -> bool:
        return self.dice(f"whether {topic}").random() < rate

    def _text(self, topic: str, name: str) -> str:
        return self._fill(self.dice(topic).choice(self._usable(topic, name)))

    def _several(self, topic: str, name: str, count: int) -> str:
        chosen = self.dice(topic).sample(self._usable(topic, name), count)
        return "".join(self._fill(text) for text in chosen)

    def _composed(self, topic: str) -> str:
        dice = self.dice(f"composed {topic}")
        lists = self.texts["composed"][topic]
        return self._fill("，".join(dice.choice(one["clauses"]) for one in lists)) + "。"

    def _usable(self, topic: str, name: str) -> list[str]:
        return [text for text in self.texts[topic][name] if self._can_fill(text)]

    def _claiming(self, topic: str) -> str:
        """A sentence of a topic, with the figures that it states noted down."""
        choices = [entry for entry in self.texts[topic] if self._can_fill(entry["text"])]
        entry = self.dice(topic).choice(choices)
        for measure, slot, *channel in entry.get("claims", ()):
            value = float(self.slots.get(slot, slot))
            about = bool(entry.get("about", False))
            self.claims.append(StatedFigure(measure, channel[0] if channel else None, value, about))
        return self._fill(entry["text"])

    def _fill(self, text: str) -> str:
        return text.format(**self.slots)

    def _can_fill(self, text: str) -> bool:
        """Whether every slot has a value: no last year's figure in an agency's first report."""
        names = [name for _, name, _, _ in Formatter().parse(text) if name]
        return all(self.slots[name] is not None for name in names)


def without_requests(said: Said) -> Said:
    """The same, but claiming that no request came in."""
    return replace(said, received=0, plain_requests=True)
