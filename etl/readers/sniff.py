"""Which format a file is, by its bytes; its ending only decides where the bytes leave it open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from etl.readers.compound import Compound
from etl.reading import Refused

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}

_MARKUP = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|meta|table|div|title|p|span|script|style)\b[^<]*>",
    re.IGNORECASE,
)
_OFFICE_XML = re.compile(rb"<\?mso-application|<pkg:package|<w:wordDocument|<Workbook\s")
_MAIL = re.compile(rb"^(MIME-Version|From|Content-Type|Message-ID|Subject|Date):", re.IGNORECASE)
_CONTENT = re.compile(rb"[^\0\s]")
_HEAD = 4096
_TEXT_ENDINGS = {"md": "md", "markdown": "md", "csv": "csv", "tsv": "csv"}


def sniff(data: bytes, name: str) -> str:
    """The format: txt, md, csv, html, docx, xlsx, zip, pdf, doc, xls, rtf, mht, image or another.

    Raises Refused ``empty`` for no bytes, ``encrypted`` for an Office file with a password,
    ``corrupt`` or ``truncated`` for a broken container.
    """
    if not _CONTENT.search(data):
        raise Refused("empty", detail=f"{len(data)} bytes")
    if data.startswith(_ZIP):
        return sniff_zip(data, name)
    if data.startswith(_OLE):
        return _sniff_ole(data, name)
    head = data[:_HEAD]
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) or (kind == "pdf" and signature in head[:1024]):
            return kind
    return _sniff_text(head, ending(name))


def ending(name: str) -> str:
    """The ending of a name in lower case, without its dot."""
    return PurePath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def sniff_zip(data: bytes, name: str) -> str:
    """The format of a file in a ZIP container; ``zip`` when it is just an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
    except Exception as error:
        # A download cut short keeps its first bytes and loses the directory at its end.
        code = "corrupt" if b"PK\x05\x06" in data[-66_000:] else "truncated"
        raise Refused(code, detail=str(error)) from error
    return kind_of_members(names)


def kind_of_members(names: set[str]) -> str:
    """The format that a ZIP container with these members is."""
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(member.startswith(folder) for member in names):
                return kind
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "odf"
    if "OFD.xml" in names:
        return "ofd"
    return "zip"


def _sniff_ole(data: bytes, name: str) -> str:
    if _stream_name("EncryptedPackage") in data:
        raise Refused("encrypted")
    found = [stream for stream in _OLE_STREAMS if _stream_name(stream) in data]
    if len(found) != 1:  # cut short, another program's, or one of them is an embedded object's
        file = Compound(data)
        found = [stream for stream in found if file.has(stream)]
    if not found and _directory_start(data) >= len(data):
        raise Refused("truncated", detail=f"{len(data)} bytes")
    return _OLE_STREAMS[found[0]] if found else "ole"


def _directory_start(data: bytes) -> int:
    """Where an OLE container's list of streams begins, as its head says."""
    size, sector = 1 << int.from_bytes(data[30:32], "little"), int.from_bytes(data[48:52], "little")
    return (sector + 1) * size


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _sniff_text(head: bytes, suffix: str) -> str:
    # UTF-16 shows its ASCII tags once the zero bytes are out.
    narrow = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if _OFFICE_XML.search(narrow):
        return "office-xml"
    if _MAIL.match(narrow) and (suffix in ("mht", "mhtml") or b"MIME-Version" in narrow):
        return "mht"
    if suffix in _TEXT_ENDINGS and not re.match(rb"<(!doctype|html)", narrow, re.IGNORECASE):
        return _TEXT_ENDINGS[suffix]
    if re.match(rb"<\?xml|<!doctype\s+html|<html", narrow, re.IGNORECASE):
        return "html"
    if suffix in ("html", "htm", "xls", "doc", "wps") and _MARKUP.search(narrow):
        return "html"
    return "html" if narrow.startswith(b"<") and _MARKUP.match(narrow) else "txt"
