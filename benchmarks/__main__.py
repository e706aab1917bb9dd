"""``python -m benchmarks``: measure, print Markdown tables and keep them in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import page
from benchmarks.building import measure_building
from benchmarks.checks import measure_checks
from benchmarks.copies import measure_copies
from benchmarks.measure import Table
from benchmarks.pages import measure_pages
from benchmarks.parsing import measure_parsing
from benchmarks.sample import build_sample
from benchmarks.synthetic import YEARS, build_synthetic
from benchmarks.warehouse import measure_warehouse

AREAS = ("parsing", "build", "warehouse", "checks", "copies", "pages")
REPORTS_A_PAIR = YEARS[1] - YEARS[0] + 1


def main() -> None:
    """Measure the areas named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="|".join(AREAS), help="default: all")
    parser.add_argument("--reports", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--files", type=int, default=10_000, help="to build; default: 10000")
    parser.add_argument("--warehouse", type=Path, help="a synthetic warehouse made before")
    parser.add_argument("--scratch", type=Path, help="folder for large files, emptied afterwards")
    parser.add_argument("--print-only", action="store_true", help="leave docs/benchmarks.md alone")
    chosen = parser.parse_args()
    if unknown := set(chosen.areas) - set(AREAS):
        parser.error(f"no such area: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="gouji-bench-", dir=chosen.scratch) as folder:
        for area in chosen.areas or AREAS:
            tables = _measure(area, chosen.reports, chosen.files, chosen.warehouse, Path(folder))
            text = page.write_area(tables, page.conditions())
            print(text)
            if not chosen.print_only:
                page.replace_area(area, text)


def _measure(
    area: str, reports: int, files: int, warehouse: Path | None, scratch: Path
) -> list[Table]:
    def synthetic() -> Path:
        made = warehouse or scratch / "synthetic.duckdb"
        if not made.exists():
            build_synthetic(made, reports // REPORTS_A_PAIR, YEARS, seed=1)
        return made

    ways: dict[str, Callable[[], list[Table]]] = {
        "parsing": measure_parsing,
        "build": lambda: measure_building(files, scratch),
        "warehouse": lambda: measure_warehouse(synthetic(), scratch),
        "checks": lambda: measure_checks(warehouse, reports, scratch),
        "copies": lambda: measure_copies(reports, scratch),
        "pages": lambda: [
            *measure_pages(build_sample(scratch), "sample corpus"),
            *measure_pages(synthetic(), f"{reports:,} reports"),
        ],
    }
    return ways[area]()


if __name__ == "__main__":
    main()
