"""Statutory tables as grids, for tests that then break them."""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Document, Grid, Paragraph, Slot
from etl.form import Edition, load_form

TITLE = "青石镇{year}年政府信息公开工作年度报告"


def grid(rows: Sequence[Sequence[str]], aligned: bool = True) -> Grid:
    """A grid of unmerged cells; ``None``-free, a blank cell is an empty string."""
    slots = tuple(
        tuple(
            Slot(text, r, c, f"R{r + 1} C{c + 1}")
            for c, text in enumerate(texts)
        )
        for r, texts in enumerate(rows)
    )  # fmt: skip
    return Grid(slots, "T1", aligned)


def requests_rows(edition: Edition, labels: int = 1) -> list[list[str]]:
    """Section 3 with the number of its row and column in each cell (row 1: 101 … 107).

    ``labels`` is the number of label columns; with more than one the label stands in the last.
    """
    form = load_form(edition)
    heads = [head.label for head in form.section_heads(3)]
    padding = [""] * (labels - 1)
    rows = [[*padding, "", *heads]]
    for number, line in enumerate(form.section_lines(3), start=1):
        figures = [str(100 * number + column) for column in range(1, 8)]
        rows.append([*padding, line.label, *figures])
    return rows


def disclosure_rows(edition: Edition) -> list[list[str]]:
    """Section 2 with the cell's number from 1 in each cell."""
    form = load_form(edition)
    rows: list[list[str]] = []
    group = ""
    for line in form.section_lines(2):
        heads = form.section_heads(2, line.group)
        if line.group != group:
            group = line.group
            rows.append(["信息内容", *(head.label for head in heads)])
        numbers = [form.cell(2, line.item, head.party).number for head in heads]
        rows.append([line.label, *map(str, numbers)])
    return rows


CASES = (1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 11, 12, 13, 45)
"""Figures of section 4, no two alike; every route adds up."""


def proceedings_rows() -> list[list[str]]:
    """Section 4 with ``CASES`` in its cells."""
    form = load_form("2021")
    heads = form.section_heads(4)
    outcomes = [line.label for line in form.section_lines(4)]
    routes = [text for head in heads for text in (head.label, *[""] * (len(outcomes) - 1))]
    return [routes, outcomes * len(heads), [str(n) for n in CASES]]


def document(*blocks: Grid | Paragraph, year: int = 2022) -> Document:
    """A document with a title before the blocks."""
    return Document("html", (Paragraph(TITLE.format(year=year), "P1"), *blocks))
