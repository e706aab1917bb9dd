"""Fills ``text_copy`` and ``check_prose``, on which the rules on copied prose rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.checks.copies.candidates import Indexes, Texts, likely_copies, worth_a_look
from etl.checks.copies.corpus import Corpus
from etl.checks.copies.exact import overlap, passages
from etl.checks.copies.lineage import Lineage, Pair
from etl.checks.settings import Settings
from etl.warehouse.connect import insert_rows

_BATCH = 1000
_PASSAGE = pa.struct(
    [(name, pa.string()) for name in ("text", "place", "other_text", "other_place")]
)
_COPIES = pa.schema(
    [
        ("report_id", pa.int64()), ("other_report_id", pa.int64()), ("kind", pa.string()),
        ("share", pa.float64()), ("characters", pa.int32()), ("tied", pa.bool_()),
        ("cluster_id", pa.int64()), ("passages", pa.list_(_PASSAGE)),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """When a rule calls two texts too alike."""

    least_share: float
    least_characters: int
    least_length: int

    @classmethod
    def of(cls, settings: Settings, slug: str) -> Limits:
        """The limits in force for a rule."""
        values = settings.of(slug)
        return cls(
            float(values["least_share"]),
            int(values["least_characters"]),
            int(values["least_length"]),
        )


def make(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Make ``check_prose`` (report_id, characters that count) and fill ``text_copy``."""
    connection.execute("delete from text_copy")
    repeated, copied = (Limits.of(settings, slug) for slug in ("text-repeated", "text-copied"))
    custom = settings.of("text-copied")
    corpus = Corpus.of(connection)
    corpus.read(float(custom["customary_share"]), int(custom["customary_length"]))
    texts = corpus.texts(min(repeated.least_length, copied.least_length))
    judged = partial(_judged, corpus, texts)
    pairs = [
        *judged("repeated", *_year_before(connection, texts, repeated.least_share), repeated),
        *judged("copied", *likely_copies(texts, copied.least_share), copied),
    ]
    lineage = Lineage(texts, pairs)
    pairs = lineage.not_ones_own()
    pairs += judged("copied", *_indexes(lineage.untried_originals(pairs)), copied)
    _store(connection, corpus, texts, pairs, lineage)


def _year_before(
    connection: DuckDBPyConnection, texts: Texts, least_share: float
) -> tuple[Indexes, Indexes]:
    """The reports with their agency's report of the year before, as far as they may be alike."""
    number_of = {report_id: n for n, report_id in enumerate(texts.report_id.tolist())}
    rows = connection.execute(
        "select report_id, previous_report_id from check_previous order by report_id"
    ).fetchall()
    left, right = _indexes(
        (number_of[now], number_of[past])
        for now, past in rows
        if now in number_of and past in number_of
    )
    likely = worth_a_look(texts, left, right, least_share)
    return left[likely], right[likely]


def _judged(
    corpus: Corpus, texts: Texts, kind: str, left: Indexes, right: Indexes, limits: Limits
) -> Iterator[Pair]:
    """The pairs that are too alike, compared shingle by shingle."""
    long_enough = texts.length[left] >= limits.least_length
    left, right = left[long_enough], right[long_enough]
    tied = ~texts.earlier(right, left)
    ids: list[int] = texts.report_id.tolist()
    for one, other, unordered in zip(left.tolist(), right.tolist(), tied.tolist(), strict=True):
        found = overlap(corpus.bare(ids[one]), corpus.bare(ids[other]))
        if found.share >= limits.least_share and found.characters >= limits.least_characters:
            yield Pair(one, other, kind, found.share, found.characters, unordered)


def _store(
    connection: DuckDBPyConnection,
    corpus: Corpus,
    texts: Texts,
    pairs: list[Pair],
    lineage: Lineage,
) -> None:
    ids: list[int] = texts.report_id.tolist()
    pairs = sorted(pairs)
    for start in range(0, len(pairs), _BATCH):
        chunk = pairs[start : start + _BATCH]
        sentences = corpus.sentences(
            sorted({ids[number] for pair in chunk for number in (pair.left, pair.right)})
        )
        rows = [
            (
                ids[pair.left], ids[pair.right], pair.kind, pair.share, pair.characters,
                pair.tied, lineage.cluster(pair.left),
                passages(sentences[ids[pair.left]], sentences[ids[pair.right]]),
            )
            for pair in chunk
        ]  # fmt: skip
        insert_rows(connection, "text_copy", _COPIES, rows)


def _indexes(pairs: Iterable[tuple[int, int]]) -> tuple[Indexes, Indexes]:
    table = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
