"""The statutory tables as printed, figures that tie out, and the ways that text flattens them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from etl.form import Edition, groups, load_form
from etl.readers import read_bytes
from etl.readers.grids import Cell, lay_out
from etl.reading import ReportReading
from etl.recognise import recognise

Table = list[list[Cell]]
Figures = dict[tuple[int, str, str], int]

HEADINGS = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}
YEARS: Mapping[Edition, int] = {"2019": 2020, "2021": 2022}
WITHOUT_PARTS = ("received", "carried_in", "carried_out")


def figures(edition: Edition, seed: int = 1) -> Figures:
    """A value for every cell; all sums of the form hold and hardly two cells are alike."""
    chance = random.Random(seed)
    form = load_form(edition)
    found = {(2, c.item, c.party): chance.randint(0, 999) for c in form.section_cells(2)}
    parties = [head.party for head in form.section_heads(3)]
    outcomes = [line.item for line in form.section_lines(3)]
    outcomes = [item for item in outcomes if item not in (*WITHOUT_PARTS, "concluded")]
    for party in parties[:-1]:
        own = {item: chance.randint(0, 30) for item in outcomes}
        own["concluded"] = sum(own.values())
        own["carried_in"], own["carried_out"] = chance.randint(0, 20), chance.randint(0, 9)
        own["received"] = own["concluded"] + own["carried_out"] - own["carried_in"]
        found |= {(3, item, party): value for item, value in own.items()}
    for item in (line.item for line in form.section_lines(3)):
        found[3, item, parties[-1]] = sum(found[3, item, party] for party in parties[:-1])
    ends = [line.item for line in form.section_lines(4)]
    for route in (head.party for head in form.section_heads(4)):
        found |= {(4, item, route): chance.randint(0, 40) for item in ends[:-1]}
        found[4, ends[-1], route] = sum(found[4, item, route] for item in ends[:-1])
    return found


def section_2(edition: Edition, known: Figures, width: int = 4) -> Table:
    """Section 2 with its blocks' title rows; the last figure of a short block is merged."""
    form = load_form(edition)
    rows: Table = []
    group = ""
    for line in form.section_lines(2):
        heads = form.section_heads(2, line.group)
        spans = [1] * (len(heads) - 1) + [width - len(heads)]
        if line.group != group:
            group = line.group
            rows.append([Cell(groups()[group].label, 1, width)])
            labels = [Cell(h.label, 1, span) for h, span in zip(heads, spans, strict=True)]
            rows.append([Cell("信息内容"), *labels])
        values = [str(known[2, line.item, head.party]) for head in heads]
        cells = [Cell(text, 1, span) for text, span in zip(values, spans, strict=True)]
        rows.append([Cell(line.label), *cells])
    return rows


def section_3(edition: Edition, known: Figures) -> Table:
    """Section 3 with its three rows of heads and three columns of labels."""
    form = load_form(edition)
    lines, heads = form.section_lines(3), form.section_heads(3)
    rows = [
        [
            Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            Cell("申请人情况", 1, 7),
        ],
        [Cell("自然人", 2, 1), Cell("法人或其他组织", 1, 5), Cell("总计", 2, 1)],
        [Cell(head.label) for head in heads[1:6]],
    ]
    opened: set[str] = set()
    for line in lines:
        values = [Cell(str(known[3, line.item, head.party])) for head in heads]
        if line.item in WITHOUT_PARTS:
            rows.append([Cell(line.label, 1, 3), *values])
            continue
        labels = [Cell(line.label, 1, 2 if line.group == "outcome" else 1)]
        for group in (line.group, "outcome"):
            if group not in opened:
                opened.add(group)
                height = len(lines) - len(WITHOUT_PARTS)
                if group != "outcome":
                    height = sum(other.group == group for other in lines)
                labels.insert(0, Cell(groups()[group].label, height, 1))
        rows.append([*labels, *values])
    return rows


def section_4(known: Figures) -> Table:
    """Section 4 with its three rows of heads and one of figures."""
    form = load_form("2021")
    outcomes = [line.label for line in form.section_lines(4)]
    routes = [head.label for head in form.section_heads(4)]
    return [
        [Cell(routes[0], 1, 5), Cell("行政诉讼", 1, 10)],
        [*(Cell(text, 2, 1) for text in outcomes), *(Cell(text, 1, 5) for text in routes[1:])],
        [Cell(text) for text in outcomes * 2],
        [Cell(str(known[4, cell.item, cell.party])) for cell in form.section_cells(4)],
    ]


def tables(edition: Edition, known: Figures) -> dict[int, Table]:
    """The three tables by section."""
    return {2: section_2(edition, known), 3: section_3(edition, known), 4: section_4(known)}


def expand(rows: Table, *, repeated: bool = False) -> list[list[str]]:
    """Rows of equal length; a merged cell's text stands once, or ``repeated`` all over it."""
    laid = lay_out(rows, "T").rows
    width = max(slot.column + slot.column_span for row in laid for slot in row)
    texts = [[""] * width for _ in laid]
    for slot in (slot for row in laid for slot in row):
        for row in range(slot.row, slot.row + (slot.row_span if repeated else 1)):
            for column in range(slot.column, slot.column + (slot.column_span if repeated else 1)):
                texts[row][column] = slot.text
    return texts


def word_cells(rows: Table) -> list[list[str]]:
    """The cells as Word flattens them: one merged over rows leaves a blank in each."""
    found: list[list[tuple[int, str]]] = [[] for _ in rows]
    for slot in (slot for row in lay_out(rows, "T").rows for slot in row):
        for row in range(slot.row, slot.row + slot.row_span):
            found[row].append((slot.column, slot.text if row == slot.row else ""))
    return [[text for _, text in sorted(row)] for row in found]


def _lines(cell: str, row: str, *, blanks: bool = False) -> Callable[[Table], str]:
    def flatten(rows: Table) -> str:
        return row.join(
            cell.join(text for text in texts if text or blanks) for texts in word_cells(rows)
        )

    return flatten


def _padded(rows: Table) -> str:
    width = max(map(len, expand(rows)))
    return "\n".join(" | ".join([c.text for c in row] + [""] * (width - len(row))) for row in rows)


def _in_a_layout_table(rows: Table) -> str:
    own = "\n".join("| | | " + " | ".join(row) + " | | |" for row in expand(rows))
    return "| | | | |\n" * 40 + own + "\n| | | |" * 30


FLATTENED: Mapping[str, Callable[[Table], str]] = {
    "word": lambda rows: "\n\n".join("\n".join(map("\t{}".format, r)) for r in word_cells(rows)),
    "cells with blank lines between": _lines("\n\n", "\n\n"),
    "a cell a line": _lines("\n", "\n"),
    "cells and blanks with blank lines": _lines("\n\n", "\n\n", blanks=True),
    "pipes on lines of their own": _lines("\n|\n", "\n"),
    "pipes on lines, with blank cells": _lines("\n|\n", "\n", blanks=True),
    "pipes on lines, blank lines": _lines("\n\n|\n\n", "\n\n"),
    "pipes on lines, rows too": _lines("\n|\n", "\n|\n"),
    "piped": lambda rows: "\n".join(" | ".join(row) for row in expand(rows)),
    "markdown": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in expand(rows)),
    "piped and padded behind": _padded,
    "piped without blanks": _lines(" | ", "\n"),
    "piped, merged text repeated": lambda rows: "\n".join(
        " | ".join(row) for row in expand(rows, repeated=True)
    ),
    "one line": _lines(" | ", " | "),
    "one line with blanks": _lines(" | ", " | ", blanks=True),
    "tabs": lambda rows: "\n".join("\t".join(row) for row in expand(rows)),
    "tabs without blanks": _lines("\t", "\n"),
    "spaces": _lines(" ", "\n"),
    "a page's layout table": _in_a_layout_table,
}


def report_text(
    edition: Edition,
    sections: Mapping[int, Table],
    flatten: Callable[[Table], str],
    *,
    headings: bool = True,
) -> str:
    """A whole report as text, its tables flattened."""
    lines = [f"青石镇{YEARS[edition]}年政府信息公开工作年度报告", "一、总体情况", "认真公开。"]
    for section, table in sections.items():
        lines.extend([HEADINGS[section] if headings else "", flatten(table)])
    return "\n".join([*lines, "五、存在的主要问题及改进情况", "无。", "六、其他需要报告的事项"])


def read_text(text: str, name: str = "x.txt") -> ReportReading:
    """The reading of a report's text."""
    return recognise(read_bytes(f"{text}\n".encode(), name), name)


def read_cells(reading: ReportReading, section: int) -> Figures:
    """The figures read of a section; a cell without a figure is left out."""
    form = load_form(reading.edition)
    return {
        (cell.section, cell.item, cell.party): int(read.value)
        for cell, read in zip(form.cells, reading.cells, strict=True)
        if cell.section == section and read.value is not None
    }


def of_section(known: Figures, section: int) -> Figures:
    """The figures of one section."""
    return {code: value for code, value in known.items() if code[0] == section}


def labels_of(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table, row by row."""
    return [[cell.text for cell in row] for row in rows]
