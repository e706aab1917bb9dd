"""``python -m benchmarks.copies``: time, memory and hit rate of the search for copied prose."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.copies_corpus import COPIED, REPEATED, TEMPLATE, Planted, build_corpus
from benchmarks.measure import THREADS, Table, run_apart, seconds
from etl.checks import run_checks
from etl.warehouse.connect import open_for_writing

RULES = ("text-repeated", "text-copied")
KINDS = {"text-repeated": "repeated", "text-copied": "copied"}
Found = list[tuple[int, int, str, float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--scratch", type=Path, help="folder for large files, emptied afterwards")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gouji-bench-", dir=chosen.scratch) as folder:
        for table in measure_copies(chosen.texts, Path(folder)):
            print(table.markdown())


def measure_copies(texts: int, scratch: Path, seed: int = 1) -> list[Table]:
    """Measure a tenth of ``texts`` and all of them; hits and false alarms are those of all."""
    times, hits = [], []
    for size in (texts // 10, texts):
        path = scratch / f"copies-{size}.duckdb"
        planted = build_corpus(path, size, seed)
        (duration, characters, found), peak = run_apart(find_copies, path)
        times.append(
            (f"{size:,}", f"{characters / size:,.0f}", f"{duration:.1f}",
             f"{1e3 * duration / size:.2f}", f"{peak:,.0f}")
        )  # fmt: skip
        hits = list(_hits(planted, found, size))
        path.unlink()
    return [
        Table(
            "Copied prose",
            ("texts", "characters a text", "seconds", "ms a text", "peak memory, MB"),
            times,
            f"Both rules on prose in one run, {THREADS} threads.",
        ),
        Table(
            f"Planted copies found, {texts:,} texts",
            ("planted", "reports", "found", "%"),
            hits,
            f"{COPIED:.0%} of the reports copy another agency's of the year before, "
            f"{REPEATED:.0%} their own, {TEMPLATE:.0%} share one text; a quarter of the copied "
            "sentences have a word changed and all have other figures. Found: with the planted "
            "source, or for the shared text with any. A share is one of sentences taken over "
            "before they were changed, and the rule asks for a share of letters.",
        ),
    ]


def find_copies(path: Path) -> tuple[float, int, Found]:
    """Give the seconds of the rules on prose, the characters they read, and what they kept."""
    with open_for_writing(path, THREADS) as connection:
        connection.begin()
        duration = seconds(lambda: run_checks(connection, RULES))
        connection.commit()
        (characters,) = connection.execute("select sum(length(text)) from prose").fetchall()[0]
        found = connection.execute(
            "select report_id, other_report_id, kind, share from text_copy"
        ).fetchall()
        return duration, characters, found


def _hits(planted: list[Planted], found: Found, texts: int) -> Iterator[tuple[str, ...]]:
    pairs = {(report_id, other, kind) for report_id, other, kind, _ in found}
    reports = {(report_id, kind) for report_id, _, kind, _ in found}
    groups: dict[str, list[bool]] = defaultdict(list)
    for plant in sorted(planted, key=lambda plant: (plant.kind, plant.share)):
        if plant.kind == "template":
            hit = (plant.report_id, "copied") in reports
            groups["one text shared by many"].append(hit)
        else:
            hit = (plant.report_id, plant.other_report_id, plant.kind) in pairs
            groups[f"{plant.kind}, {plant.share:.0%}"].append(hit)
    for name, hit_list in groups.items():
        share = sum(hit_list) / len(hit_list)
        yield name, f"{len(hit_list):,}", f"{sum(hit_list):,}", f"{100 * share:.1f}"
    false = {report_id for report_id, *_ in found} - {plant.report_id for plant in planted}
    yield (
        "nothing planted (false alarms)",
        f"{texts - len(planted):,}",
        f"{len(false):,}",
        (f"{100 * len(false) / (texts - len(planted)):.3f}"),
    )


if __name__ == "__main__":
    main()
