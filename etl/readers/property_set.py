"""Property sets of compound files: the few texts in them, such as a document's title."""

from __future__ import annotations

import codecs
import struct
from itertools import islice

_SECTIONS_AT, _ENTRY = 28, 8
_CODE_PAGE = 1
_SHORT, _NARROW, _WIDE = 2, 30, 31
_ENCODINGS = {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030"}
_MOST = 200


def texts(stream: bytes) -> dict[int, str]:
    """Number → text of the texts in a set's first section.

    Raises struct.error, LookupError or UnicodeDecodeError for what is no property set.
    """
    (start,) = struct.unpack_from("<I", stream, _SECTIONS_AT + 16)
    (count,) = struct.unpack_from("<I", stream, start + 4)
    entries = struct.iter_unpack("<II", stream[start + 8 : start + 8 + _ENTRY * min(count, _MOST)])
    places = {number: start + offset for number, offset in islice(entries, _MOST)}
    encoding = _encoding(stream, places)
    found = {number: _text(stream, at, encoding) for number, at in places.items()}
    return {number: text for number, text in found.items() if text}


def _encoding(stream: bytes, places: dict[int, int]) -> str:
    if _CODE_PAGE not in places:
        return "gb18030"
    kind, page = struct.unpack_from("<IH", stream, places[_CODE_PAGE])
    if kind != _SHORT:
        return "gb18030"
    return _ENCODINGS.get(page) or codecs.lookup(f"cp{page}").name


def _text(stream: bytes, at: int, encoding: str) -> str:
    kind, size = struct.unpack_from("<II", stream, at)
    if kind == _WIDE:
        size, encoding = size * 2, "utf-16-le"
    elif kind != _NARROW:
        return ""
    return stream[at + 8 : at + 8 + size].decode(encoding).split("\0")[0]
