"""The amounts of money that reports state, with what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.checks.settings import Settings
from etl.form import EDITIONS, load_form
from etl.warehouse.schema import disclosure_column


def make(connection: DuckDBPyConnection, _settings: Settings) -> None:
    """Make ``check_amount``, a row for each report and cell of section 2 that holds an amount.

    Columns: ``report_id, agency_id, scope, year, item``; ``amount`` in the form's unit, null where
    the cell has no number; ``raw`` as printed, null where the amount isn't above 0.
    """
    amounts = " union all ".join(_amounts())
    connection.execute(f"create or replace temp table check_amount as {amounts}")


def _amounts() -> Iterator[str]:
    for edition in EDITIONS:
        for cell in load_form(edition).section_cells(2):
            if cell.head.kind != "amount":
                continue
            column = disclosure_column(cell.item, cell.party)
            yield f"""
                select report_id, agency_id, scope, year, '{cell.item}' as item,
                       {column} as amount, raw
                from disclosure
                left join (
                    select report_id, reading.cell_raws[{cell.number}] as raw
                    from disclosure
                    join report using (report_id)
                    join reading using (reading_id)
                    where disclosure.form = '{edition}' and {column} > 0
                ) as printed using (report_id)
                where form = '{edition}'
            """
