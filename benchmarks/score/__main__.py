"""``python -m benchmarks.score``: score the reading and keep the result in docs/score.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from benchmarks import page
from benchmarks.fuzz.run import run_variants
from benchmarks.fuzz.seeds import readable_seeds
from benchmarks.fuzz.tables import fuzz_tables
from benchmarks.measure import Table
from benchmarks.roundtrip.run import choose, travel, trip_tables
from benchmarks.score.aims import hold_against_aims
from benchmarks.score.corpus import Faults, score_cases, score_refusals
from benchmarks.score.sentences import score_sentences
from benchmarks.score.tables import score_tables
from benchmarks.score.truth import (
    load_cases,
    load_refusable,
    readable_formats,
    readable_varieties,
    specimen_cases,
)
from etl.sample import write_sample

PAGE = Path(__file__).parents[2] / "docs" / "score.md"
YEARS = (2019, 2024)
Outcome = tuple[list[Table], bool]
"""The tables of a part, and whether all its aims are reached."""


def main() -> int:
    """Exit status: 0, or 1 with ``--strict`` when an aim is missed."""
    options = _options()
    os.environ["GOUJI_SOFFICE"] = ""  # what gouji itself reads, on whichever machine
    parts: dict[str, Callable[[argparse.Namespace], Outcome]] = {}
    if options.fuzz:
        parts["fuzz"] = _fuzz
    if options.roundtrip:
        parts["roundtrip"] = _roundtrip
    reached = True
    for name, measure in (parts or {"score": _score}).items():
        tables, ok = measure(options)
        text = page.write_area(tables, f"{page.conditions()} Seed {options.seed}.")
        print(text)
        if not options.print_only:
            page.replace_area(name, text, PAGE)
        reached &= ok
    return int(options.strict and not reached)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("--seed", type=int, default=7919, help="of the corpus; default: 7919")
    parser.add_argument("--agencies", type=int, default=56, help="in the corpus; default: 56")
    parser.add_argument("--each", type=int, default=3, help="documents a variety; default: 3")
    parser.add_argument("--formats", default="", help="only these, with commas between")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="read N damaged files")
    parser.add_argument("--roundtrip", action="store_true", help="through other programs")
    parser.add_argument("--most", type=int, default=0, help="on a round trip, of each format")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when an aim is missed")
    parser.add_argument("--keep", type=Path, help="folder for one file of every kind of fault")
    parser.add_argument("--print-only", action="store_true", help="leave docs/score.md alone")
    return parser.parse_args()


def _score(options: argparse.Namespace) -> Outcome:
    formats = readable_formats(options.formats)
    with tempfile.TemporaryDirectory(prefix="gouji-score-") as folder:
        corpus = Path(folder) / "corpus"
        write_sample(corpus, options.agencies, YEARS, options.seed, formats)
        specimens = specimen_cases(options.seed, options.each, readable_varieties(formats))
        score = score_cases(chain(specimens, load_cases(corpus)), options.keep)
        score_refusals(load_refusable(corpus), score)
    sentences = list(score_sentences())
    aims = hold_against_aims(score, sentences)
    return score_tables(score, sentences, aims), all(aim.reached for aim in aims)


def _roundtrip(options: argparse.Namespace) -> Outcome:
    chosen = readable_varieties(readable_formats(options.formats))
    cases = choose(specimen_cases(options.seed, chosen=chosen), options.most)
    faults = Faults(options.keep)
    return trip_tables(travel(cases, faults), faults)


def _fuzz(options: argparse.Namespace) -> Outcome:
    seeds = readable_seeds(options.seed)
    return fuzz_tables(seeds, run_variants(seeds, options.fuzz), options.keep)


if __name__ == "__main__":
    raise SystemExit(main())
