"""MHT, a web page saved as one file: its HTML parts, out of the mail message that packs them."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import HeaderParser
from typing import NamedTuple

from etl.document import Document
from etl.readers import html
from etl.readers.encoding import decode
from etl.readers.limits import MAX_MARKUP_BYTES
from etl.reading import Refused

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_FRAME = re.compile(
    r"""<i?frame\b[^<>]{0,1000}?\bsrc\s*=\s*["']?([^"'\s>]{1,1000})""", re.IGNORECASE
)
_FRAMESET = re.compile(r"<frameset\b", re.IGNORECASE)
_HIDDEN_SHEET = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_TAB_STRIP = re.compile(r"tabstrip\.html?$", re.IGNORECASE)
_LONGEST_HEAD = 64 * 1024
_DEEPEST = 8
_MOST_PARTS = 2_000
_MOST_FRAMES = 50


class _Page:
    """One HTML part: its text, and the names by which others refer to it.

    ``cut`` tells whether the file ends within it.
    """

    def __init__(self, head: Message, body: bytes, closed: bool) -> None:
        self.markup = decode(
            _unpacked(head, body), declared=True, header=head.get_content_charset("")
        )
        self.cut = not closed and "</html" not in self.markup.lower()
        self.location = (head.get("Content-Location") or "").strip()
        self.content_id = (head.get("Content-ID") or "").strip().strip("<>")

    def is_called(self, name: str) -> bool:
        """Whether ``name``, a full or relative address or a ``cid:``, is this part's."""
        if name.lower().startswith("cid:"):
            return name[4:] == self.content_id
        return bool(self.location) and f"/{self.location}".endswith(f"/{name.lstrip('./')}")


def read(data: bytes, name: str) -> Document:
    """The document of an MHT file: the main page, then what its frames show, or all its sheets.

    Refused ``corrupt`` when it packs no page, ``too-large``, ``undecodable``.
    """
    if len(data) > MAX_MARKUP_BYTES:
        raise Refused("too-large", detail=f"{len(data)} bytes")
    parts = list(_parts(data.lstrip(b"\xef\xbb\xbf\r\n"), 0))
    pages = [_Page(*part) for part in parts if _is_page(part.head)]
    if not pages:
        raise Refused("corrupt", detail="no page among the parts")
    shown = _shown(pages)
    if any(page.cut for page in shown):
        raise Refused("truncated", detail="no end of the page")
    document = html.read_markup("\n".join(page.markup for page in shown))
    return replace(document, format="mht")


def _shown(pages: list[_Page]) -> list[_Page]:
    """The pages that a person sees, in reading order.

    A workbook saved as a page is a set of frames around sheets, of which only one is open.
    """
    main, rest = pages[0], pages[1:]
    if _FRAMESET.search(main.markup):
        sheets = [page for page in rest if not _TAB_STRIP.search(page.location)]
        return [page for page in sheets if not _HIDDEN_SHEET.search(page.markup)] or [main]
    shown = [main]
    for page in shown:
        names = list(dict.fromkeys(_FRAME.findall(page.markup)))[:_MOST_FRAMES]
        for name in names:
            shown.extend(other for other in rest if other.is_called(name) and other not in shown)
    return shown


def _is_page(head: Message) -> bool:
    return head.get_content_type() in ("text/html", "application/xhtml+xml")


class _Part(NamedTuple):
    """A part that packs no others, its body as sent; ``closed`` unless the file ends in it."""

    head: Message
    body: bytes
    closed: bool


def _parts(data: bytes, depth: int, closed: bool = True) -> Iterator[_Part]:
    """Every part that packs no others; a message's root comes first."""
    blank = _BLANK_LINE.search(data, 0, _LONGEST_HEAD)
    if not blank and not data.startswith((b"\n", b"\r\n")):
        raise Refused("truncated", detail="no end of the mail header")
    begin = blank.end() if blank else 0
    head = HeaderParser().parsestr(data[:begin].decode("utf-8", "replace"))
    boundary = head.get_boundary()
    if head.get_content_maintype() != "multipart" or not boundary:
        yield _Part(head, data[begin:], closed)
        return
    if depth == _DEEPEST:
        raise Refused("too-large", detail=f"parts nested {depth} deep")
    split = _split(data[begin:], boundary)
    inner = [list(_parts(part, depth + 1, closed)) for part, closed in split]
    root = str(head.get_param("start") or "").strip("<> ")
    inner.sort(key=lambda parts: not (root and parts and _names(parts[0].head, root)))
    for parts in inner:
        yield from parts


def _names(head: Message, content_id: str) -> bool:
    return (head.get("Content-ID") or "").strip("<> ") == content_id


def _split(body: bytes, boundary: str) -> list[tuple[bytes, bool]]:
    """What stands between the boundary lines, and whether a boundary closes it."""
    line = re.compile(rb"(?:^|\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    edges = list(line.finditer(body))
    if len(edges) > _MOST_PARTS:
        raise Refused("too-large", detail=f"{len(edges)} parts")
    ends = [edge.start() for edge in edges[1:]] + [len(body)]
    return [
        (body[edge.end() : end], end < len(body))
        for edge, end in zip(edges, ends, strict=False)
        if not edge[1] and edge.end() < end
    ]


def _unpacked(head: Message, body: bytes) -> bytes:
    """A part's bytes; Refused ``corrupt`` when they aren't packed as its head says."""
    coding = (head.get("Content-Transfer-Encoding") or "").strip().lower()
    if coding == "quoted-printable":
        return quopri.decodestring(body)
    if coding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error as error:
            raise Refused("corrupt", detail=str(error)) from error
    return body
