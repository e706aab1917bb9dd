"""From true figures to finished reports: the print, the prose and the planned faults together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from etl.form import load_form
from etl.sample.chance import chance
from etl.sample.faults import Plan, plan_faults, planted_steps
from etl.sample.figures import make_figures, on_other_form, without_part
from etl.sample.misprint import misprint
from etl.sample.misstatement import misstate
from etl.sample.model import Agency, Figures, Key, PrintedCell, SampleReport, Spot, Telling
from etl.sample.notation import number, print_cells
from etl.sample.prose import Said, tell, true_sayings
from etl.sample.roster import governments_alone
from etl.sample.tables import read_toml
from etl.sample.wording import spell_form

_BROKEN_HEADS = 0.3
_BROKEN_TITLE = 0.15
_OTHER_NAME = 0.15
_SIGNED = 0.12
_NO_SOURCE = frozenset(
    {"year-gap", "report-missing", "text-repeated", "text-copied", "problems-empty"}
)
"""Reports that aren't there, or have no prose of their own to copy."""


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What every report of a corpus draws on."""

    agencies: Sequence[Agency]
    figures: Mapping[Spot, Figures]
    plans: Mapping[Spot, Plan]
    seed: int

    def told_figures(self, agency: Agency, year: int) -> Figures:
        """What the report starts from: where planted, last year's or another form's figures."""
        rule = self.rule(agency, year)
        true = self.figures[agency.titled, year]
        if rule == "figures-repeated":
            return self.figures[agency.titled, year - 1]
        if rule == "old-edition":
            before = self.figures.get((agency.titled, year - 1))
            rng = chance(self.seed, "other form", agency.titled, year)
            return on_other_form(true, before, agency, rng)
        forgotten = self._smallest_part(agency, year) if rule == "rollup" else None
        return without_part(true, forgotten) if forgotten else true

    def rule(self, agency: Agency, year: int) -> str:
        """The rule that a fault is planted for; empty without one."""
        plan = self.plans.get((agency.titled, year))
        return plan.rule if plan else ""

    def _smallest_part(self, government: Agency, year: int) -> Figures | None:
        """The part of a government that had least to do, but something; None without any."""
        parts = [
            self.figures[part.titled, year]
            for part in self.agencies
            if part.parent == government.agency and part.active(year)
        ]
        busy = [part for part in parts if any(part.values.values())]
        return min(busy, key=lambda part: sum(map(abs, part.values.values())), default=None)


def make_reports(
    agencies: Sequence[Agency], years: tuple[int, int], seed: int
) -> tuple[list[SampleReport], dict[Spot, Plan]]:
    """Every report that gets written, by agency and year, and the plan of faults behind them.

    Those that governments make for themselves alone come last.
    """
    everyone = [*agencies, *governments_alone(agencies, years)]
    figures = make_figures(everyone, years, seed)
    plans = plan_faults(agencies, figures, seed)
    corpus = _Corpus(everyone, figures, plans, seed)
    spots = [(a, year) for a in everyone for year in range(a.reports_from, a.reports_to + 1)]
    unwritten = {spot for spot, plan in plans.items() if plan.unwritten}
    reports = [
        _make_report(corpus, agency, year)
        for agency, year in spots
        if (agency.titled, year) not in unwritten
    ]
    return reports, plans


def _make_report(corpus: _Corpus, agency: Agency, year: int) -> SampleReport:
    spot = (agency.titled, year)
    rng = chance(corpus.seed, "report", *spot)
    edition = corpus.told_figures(agency, year).edition
    steps = planted_steps(corpus.plans.get(spot))
    rule = corpus.rule(agency, year)
    source = _sentences_of(corpus, agency, year)
    cells = _printed_cells(corpus, agency, year, rng)
    title = _title(agency, year, rng)
    report = SampleReport(
        agency=agency,
        year=year,
        edition=edition,
        title=title,
        title_lines=_title_lines(agency, title, rng),
        published_on=_publication(agency, year, late=rule == "late", rng=rng),
        cells=cells,
        printed_sections=frozenset(k[0] for k, cell in cells.items() if cell.state != "absent"),
        lost_table_note=rng.choice(read_toml("wording.toml")["table_lost"]),
        telling=_telling(corpus, agency, year, source, rng),
        wordings=spell_form(load_form(edition), rng, rng.random() < _BROKEN_HEADS),
        steps=steps,
        text_from="" if source == spot else f"{source[0]} {source[1]}",
    )
    return _with_earlier(report, rng) if rule == "conflicting-copies" else report


def _with_earlier(report: SampleReport, rng: Random) -> SampleReport:
    """The report with another file of the year, published before it, that has a figure less."""
    counts = [
        key
        for key, cell in report.cells.items()
        if key[0] == 2 and key[2] != "amount" and cell.value and cell.value > 0
    ]
    key = rng.choice(counts)
    cells = {**report.cells, key: number((report.cells[key].value or 0) - 1)}
    day = report.published_on - timedelta(days=7)
    return replace(report, earlier=replace(report, cells=cells, published_on=day))


def _printed_cells(
    corpus: _Corpus, agency: Agency, year: int, rng: Random
) -> dict[Key, PrintedCell]:
    """The cells as printed; no gaps where a planted fault, this year or next, needs the figures."""
    own, plan = corpus.told_figures(agency, year), corpus.plans.get((agency.titled, year))
    needed = plan is not None or (agency.titled, year + 1) in corpus.plans
    gaps_allowed = not needed and agency.scope == "agency"
    printed = print_cells(load_form(own.edition), own.values, rng, gaps_allowed)
    return misprint(plan, printed, rng)


def _telling(corpus: _Corpus, agency: Agency, year: int, source: Spot, rng: Random) -> Telling:
    spot = (agency.titled, year)
    previous = corpus.figures.get((agency.titled, year - 1))
    truth = true_sayings(corpus.told_figures(agency, year), previous, rng)
    truth = _signed(truth, agency, chance(corpus.seed, "names", *spot))
    said = misstate(corpus.plans.get(spot), truth, agency)
    style = partial(chance, corpus.seed, "style", *source)
    topics = next(a.topics for a in corpus.agencies if a.titled == source[0])
    return tell(replace(agency, topics=topics), year, said, style, rng)


def _signed(said: Said, agency: Agency, rng: Random) -> Said:
    """The agency as author, now and then by another of its names, and here and there as signer."""
    first, *others = agency.authors
    author = rng.choice(others) if others and rng.random() < _OTHER_NAME else first
    return replace(said, author=author, signer=first if rng.random() < _SIGNED else "")


def _sentences_of(corpus: _Corpus, agency: Agency, year: int) -> Spot:
    """Whose sentences it uses: its own; where planted last year's, its own or another body's."""
    rule = corpus.rule(agency, year)
    if rule == "text-repeated":
        return (agency.titled, year - 1)
    if rule != "text-copied":
        return (agency.titled, year)
    others = [
        other
        for other in corpus.agencies
        if other.scope == agency.scope
        and other.titled != agency.titled
        and other.active(year - 1)
        and corpus.rule(other, year - 1) not in _NO_SOURCE
    ]
    if not others:
        return (agency.titled, year)
    return (chance(corpus.seed, "copied", agency.titled, year).choice(others).titled, year - 1)


def _title(agency: Agency, year: int, rng: Random) -> str:
    title: str = rng.choice(read_toml("wording.toml")["titles"])
    name = agency.titled
    if agency.level == "乡级" and agency.aliases and rng.random() < 0.2:
        name = agency.aliases[0]
    return title.format(agency=name, year=year)


def _title_lines(agency: Agency, title: str, rng: Random) -> tuple[str, ...]:
    """The title, now and then broken in two after the agency's name or in front of 政府信息."""
    if rng.random() >= _BROKEN_TITLE:
        return (title,)
    cut = title.find("政府信息")
    if title.startswith(agency.titled) and rng.random() < 0.5:
        cut = len(agency.titled)
    return (title[:cut], title[cut:])


def _publication(agency: Agency, year: int, *, late: bool, rng: Random) -> date:
    """A working day in January (governments: in March) of the next year; later when it is late."""
    start = date(year + 1, 3, 2) if agency.scope == "rollup" else date(year + 1, 1, 8)
    day = start + timedelta(days=rng.randint(0, 21) + (45 if late else 0))
    return day - timedelta(days=max(0, day.weekday() - 4))
