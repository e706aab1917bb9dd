"""Bytes to ``Document``: one reader a format, each knowing the format and nothing of reports.

A new format is one module with ``read(data, name) -> Document`` and one line in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable

from etl.document import Document
from etl.readers import delimited, docx, html, mht, ocr, office, pdf, text, word97, xls, xlsx
from etl.readers.archive import expand
from etl.readers.limits import MAX_BYTES
from etl.readers.sniff import ending, sniff
from etl.reading import Refused

__all__ = ["READERS", "SUFFIXES", "expand", "read_bytes"]

SUFFIXES = frozenset(
    (
        *(".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".doc", ".wps", ".pdf"),
        *(".xlsx", ".xls", ".csv", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        *(".rtf", ".odt", ".ods"),
    )
)
"""Endings of the files that a build takes up, those that it can only refuse included."""

READERS: dict[str, Callable[[bytes, str], Document]] = {
    "txt": text.read,
    "md": text.read_markdown,
    "csv": delimited.read,
    "html": html.read,
    "docx": docx.read,
    "xlsx": xlsx.read,
    "doc": word97.read,
    "xls": xls.read,
    "mht": mht.read,
    "pdf": pdf.read,
    "image": ocr.read,
    **{kind: office.reader(kind) for kind in ("rtf", "odf", "office-xml")},
}
"""Format, as ``sniff`` names it → its reader."""


def read_bytes(data: bytes, name: str) -> Document:
    """The document in ``data``; ``name`` is used for its ending and in reasons.

    Raises Refused and nothing else, whatever the bytes: ``unsupported`` for a format without a
    reader, ``empty`` when nothing is printed in the file, ``corrupt`` when a reader fails on it.
    """
    if len(data) > MAX_BYTES:
        raise Refused("too-large", detail=f"{len(data)} bytes")
    kind = sniff(data, name)
    reader = READERS.get(kind)
    if reader is None:
        raise Refused("unsupported", detail=f"{kind} (.{ending(name)})")
    try:
        document = reader(data, name)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused("too-large", detail=kind) from error
    except Exception as error:
        raise Refused("corrupt", detail=f"{type(error).__name__}: {error}") from error
    if not document.blocks:
        raise Refused("empty", detail=kind)
    return document
