"""Warehouses from a few printed figures: 宿迁 2023 and 2024, and agencies with awkward names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl.form import edition_for_year, load_form
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables
from tests.dashboard.known import insert_snapshot

Figures = Mapping[tuple[str, str], float | str]
"""(item, party) → the number, or the state of a cell that holds none."""

SUQIAN = "宿迁市人民政府"


def read_suqian() -> dict[int, dict[tuple[str, str], float]]:
    """Year → printed figures of 宿迁's published reports (sections 2 and 4, totals of 3)."""
    found: dict[int, dict[tuple[str, str], float]] = {}
    with Path(__file__).with_name("suqian.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            year = found.setdefault(int(row["year"]), {})
            year[row["item"], row["party"]] = float(row["value"])
    return found


def at(frame: pd.DataFrame, key: object, columns: object = slice(None)) -> Any:
    """What ``frame.loc`` gives, of whatever type it is."""
    places: Any = frame.loc
    return places[key, columns] if not isinstance(key, tuple) else places[(*key,), columns]


def build_printed(
    path: Path,
    reports: Mapping[tuple[str, int], Figures],
    rollups: Mapping[tuple[str, int], Figures] | None = None,
) -> Path:
    """``path``, now a warehouse of these reports (agency, year); other cells are absent."""
    written = [("agency", *report) for report in reports.items()]
    written += [("rollup", *report) for report in (rollups or {}).items()]
    with duckdb.connect(str(path)) as connection:
        create_schema(connection)
        names = list(dict.fromkeys(agency for _, (agency, _), _ in written))
        for number, agency in enumerate(names, start=1):
            connection.execute(
                "insert into agency (agency_id, agency, level, kind, region, on_roster) "
                "values (?, ?, '市级', '政府', '宿迁市', true)",
                [number, agency],
            )
        for number, (scope, (agency, year), figures) in enumerate(written, start=1):
            _insert(connection, number, (names.index(agency) + 1, agency, year, scope), figures)
        fill_star_tables(connection)
        insert_snapshot(connection, "printed", len(written), len(written))
    return path


def _insert(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    report: tuple[int, str, int, str],
    figures: Figures,
) -> None:
    agency_id, agency, year, scope = report
    form = load_form(edition_for_year(year))
    printed = [figures.get((cell.item, cell.party), "absent") for cell in form.cells]
    values = [None if isinstance(value, str) else value for value in printed]
    states = [value if isinstance(value, str) else "number" for value in printed]
    texts = ["" if isinstance(value, str) else f"{value:g}" for value in printed]
    connection.execute(
        "insert into reading (reading_id, source_id, part, agency_printed, year, form, scope,"
        " title, sections_found, cell_values, cell_states, cell_raws, cell_places,"
        " reading_key) values ($1, $2, 1, $3, $4, $5, $10, '', [2, 3, 4], $6, $7, $8, $9, $2)",
        [number, f"sha{number}", agency, year, form.edition, values, states, texts, texts, scope],
    )
    connection.execute(
        "insert into report (report_id, agency_id, agency, year, form, scope, title, source_id,"
        " reading_id) values (?, ?, ?, ?, ?, ?, '', ?, ?)",
        [number, agency_id, agency, year, form.edition, scope, f"sha{number}", number],
    )
