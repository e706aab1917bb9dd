"""Traditional characters and pinyin glosses, undone for matching; what is printed stays as it is.

Mirrors convert reports by machine, terms included (文件 → 檔案, 信息 → 資訊), or gloss single
characters with their pinyin: 工(gong)作.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

MAX_REMEMBERED = 20_000
"""Texts whose simplified wording is remembered: every report prints the same labels."""

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Terms that the mainland writes too: converted as Taiwan's, 文件 would become 文档.
_SHARED_TERM = re.compile(r"(文件|程序|資料(?!局)|檔案[局館馆室员員])")
_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")


def needs_simplifying(text: str) -> bool:
    """Whether a text, of any length, holds a character that only the traditional script has.

    Text within GB 2312 is told at once, without loading the conversion tables.
    """
    if text.isascii():
        return False
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        rare = text.encode("gb2312", "ignore").decode("gb2312")
        return any(map(_is_traditional, set(text) - set(rare)))
    return False


@lru_cache(maxsize=MAX_REMEMBERED)
def simplified(text: str) -> str:
    """The text in simplified characters and mainland terms; itself when nothing is traditional.

    Terms may change in length, so positions in the result aren't positions in ``text``. It is for
    matching only: what a report prints is kept as printed.
    """
    if not needs_simplifying(text):
        return text
    pieces = _SHARED_TERM.split(text)
    return "".join(
        (_characters() if n % 2 else _terms()).convert(piece) for n, piece in enumerate(pieces)
    )


@lru_cache(maxsize=MAX_REMEMBERED)
def without_pinyin(text: str) -> str:
    """The text without glosses in Latin letters behind a character: 工(gong)作 → 工作."""
    return _GLOSS.sub("", text)


@lru_cache(maxsize=MAX_REMEMBERED)
def _is_traditional(character: str) -> bool:
    return _IDEOGRAPH.match(character) is not None and _characters().convert(character) != character


@cache
def _terms() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - loads its tables, which few reports need

    return OpenCC("tw2sp")


@cache
def _characters() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - loads its tables, which few reports need

    return OpenCC("t2s")
