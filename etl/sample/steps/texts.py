"""Steps on all text alike: script, width, spaces, inserted and lost characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

import opencc

from etl.sample.blocks import Block, TableBlock
from etl.sample.model import SampleReport
from etl.sample.steps.edit import Step, laid_out, with_blocks
from etl.sample.tables import read_toml

_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
_SHORTEST = 4

Rewrite = Callable[[str], str]


def _rewritten(
    report: SampleReport, prose: Rewrite | None, label: Rewrite | None, figure: Rewrite | None
) -> SampleReport:
    """The report with its paragraphs, its labels and its figures rewritten; None leaves them."""

    def blocks() -> Iterator[Block]:
        for block in laid_out(report):
            if not isinstance(block, TableBlock):
                yield replace(block, text=prose(block.text)) if prose else block
                continue
            rows = []
            for row in block.table:
                rewrites = [figure if box.key else label for box in row]
                pairs = zip(row, rewrites, strict=True)
                rows.append(
                    tuple(replace(box, text=do(box.text)) if do else box for box, do in pairs)
                )
            yield replace(block, table=tuple(rows))

    return with_blocks(report, blocks())


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")


def _traditional(report: SampleReport, rng: Random) -> SampleReport:
    """Machine-made traditional characters, with the terms of another region."""
    convert = _converter().convert
    printed = _rewritten(report, convert, convert, None)
    return replace(printed, title=convert(report.title), path=report.path or convert(report.title))


def _pinyin(report: SampleReport, rng: Random) -> SampleReport:
    """Pinyin inserted into the prose by a mirror: 工(gong)作."""
    inserted = read_toml("steps.toml")["texts"]["pinyin"]

    def rewrite(text: str) -> str:
        for plain, marked in inserted.items():
            text = text.replace(plain, marked, 1)
        return text

    blocks = [
        replace(b, text=rewrite(b.text)) if not isinstance(b, TableBlock) and b.section else b
        for b in laid_out(report)
    ]
    return with_blocks(report, blocks)


def _split_words(report: SampleReport, rng: Random) -> SampleReport:
    """Spaces and line breaks within words, in prose and labels, as old word processors leave."""

    def rewrite(text: str) -> str:
        if len(text) < _SHORTEST:
            return " ".join(text)
        places = sorted(rng.sample(range(1, len(text)), max(1, len(text) // 12)), reverse=True)
        for at in places:
            if not (text[at - 1].isascii() or text[at].isascii()):
                text = text[:at] + rng.choice((" ", "  ", "\n")) + text[at:]
        return text

    return _rewritten(report, lambda text: rewrite(text).replace("\n", " "), rewrite, None)


def _wide(report: SampleReport, rng: Random) -> SampleReport:
    """All digits, letters and signs in full width: １．属于国家秘密, ２０２３年."""

    def widen(text: str) -> str:
        return text.translate(_WIDE)

    return _rewritten(report, widen, widen, widen)


def _lost_digits(report: SampleReport, rng: Random) -> SampleReport:
    """Dates and document numbers from which a content system dropped characters."""
    lost = read_toml("steps.toml")["texts"]["lost"]

    def rewrite(text: str) -> str:
        for whole, left in lost:
            text = text.replace(whole, left)
        return text

    return _rewritten(report, rewrite, None, None)


def _hidden_characters(report: SampleReport, rng: Random) -> SampleReport:
    """Zero-width spaces, byte order marks and hard spaces among the characters."""

    def rewrite(text: str) -> str:
        if not text:
            return text
        at = rng.randrange(len(text))
        return text[:at] + rng.choice(("\u200b", "\ufeff", "\xad")) + text[at:] + "\xa0"

    return _rewritten(report, rewrite, rewrite, lambda text: text + "\u200b")


STEPS: dict[str, Step] = {
    "traditional": _traditional,
    "pinyin": _pinyin,
    "split-words": _split_words,
    "wide": _wide,
    "lost-digits": _lost_digits,
    "hidden-characters": _hidden_characters,
}
