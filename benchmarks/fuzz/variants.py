"""Variant number N of a set of documents: always the same damage to the same file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from benchmarks.fuzz import noise
from benchmarks.fuzz.content_streams import STREAM_DAMAGE, damage_stream
from benchmarks.fuzz.inner import TEXT_FORMATS, open_inner
from benchmarks.fuzz.lines import FIGURE_DAMAGE, LINE_DAMAGE
from benchmarks.fuzz.markup import DIALECTS, MARKUP_DAMAGE, Dialect
from benchmarks.score.truth import Case

Damage = Callable[[bytes, Random], bytes | None]

DIALECT_OF = {"html": "html", "htm": "html", "mht": "html", "docx": "docx", "xlsx": "xlsx"}
SPLICES = frozenset(("cut", "duplicate", "blank_out"))
"""Damage to bytes that may join half a row to half of another: what is then printed is a row."""
ALTERS = frozenset(
    (
        *("flip_bits", "set_bytes", "alter_digit", "split_figure", "break_line", "add_separator"),
        *("drop_text", "double_text", "move_text"),  # where a PDF draws each character by itself
    )
)
"""Damage after which a cell may truly print another figure than before."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A damaged document: what was done to which seed."""

    seed: Case
    damage: str
    data: bytes


def make_variant(seeds: Sequence[Case], number: int) -> Variant:
    """Variant ``number``, from 0; the seeds take turns, damage is drawn by the number alone."""
    seed = seeds[number % len(seeds)]
    rng = Random(number)
    choices = damages(seed.format)
    while True:
        name, damage = rng.choice(choices)
        data = damage(seed.data, rng)
        if data is not None and data != seed.data:
            return Variant(seed, name, data)


def damages(kind: str) -> list[tuple[str, Damage]]:
    """Every damage that can be done to a format, by name."""
    found: list[tuple[str, Damage]] = [(damage.__name__, damage) for damage in NOISE]
    if kind == "pdf":
        found += [(d.__name__, partial(damage_stream, damage=d)) for d in STREAM_DAMAGE]
    if kind in TEXT_FORMATS:
        found += [(d.__name__, _inside(kind, d)) for d in (*LINE_DAMAGE, *FIGURE_DAMAGE)]
    if kind in DIALECT_OF:
        found += [(d.__name__, _inside(kind, _in_markup(kind, d))) for d in MARKUP_DAMAGE]
        found += [(d.__name__, _inside(kind, d)) for d in FIGURE_DAMAGE]
        found += [(d.__name__, _inside(kind, _as_text(d))) for d in NOISE]
    return found


NOISE: tuple[Callable[[bytes, Random], bytes], ...] = (
    noise.flip_bits, noise.set_bytes, noise.truncate, noise.cut, noise.duplicate, noise.blank_out,
)  # fmt: skip


def _inside(kind: str, damage: Callable[[str, Random], str | None]) -> Damage:
    """Damage done to the text inside a file."""

    def do(data: bytes, rng: Random) -> bytes | None:
        inner = open_inner(data, kind, rng)
        new = damage(inner.text, rng) if inner else None
        return inner.pack(new) if inner and new is not None else None

    return do


def _in_markup(
    kind: str, damage: Callable[[str, Random, Dialect], str | None]
) -> Callable[[str, Random], str | None]:
    dialect = DIALECTS[DIALECT_OF[kind]]
    return lambda text, rng: damage(text, rng, dialect)


def _as_text(damage: Callable[[bytes, Random], bytes]) -> Callable[[str, Random], str]:
    return lambda text, rng: damage(text.encode(), rng).decode("utf-8", "replace")
