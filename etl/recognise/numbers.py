"""Reads one printed cell: a number, a blank, a dash, or text that is no number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from etl.form import Kind
from etl.reading import CellReading, State

DASHES = frozenset(
    ("/", "\\", "-", "--", "---", "—", "——", "–", "―", "无", "無", "N/A", "n/a", "NA")
)
"""What reports print for "not applicable"."""

MAX_REMEMBERED = 20_000
"""Texts whose reading is remembered: most cells of most reports are small numbers."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
_WIDE |= str.maketrans("萬億項條個", "万亿项条个")
_MEASURE = "件项条个宗次起份部篇户例人家"
_ZEROS = frozenset(("零", "〇", "○"))
_ONES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_AMOUNT_SCALE = {
    "元": Decimal("0.0001"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "亿元": Decimal(10_000),
}
_COUNT_SCALE = {"": Decimal(1), "万": Decimal(10_000)}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>[1-9]\d{0,2}(?:[,\u00a0\u2009\u202f]\d{3})+|\d+)(?P<fraction>\.\d+)?"
    rf"\s*\(?(?P<scale>亿元|万元|万|元)?\)?\s*(?P<measure>[{_MEASURE}]?)"
)
_FIGURE = re.compile(
    r"(?:增加|减少|增|减)?[+-]*\d[\d,. /\u00a0\u2009\u202f]*(?:亿元|万元|万|元|\(万元\)|\(元\))?"
    rf"\s*[余多]?[{_MEASURE}]?"
)
_CHINESE = re.compile(rf"(?:([一二两三四五六七八九]?)(十))?([零一二两三四五六七八九]?)[{_MEASURE}]")
_CHANGE = re.compile(r"(?P<word>增加|减少|增|减)(?=\d)")


def read_cell(text: str, kind: Kind, place: str, head_unit: str = "") -> CellReading:
    """What a cell of this kind says; ``value`` in the form's unit (件, 项 or 万元).

    ``head_unit`` is the unit that the column head prints (元, 万元), if it prints one; a unit in
    the cell itself goes before it. Full-width digits, thousands separators and a measure word are
    read; anything else that isn't a number is ``unreadable``, never guessed.
    """
    state, value = _read(text, kind, head_unit)
    return CellReading(state, value, text, place)


@lru_cache(maxsize=MAX_REMEMBERED)
def _read(text: str, kind: Kind, head_unit: str) -> tuple[State, float | None]:
    plain = text.translate(_WIDE).strip()
    if not plain:
        return "blank", None
    if plain in DASHES:
        return "dash", None
    value = _number(plain, kind, head_unit)
    return ("unreadable", None) if value is None else ("number", float(value))


@lru_cache(maxsize=MAX_REMEMBERED)
def is_value(text: str) -> bool:
    """Whether a cell holds a figure, even one that can't be read (0/0, --253), or a dash.

    A label that begins with its number (1.属于国家秘密) is none.
    """
    plain = text.translate(_WIDE).strip()
    if plain in DASHES or _FIGURE.fullmatch(plain) is not None:
        return True
    return len(plain) <= 4 and _chinese(plain) is not None


def _number(plain: str, kind: Kind, head_unit: str) -> Decimal | None:
    sign = 1
    if kind == "change" and (word := _CHANGE.match(plain)):
        sign = -1 if word["word"].startswith("减") else 1
        plain = plain[word.end() :]
    if kind == "count" and (written := _chinese(plain)) is not None:
        return written
    match = _NUMBER.fullmatch(plain)
    if match is None or (sign == -1 and match["sign"]):
        return None
    scale = _scale(match["scale"] or "", kind, head_unit)
    if scale is None or (kind == "amount" and match["measure"]):
        return None
    digits = re.sub(r"\D", "", match["digits"])
    value = Decimal(f"{match['sign']}{digits}{match['fraction'] or ''}") * scale
    return sign * value


def _chinese(plain: str) -> Decimal | None:
    """A zero in words, or a number below a hundred with its measure word: 零, 三件, 十二项.

    Without a measure word 一 may be a dash and 三 the number of a heading.
    """
    if plain in _ZEROS:
        return Decimal(0)
    found = _CHINESE.fullmatch(plain)
    if found is None or not (found[2] or found[3]):
        return None
    tens = (_ONES[found[1]] if found[1] else 1) if found[2] else 0
    return Decimal(10 * tens + (_ONES[found[3]] if found[3] else 0))


def _scale(unit: str, kind: Kind, head_unit: str) -> Decimal | None:
    """What a printed figure is multiplied by; None when the unit doesn't belong in this kind."""
    if kind == "amount":
        return _AMOUNT_SCALE[unit or head_unit or "万元"]
    return _COUNT_SCALE.get(unit)
