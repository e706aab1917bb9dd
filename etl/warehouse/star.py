"""Fills the star tables from the printed cells: one set-based statement a table."""

from __future__ import annotations

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.form import EDITIONS, Form, all_items, all_pairs, all_parties, load_form
from etl.warehouse.schema import STAR_TABLES, disclosure_column, star_columns

_FROM = """
from report
join reading using (reading_id)
join agency using (agency_id)
where report.form = '{edition}'
"""
_DIMENSIONS = (
    "report.report_id, report.agency_id, report.year, report.form, report.scope, "
    "agency.region, agency.level, agency.kind"
)


_GROUPS = "year, form, scope, region, level, kind"


def fill_star_tables(connection: DuckDBPyConnection) -> None:
    """Rebuild requests, disclosure, proceedings and their sums from report, reading and agency.

    Rows lie in the order that the dashboard reads them: applicant or route, then year and region.
    """
    for table, section, order in (
        ("requests", 3, "party, year, region, report_id"),
        ("disclosure", 2, "year, region, report_id"),
        ("proceedings", 4, "party, year, region, report_id"),
    ):
        connection.execute(f"delete from {table}")
        selects = " union all ".join(_selects(section))
        connection.execute(f"insert into {table} select * from ({selects}) order by {order}")
    for table, section in STAR_TABLES.items():
        fill_sums(connection, table, section)


def fill_sums(connection: DuckDBPyConnection, table: str, section: int) -> None:
    """Rebuild a star table's sums: reports added up that are alike and lack the same cells.

    As every cell of a group is there or lacking in all its reports, sums of sums, reports that
    give a figure and reports that give both sides of a rate come out as from the reports.
    """
    groups = _GROUPS if section == 2 else f"{_GROUPS}, party"
    columns = star_columns(section)
    sums = ", ".join(f"sum({column}) as {column}" for column in columns)
    lacking = " || ".join(f"({column} is null)::utinyint" for column in columns)
    connection.execute(f"delete from {table}_sums")
    connection.execute(
        f"insert into {table}_sums by name select {groups}, count(*) as reports, {sums} "
        f"from {table} group by {groups}, {lacking} order by {groups}"
    )


def _selects(section: int) -> Iterator[str]:
    for edition in EDITIONS:
        form = load_form(edition)
        tail = _FROM.format(edition=edition)
        if section == 2:
            columns = [
                _value(form, 2, *pair) + f" as {disclosure_column(*pair)}" for pair in all_pairs(2)
            ]
            yield f"select {_DIMENSIONS}, {', '.join(columns)} {tail}"
            continue
        for party in all_parties(section):
            columns = [
                _value(form, section, item, party) + f" as {item}" for item in all_items(section)
            ]
            yield f"select {_DIMENSIONS}, '{party}' as party, {', '.join(columns)} {tail}"


def _value(form: Form, section: int, item: str, party: str) -> str:
    """SQL of one printed value; null where this edition has no such cell."""
    if not form.has(section, item, party):
        return "null::double"
    return f"reading.cell_values[{form.cell(section, item, party).number}]"
