"""What came of the variants, as tables of Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.fuzz.run import Verdict
from benchmarks.fuzz.variants import Variant, make_variant
from benchmarks.measure import Table
from benchmarks.score.corpus import Faults
from benchmarks.score.tables import faults_table
from benchmarks.score.truth import Case

DOUBTED = ", with a doubt"


def fuzz_tables(
    seeds: Sequence[Case], verdicts: Iterable[Verdict], keep: Path | None = None
) -> tuple[list[Table], bool]:
    """Tables by format and of the faults; and whether nothing was misread without a doubt."""
    faults = Faults(keep)
    counts: dict[str, Counter[str]] = {}
    for verdict in sorted(verdicts, key=lambda verdict: verdict.number):
        variant = make_variant(seeds, verdict.number)
        count = counts.setdefault(variant.seed.format, Counter())
        _count(count, verdict)
        for kind, fault in {fault.kind: fault for fault in verdict.faults}.items():
            seed = variant.seed
            name = f"{seed.format} {seed.variety}, {variant.damage}: {kind}"
            faults.note(name, _damaged(variant, verdict.number), f"{fault.where} {fault.detail}")
    silent = [kind for kind in faults.counts if not kind.endswith(DOUBTED)]
    tables = [_formats_table(counts)]
    if faults.counts:
        tables.append(faults_table("Faults by kind: documents, and one of them", faults))
    return tables, not silent


def _count(count: Counter[str], verdict: Verdict) -> None:
    silent = any(not fault.kind.endswith(DOUBTED) for fault in verdict.faults)
    outcome = verdict.outcome
    if outcome == "read":
        outcome = "misread" if silent else "doubted" if verdict.faults else "read"
    elif outcome not in ("crash", "death", "hang"):
        outcome = "refused"
    count["variants"] += 1
    count[outcome] += 1
    count["slowest"] = max(count["slowest"], round(verdict.seconds * 1000))


def _damaged(variant: Variant, number: int) -> Case:
    seed = variant.seed
    return Case(variant.data, f"{number}-{seed.name}", seed.format, seed.variety, seed.truth)


def _formats_table(counts: dict[str, Counter[str]]) -> Table:
    columns = ("variants", "read", "refused", "doubted", "misread", "crash", "death", "hang")
    rows = [
        (kind, *(str(count[column]) for column in columns), f"{count['slowest']:,}")
        for kind, count in sorted(counts.items())
    ]
    whole = sum(counts.values(), Counter())
    rows.append(("**all**", *(str(whole[column]) for column in columns), ""))
    return Table(
        "Variants by format",
        ("format", *columns, "slowest ms"),
        rows,
        "Read: every number stands in its cell. Doubted: a wrong number under a doubt that names "
        "its row or table. Misread: a wrong number without a word. Crash: another error than a "
        "refusal; death: the process died; hang: over 10 s.",
    )
