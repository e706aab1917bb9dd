"""Plain text as it is left when a document with tables is copied, exported or printed to text.

The default is flattened Word text: one cell a line behind a tab; a cell merged from above leaves
a lone tab, one merged to the right is printed once, and a line break within a cell goes on without
a tab. The other layouts lose the rows as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.encode import encode, split_dialect
from etl.sample.layout import Placed, Table, place
from etl.sample.model import SampleReport

_NARROW = 12
"""Characters that fit into the label column of a printed page."""


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect`` is ``layout/encoding``, by default ``tabs/utf-8``."""
    layout, encoding = split_dialect(dialect, "tabs", "utf-8")
    table = _LAYOUTS[layout]
    parts = []
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            parts.append(table(block.table) + "\n")
        elif block.kind == "heading":
            parts.append(block.text + "\n" + ("\n" if block.section != 3 else ""))
        else:
            parts.append(block.text + "\n\n")
    return encode("".join(parts), encoding)


def _tabs(table: Table) -> str:
    rows = []
    for row in place(table):
        rows.append("".join(f"\t{cell.box.text if cell.starts else ''}\n" for cell in row))
    return "\n".join(rows) + "\n"


def _cells_in_turn(table: Table, between: str) -> str:
    """Every cell once, with nothing to tell the rows apart."""
    return between.join(cell.box.text for row in place(table) for cell in row if cell.starts) + "\n"


def _tab_rows(table: Table) -> str:
    """A row a line, as a browser copies tables; a merged cell once, a line break as a space."""
    return "".join(
        "\t".join(cell.box.text.replace("\n", " ") for cell in row if cell.starts) + "\n"
        for row in place(table)
    )


def _one_line(table: Table) -> str:
    texts = (cell.box.text.replace("\n", "") for row in place(table) for cell in row if cell.starts)
    return "|" + "|".join(texts) + "|\n"


def _printed(table: Table, figures_on: str) -> str:
    """A page printed to text: wrapped labels, upright groups one character a line between rows."""
    upright: Iterator[str] = iter(())
    lines: list[str] = []
    for row in place(table):
        starting = [cell for cell in row if cell.starts]
        groups = [cell for cell in starting if cell.box.row_span > 1 and not cell.box.key]
        if groups and any(cell.box.key for cell in row):
            upright = iter([*upright, *"".join(cell.box.text for cell in groups)])
            starting = [cell for cell in starting if cell not in groups]
        character = next(upright, "")
        if character:
            lines.append(character)
        lines.extend(_printed_row(starting, figures_on))
    return "\n".join([*lines, *upright]) + "\n"


def _printed_row(cells: list[Placed], figures_on: str) -> list[str]:
    figures = " ".join(cell.box.text for cell in cells if cell.box.key)
    texts = [cell.box.text.replace("\n", "") for cell in cells if not cell.box.key]
    if not figures:
        return [" ".join(texts)]
    label = "".join(texts)
    pieces = [label[start : start + _NARROW] for start in range(0, len(label), _NARROW)] or [""]
    at = {"first": 0, "middle": len(pieces) // 2, "last": len(pieces) - 1}[figures_on]
    pieces[at] = f"{pieces[at]} {figures}".strip()
    return pieces


_LAYOUTS: dict[str, Callable[[Table], str]] = {
    "tabs": _tabs,
    "lines": lambda table: _cells_in_turn(table, "\n"),
    "lines-spaced": lambda table: _cells_in_turn(table, "\n\n"),
    "lines-piped": lambda table: _cells_in_turn(table, "\n|\n"),
    "tab-rows": _tab_rows,
    "one-line": _one_line,
    "printed-first": lambda table: _printed(table, "first"),
    "printed-middle": lambda table: _printed(table, "middle"),
    "printed-last": lambda table: _printed(table, "last"),
}
