"""The PDF library's handles, opened and closed; what it can't open is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from etl.readers.limits import MAX_PAGES
from etl.reading import Refused

Handle = Any
"""A pointer that the library gave; it has no type that could be checked."""

_END = b"%%EOF"
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d+)", re.DOTALL)
_HEAD = 2048


@contextmanager
def opened(data: bytes) -> Iterator[Handle]:
    """The document in ``data``, closed afterwards.

    Refused ``encrypted``, ``truncated``, ``corrupt``, ``too-large``, ``empty`` without a page.
    """
    if _is_cut_short(data):
        raise Refused("truncated", detail="no end of file mark")
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _refusal(pdfium.FPDF_GetLastError())
    try:
        pages = pdfium.FPDF_GetPageCount(document)
        if pages > MAX_PAGES:
            raise Refused("too-large", detail=f"{pages} pages")
        if pages < 1:
            raise Refused("empty", detail="pdf")
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _is_cut_short(data: bytes) -> bool:
    """Whether the end is missing: the library would mend such a file and lose pages in silence."""
    declared = _LINEARIZED.search(data[:_HEAD])
    return _END not in data or (declared is not None and int(declared[1]) > len(data))


def _refusal(error: int) -> Refused:
    if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Refused("encrypted")
    return Refused("corrupt", detail=f"pdf error {error}")


@contextmanager
def opened_page(document: Handle, number: int) -> Iterator[tuple[Handle, Handle]]:
    """The page of this number (from 1) and its text. Refused ``corrupt``."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise Refused("corrupt", f"p{number}", f"page {number} can't be loaded")
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise Refused("corrupt", f"p{number}", f"the text of page {number} can't be loaded")
        try:
            yield page, text
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def metadata(document: Handle, key: bytes) -> str:
    """An entry of the document's information (``Title``, ``Author``), empty without it."""
    length = pdfium.FPDF_GetMetaText(document, key, None, 0)
    if length <= 2:
        return ""
    buffer = create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, key, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
