"""``python -m benchmarks.proof``: prove the checks and keep the result in docs/proof.md."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import page
from benchmarks.measure import Table
from benchmarks.proof.alarms import measure_jumps, measure_rates
from benchmarks.proof.impact import impact_table
from benchmarks.proof.planted import planted_table
from benchmarks.proof.suspects import score_suspects
from benchmarks.proof.tables import proof_tables

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"
SERIES = 6
"""Clean series that are cloned; each gives about a thousand misprints."""
AGENCIES = 56
CASES = 1_000
"""Reports with planted slips, for the suspects."""

PARTS: dict[str, Callable[[argparse.Namespace], list[Table]]] = {
    "cells": lambda options: proof_tables(options.seed, SERIES),
    "planted": lambda options: [planted_table(options.seed, AGENCIES)],
    "suspects": lambda options: [score_suspects(CASES, options.seed, options.real)[0]],
    "impact": lambda options: [impact_table(options.seed)],
    "alarms": lambda options: [measure_rates(options.seed), measure_jumps(options.seed)],
}


def main() -> None:
    """Measure the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--seed", type=int, default=7919, help="default: 7919")
    parser.add_argument("--real", type=Path, help="CSV of published figures, for the suspects")
    parser.add_argument("--print-only", action="store_true", help="leave docs/proof.md alone")
    options = parser.parse_args()
    if unknown := sorted(set(options.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}")
    for name in options.parts or PARTS:
        text = page.write_area(PARTS[name](options), f"{page.conditions()} Seed {options.seed}.")
        print(text)
        if not options.print_only:
            page.replace_area(name, text, PAGE)


if __name__ == "__main__":
    main()
