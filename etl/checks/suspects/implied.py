"""What cells without a number must say, where the sums around them leave one answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from etl.checks.suspects.faulty import BATCH, figures_sql, list_rows
from etl.checks.suspects.layout import Layout, layout
from etl.checks.suspects.search import TOLERANCE
from etl.form import EDITIONS

_SCHEMA = pa.schema(
    [("report_id", pa.int64()), ("cell_no", pa.int16()), ("proposed", pa.float64())]
)
GAP_RULES = ("unreadable-cell", "blank-cells")
"""Whose findings tell in which reports a cell lacks its number."""


def propose_implied(connection: DuckDBPyConnection) -> None:
    """Add to ``suspect`` every cell without a number that the sums around it give one.

    A blank or a dash that must mean 0 is no fault of the figures and left out.
    """
    for edition in EDITIONS:
        one = layout(edition)
        connection.execute(
            "create or replace temp table check_gap as "
            f"select report_id, {figures_sql(one, 'reading')} as figures, "
            f"row_number() over () // {BATCH} as batch "
            "from report join reading using (reading_id) "
            "where report.form = $1 and report_id in "
            "(select report_id from finding where rule in (select unnest($2::varchar[])))",
            [edition, list(GAP_RULES)],
        )
        batches = connection.execute("select distinct batch from check_gap").fetchall()
        for (batch,) in batches:
            table = connection.execute(
                "select report_id, figures from check_gap where batch = $1", [batch]
            ).to_arrow_table()
            rows = pa.Table.from_pylist([*_rows(table, one)], schema=_SCHEMA)
            connection.register("implied_rows", rows)
            connection.execute(_INSERT)
            connection.unregister("implied_rows")


def implied_figures(one: Layout, figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """For rows of figures, NaN where one lacks: what lacks must be, and NaN for all else.

    A figure is implied where it alone lacks in an equation; all that imply it must agree.
    """
    missing = np.isnan(figures)
    lacking = missing.astype(np.float64) @ np.abs(one.matrix).T
    residuals = np.where(lacking == 1, np.nan_to_num(figures) @ one.matrix.T, 0.0)
    number = (lacking == 1).astype(np.float64) @ np.abs(one.matrix)
    sums = residuals @ one.matrix
    squares = residuals**2 @ np.abs(one.matrix)
    agree = np.abs(sums**2 - number * squares) <= TOLERANCE * np.maximum(squares, 1.0)
    implied = -sums / np.maximum(number, 1.0)
    whole = (implied > -TOLERANCE) & (np.abs(implied - np.rint(implied)) <= TOLERANCE)
    found = np.where(missing & (number > 0) & agree & whole, np.rint(implied), np.nan)
    return np.asarray(np.abs(found), dtype=np.float64)


def _rows(table: pa.Table, one: Layout) -> Iterator[dict[str, object]]:
    reports = table["report_id"].to_pylist()
    implied = implied_figures(one, np.stack(list_rows(table["figures"])))
    for row, place in np.argwhere(~np.isnan(implied)).tolist():
        yield {
            "report_id": reports[row],
            "cell_no": one.cells[place].number,
            "proposed": float(implied[row, place]),
        }


_INSERT = """
    insert into suspect by name
    select report_id, 1 as rank, item, party, null::double as printed, proposed, 0 as explains,
           section, case state when 'unreadable' then 'unreadable' else 'blank' end as slip,
           0 as cost, 1 as ties, 0 as fault,
           row_number() over (partition by report_id order by cell_no) as solution,
           1 as cells, true as determined
    from (
        select implied_rows.*, form_cell.section, form_cell.item, form_cell.party,
               reading.cell_states[implied_rows.cell_no] as state
        from implied_rows
        join report using (report_id)
        join reading using (reading_id)
        join form_cell on form_cell.form = report.form and form_cell.cell_no = implied_rows.cell_no
    )
    where state = 'unreadable' or (state in ('blank', 'dash') and proposed > 0)
"""
