"""How figures are printed: plainly, or with the quirks of real reports, each with its own truth."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from etl.form import Form, FormCell
from etl.sample.model import Key, PrintedCell
from etl.sample.tables import read_toml

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_QUIRKS: tuple[tuple[str, float], ...] = (
    ("full_width", 0.03),
    ("separators", 0.08),
    ("measure_word", 0.05),
    ("signed", 0.2),
    ("yuan", 0.04),
)
_GAPS: tuple[tuple[str, float], ...] = (
    ("dashed_rules", 0.05),
    ("blank_disputes", 0.02),
    ("blank_columns", 0.02),
)


def number(value: float) -> PrintedCell:
    """A figure printed plainly: whole without a point, decimals without trailing zeros."""
    text = str(int(value)) if value == int(value) else repr(round(value, 4))
    return PrintedCell("number", value, text)


def print_cells(
    form: Form, values: dict[Key, float], rng: Random, gaps_allowed: bool
) -> dict[Key, PrintedCell]:
    """Every cell of the edition as printed; zeros may be left out where gaps are allowed."""
    quirks = {name for name, rate in _QUIRKS if rng.random() < rate}
    gaps = {name for name, rate in _GAPS if rng.random() < rate} if gaps_allowed else set()
    dash = rng.choice(read_toml("wording.toml")["dashes"])
    cells = {}
    for cell in form.cells:
        key = (cell.section, cell.item, cell.party)
        plain = number(values[key])
        cells[key] = _gap(cell, plain, gaps, dash) or _quirk(cell, plain, quirks)
    return cells


def _gap(cell: FormCell, plain: PrintedCell, gaps: set[str], dash: str) -> PrintedCell | None:
    if plain.value:
        return None
    if "dashed_rules" in gaps and cell.item == "regulation":
        return PrintedCell("dash", None, dash)
    disputes = "blank_disputes" in gaps and cell.section == 4
    columns = "blank_columns" in gaps and cell.section == 3 and cell.party != "total"
    return PrintedCell("blank", None, "") if disputes or columns else None


def _quirk(cell: FormCell, plain: PrintedCell, quirks: set[str]) -> PrintedCell:
    """The figure in the first way of printing that the report uses and the cell allows."""
    assert plain.value is not None
    printers: dict[str, Callable[[float], str]] = {
        "yuan": lambda value: f"{round(value * 10_000)}元",
        "signed": lambda value: f"{value:+.0f}",
        "separators": lambda value: f"{value:,.0f}",
        "measure_word": lambda value: f"{value:.0f}{cell.head.unit}",
        "full_width": lambda value: plain.raw.translate(_FULL_WIDTH),
    }
    fits = {
        "yuan": cell.head.kind == "amount" and plain.value > 0,
        "signed": cell.head.kind == "change" and plain.value > 0,
        "separators": cell.head.kind == "count" and plain.value >= 1000,
        "measure_word": cell.head.kind == "count" and cell.section == 2,
        "full_width": cell.section > 2,
    }
    for name, printer in printers.items():
        if name in quirks and fits[name]:
            return PrintedCell("number", plain.value, printer(plain.value))
    return plain
