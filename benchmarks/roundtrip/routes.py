"""The ways a report takes through other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.roundtrip import browser, office
from benchmarks.roundtrip.office import CALC_PAGE, DELIMITED, WRITER_PAGE, Office, Saving
from benchmarks.score.truth import Case
from etl.readers.encoding import decode

Convert = Callable[[Mapping[str, bytes]], dict[str, bytes]]

_DOC = Saving("doc", "MS Word 97")
_DOCX = Saving("docx", "MS Word 2007 XML")
_WORD_PDF = Saving("pdf", "writer_pdf_Export")
_WORD_PAGE = Saving("html", WRITER_PAGE)
_ODT = Saving("odt", "writer8")
_XLS = Saving("xls", "MS Excel 97")
_XLSX = Saving("xlsx", "Calc MS Excel 2007 XML")
_SHEET_PDF = Saving("pdf", "calc_pdf_Export")
_SHEET_PAGE = Saving("html", CALC_PAGE)
_ODS = Saving("ods", "calc8")

_TEXTS = ((_DOC,), (_DOCX,), (_WORD_PDF,), (_WORD_PAGE,), (_ODT, _DOC), (_ODT, _DOCX),
          (_DOC, _DOCX), (_DOC, _WORD_PDF))  # fmt: skip
_SHEETS = ((_XLSX,), (_XLS,), (_SHEET_PDF,), (_SHEET_PAGE,), (_ODS, _XLS), (_XLS, _XLSX))
_SAVINGS: dict[str, tuple[tuple[Saving, ...], ...]] = {
    "docx": _TEXTS,
    "doc": _TEXTS,
    "txt": ((_DOCX,), (_WORD_PDF,)),
    "xlsx": _SHEETS,
    "xls": _SHEETS,
    "csv": ((replace(_XLSX, opens=DELIMITED),), (replace(_XLS, opens=DELIMITED),)),
}


@dataclass(frozen=True, slots=True)
class Route:
    """From a format through a program to another format."""

    source: str
    program: str
    target: str
    """The endings on the way, and for a PDF from the browser its style."""
    convert: Convert

    @property
    def ending(self) -> str:
        """The ending that the files have at last."""
        return self.target.rpartition("→")[2].split()[0]

    def takes(self, case: Case) -> bool:
        """Whether a case can come through: one of this format, and its ending says so.

        LibreOffice prints text deleted under tracked changes beside its replacement.
        """
        named = case.format == self.source and case.name.endswith(f".{case.format}")
        return named and (case.variety != "revised" or self.ending not in ("pdf", "html"))


def routes(programs: Office) -> Iterator[Route]:
    """Every route that the programs on this machine allow."""
    if office.program():
        for source, ways in _SAVINGS.items():
            for steps in ways:
                yield _office_route(programs, source, steps)
        for first in (_DOC, _DOCX, _WORD_PDF, _WORD_PAGE):
            yield _page_route(programs, first, WRITER_PAGE)
        for first in (_XLSX, _XLS):
            yield _page_route(programs, first, CALC_PAGE)
    if browser.available():
        for style in browser.STYLES:
            printing = partial(browser.print_pages, style=style)
            yield Route("html", "Chromium", f"pdf {style}", printing)
        if office.program():
            convert = partial(_page_then_print, programs)
            yield Route("docx", "LibreOffice, Chromium", "html→pdf ruled", convert)


def _page_route(programs: Office, saving: Saving, opens: str) -> Route:
    return _office_route(programs, "html", (Saving(saving.ending, saving.filter, opens),))


def _office_route(programs: Office, source: str, steps: tuple[Saving, ...]) -> Route:
    spreadsheet = steps[0].opens == CALC_PAGE
    program = "LibreOffice Calc" if spreadsheet else "LibreOffice"
    target = "→".join(step.ending for step in steps)
    convert = partial(programs.convert, ending=source, steps=steps)
    return Route(source, program, target, _told_its_encoding(convert, source))


def _told_its_encoding(convert: Convert, source: str) -> Convert:
    """A person tells a spreadsheet program the encoding of a CSV; here all become UTF-8 instead."""
    if source != "csv":
        return convert
    return lambda files: convert({name: _in_utf8(data) for name, data in files.items()})


def _in_utf8(data: bytes) -> bytes:
    return decode(data).encode()


def _page_then_print(programs: Office, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return browser.print_pages(programs.convert(files, "docx", (_WORD_PAGE,)), "ruled")
