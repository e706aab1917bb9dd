"""The least that a library does to get at what is in a file: what our readers are held against."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import zipfile
from collections.abc import Callable

import olefile
import pypdfium2
from lxml import etree
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser


def read_plainly(data: bytes, kind: str) -> object:
    """The library's plain read of a format, without looking for anything; KeyError without one."""
    return FLOORS[kind](data)


def _html(data: bytes) -> object:
    return LexborHTMLParser(data.decode("gb18030", "replace")).text()


def _mht(data: bytes) -> object:
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    return [LexborHTMLParser(part.get_payload(decode=True)).text() for part in parts]  # type: ignore[arg-type]


def _docx(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _doc(data: bytes) -> object:
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return [container.openstream(name).read() for name in container.listdir()]


def _sheets(data: bytes) -> object:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _pdf(data: bytes) -> object:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def _text(data: bytes) -> object:
    return data.decode("gb18030", "replace").splitlines()


def _csv(data: bytes) -> object:
    return list(csv.reader(data.decode("gb18030", "replace").splitlines()))


def _zip(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(info) for info in archive.infolist()]


FLOORS: dict[str, Callable[[bytes], object]] = {
    "txt": _text,
    "md": _text,
    "csv": _csv,
    "html": _html,
    "mht": _mht,
    "docx": _docx,
    "doc": _doc,
    "xlsx": _sheets,
    "xls": _sheets,
    "pdf": _pdf,
    "zip": _zip,
}
"""Format → what decodes it."""
