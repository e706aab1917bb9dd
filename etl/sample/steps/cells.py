"""Steps on figures: the same values printed in other ways, gaps, and text that is no number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from random import Random

from etl.form import FormCell, load_form
from etl.sample.model import PrintedCell, SampleReport
from etl.sample.notation import number
from etl.sample.steps.edit import Step
from etl.sample.tables import read_toml

_BLANK = PrintedCell("blank", None, "")
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")

Fits = Callable[[FormCell, PrintedCell], bool]
Print = Callable[[FormCell, PrintedCell], PrintedCell]


def _reprint(report: SampleReport, fits: Fits, printer: Print) -> SampleReport:
    """The report with every cell that ``fits`` printed anew; only numbers are tried."""
    assert not report.blocks, "cells are printed before the page is laid out"
    cells = dict(report.cells)
    for cell in load_form(report.edition).cells:
        key = (cell.section, cell.item, cell.party)
        if cells[key].state == "number" and fits(cell, cells[key]):
            cells[key] = printer(cell, cells[key])
    return replace(report, cells=cells)


def _zero(cell: FormCell, printed: PrintedCell) -> bool:
    return printed.value == 0


def _blank_zeros(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(report, _zero, lambda cell, printed: _BLANK)


def _totals_alone(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report, lambda cell, _: cell.section == 3 and cell.party != "total", lambda *_: _BLANK
    )


def _blank_totals(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report, lambda cell, _: cell.section == 3 and cell.party == "total", lambda *_: _BLANK
    )


def _blank_table(report: SampleReport, rng: Random, section: int) -> SampleReport:
    return _reprint(report, lambda cell, _: cell.section == section, lambda *_: _BLANK)


def _slashed_rules(report: SampleReport, rng: Random) -> SampleReport:
    dash = PrintedCell("dash", None, "/")
    return _reprint(report, lambda cell, _: cell.item == "regulation", lambda *_: dash)


def _dashed_zeros(report: SampleReport, rng: Random) -> SampleReport:
    """Zeros of section 4 as one kind of dash, those of sections 2 and 3 as others."""
    kinds = rng.sample(read_toml("wording.toml")["dashes"], 3)
    return _reprint(
        report, _zero, lambda cell, _: PrintedCell("dash", None, kinds[cell.section - 2])
    )


def _in_turn(raws: Iterable[PrintedCell]) -> Print:
    turns = iter(raws)
    return lambda cell, printed: next(turns, printed)


def _worded_changes(report: SampleReport, rng: Random) -> SampleReport:
    """增98, 减少3, 增, --253, 0/0 and the like where the form wants a signed number."""
    texts = read_toml("steps.toml")["changes"]
    cells = [
        PrintedCell("number" if "value" in text else "unreadable", text.get("value"), text["raw"])
        for text in rng.sample(texts, len(texts))
    ]
    return _reprint(report, lambda cell, _: cell.head.kind == "change", _in_turn(cells))


def _words(report: SampleReport, rng: Random) -> SampleReport:
    """Words where a figure belongs, in one cell of each section."""
    raws = rng.sample(read_toml("wording.toml")["unreadable"], 3)
    chosen = {
        rng.choice(load_form(report.edition).section_cells(section)): PrintedCell(
            "unreadable", None, raw
        )
        for section, raw in zip((2, 3, 4), raws, strict=True)
    }
    return _reprint(report, lambda cell, _: cell in chosen, lambda cell, _: chosen[cell])


def _measure_words(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report,
        lambda cell, _: cell.head.kind == "count",
        lambda cell, printed: replace(printed, raw=f"{printed.raw}{cell.head.unit}"),
    )


def _amounts(report: SampleReport, rng: Random, unit: str) -> SampleReport:
    """Amounts with 元 or 万元 in the cell itself."""
    return _reprint(
        report,
        lambda cell, _: cell.head.kind == "amount",
        lambda cell, printed: replace(printed, raw=_money(printed.value or 0, unit)),
    )


def _money(value: float, unit: str) -> str:
    return number(round(value * 10_000) if unit in ("元", "") else value).raw + unit


def _separators(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report,
        lambda cell, printed: cell.head.kind == "count" and (printed.value or 0) >= 1_000,
        lambda cell, printed: replace(printed, raw=f"{printed.value:,.0f}"),
    )


def _decimals(report: SampleReport, rng: Random) -> SampleReport:
    """Counts with two decimals, as spreadsheets show them."""
    return _reprint(
        report,
        lambda cell, _: cell.head.kind == "count",
        lambda cell, printed: replace(printed, raw=f"{printed.value:.2f}"),
    )


def _full_width_figures(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report,
        lambda *_: True,
        lambda cell, printed: replace(printed, raw=printed.raw.translate(_FULL_WIDTH)),
    )


def _spaced_figures(report: SampleReport, rng: Random) -> SampleReport:
    """Spaces before and after figures, plain, hard and full width."""

    def spaced(cell: FormCell, printed: PrintedCell) -> PrintedCell:
        space = rng.choice((" ", "  ", "\u3000", "\xa0"))
        return replace(
            printed, raw=space + printed.raw if rng.random() < 0.5 else printed.raw + space
        )

    return _reprint(report, lambda *_: True, spaced)


def _split_figures(report: SampleReport, rng: Random) -> SampleReport:
    """A space between the digits of some figures of three digits and more."""

    def fits(cell: FormCell, printed: PrintedCell) -> bool:
        return cell.section == 3 and (printed.value or 0) >= 100 and rng.random() < 0.2

    return _reprint(
        report,
        fits,
        lambda cell, printed: replace(printed, raw=f"{printed.raw[:-2]} {printed.raw[-2:]}"),
    )


def _signed(report: SampleReport, rng: Random) -> SampleReport:
    return _reprint(
        report,
        lambda cell, printed: cell.head.kind == "change" and (printed.value or 0) > 0,
        lambda cell, printed: replace(printed, raw=f"+{printed.raw}"),
    )


STEPS: dict[str, Step] = {
    "blank-zeros": _blank_zeros,
    "totals-alone": _totals_alone,
    "blank-totals": _blank_totals,
    "blank-disclosure": partial(_blank_table, section=2),
    "blank-disputes": partial(_blank_table, section=4),
    "slashed-rules": _slashed_rules,
    "dashed-zeros": _dashed_zeros,
    "worded-changes": _worded_changes,
    "words": _words,
    "measure-words": _measure_words,
    "amounts-yuan": partial(_amounts, unit="元"),
    "amounts-wan": partial(_amounts, unit="万元"),
    "amounts-bare-yuan": partial(_amounts, unit=""),
    "separators": _separators,
    "decimals": _decimals,
    "full-width-figures": _full_width_figures,
    "spaced-figures": _spaced_figures,
    "split-figures": _split_figures,
    "signed": _signed,
}
