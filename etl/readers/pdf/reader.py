"""From the bytes of a PDF to its document, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2.raw as pdfium

from etl.document import Document
from etl.readers import ocr
from etl.readers.drawn import lay_out_pages
from etl.readers.page import describe
from etl.readers.page_layout import Box, PageLayout
from etl.readers.pdf.drawing import page_drawing
from etl.readers.pdf.library import Handle, metadata, opened, opened_page
from etl.readers.pdf.scan import draw_grey, is_scanned
from etl.readers.pdf.words import page_words
from etl.readers.text_tools import UNREADABLE, clean, is_wide
from etl.reading import Refused

_MAX_UNREADABLE = 20
"""Characters that may be unreadable in a document: bullets and symbols that fonts draw."""
_UNREADABLE_SHARE = 0.03
_LISTED_PAGES = 12
_FILE_NAME = re.compile(r"^Microsoft Word - |\.(?:docx?|wps|pdf|xlsx?)$", re.IGNORECASE)


def read_pdf(data: bytes) -> Document:
    """The document of a PDF file. Refused as ``etl.readers.pdf.read`` says."""
    with opened(data) as file:
        title = _title(clean(metadata(file, b"Title")))
        numbers = range(1, pdfium.FPDF_GetPageCount(file) + 1)
        pages = {number: _page(file, number) for number in numbers}
        scanned = [number for number, page in pages.items() if page is None]
        if scanned and not ocr.installed():
            listed = ", ".join(f"p{number}" for number in scanned[:_LISTED_PAGES])
            raise Refused("scan", f"p{scanned[0]}", listed)
        pages |= {number: _scanned_page(file, number) for number in scanned}
    layouts = [page for page in pages.values() if page]
    _refuse_unreadable([page for page in layouts if page.number not in scanned])
    document = describe("pdf", lay_out_pages(layouts), title=title)
    return replace(document, scanned=tuple(scanned)) if scanned else document


def _title(title: str) -> str:
    """A title that somebody wrote: programs put a file's name there, or their own."""
    title = _FILE_NAME.sub("", title)
    return title if any(map(is_wide, title)) else ""


def _page(document: Handle, number: int) -> PageLayout | None:
    """What a page prints; None for a picture of a page."""
    with opened_page(document, number) as (page, text):
        box = _page_box(page)
        drawing = page_drawing(page)
        upright, words = page_words(text, box, drawing.rulings)
    if is_scanned(words, drawing.pictures, box):
        return None
    return PageLayout(
        number,
        upright.width,
        upright.height,
        tuple(words),
        tuple(map(upright.place, drawing.rulings)),
        tuple(map(upright.place, drawing.fills)),
    )


def _page_box(page: Handle) -> Box:
    """The part of the sheet that is shown, in the file's coordinates."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    low, high = sorted((rect.top, rect.bottom))
    return Box(rect.left, low, rect.right, high)


def _scanned_page(document: Handle, number: int) -> PageLayout:
    with opened_page(document, number) as (page, _):
        return ocr.read_page(draw_grey(page), number)


def _refuse_unreadable(pages: Sequence[PageLayout]) -> None:
    """Refuses a document with too many glyphs that no character is known for."""
    signs = unreadable = 0
    first = ""
    for page in pages:
        found = sum(word.text.count(UNREADABLE) for word in page.words)
        signs += sum(len(word.text) for word in page.words)
        unreadable += found
        first = first or (f"p{page.number}" if found else "")
    if unreadable > max(_MAX_UNREADABLE, _UNREADABLE_SHARE * signs):
        raise Refused("unreadable-font", first, f"{unreadable} / {signs}")
