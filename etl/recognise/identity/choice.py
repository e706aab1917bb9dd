"""Decides agency and year from what was stated, and says what told them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.form import FIRST_YEAR
from etl.reading import Doubt, Refused, Scope, Statement, ToldBy
from etl.recognise.identity import paths
from etl.recognise.identity.evidence import Evidence
from etl.recognise.identity.names import (
    agencies_in_title,
    agency_in_title,
    has_place,
    same_agency,
)
from etl.recognise.identity.scope import find_scope
from etl.recognise.identity.titles import LONGEST_TITLE, Line, is_title, is_whole
from etl.recognise.identity.years import find_year, find_years

_UNCERTAIN: tuple[ToldBy, ...] = ("file", "site", "folder")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is: names as printed (in simplified characters), and all that was stated."""

    agency: str
    year: int
    title: str
    scope: Scope
    published_on: date | None
    stated: tuple[Statement, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Title:
    """The report's own title, and what told that it is the one."""

    line: Line
    told_by: ToldBy


def identify(evidence: Evidence) -> Identity:
    """The agency, year, scope and day of publication of a report.

    Raises ``Refused`` (``no-agency``, ``no-year``, ``year-before-form``) rather than guess.
    """
    title = _own_title(evidence)
    agencies = _used_first(_agencies(evidence, title))
    years = _used_first(_years(evidence, title))
    text = title.line.text if title else evidence.path.stem
    if not agencies:
        raise Refused("no-agency", detail=text[:LONGEST_TITLE])
    if not years or _names_several_years(evidence, title):
        raise Refused("no-year", detail=text[:LONGEST_TITLE])
    agency, year = agencies[0].value, int(years[0].value)
    if year < FIRST_YEAR:
        raise Refused("year-before-form", detail=str(year))
    found = find_scope(agency, text, evidence.prose)
    days = _used_first(evidence.days)
    stated = [s for s in (*agencies, *years, *evidence.periods, *days) if _of_document(s)]
    if found.told_by:
        stated.append(
            Statement("scope", found.scope, found.told_by, found.quote, found.place, used=True)
        )
    doubts = list(_doubts(agencies, years, title))
    if found.unsure:
        doubts.append(Doubt("scope-unclear", found.place, agency))
    published_on = date.fromisoformat(days[0].value) if days else None
    return Identity(agency, year, text, found.scope, published_on, tuple(stated), tuple(doubts))


def _own_title(evidence: Evidence) -> _Title | None:
    """The whole title that is the report's own, else the one that tells most, else the path's.

    Raises ``Refused`` when several whole titles stand there and nothing tells which is meant.
    """
    whole = [line for line in evidence.titles if is_whole(line.text)]
    if whole:
        return _settled(whole, evidence)
    if evidence.titles:
        return _Title(max(evidence.titles, key=lambda line: _telling(line.text)), "title")
    if evidence.page_titles:
        return _Title(Line(max(evidence.page_titles, key=_telling), ""), "page")
    stem = paths.file_title(evidence.path)
    return _Title(Line(stem, ""), "file") if is_title(stem) else None


def _telling(title: str) -> int:
    """How much a title tells: agency before year."""
    return 2 * bool(agency_in_title(title)) + bool(find_year(title))


def _settled(titles: Sequence[Line], evidence: Evidence) -> _Title:
    """The first title, unless a page lists several reports: then the one that most speaks for."""
    told = [(agency_in_title(line.text) or "", find_year(line.text)) for line in titles]
    longest = max((agency for agency, _ in told), key=len)
    alike = all(longest.endswith(a) or longest.startswith(a) for a, _ in told)
    if len({year for _, year in told}) <= 1 and alike:
        return _Title(titles[0], "title")
    inside = _support(told, evidence)
    ranked = inside.most_common(2)
    if ranked[0][1] > 1 and (len(ranked) < 2 or ranked[0][1] > ranked[1][1]):
        return _Title(titles[told.index(ranked[0][0])], "title")
    outside = [pair for pair in inside if _path_agrees(pair, evidence)]
    if len(outside) == 1:
        return _Title(titles[told.index(outside[0])], "file")
    code = "no-agency" if len({year for _, year in told}) <= 1 else "no-year"
    raise Refused(code, titles[0].place, "; ".join(line.text for line in titles[:3]))


Named = tuple[str, int | None]


def _support(told: Sequence[Named], evidence: Evidence) -> Counter[Named]:
    """For each agency and year among the titles, how often the document speaks for them."""
    support = Counter(told)
    others = [(agency_in_title(text), find_year(text)) for text in evidence.page_titles]
    years = {int(s.value) for s in evidence.years() if s.told_by in ("period", "preface")}
    authors = [s.value for s in evidence.agencies() if s.told_by in ("publisher", "preface")]
    for agency, year in support:
        support[agency, year] += others.count((agency, year))
        if len({y for _, y in told}) > 1:
            support[agency, year] += year in years
        if len({a for a, _ in told}) > 1:
            support[agency, year] += any(same_agency(agency, author) for author in authors)
    return support


def _path_agrees(named: Named, evidence: Evidence) -> bool:
    """Whether the file's name and folders name this agency and year, as far as they name any."""
    agency = paths.file_agency(evidence.path)
    folder = paths.folder_agency(evidence.path)
    name = agency or (folder.value if folder else None)
    year = paths.file_year(evidence.path) or paths.folder_year(evidence.path)
    if name is None and year is None:
        return False
    return (year in (None, named[1])) and (name is None or same_agency(name, named[0]))


def _agencies(evidence: Evidence, title: _Title | None) -> list[Statement]:
    """What was stated of the agency, the statement that counts first."""
    others = list(evidence.agencies())
    lines = [title] if title else []
    lines += [_Title(line, "title") for line in evidence.titles]
    for found in lines:
        names = agencies_in_title(found.line.text)
        own = [
            Statement("agency", name, found.told_by, found.line.text, found.line.place)
            for name in names
        ]
        if own:
            full = [] if has_place(names[0]) else _with_place(names[0], others)
            return [*full, *own, *others]
    sure = [s for s in others if s.told_by not in _UNCERTAIN]
    return _most_agreed(sure) + [s for s in others if s not in sure] if sure else others


def _with_place(name: str, others: Iterable[Statement]) -> list[Statement]:
    """The most trusted statement that says of which place the title's 县教育局 is."""
    full = [s for s in others if has_place(s.value) and s.value.endswith(name)]
    return full[:1]


def _most_agreed(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with one in front that most kinds of sources agree on."""

    def agreeing(one: Statement) -> int:
        return len({s.told_by for s in statements if same_agency(s.value, one.value)})

    best = max(statements, key=agreeing)  # the first of equals: the most trusted
    return [best, *(s for s in statements if s is not best)]


def _years(evidence: Evidence, title: _Title | None) -> list[Statement]:
    """What was stated of the year, the statement that counts first."""
    others = list(evidence.years())
    lines = [title] if title else []
    lines += [_Title(line, "title") for line in evidence.titles]
    for found in lines:
        if year := find_year(found.line.text):
            quote, place = found.line.text, found.line.place
            return [Statement("year", str(year), found.told_by, quote, place), *others]
    return others


def _names_several_years(evidence: Evidence, title: _Title | None) -> bool:
    """Whether a title is of several years (2022—2023年…) and none of a single one."""
    if title and find_year(title.line.text):
        return False
    return any(len(set(find_years(line.text))) > 1 for line in evidence.titles)


def _of_document(statement: Statement) -> bool:
    """Whether a statement is the reading's own; a path counts only where it had to tell.

    Equal bytes share a reading under whatever names they lie.
    """
    return statement.used or statement.told_by not in ("file", "folder")


def _used_first(statements: Sequence[Statement]) -> list[Statement]:
    """Distinct statements, the first marked as the one that counts."""
    distinct: dict[tuple[str, ...], Statement] = {}
    for statement in statements:
        distinct.setdefault((statement.value, statement.told_by, statement.place), statement)
    found = list(distinct.values())
    found[:1] = [replace(first, used=True) for first in found[:1]]
    return found


def _doubts(
    agencies: Sequence[Statement], years: Sequence[Statement], title: _Title | None
) -> Iterable[Doubt]:
    agency, year = agencies[0], years[0]
    if agency.told_by in _UNCERTAIN or year.told_by in _UNCERTAIN:
        yield Doubt("named-by-path", "", f"{agency.value} {year.value}")
    named = agencies_in_title(title.line.text) if title else ()
    if title and len(named) > 1:
        yield Doubt("joint-title", title.line.place, "、".join(named))
    rivals = [s for s in agencies if _of_document(s) and not same_agency(s.value, agency.value)]
    if not named and rivals:
        detail = "; ".join(dict.fromkeys(s.value for s in (agency, *rivals)))
        yield Doubt("agency-unsure", agency.place, detail)
