"""PDF: what each page draws, laid out as text and tables."""

from __future__ import annotations

from etl.document import Document


def read(data: bytes, name: str) -> Document:
    """The document of a PDF file, places ``p1 P4`` and ``p3 T2 R5 C4`` counted on each page.

    Refused ``corrupt``, ``truncated``, ``encrypted``, ``too-large``, ``scan`` for pages that are
    pictures, ``unreadable-font`` where glyphs have no characters.
    """
    from etl.readers.pdf.reader import read_pdf  # noqa: PLC0415 - 20 ms, which few commands need

    return read_pdf(data)
