"""What a damaged document may be read as, known from the undamaged one.

Every figure of a seed is another number, so that a number which belongs to another cell has been
misplaced. A number of no cell must be the damage's doing, and printed where the reading says.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from math import isclose

from benchmarks.fuzz.inner import TEXT_FORMATS
from benchmarks.fuzz.variants import ALTERS, SPLICES, Variant
from benchmarks.score.tally import Fault, covers, read_cells
from etl.document import Document, Grid
from etl.read_report import FileReading
from etl.reading import CellReading

_TAG = re.compile(r"<[^>]*>")


def check(variant: Variant, read: FileReading) -> Iterator[Fault]:
    """Every number in the reading that the variant doesn't print in that cell."""
    printed = _printed(read.document)
    source = _source_text(variant)
    for report in read.reports:
        for key, cell in read_cells(report).items():
            if cell.state != "number":
                continue
            where = f"{'/'.join(map(str, key))} at {cell.place}"
            kind = _misplaced(variant, key, cell) or _unprinted(variant, cell, printed, source)
            if kind:
                doubted = any(covers(doubt, key) for doubt in report.doubts)
                kind = f"{kind}, with a doubt" if doubted else kind
                yield Fault(kind, where, f"{_meant(variant, key)} read as {cell.raw!r}")


def _misplaced(variant: Variant, key: tuple[int, str, str], cell: CellReading) -> str:
    if variant.damage in SPLICES:
        return ""
    truth = variant.seed.truth[0].cells
    own = truth.get(key)
    if own is not None and own.value == cell.value:
        return ""
    if any(other.value == cell.value for other in truth.values()):
        return "figure of another cell"
    return "" if variant.damage in ALTERS else "figure of no cell"


def _unprinted(
    variant: Variant, cell: CellReading, printed: dict[str, str], source: str | None
) -> str:
    if _plain(cell.raw) not in _plain(printed.get(cell.place, "")):
        return "not printed at its place"
    if not _says(cell):
        return "value is not what is printed"
    if source is not None and _plain(cell.raw) not in source:
        return "not printed in the file"
    return ""


def _says(cell: CellReading) -> bool:
    """Whether the printed digits are the value, in a unit of the form: 件, 万 or 元."""
    digits = re.sub(r"[^\d.]", "", _plain(cell.raw))
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return False
    units = (1, 10_000, 1 / 10_000, 100_000_000)
    return any(isclose(float(digits) * unit, abs(cell.value or 0)) for unit in units)


def _printed(document: Document) -> dict[str, str]:
    """Place → the texts printed there."""
    texts: dict[str, str] = {}
    for block in document.blocks:
        slots = [slot for row in block.rows for slot in row] if isinstance(block, Grid) else [block]
        for slot in slots:
            texts[slot.place] = f"{texts.get(slot.place, '')} {slot.text}"
    return texts


def _source_text(variant: Variant) -> str | None:
    """All text of the file where it can be had without a reader."""
    if variant.seed.format not in TEXT_FORMATS | {"html", "htm"}:
        return None
    texts = [variant.data.decode(name, "ignore") for name in ("utf-8", "gb18030", "utf-16")]
    return _plain("\n".join([*texts, *(html.unescape(_TAG.sub("", text)) for text in texts)]))


def _plain(text: str) -> str:
    return re.sub(r"[\s,\0]", "", unicodedata.normalize("NFKC", text))


def _meant(variant: Variant, key: tuple[int, str, str]) -> str:
    cell = variant.seed.truth[0].cells.get(key)
    return repr(cell.raw) if cell and cell.state != "absent" else "no cell"
