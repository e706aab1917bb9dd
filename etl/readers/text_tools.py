"""The little that readers do to printed text: white space, invisible characters, broken lines.

Digits, signs and punctuation stay as printed: what a figure means is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PICTURE = "\ufffc"
"""Stands for a picture in a cell, so that a cell with a picture isn't taken for a blank one."""

UNREADABLE = "\ufffd"
"""Stands for signs that are printed and not read for certain; no cell with it is a number."""

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_GROUPED = re.compile("(?<=[0-9])([\u00a0\u2009\u202f])(?=[0-9]{3}(?![0-9]))")
_LINE_BREAK = re.compile("\r\n?|[\n\v\f\u0085\u2028\u2029]")

# Ideographs, their punctuation and full-width forms. Full-width digits and signs are left out:
# two halves of a broken figure must not close up into another figure.
_WIDE = re.compile(
    "[\u2e80-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff04\uff06-\uff0a\uff1a-\uff60“”‘’…·—\U00020000-\U0003ffff]"
)


def is_wide(sign: str) -> bool:
    """Whether a character is an ideograph, its punctuation or a full-width form of no figure."""
    return _WIDE.match(sign) is not None


def clean(text: str) -> str:
    """The text with every run of white space as one space, none outside, nothing invisible.

    A thin or no-break space before three digits stays, for it sets apart thousands.
    """
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = _INVISIBLE.sub("", text)
    pieces = _GROUPED.split(_CONTROL.sub(" ", text))
    return "".join(p if n % 2 else " ".join(p.split()) for n, p in enumerate(pieces))


def join_lines(lines: Iterable[str]) -> str:
    """The lines as one clean text, without a space where a Chinese character meets the break.

    ``本年新`` + ``制作数量`` is ``本年新制作数量``; ``1`` + ``2`` stays ``1 2``, for nothing
    tells that it is twelve.
    """
    joined = ""
    for line in map(clean, lines):
        if joined and line and not (_WIDE.match(joined[-1]) or _WIDE.match(line)):
            joined += " "
        joined += line
    return joined


def join_broken(text: str) -> str:
    """The text of one cell or paragraph, its line breaks taken out as ``join_lines`` does."""
    text = text.strip()
    if text.isprintable():  # nearly every one
        return text if "  " not in text else clean(text)
    return join_lines(split_lines(text))


def split_lines(text: str) -> list[str]:
    """The lines of a text, at every kind of line break."""
    return _LINE_BREAK.split(text)
