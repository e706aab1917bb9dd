"""What the rules' queries draw on beside the warehouse's own tables, made when one names it.

Each entry below is a module's ``make(connection, settings)`` and the relations it fills. Those
that start with ``check_`` are scratch and gone when the checks are done; the others stay in the
warehouse, where the dashboard reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.checks import amounts, printed, zeros
from etl.checks.copies import relation as copies
from etl.checks.settings import Settings
from etl.checks.unusual import funnel, volumes

Make = Callable[[DuckDBPyConnection, Settings], None]


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations that are made together."""

    names: tuple[str, ...]
    make: Make


RELATIONS = (
    Relations(("check_printed", "check_odd_cell"), printed.make),
    Relations(("check_amount",), amounts.make),
    Relations(("text_copy", "check_prose"), copies.make),
    Relations(("zero_grade", "check_zero_score", "check_zero_words"), zeros.make),
    Relations(("funnel_report", "check_rate_label"), funnel.make),
    Relations(("check_jump", "check_volume_tally"), volumes.make),
)
"""In the order in which they are made: a later one may draw on an earlier one."""


def named_relations(queries: Collection[str]) -> list[Relations]:
    """Those that one of ``queries`` names, in the order in which they are to be made."""
    return [
        relations
        for relations in RELATIONS
        if any(name in query for name in relations.names for query in queries)
    ]
