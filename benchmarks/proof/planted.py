"""Planted faults: how many of a made-up corpus each check finds, and what it finds besides."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import duckdb

from benchmarks.measure import Table
from benchmarks.sample import Silent
from etl.build import build
from etl.checks import rules
from etl.given import read_given
from etl.sample import write_sample
from etl.warehouse.publish import published_file

YEARS = (2019, 2024)
_COUNTED = """
with truth as (
    select distinct agency, year, scope, rule, section, item, party from '{truth}/faults.parquet'
), ours as (
    select agency, year, scope::varchar as scope, rule, section, item, party from finding
), odd as (
    select distinct agency, year, rule from '{truth}/oddities.parquet'
    where rule not in (select rule from truth)
), counted as (
    select rule, count(*) as meant, 0 as found, 0 as found_in_all from truth group by rule
    union all by name
    select rule, count(*) as found from (from truth intersect from ours) group by rule
    union all by name
    select rule, count(*) as meant from odd group by rule
    union all by name
    select rule, count(*) as found
    from odd where (agency, year, rule) in (select (agency, year, rule) from ours) group by rule
    union all by name
    select rule, count(*) as found_in_all from ours group by rule
)
select rule, coalesce(sum(meant), 0)::integer, coalesce(sum(found), 0)::integer,
       coalesce(sum(found_in_all), 0)::integer
from counted group by rule
"""


def planted_table(seed: int, agencies: int) -> Table:
    """Write, read and check a corpus on this seed, and count by rule."""
    with tempfile.TemporaryDirectory(prefix="gouji-proof-") as folder:
        corpus = Path(folder) / "corpus"
        warehouse = Path(folder) / "warehouse.duckdb"
        write_sample(corpus, agencies, YEARS, seed)
        summary = build(
            [corpus / "reports"], warehouse, Silent(), read_given(corpus / "roster.csv")
        )
        file = published_file(warehouse)
        assert file is not None
        with closing(duckdb.connect(str(file), read_only=True)) as connection:
            rows = connection.execute(_COUNTED.format(truth=corpus / "truth")).fetchall()
    counted = {rule: counts for rule, *counts in rows}
    return Table(
        "Planted faults of a made-up corpus",
        ("rule", "severity", "meant", "found", "found besides"),
        [_row(rule.slug, rule.severity, *counted.get(rule.slug, (0, 0, 0))) for rule in rules()],
        f"{summary.reports:,} reports of {summary.agencies} agencies, in every format. Meant: what "
        "the corpus's own oracle says must be found, place by place, or, for checks that weigh one "
        "report against others, the reports in which a fault was planted. Found besides: findings "
        "that the corpus knows nothing of.",
    )


def _row(rule: str, severity: str, meant: int, found: int, found_in_all: int) -> tuple[str, ...]:
    return rule, severity, f"{meant}", f"{found}", f"{found_in_all - found}"
