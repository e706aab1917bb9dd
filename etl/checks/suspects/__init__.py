"""Which cells are wrong where identities fail, and what they should say.

The smallest sets of cells are sought whose change satisfies every identity of the form that the
report's own and the neighbouring years' figures decide (error localisation after Fellegi and
Holt); among sets of one size those come first that a common slip explains.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.checks.suspects.chain import solve_chain
from etl.checks.suspects.faults import split_faults
from etl.checks.suspects.faulty import Batch, Faulty, faulty_batches, prepare_faulty
from etl.checks.suspects.implied import GAP_RULES, propose_implied
from etl.checks.suspects.layout import identity_rules
from etl.checks.suspects.ranking import Row, suspect_rows
from etl.checks.suspects.rotated import rotated_rows
from etl.checks.suspects.search import Solution
from etl.checks.suspects.singles import failing_components, frozen_cells, single_cells

_SCHEMA = pa.schema(
    [
        ("report_id", pa.int64()), ("rank", pa.int16()), ("item", pa.string()),
        ("party", pa.string()), ("printed", pa.float64()), ("proposed", pa.float64()),
        ("explains", pa.int32()), ("section", pa.uint8()), ("slip", pa.string()),
        ("cost", pa.float64()), ("ties", pa.int32()), ("fault", pa.int16()),
        ("solution", pa.int16()), ("cells", pa.int16()), ("determined", pa.bool_()),
    ]
)  # fmt: skip


_ROTATED = pa.schema(
    [
        ("report_id", pa.int64()), ("section", pa.uint8()), ("item", pa.string()),
        ("party", pa.string()), ("value", pa.float64()),
    ]
)  # fmt: skip


@cache
def judged_rules() -> tuple[str, ...]:
    """The rules whose findings accuse cells, or tell of cells without a number."""
    return (*(rule.slug for rule in identity_rules()), *GAP_RULES)


def name_suspects(connection: DuckDBPyConnection, slugs: list[str]) -> None:
    """Fill ``suspect`` anew from the findings, when a rule that bears on it was run.

    What the suspects print then tells whose fault the findings are.
    """
    if not set(judged_rules()) & set(slugs):
        return
    connection.execute("delete from suspect")
    rotated: list[Row] = []
    prepare_faulty(connection)
    for batch in faulty_batches(connection):
        rows = pa.Table.from_pylist(list(batch_rows(batch)), schema=_SCHEMA)
        connection.register("suspect_rows", rows)
        connection.execute("insert into suspect by name select * from suspect_rows")
        connection.unregister("suspect_rows")
        for reports in batch.by_edition.values():
            rotated.extend(rotated_rows(reports))
    propose_implied(connection)
    _attribute(connection, rotated)


def _attribute(connection: DuckDBPyConnection, rotated: list[Row]) -> None:
    connection.register("rotated_rows", pa.Table.from_pylist(rotated, schema=_ROTATED))
    connection.execute("create or replace temp table check_rotated as from rotated_rows")
    connection.unregister("rotated_rows")
    statements = resources.files(__package__).joinpath("attribution.sql").read_text("utf-8")
    connection.execute(statements.format(rules=repr(judged_rules())))


def batch_rows(batch: Batch) -> Iterator[Row]:
    """The rows of ``suspect`` for a batch of reports."""
    components: dict[int, set[int]] = {}
    singles: dict[int, dict[int, list[Solution]]] = {}
    frozen: dict[int, set[int]] = {}
    for reports in batch.by_edition.values():
        found = zip(
            reports, failing_components(reports), single_cells(reports), frozen_cells(reports),
            strict=True,
        )  # fmt: skip
        for report, failing, cells, fixed in found:
            components[report.report_id] = failing
            singles[report.report_id] = cells
            frozen[report.report_id] = set(fixed.nonzero()[0].tolist())
    for chain in _chains(batch.reports):
        number = 0
        for group, component in _islands(chain, components):
            solved = solve_chain(
                group, component,
                [singles[report.report_id].get(component, []) for report in group],
                [frozen[report.report_id] for report in group],
            )  # fmt: skip
            for one in solved:
                faults = split_faults(one.problem, one.found.solutions, one.found.complete)
                for fault in faults:
                    number += 1
                    yield from suspect_rows(group, one.problem, fault, number)


def _chains(reports: list[Faulty]) -> Iterator[list[Faulty]]:
    """Reports of following years whose linked identities all fail."""
    chain: list[Faulty] = []
    for report in reports:
        if chain and chain[-1].chain != report.chain:
            yield chain
            chain = []
        chain.append(report)
    if chain:
        yield chain


def _islands(
    chain: list[Faulty], components: dict[int, set[int]]
) -> Iterator[tuple[list[Faulty], int]]:
    """What is solved together: the linked island over the whole chain, the others by report."""
    linked = chain[0].layout.request_component
    failing = [report for report in chain if linked in components[report.report_id]]
    if failing:
        yield failing, linked
    for report in chain:
        for component in sorted(components[report.report_id] - {linked}):
            yield [report], component
