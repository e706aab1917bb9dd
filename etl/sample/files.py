"""The files of a corpus: each report in its format, one in an archive, and a few oddities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from etl.sample import web_page, word_file
from etl.sample.chance import chance
from etl.sample.faults import Plan
from etl.sample.model import SampleReport, Spot
from etl.sample.refusable import refusables
from etl.sample.truth import WrittenReport
from etl.sample.varieties import Variety, varieties
from etl.sample.writers import WRITERS

FORMATS = tuple(dict.fromkeys((*WRITERS, *(variety.ending for variety in varieties()))))
"""What the generator can write: formats, and endings such as htm and wps that share one."""
_SWITCHES_FORMAT = 0.12
_NUMBERED_PAGE = 0.4
_RARE = 0.2
_SHARED_EVERY = 200
"""One file with two reports for so many reports."""
_SHARING = ("docx", "html")
"""Formats of files with two reports; such files are plain ones."""


def choose_varieties(
    reports: Sequence[SampleReport],
    plans: Mapping[Spot, Plan],
    formats: Sequence[str] | None,
    seed: int,
) -> list[Variety]:
    """The variety that each report is written in, by agency and year.

    An agency keeps to one usual variety but for a year now and then. Where no fault is planted, and
    none next year that needs this year's figures, a report may be printed in a rare one.
    """
    offered = _offered(formats)
    usual = [variety for variety in offered if variety.corpus == "usual"] or offered
    names = dict.fromkeys(report.agency.titled for report in reports)
    positions = {name: position for position, name in enumerate(names)}
    chosen = []
    for report in reports:
        name, year = report.agency.titled, report.year
        rng = chance(seed, "format", name, year)
        variety = usual[positions[name] % len(usual)]
        if rng.random() < _SWITCHES_FORMAT:
            variety = rng.choice(usual)
        planned = (name, year) in plans or (name, year + 1) in plans
        fitting = [v for v in offered if v.corpus == "rare" and v.edition in ("", report.edition)]
        if fitting and not planned and chance(seed, "rare", name, year).random() < _RARE:
            variety = chance(seed, "variety", name, year).choice(fitting)
        chosen.append(variety)
    return chosen


def _offered(formats: Sequence[str] | None) -> list[Variety]:
    """The corpus's varieties of these formats; of a format without any, all that are exact."""
    if formats is None:
        return [variety for variety in varieties() if variety.corpus]
    offered = []
    for name in formats:
        named = [variety for variety in varieties() if _is_called(variety, name)]
        listed = [variety for variety in named if variety.corpus]
        offered += listed or [variety for variety in named if variety.fits_any]
    return offered


def _is_called(variety: Variety, name: str) -> bool:
    """Whether files of this variety carry the ending, and don't lie about a format of that name."""
    return variety.ending == name and (variety.format == name or name not in WRITERS)


def share_files(
    reports: Sequence[SampleReport],
    chosen: Sequence[Variety],
    plans: Mapping[Spot, Plan],
    seed: int,
) -> dict[int, int]:
    """Which reports stand below another in one file: position of the first → of the second.

    They are of two towns of one county and of one year, plainly printed, and nothing is planted.
    """
    rng = chance(seed, "shared files")
    free: dict[tuple[str, int], list[int]] = {}
    for position, (report, variety) in enumerate(zip(reports, chosen, strict=True)):
        planned = (report.agency.titled, report.year) in plans
        if report.agency.kind == "乡镇" and not planned and not variety.steps:
            free.setdefault((report.agency.region, report.year), []).append(position)
    pairs: dict[int, int] = {}
    for towns in rng.sample(list(free.values()), len(free)):
        plain = [n for n in towns if chosen[n].format in _SHARING and not chosen[n].dialect]
        if plain and len(towns) > 1 and len(pairs) * _SHARED_EVERY < len(reports):
            first = rng.choice(plain)
            pairs[first] = rng.choice([n for n in towns if n != first])
    return pairs


def write_reports(
    out: Path,
    reports: Sequence[SampleReport],
    chosen: Sequence[Variety],
    shared: Mapping[int, int],
    seed: int,
) -> list[WrittenReport]:
    """Write every report under ``out/reports/YEAR`` in its variety and say where each one is.

    ``shared`` is what ``share_files`` gives. One report in a hundred, at least one, is put into a
    zip archive of its own; its path is then the archive's and the member's with ``!/`` between.
    """
    rng = chance(seed, "archives")
    below = set(shared.values())
    files = [
        (replace(report, companion=reports[shared[n]]) if n in shared else report, variety)
        for n, (report, variety) in enumerate(zip(reports, chosen, strict=True))
        if n not in below
    ]
    archived = set(rng.sample(range(len(files)), -(-len(files) // 100)))
    written = []
    for position, (report, variety) in enumerate(files):
        content = WRITERS[variety.format](report, variety.dialect)
        path = f"reports/{report.year}/{_file_name(report, variety, seed)}"
        if position in archived and variety.format != "zip":
            member = path.rpartition("/")[2]
            archive = f"reports/{report.year}/{report.agency.titled}{report.year}年报送材料.zip"
            _write(out / archive, word_file.pack({member: content}))
            path = f"{archive}!/{member}"
        else:
            _write(out / path, content)
        written.append(WrittenReport(report, path, variety.format, variety.name))
        if second := report.companion:
            written.append(WrittenReport(second, path, variety.format, variety.name))
    return written


def write_earlier(
    out: Path, reports: Sequence[SampleReport], chosen: Sequence[Variety]
) -> Iterator[tuple[str, SampleReport]]:
    """Write the files that a later one on the same year took the place of; yields path and report.

    Such a file's name says that figures were put right after it.
    """
    for report, variety in zip(reports, chosen, strict=True):
        if earlier := report.earlier:
            name = f"{report.agency.titled}{report.year}年政府信息公开工作年度报告（更正前）"
            path = f"reports/{report.year}/{name}.{variety.ending}"
            _write(out / path, WRITERS[variety.format](earlier, variety.dialect))
            yield path, earlier


def write_refusables(
    out: Path, report: SampleReport, endings: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Write files that hold no report; yields each one's path and why it must be refused."""
    for file in refusables(report, corpus=True):
        if file.path.rpartition(".")[2] in endings:
            path = f"reports/{report.year}/{file.path}"
            _write(out / path, file.content)
            yield path, file.reason


def _file_name(report: SampleReport, variety: Variety, seed: int) -> str:
    """Mostly agency and year; some portal pages are saved under a number that says nothing."""
    rng = chance(seed, "name", report.agency.titled, report.year)
    numbered = variety.name == "portal" and rng.random() < _NUMBERED_PAGE
    if numbered and not report.file_year:
        day = report.published_on.strftime("%Y%m%d")
        return f"t{day}_{web_page.page_number(report.title)}.html"
    name = f"{report.agency.region}乡镇" if report.companion else report.agency.titled
    year = report.file_year or report.year
    return f"{name}{year}年政府信息公开工作年度报告.{variety.ending}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
