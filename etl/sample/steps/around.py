"""Steps on what stands around the tables: titles, headings, captions, other tables, widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from etl.form import section_headings
from etl.reading import Measure
from etl.sample.blocks import Block, TableBlock, TextBlock
from etl.sample.layout import Box, Table
from etl.sample.model import SampleReport, StatedFigure
from etl.sample.specimen import sibling
from etl.sample.steps.edit import Step, laid_out, with_blocks
from etl.sample.tables import read_toml

_CLAIMED: dict[str, Measure] = {
    "received": "requests_received",
    "concluded": "requests_concluded",
    "carried_out": "carried_out",
}


def _say(report: SampleReport, template: str) -> str:
    """A text of ``steps.toml`` with the report's own names and years in it."""
    return template.format(
        agency=report.agency.agency,
        county=report.agency.region,
        year=report.year,
        next=report.year + 1,
        previous=report.year - 1,
        before=report.year - 2,
        date=report.published_on.isoformat(),
        number=f"{len(report.title)}{report.year}",
    )


def _text(report: SampleReport, name: str) -> str:
    return _say(report, read_toml("steps.toml")["around"][name])


def _other_table(report: SampleReport, rows: Iterable[Iterable[str]]) -> Table:
    return tuple(tuple(Box(_say(report, text)) for text in row) for row in rows)


def _without_section(report: SampleReport, rng: Random, section: int) -> SampleReport:
    """A section of prose left out, heading and all."""
    assert not report.blocks, "a section is left out before the page is laid out"
    told = {n: texts for n, texts in report.telling.paragraphs.items() if n != section}
    return replace(report, telling=replace(report.telling, paragraphs=told))


def _misfiled(report: SampleReport, rng: Random) -> SampleReport:
    """The file is named for the year before."""
    return replace(report, file_year=report.year - 1)


def _without_headings(report: SampleReport, rng: Random, sections: tuple[int, ...]) -> SampleReport:
    def lost(block: Block) -> bool:
        return (
            isinstance(block, TextBlock) and block.kind == "heading" and block.section in sections
        )

    return with_blocks(report, [block for block in laid_out(report) if not lost(block)])


def _before_tables(report: SampleReport, texts: dict[int, str]) -> SampleReport:
    def blocks() -> Iterator[Block]:
        for block in laid_out(report):
            if isinstance(block, TableBlock) and block.section in texts:
                yield TextBlock("paragraph", block.section, texts[block.section])
            yield block

    return with_blocks(report, blocks())


def _captions(report: SampleReport, rng: Random) -> SampleReport:
    caption = rng.choice(read_toml("steps.toml")["around"]["captions"])
    names = {n: zh for n, (zh, _) in section_headings().items()}
    return _before_tables(
        report,
        {
            n: caption.format(
                n=n - 1, section=names[n], year=report.year, agency=report.agency.agency
            )
            for n in (2, 3, 4)
        },
    )


def _instruction(report: SampleReport, rng: Random) -> SampleReport:
    return _before_tables(report, dict.fromkeys((2, 3, 4), _text(report, "instruction")))


def _figures_before(report: SampleReport, rng: Random) -> SampleReport:
    """Figures of section 3 in prose before its table: claims that the report makes as well."""
    totals = {item: report.cells[3, item, "total"] for item in _CLAIMED}
    sentence = read_toml("steps.toml")["around"]["requests_sentence"]
    text = sentence.format(year=report.year, **{item: cell.raw for item, cell in totals.items()})
    said = {claim.measure for claim in report.telling.claims if claim.channel is None}
    claims = (
        StatedFigure(_CLAIMED[item], None, cell.value or 0)
        for item, cell in totals.items()
        if _CLAIMED[item] not in said
    )
    telling = replace(report.telling, claims=(*report.telling.claims, *claims))
    return _before_tables(replace(report, telling=telling), {3: text})


def _after_titles(report: SampleReport, added: Iterable[Block]) -> SampleReport:
    blocks = laid_out(report)
    titles = sum(isinstance(b, TextBlock) and b.kind == "title" for b in blocks)
    return with_blocks(report, (*blocks[:titles], *added, *blocks[titles:]))


def _widgets(report: SampleReport, rng: Random) -> SampleReport:
    texts = read_toml("steps.toml")["around"]["widgets"]
    return _after_titles(report, [TextBlock("paragraph", 0, text) for text in texts])


def _listed_years(report: SampleReport, rng: Random) -> SampleReport:
    """Links to the reports of other years at the top of the page."""
    text = _text(report, "listed_years")
    return with_blocks(report, (TextBlock("paragraph", 0, text), *laid_out(report)))


def _listed_reports(report: SampleReport, rng: Random) -> SampleReport:
    """Links to other agencies' reports on the same year at the top of the page."""
    titles = [sibling(report, rng).title for _ in range(2)]
    links = (TextBlock("paragraph", 0, title) for title in titles)
    return with_blocks(report, (*links, *laid_out(report)))


def _title_note(report: SampleReport, rng: Random) -> SampleReport:
    return _titled(report, report.title + _text(report, "title_note"))


def _metadata_table(report: SampleReport, rng: Random) -> SampleReport:
    rows = read_toml("steps.toml")["tables"][0]["rows"]
    return with_blocks(report, (TableBlock(0, _other_table(report, rows)), *laid_out(report)))


def _tables_before(report: SampleReport, rng: Random) -> SampleReport:
    """Two unrelated tables at the end of section 1."""
    others = [
        TableBlock(1, _other_table(report, table["rows"]))
        for table in read_toml("steps.toml")["tables"][1:]
    ]
    blocks = laid_out(report)
    end = next(n for n, block in enumerate(blocks) if block.section == 2)
    return with_blocks(report, (*blocks[:end], *others, *blocks[end:]))


def _statistics_after(report: SampleReport, rng: Random) -> SampleReport:
    """The old statistics table (2014 to 2018) as an annex."""
    rows: Any = read_toml("steps.toml")["statistics"]["rows"]
    return with_blocks(report, (*laid_out(report), TableBlock(6, _other_table(report, rows))))


def _attachment(report: SampleReport, rng: Random) -> SampleReport:
    note = TextBlock("paragraph", 6, _text(report, "attachment"))
    return with_blocks(report, (*laid_out(report), note))


def _titled(report: SampleReport, *lines: str) -> SampleReport:
    """Another title, as printed; what doesn't tell agency and year must come from elsewhere."""
    assert not report.blocks, "a title is chosen before the page is laid out"
    return replace(report, title="".join(lines), title_lines=lines)


def _title_over_lines(report: SampleReport, rng: Random) -> SampleReport:
    name, rest = report.agency.agency, report.title.removeprefix(report.agency.agency)
    cut = rest.index("公开")
    return _titled(report, name, rest[:cut], rest[cut:])


def _nameless_preface(report: SampleReport) -> SampleReport:
    """No preface and no title that names the agency: somewhere else must."""
    telling = report.telling
    return replace(report, telling=replace(telling, paragraphs={**telling.paragraphs, 0: ()}))


def _agency_as_publisher(report: SampleReport, rng: Random) -> SampleReport:
    """The agency stands in the publisher's line alone."""
    report = _titled(_nameless_preface(report), _text(report, "year_title"))
    publisher = TextBlock("paragraph", 0, _text(report, "publisher"))
    return replace(_after_titles(report, [publisher]), path=f"{report.year}/nb")


def _agency_in_path(report: SampleReport, rng: Random, path: str) -> SampleReport:
    """The agency stands in the file's name or its folder's alone."""
    titled = _titled(_nameless_preface(report), _text(report, "year_title"))
    return replace(titled, path=_say(report, path))


def _year_in_path(report: SampleReport, rng: Random) -> SampleReport:
    """The year stands in the folder's name alone; the title has the agency."""
    title = report.agency.agency + _text(report, "bare_title")
    return replace(_titled(report, title), path=f"{report.year}/{title}")


def _year_in_period(report: SampleReport, rng: Random) -> SampleReport:
    """The year stands in the sentence on the period of the figures alone."""
    title = report.agency.agency + _text(report, "bare_title")
    telling = report.telling
    preface = (*telling.paragraphs.get(0, ()), _text(report, "period"))
    report = replace(
        report, telling=replace(telling, paragraphs={**telling.paragraphs, 0: preface})
    )
    return replace(_titled(report, title), path=title)


def _title_elsewhere(report: SampleReport, rng: Random) -> SampleReport:
    """A title that the text doesn't print: page metadata and file name carry it."""
    blocks = (b for b in laid_out(report) if isinstance(b, TableBlock) or b.kind != "title")
    return with_blocks(report, blocks)


def _place_title(report: SampleReport, rng: Random) -> SampleReport:
    """A roll-up whose title names the place and no body."""
    return _titled(report, _text(report, "rollup_title"))


def _numbered_file(report: SampleReport, rng: Random) -> SampleReport:
    return replace(report, path=f"t{report.published_on:%Y%m%d}_{rng.randrange(10**6)}")


def _second_report(report: SampleReport, rng: Random) -> SampleReport:
    """Another agency's report below this one."""
    return replace(report, companion=sibling(report, rng), path=f"{report.year}年报汇编")


def _second_year(report: SampleReport, rng: Random) -> SampleReport:
    """The same agency's report on the year before below this one."""
    before = sibling(report, rng)
    year = report.year - 1
    old, new = str(before.year), str(year)
    title = report.title.replace(str(report.year), new)
    paragraphs = {
        section: tuple(
            text.replace(old, new).replace(before.agency.agency, report.agency.agency)
            for text in texts
        )
        for section, texts in before.telling.paragraphs.items()
    }
    telling = replace(before.telling, paragraphs=paragraphs)
    before = replace(
        before, agency=report.agency, year=year, title=title, title_lines=(title,), telling=telling
    )
    return replace(report, companion=before, path=f"{report.agency.agency}年报")


STEPS: dict[str, Step] = {
    "no-section-5": partial(_without_section, section=5),
    "no-section-6": partial(_without_section, section=6),
    "no-heading-5": partial(_without_headings, sections=(5,)),
    "misfiled": _misfiled,
    "no-headings-1-5-6": partial(_without_headings, sections=(1, 5, 6)),
    "no-headings": partial(_without_headings, sections=(1, 2, 3, 4, 5, 6)),
    "captions": _captions,
    "instruction": _instruction,
    "figures-before": _figures_before,
    "widgets": _widgets,
    "listed-years": _listed_years,
    "listed-reports": _listed_reports,
    "title-note": _title_note,
    "metadata-table": _metadata_table,
    "tables-before": _tables_before,
    "statistics-after": _statistics_after,
    "attachment": _attachment,
    "title-over-lines": _title_over_lines,
    "agency-as-publisher": _agency_as_publisher,
    "agency-in-file-name": partial(_agency_in_path, path="{agency}年报"),
    "agency-in-folder": partial(_agency_in_path, path="{agency}/{year}年年报"),
    "year-in-folder": _year_in_path,
    "year-in-period": _year_in_period,
    "title-elsewhere": _title_elsewhere,
    "place-title": _place_title,
    "numbered-file": _numbered_file,
    "second-report": _second_report,
    "second-year": _second_year,
}
