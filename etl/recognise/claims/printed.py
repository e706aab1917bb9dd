"""A paragraph as the rules read it, and the way back to what is printed.

Full-width figures, traditional characters, pinyin glosses, titles of papers and stray blanks are
undone for reading only: a quote is always cut from the printed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.recognise.script import needs_simplifying, simplified, without_pinyin

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TITLE = re.compile(r"《[^《》]*》|[〔\[【][^〔〕\[\]【】]{0,12}[〕\]】]\s*\d*\s*号?")
_YEAR = re.compile(r"(?<!\w)[一二][〇○零一二三四五六七八九]{3}(?=年)")
_IN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def normalise(printed: str) -> tuple[str, list[int] | None]:
    """The text in half width and simplified characters, without titles and stray blanks.

    The list gives for each character its position in the text as printed; None when both run
    in step. Titles (《…》, 〔2019〕60号) are blotted out: their words are nobody's claim.
    """
    text, positions = _in_simplified(printed)
    half = _YEAR.sub(lambda found: found.group().translate(_IN_DIGITS), text.translate(_HALF_WIDTH))
    half = _TITLE.sub(lambda found: "□" * len(found.group()), half)
    if not _BLANK.search(half):
        return half, positions
    kept = bytearray(b"\x01" * len(half))
    for blank in _BLANK.finditer(half):
        kept[blank.start() : blank.end()] = bytes(blank.end() - blank.start())
    left = [index for index, keep in enumerate(kept) if keep]
    back = left if positions is None else [positions[index] for index in left]
    return "".join(half[index] for index in left), back


def _in_simplified(printed: str) -> tuple[str, list[int] | None]:
    text = without_pinyin(printed)
    positions = None if text == printed else list(_places_of_kept(text, printed))
    if not needs_simplifying(text):
        return text, positions
    pieces: list[str] = []
    back: list[int] = []
    end = 0
    for run in _RUN.finditer(text):
        pieces.append(text[end : run.start()])
        back.extend(range(end, run.start()))
        pieces.append(simplified(run.group()))
        back.extend(_spread(run.start(), run.end(), len(pieces[-1])))
        end = run.end()
    pieces.append(text[end:])
    back.extend(range(end, len(text)))
    return "".join(pieces), back if positions is None else [positions[index] for index in back]


def _places_of_kept(text: str, printed: str) -> Iterator[int]:
    """Where each character of ``text`` stands in ``printed``, which only has more of them."""
    place = -1
    for character in text:
        place = printed.index(character, place + 1)
        yield place


def _spread(start: int, end: int, length: int) -> Iterator[int]:
    """Positions for ``length`` characters that were printed as those from ``start`` to ``end``.

    Terms differ in length between the scripts; a quote is cut at punctuation or behind a figure,
    so inside a run the places need only be near.
    """
    return (start + index * (end - start) // length for index in range(length))
