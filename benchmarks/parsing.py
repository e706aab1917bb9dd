"""Documents a second and core, by format: the library's plain read, our reader, recognition."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pypdfium2

from benchmarks.floors import FLOORS, read_plainly
from benchmarks.measure import Table, peak_megabytes, pin_to_one_core, run_apart, times
from benchmarks.roundtrip import browser
from benchmarks.roundtrip.office import Office, Saving, program
from benchmarks.score.truth import Case, specimen_cases
from etl.read_report import read_reports
from etl.readers import expand, read_bytes
from etl.reading import Refused

CORPUS = Path(__file__).parent.parent / "data" / "sample" / "reports"
PASSES = 3
MOST_FILES = 40
SEED = 11
WRITER_PDF = Saving("pdf", "writer_pdf_Export")
PDF_AIMS = {"pdf by LibreOffice": 0.030, "pdf by Chromium": 0.100}
"""Seconds for seven pages."""
PAGES = 7
EVEN_MIX_AIM = 50
MOST_TIMES_FLOOR = 2


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds a document of one kind, and megabytes before and at the peak."""

    kind: str
    files: int
    pages: int
    floor: float | None
    reader: float
    everything: float
    before: float
    peak: float


def measure_parsing() -> list[Table]:
    """Measure every kind of document, one process pinned to one core for each."""
    with TemporaryDirectory(prefix="gouji-bench-") as folder:
        kinds = _write_documents(Path(folder))
        speeds = [_measure_apart(Path(folder) / kind, kind) for kind in kinds]
    return [_speed_table(speeds), _pdf_table(speeds), _mix_table(speeds)]


def measure_kind(folder: Path, kind: str) -> Speed:
    """The speed of reading the documents in a folder; those that are refused are left out."""
    before = peak_megabytes()
    paths = [path for path in sorted(folder.iterdir()) if _is_read(path)]
    files = [(path, path.read_bytes()) for path in paths]
    form = _format(kind)
    return Speed(
        kind,
        len(files),
        sum(len(pypdfium2.PdfDocument(data)) for _, data in files) if form == "pdf" else 0,
        _per_file(files, lambda path, data: read_plainly(data, form)) if form in FLOORS else None,
        _per_file(files, _read),
        _per_file(files, lambda path, data: list(_recognise(path, data))),
        before,
        peak_megabytes(),
    )


def _write_documents(folder: Path) -> list[str]:
    """Write documents of every kind into folders of their own; gives the kinds."""
    by_format: dict[str, list[Case]] = {}
    for case in specimen_cases(SEED):
        same = by_format.setdefault(case.format, [])
        if len(same) < MOST_FILES and not case.truth[0].may_refuse:
            same.append(case)
    kinds = dict(by_format)
    if "pdf" in kinds:
        kinds["pdf by reportlab"] = kinds.pop("pdf")
    if program():
        kinds["pdf by LibreOffice"] = _saved_by_office(by_format["docx"][:10])
    if browser.available():
        kinds["pdf by Chromium"] = _printed(by_format["html"][:10])
    for kind, cases in kinds.items():
        (folder / kind).mkdir()
        for number, case in enumerate(cases):
            (folder / kind / f"{number}-{Path(case.name).name}").write_bytes(case.data)
    return sorted(kinds)


def _saved_by_office(cases: Sequence[Case]) -> list[Case]:
    files = {str(number): case.data for number, case in enumerate(cases)}
    with Office() as office:
        saved = office.convert(files, "docx", (WRITER_PDF,))
    return [_as_pdf(cases[int(number)], data) for number, data in saved.items()]


def _printed(cases: Sequence[Case]) -> list[Case]:
    pages = {str(number): case.data for number, case in enumerate(cases)}
    printed = browser.print_pages(pages, "ruled")
    return [_as_pdf(cases[int(number)], data) for number, data in printed.items()]


def _as_pdf(case: Case, data: bytes) -> Case:
    return replace(case, data=data, name=str(Path(case.name).with_suffix(".pdf")))


def _measure_apart(folder: Path, kind: str) -> Speed:
    speed, _ = run_apart(_measure_pinned, folder, kind)
    return speed


def _measure_pinned(folder: Path, kind: str) -> Speed:
    os.environ["GOUJI_SOFFICE"] = ""  # a document that only LibreOffice can read is left out
    pin_to_one_core()
    return measure_kind(folder, kind)


def _format(kind: str) -> str:
    return kind.split(maxsplit=1)[0]


def _speed_table(speeds: Sequence[Speed]) -> Table:
    rows = [
        (s.kind, str(s.files), _ms(s.floor), _ms(s.reader), _ms(s.everything),
         times(s.reader, s.floor or 0), times(s.everything, s.floor or 0),
         f"{1 / s.everything:,.0f}", f"{s.before:,.0f} + {s.peak - s.before:,.0f}")
        for s in speeds if s.files
    ]  # fmt: skip
    head = (
        "kind", "files", "floor ms", "reader ms", "reader + recognition ms", "reader ÷ floor",
        "all ÷ floor", "documents/s/core", "peak MB (imports + work)",
    )  # fmt: skip
    return Table(
        "Reading and recognising", head, rows,
        f"Processor time a document, median of {PASSES} passes over the sample's layouts, "
        f"at most {MOST_FILES} a kind; refused ones are left out. "
        "Floor: the library's plain read (selectolax, lxml on "
        "`word/document.xml`, olefile's streams, calamine, pypdfium2's text of every page, `email` "
        f"and selectolax, `csv`, decoding). Aim: all within {MOST_TIMES_FLOOR}× the floor.",
    )  # fmt: skip


def _pdf_table(speeds: Sequence[Speed]) -> Table:
    rows = []
    for speed in (speed for speed in speeds if speed.pages):
        seconds = speed.everything * speed.files / speed.pages * PAGES
        aim = PDF_AIMS.get(speed.kind)
        verdict = "—" if aim is None else "reached" if seconds <= aim else "**missed**"
        rows.append((speed.kind, f"{speed.pages / speed.files:.1f}", _ms(seconds),
                     _ms(aim), verdict))  # fmt: skip
    head = ("kind", "pages a file", f"ms for {PAGES} pages", "aim", "")
    return Table("PDF by its maker", head, rows, "Reading and recognition.")


def _mix_table(speeds: Sequence[Speed]) -> Table:
    """One document of each format in turn; the PDF makers share one place, scans have none."""
    by_format: dict[str, list[float]] = {}
    for speed in speeds:
        if speed.floor is not None and speed.files:
            by_format.setdefault(_format(speed.kind), []).append(speed.everything)
    rate = len(by_format) / sum(statistics.mean(each) for each in by_format.values())
    verdict = "reached" if rate >= EVEN_MIX_AIM else "**missed**"
    row = (", ".join(by_format), f"{rate:,.0f}", f"≥ {EVEN_MIX_AIM}", verdict)
    return Table("Even mix", ("formats", "documents/s/core", "aim", ""), [row])


def _ms(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds * 1000:.2f}"


def _members(path: Path, data: bytes) -> Iterator[tuple[bytes, str]]:
    if path.suffix != ".zip":
        yield data, path.name
        return
    for name, load in expand(path):
        yield load(), name


def _read(path: Path, data: bytes) -> object:
    return [read_bytes(content, name) for content, name in _members(path, data)]


def _recognise(path: Path, data: bytes) -> Iterator[object]:
    for content, name in _members(path, data):
        yield read_reports(content, name)


def _is_read(path: Path) -> bool:
    try:
        return bool(list(_recognise(path, path.read_bytes())))
    except Refused:
        return False


def _per_file(
    files: Sequence[tuple[Path, bytes]], action: Callable[[Path, bytes], object]
) -> float:
    if not files:
        return 0.0
    durations = []
    for _ in range(PASSES):
        start = process_time()
        for path, data in files:
            action(path, data)
        durations.append((process_time() - start) / len(files))
    return statistics.median(durations)
