"""Documents a second and core, by format: the library's plain read, our reader, recognition."""

from __future__ import annotations

import csv
import io
import statistics
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from lxml import etree
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from benchmarks.measure import Table, peak_megabytes, pin_to_one_core, run_apart, times
from etl.document import Document
from etl.readers import read_bytes
from etl.reading import Refused
from etl.recognise import recognise

CORPUS = Path(__file__).parent.parent / "data" / "sample" / "reports"
PASSES = 5


def _plain_docx(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _plain_xlsx(data: bytes) -> object:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _plain_text(data: bytes) -> object:
    return data.decode("gb18030", "replace").splitlines()


FLOORS: dict[str, Callable[[bytes], object]] = {
    "html": lambda data: LexborHTMLParser(data.decode("gb18030", "replace")).text(),
    "docx": _plain_docx,
    "xlsx": _plain_xlsx,
    "csv": lambda data: list(csv.reader(io.StringIO(data.decode("gb18030", "replace")))),
    "txt": _plain_text,
    "md": _plain_text,
}
"""Format → the plain call of the library that reads it, without looking for anything."""


def measure_parsing(corpus: Path = CORPUS) -> list[Table]:
    """Measure every format of the corpus, one process pinned to one core for each."""
    rows = []
    for kind in FLOORS:
        if not any(corpus.rglob(f"*.{kind}")):
            continue
        (files, floor, read, recognised, before), peak = run_apart(measure_format, corpus, kind)
        rows.append((kind, str(files), *(f"{t * 1000:.2f}" for t in (floor, read, recognised)),
                     times(read, floor), times(recognised, floor), f"{1 / recognised:,.0f}",
                     f"{before:,.0f} + {peak - before:,.0f}"))  # fmt: skip
    head = (
        "format", "files", "floor ms", "reader ms", "reader + recognition ms", "reader ÷ floor",
        "all ÷ floor", "documents/s/core", "peak MB (imports + work)",
    )  # fmt: skip
    return [
        Table(
            "Reading and recognising", head, rows,
            f"Per document, median of {PASSES} passes over all files of a format in `data/sample`. "
            "Floor: the library's plain read (selectolax, lxml on `word/document.xml`, calamine, "
            "`csv`, decoding). Files that are refused are left out.",
        )
    ]  # fmt: skip


def measure_format(corpus: Path, kind: str) -> tuple[int, float, float, float, float]:
    """Give files, seconds a file for floor, reader, reader + recognition; and MB before all."""
    pin_to_one_core()
    before = peak_megabytes()
    files = [
        (file.read_bytes(), file.name)
        for file in sorted(corpus.rglob(f"*.{kind}"))
        if _recognised(file.read_bytes(), file.name) is not None
    ]
    plain = FLOORS[kind]
    return (
        len(files),
        _per_file(files, lambda data, name: plain(data)),
        _per_file(files, read_bytes),
        _per_file(files, _recognised),
        before,
    )


def _recognised(data: bytes, name: str) -> object | None:
    try:
        document: Document = read_bytes(data, name)
        return recognise(document, name)
    except Refused:
        return None


def _per_file(files: list[tuple[bytes, str]], action: Callable[[bytes, str], object]) -> float:
    durations = []
    for _ in range(PASSES):
        start = perf_counter()
        for data, name in files:
            action(data, name)
        durations.append((perf_counter() - start) / len(files))
    return statistics.median(durations)
