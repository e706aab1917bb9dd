"""Exports: findings, comparisons and cells as .csv, .xlsx or .parquet, by the file's ending.

===============  ======================================================================
``measures``     what can be compared, with formulas and definitions (``measures.csv``)
``comparison``   the long frame: report × measure, each figure with its state
``arrange``      the long frame laid out in rows and columns
``statutory``    reports laid out as the form prints them
``lists``        findings and cells as flat tables
``tables``       the writers
===============  ======================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from duckdb import DuckDBPyConnection

from etl.export.arrange import Layout, Shown, arrange
from etl.export.comparison import (
    EVERYTHING,
    MAX_FIGURES,
    Query,
    Where,
    add_changes,
    count_figures,
    figures,
    query_of,
)
from etl.export.lists import cells_frame, cells_table, findings_frame, findings_table
from etl.export.notes import write_notes
from etl.export.selection import Selection
from etl.export.statutory import statutory_bytes
from etl.export.tables import (
    ENDINGS,
    Column,
    ExportError,
    Notes,
    Table,
    table_bytes,
    write_table,
    write_whole,
)
from etl.measures import Language, Measure, measure, measures

__all__ = [
    "DEFAULT_MEASURES",
    "ENDINGS",
    "Column",
    "ExportError",
    "Notes",
    "Selection",
    "Table",
    "compare",
    "comparison_bytes",
    "export_cells",
    "export_comparison",
    "export_findings",
    "measure",
    "measures",
    "statutory_bytes",
    "table_bytes",
    "write_table",
]

DEFAULT_MEASURES = (
    "received",
    "concluded",
    "carried_out",
    "disclosure_rate",
    "refusal_rate",
    "reconsideration_correction_rate",
)
"""What is compared when nothing is chosen."""


def export_findings(
    connection: DuckDBPyConnection,
    path: Path,
    where: Where = EVERYTHING,
    language: Language = "zh",
) -> Path:
    """Write the findings, one a row, and give the path back; ``where`` is on finding's columns.

    Parquet gets codes, the others get labels.
    """
    query = query_of(connection)
    if path.suffix.lower() == ".parquet":
        return write_table(findings_frame(query, where, language), path)
    table = findings_table(query, where, language)
    return write_table(replace(table, notes=write_notes(query, language=language)), path)


def export_cells(
    connection: DuckDBPyConnection,
    path: Path,
    where: Where = EVERYTHING,
    language: Language = "zh",
) -> Path:
    """Write the printed cells of the chosen reports, one a row, and give the path back.

    Parquet gets codes and null values beside their states; the others get labels and marks.
    """
    query = query_of(connection)
    if path.suffix.lower() == ".parquet":
        return write_table(cells_frame(query, where), path)
    table = cells_table(query, where, language)
    return write_table(replace(table, notes=write_notes(query, language=language)), path)


def export_comparison(
    connection: DuckDBPyConnection,
    path: Path,
    codes: Sequence[str] = DEFAULT_MEASURES,
    where: Where = EVERYTHING,
    layout: Layout = "agency_rows",
    shown: Sequence[Shown] = ("value",),
    language: Language = "zh",
) -> Path:
    """Write agencies × years × measures and give the path back.

    Raises KeyError for an unknown measure and ExportError for an ending that is none of
    ``ENDINGS``. Parquet gets the long frame with a state column, whatever the layout.
    """
    content = comparison_bytes(
        query_of(connection),
        path.suffix,
        codes,
        where,
        layout=layout,
        shown=shown,
        language=language,
    )
    return write_whole(content, path)


def comparison_bytes(  # noqa: PLR0913
    query: Query,
    ending: str,
    codes: Sequence[str] = DEFAULT_MEASURES,
    where: Where = EVERYTHING,
    *,
    layout: Layout = "agency_rows",
    shown: Sequence[Shown] = ("value",),
    language: Language = "zh",
    since: int = 0,
    selection: str = "",
) -> bytes:
    """Give the content of a comparison file.

    ``since`` drops the reports of earlier years once they have served as last year's figures;
    ``selection`` is noted in words beside the data. Raises ExportError for more than
    ``MAX_FIGURES``.
    """
    chosen = [measure(code) for code in dict.fromkeys(codes)]
    count = count_figures(query, chosen, where)
    if count > MAX_FIGURES:
        raise ExportError(f"{count:,} figures, more than the {MAX_FIGURES:,} one file takes")
    long = compare(query, chosen, where, since)
    if ending.lower() == ".parquet":
        return table_bytes(long, ending)
    table = arrange(long, chosen, layout, shown, language)
    notes = write_notes(query, chosen, selection, language)
    return table_bytes(replace(table, notes=notes), ending)


def compare(
    query: Query, chosen: Sequence[Measure], where: Where = EVERYTHING, since: int = 0
) -> pd.DataFrame:
    """Give the long frame with changes on last year, from the year ``since`` on."""
    long = add_changes(figures(query, chosen, where), chosen)
    return long[long["year"] >= since].reset_index(drop=True)
