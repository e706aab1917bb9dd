"""Everything in one report and around it that may tell whose it is, kept apart by source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from etl.document import Document
from etl.reading import Prose, Statement, ToldBy
from etl.recognise.identity import paths
from etl.recognise.identity.dates import days_stated, signatures
from etl.recognise.identity.labelled import Fact, labelled_facts
from etl.recognise.identity.names import agencies_in_title, clean_name, is_agency
from etl.recognise.identity.preface import find_period_sentence, named_authors, named_years
from etl.recognise.identity.titles import (
    TITLE_SEARCH,
    Line,
    is_title,
    title_candidates,
)
from etl.recognise.identity.years import find_year, sole_period
from etl.recognise.outline import contents_end
from etl.recognise.rows import Row
from etl.recognise.script import simplified
from etl.recognise.tables import heading_section

_SITE = re.compile(r"[_|]|\s[-–—]\s")
"""What sets a page's title off from its site's name."""
_FIRST_WORD = re.compile(r"[\s|]")


@dataclass(frozen=True)
class Evidence:
    """One report's rows and prose, the file's path, and the metadata of its ``document``."""

    rows: Sequence[Row]
    prose: Sequence[Prose]
    path: PurePosixPath
    document: Document

    @cached_property
    def top(self) -> list[Line]:
        """The lines before the first section: links to other years' reports follow it."""
        contents = self._contents_end
        rows = self.rows[: self._text_begins]
        return [
            Line(simplified(row.filled[0].text), row.filled[0].place)
            for position, row in enumerate(rows)
            if len(row.filled) == 1 and (position >= contents or heading_section(row) is None)
        ]

    @cached_property
    def _contents_end(self) -> int:
        return contents_end(self.rows)

    @cached_property
    def _text_begins(self) -> int:
        """The position of the first section's heading, behind a table of contents if there is one.

        Without that heading, so many lines from the top as may hold a title.
        """
        begin = self._contents_end
        lines = [n for n, row in enumerate(self.rows) if n >= begin and len(row.filled) == 1]
        first = (n for n in lines if heading_section(self.rows[n]) == 1)
        last = lines[TITLE_SEARCH] if len(lines) > TITLE_SEARCH else len(self.rows)
        return next(first, last)

    @cached_property
    def titles(self) -> list[Line]:
        """Lines of the document that read like a title, its labelled title among them."""
        labelled = [Line(f.text, f.place) for f in self.facts if f.use == "title"]
        return [*(line for line in labelled if is_title(line.text)), *title_candidates(self.top)]

    @cached_property
    def page_titles(self) -> list[str]:
        """Titles that only metadata states: the page's title and what else it names."""
        texts = (_SITE.split(simplified(self.document.title))[0], *self._hints)
        return [text for text in texts if is_title(text)]

    @cached_property
    def facts(self) -> list[Fact]:
        """Labelled facts above the text."""
        return list(labelled_facts(self.rows[: self._text_begins]))

    @cached_property
    def days(self) -> list[Statement]:
        """Days of publication, the most trusted first."""
        return list(days_stated(self.document, self.facts, self.top, self._end))

    @cached_property
    def periods(self) -> list[Statement]:
        """Statistics periods, first one that stands in a line of its own below the title."""
        found: list[Statement] = []
        for line in self.top:
            if period := sole_period(line.text):
                found.append(Statement("period", str(period), "title", line.text, line.place))
        for paragraph in (p for p in self.prose if p.section <= 1):
            sentence = find_period_sentence(simplified(paragraph.text))
            if sentence and paragraph.place not in [s.place for s in found]:
                period, quote = sentence
                found.append(Statement("period", str(period), "period", quote, paragraph.place))
        return found

    def agencies(self) -> Iterator[Statement]:
        """The agencies that anything but the title names, the most trusted first."""
        yield from self._agencies_in_text()
        for title in self.page_titles:
            for name in agencies_in_title(title):
                yield _agency(name, "page", title)
        if filed := paths.file_agency(self.path):
            yield _agency(filed, "file", self.path.name)
        for hint in self._hints:
            if is_agency(clean_name(hint)) and not hint.endswith("有限公司"):
                yield _agency(clean_name(hint), "site", hint)
        if folder := paths.folder_agency(self.path):
            yield _agency(folder.value, "folder", folder.quote)

    def _agencies_in_text(self) -> Iterator[Statement]:
        for fact in self.facts:
            name = clean_name(_FIRST_WORD.split(fact.text)[0])
            if fact.use == "publisher" and is_agency(name):
                yield _agency(name, "publisher", f"{fact.label}：{fact.text}", fact.place)
        for paragraph in self._opening:
            for name, clause in named_authors(simplified(paragraph.text)):
                yield _agency(name, "preface", clause, paragraph.place)
        for line in signatures(self._end):
            yield _agency(line.text, "signature", line.text, line.place)

    def years(self) -> Iterator[Statement]:
        """The years that anything but the title names, the most trusted first."""
        for stated in self.periods:
            first, last = stated.value[:4], stated.value[11:15]
            if first == last:
                yield Statement("year", first, "period", stated.quote, stated.place)
        for paragraph in self._opening:
            for year, clause in named_years(simplified(paragraph.text)):
                yield Statement("year", str(year), "preface", clause, paragraph.place)
        for title in self.page_titles:
            if named := find_year(title):
                yield Statement("year", str(named), "page", title)
        if named := paths.file_year(self.path):
            yield Statement("year", str(named), "file", self.path.name)
        if named := paths.folder_year(self.path):
            yield Statement("year", str(named), "folder", str(self.path.parent))

    @cached_property
    def _opening(self) -> list[Prose]:
        """The paragraphs in which a report says who and what it is: the preface, else the start."""
        preface = [p for p in self.prose if p.section == 0]
        return preface[:TITLE_SEARCH] or [p for p in self.prose if p.section == 1]

    @cached_property
    def _end(self) -> list[Line]:
        """The lines of the last sections, below which a report is signed."""
        return [Line(simplified(p.text), p.place) for p in self.prose if p.section >= 5]

    @property
    def _hints(self) -> list[str]:
        return [simplified(hint) for hint in self.document.hints]


def gather(rows: Sequence[Row], prose: Sequence[Prose], name: str, document: Document) -> Evidence:
    """The evidence on one report; ``name`` is the file's path."""
    return Evidence(rows, prose, PurePosixPath(simplified(name)), document)


def _agency(name: str, told_by: ToldBy, quote: str, place: str = "") -> Statement:
    return Statement("agency", name, told_by, quote, place)
