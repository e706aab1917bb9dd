"""Bytes to text: byte order mark, declared encoding, then trial of what China's offices write."""

from __future__ import annotations

import codecs
import re

from etl.reading import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# gb18030 holds gbk, and gbk holds gb2312: pages that declare the smaller use the larger set.
_DECLARABLE = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}

_DECLARATION = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,20})""",
    re.IGNORECASE,
)
_HEAD = 8192
_SURE_UTF8 = 8
"""So many multi-byte characters valid as UTF-8 are no accident of another encoding."""

_TOLERATED_DAMAGE = 0.002
"""Share of characters that may be damaged; each stays visible as U+FFFD, never as a digit."""


_LOST = re.compile(r"\ufffd|\?{3,}")
"""What a program writes for characters that its encoding lacks; nobody else writes them in rows."""

_FEWEST_LOST = 20


def decode(data: bytes, *, declared: bool = False, header: str = "") -> str:
    """The text of ``data``, without byte order mark; Refused ``undecodable`` when none fits.

    ``declared`` also honours an encoding that the text itself names (HTML, XML), and ``header``
    is the one that came with it, which goes first. A declaration that the bytes contradict is
    passed over. A text of which most was lost before it was stored is refused as well.
    """
    text = _decoded(data, declared, header)
    if "\ufffd" in text or "???" in text:
        lost = sum(len(found[0]) for found in _LOST.finditer(text))
        if lost >= _FEWEST_LOST and lost > _beyond_ascii(text):
            raise Refused("undecodable", detail=f"{lost} × ?")
    return text


def _decoded(data: bytes, declared: bool, header: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_with_damage(data[len(mark) :], (encoding,))
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _decode_with_damage(data, (unmarked,))
    named = _DECLARABLE.get(header.lower()) or (_declared(data) if declared else None)
    return _decode_trying(data, named)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")


def _decode_trying(data: bytes, named: str | None) -> str:
    as_utf8 = _strictly(data, "utf-8")
    if as_utf8 is not None and _is_sure_utf8(data, as_utf8):
        return as_utf8
    candidates = [named] if named else []
    candidates += ["utf-8", "gb18030"]
    for encoding in candidates:
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return _decode_with_damage(data, tuple(dict.fromkeys(candidates)))


def _is_sure_utf8(data: bytes, text: str) -> bool:
    if len(data) == len(text):
        return True
    return len(data) - len(text) >= 2 * _SURE_UTF8


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_with_damage(data: bytes, encodings: tuple[str, ...]) -> str:
    texts = [data.decode(encoding, "replace") for encoding in encodings]
    best = min(texts, key=lambda text: text.count("\ufffd"))
    damage = best.count("\ufffd")
    # A file cut inside a character has one damaged character at its end, however short it is.
    if damage > 1 and damage > _TOLERATED_DAMAGE * len(best):
        raise Refused("undecodable", detail=f"{damage} of {len(best)} characters damaged")
    return best


def _declared(data: bytes) -> str | None:
    found = _DECLARATION.search(data[:_HEAD])
    if not found:
        return None
    return _DECLARABLE.get((found[1] or found[2]).decode("ascii").lower())


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 by its zero bytes: ASCII characters leave them at odd or at even offsets.

    Of the Chinese characters only 一 (U+4E00) and a few rare ones have a zero byte.
    """
    head = data[:_HEAD]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd >= len(head) * 0.02 and odd > 4 * even:
        return "utf-16-le"
    if even >= len(head) * 0.02 and even > 4 * odd:
        return "utf-16-be"
    return None
