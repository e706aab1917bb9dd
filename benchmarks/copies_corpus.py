"""A warehouse of made-up prose with planted copies, of which it is known what share is copied."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.warehouse.connect import insert_rows, open_for_writing
from etl.warehouse.schema import create_schema

YEARS = (2021, 2025)
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
COPIED, REPEATED, TEMPLATE = 0.03, 0.03, 0.02
"""Parts of the reports that copy another agency, their own last year, one text that all share."""

_EDITED = 0.25
"""Part of the copied sentences in which a word is changed."""
_STOCK = 0.15
_TOPICS = 8
_BATCH = 5000
_SECTIONS = ((1, 0.6), (5, 0.35), (6, 0.05))
_PROSE = pa.schema(
    [
        ("reading_id", pa.int32()), ("ordinal", pa.int32()), ("section", pa.uint8()),
        ("text", pa.string()), ("place", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A report whose text is another's: which, as what kind, and what share was taken over."""

    report_id: int
    other_report_id: int
    kind: str
    share: float


class Phrases:
    """Composes sentences; one with the same random state composes the same ones."""

    def __init__(self, chance: random.Random) -> None:
        """Draw from ``chance``."""
        path = Path(__file__).with_name("copies_phrases.toml")
        self._lists: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
        self._chance = chance
        self._weights = [1 / (rank + 1) for rank in range(len(self._lists["stock"]))]
        self._fill: dict[str, Callable[[list[str]], str]] = {
            "topic": self._chance.choice,
            "we": lambda _: "我局",
            "number": lambda _: str(self._chance.randrange(2, 400)),
        }

    def topics(self) -> list[str]:
        """What one agency writes about."""
        pairs = (self._lists["topic_start"], self._lists["topic_end"])
        return ["".join(map(self._chance.choice, pairs)) for _ in range(_TOPICS)]

    def sentence(self, topics: list[str]) -> str:
        """A sentence about some of these topics."""
        if self._chance.random() < _STOCK:
            return str(self._chance.choices(self._lists["stock"], self._weights)[0]) + "。"
        frame: str = self._chance.choice(self._lists["frames"])
        pieces = []
        for part in frame.split("{"):
            slot, brace, rest = part.partition("}")
            if not brace:
                pieces.append(part)
                continue
            fill = self._fill.get(slot)
            pieces.append(fill(topics) if fill else self._chance.choice(self._lists[slot]))
            pieces.append(rest)
        return "".join(pieces) + "。"

    def text(self, topics: list[str], length: int) -> list[str]:
        """Sentences of about ``length`` characters together."""
        found: list[str] = []
        while length > 0:
            found.append(self.sentence(topics))
            length -= len(found[-1])
        return found

    def edited(self, sentence: str, topics: list[str]) -> str:
        """A copied sentence with new figures, and now and then a word changed."""
        digits = (str(self._chance.randrange(10)) if c.isdigit() else c for c in sentence)
        sentence = "".join(digits)
        if self._chance.random() < _EDITED:
            at = self._chance.randrange(len(sentence) - 1)
            sentence = sentence[:at] + self._chance.choice(topics) + sentence[at + 2 :]
        return sentence


def build_corpus(path: Path, texts: int, seed: int = 1) -> list[Planted]:
    """Write a warehouse with so many reports' prose to ``path``; what was planted in it."""
    years = range(YEARS[0], YEARS[1] + 1)
    agencies = texts // len(years)
    with open_for_writing(path) as connection:
        create_schema(connection)
        connection.execute(
            "insert into agency select number, '第' || number || '局', null, '县级', '部门', "
            "null, null, null, true, null, null from range($1) as numbers(number)",
            [agencies],
        )
        connection.execute(
            "insert into report select year * 1000000 + number, number, '第' || number || '局', "
            "year, '2021', 'agency', '', $date + (365 * (year - 2021) + number % 60)::integer, "
            "'', (year - $first) * $agencies + number "
            "from range($agencies) as numbers(number), range($first, $last + 1) as years(year)",
            {"agencies": agencies, "first": years[0], "last": years[-1], "date": date(2022, 1, 1)},
        )
        writer = _Writer(random.Random(seed), agencies)
        rows: list[tuple[int, int, int, str, str]] = []
        for year in years:
            for number, sentences in enumerate(writer.year(year)):
                rows += _paragraphs((year - years[0]) * agencies + number, sentences)
                if len(rows) >= _BATCH * 10:
                    insert_rows(connection, "prose", _PROSE, rows)
                    rows.clear()
        insert_rows(connection, "prose", _PROSE, rows)
    return writer.planted


class _Writer:
    """Writes one year's reports after the other and notes what it copied."""

    def __init__(self, chance: random.Random, agencies: int) -> None:
        self._chance, self._phrases = chance, Phrases(chance)
        self._topics = [self._phrases.topics() for _ in range(agencies)]
        self._template = self._phrases.text(self._phrases.topics(), 2500)
        self._before: list[list[str]] = []
        self.planted: list[Planted] = []

    def year(self, year: int) -> Iterator[list[str]]:
        """Every agency's sentences, in the agencies' order."""
        written: list[list[str]] = []
        for agency, topics in enumerate(self._topics):
            written.append(self._sentences(year, agency, topics))
            yield written[-1]
        self._before = written

    def _sentences(self, year: int, agency: int, topics: list[str]) -> list[str]:
        fresh = self._phrases.text(topics, self._chance.randrange(1500, 5000))
        lot = self._chance.random()
        if lot < TEMPLATE:
            self.planted.append(Planted(_report_id(year, agency), 0, "template", 1.0))
            return [self._phrases.edited(sentence, topics) for sentence in self._template]
        if not self._before or lot > TEMPLATE + COPIED + REPEATED:
            return fresh
        kind = "copied" if lot < TEMPLATE + COPIED else "repeated"
        whose = agency if kind == "repeated" else self._other(agency)
        share = self._chance.choice(SHARES)
        source = self._before[whose]
        self.planted.append(
            Planted(_report_id(year, agency), _report_id(year - 1, whose), kind, share)
        )
        return self._mixed(source, fresh, share, topics)

    def _other(self, agency: int) -> int:
        return (agency + self._chance.randrange(1, len(self._topics))) % len(self._topics)

    def _mixed(
        self, source: list[str], fresh: list[str], share: float, topics: list[str]
    ) -> list[str]:
        """A run of the source's sentences, so that they make up ``share`` of the new text."""
        wanted = min(len(source), max(1, round(len(source) * share)))
        start = self._chance.randrange(len(source) - wanted + 1)
        taken = [self._phrases.edited(s, topics) for s in source[start : start + wanted]]
        rest = sum(map(len, taken)) * (1 - share) / share
        own: list[str] = []
        for sentence in fresh * 4:
            if sum(map(len, own)) >= rest:
                break
            own.append(sentence)
        half = len(own) // 2
        return [*own[:half], *taken, *own[half:]]


def _report_id(year: int, agency: int) -> int:
    return year * 1_000_000 + agency


def _paragraphs(reading_id: int, sentences: list[str]) -> Iterator[tuple[int, int, int, str, str]]:
    start, ordinal = 0, 0
    for section, part in _SECTIONS:
        end = start + max(1, round(len(sentences) * part))
        for at in range(start, min(end, len(sentences)), 5):
            ordinal += 1
            text = "".join(sentences[at : min(at + 5, end)])
            yield reading_id, ordinal, section, text, f"P{ordinal}"
        start = end
