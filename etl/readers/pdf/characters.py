"""What a character code of a PDF stands for, and which codes stand for nothing."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

from etl.readers.text_tools import UNREADABLE

_WHITE = "\t\r\n"
HYPHEN = 0x02
"""What the library makes of a hyphen at the end of a line; it may be a cell's dash."""

# Fonts of some programs name an ideograph by the radical that looks the same.
_RADICALS = dict(
    zip(
        "⺌⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "小民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_RADICAL_BLOCKS = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)


@lru_cache(maxsize=30_000)
def readable(code: int) -> str:
    """The character of a code as written elsewhere; ``UNREADABLE`` where there is none."""
    if code == HYPHEN:
        return "-"
    sign = chr(code)
    if code in _RADICAL_BLOCKS or code in _COMPATIBLE:
        return _RADICALS.get(sign) or normalize("NFKC", sign)
    if sign in _WHITE:
        return sign
    # Controls, halves of pairs, private use, unassigned: no text is made of these.
    return UNREADABLE if category(sign) in ("Cc", "Cs", "Co", "Cn") else sign
