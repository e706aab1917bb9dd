"""What each report prints, counted per section: figures, zeros, blanks, dashes and the like.

Figures are counted in the star tables, whose columns are read far faster than a reading's lists;
the states of cells only for the sections in which some cell is no number.
"""

from __future__ import annotations

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from etl.checks.scratch import script
from etl.checks.settings import Settings
from etl.form import EDITIONS, TABLE_SECTIONS, Form, Kind, load_form
from etl.warehouse.schema import disclosure_column

_STATES = (
    ("blank", "blanks"),
    ("dash", "dashes"),
    ("unreadable", "unreadables"),
    ("absent", "absents"),
)


def make(connection: DuckDBPyConnection, _settings: Settings) -> None:
    """Make ``check_printed``, a row for each report and table section, and ``check_odd_cell``.

    The latter holds the cells that are unreadable or no count, with raw text and place.

    Columns of the former: ``report_id, section``; ``cells`` the section has in the report's
    edition; ``numbers`` among them, ``nonzero`` among these, and ``not_counts`` that break their
    kind; ``blanks, dashes, unreadables, absents``, which with ``numbers`` make up ``cells``.
    """
    counted = " union all ".join(_count_figures(section) for section in TABLE_SECTIONS)
    connection.execute(f"""
        create or replace temp table check_figures as
        select counted.*, form.cells
        from ({counted}) as counted
        join (
            select form, section, count(*)::integer as cells from form_cell group by form, section
        ) as form using (form, section)
    """)
    states = " union all ".join(
        _count_states(load_form(edition), section)
        for edition in EDITIONS
        for section in TABLE_SECTIONS
    )
    counts = ", ".join(
        f"case when numbers = cells then 0 else {column} end as {column}" for _, column in _STATES
    )
    connection.execute(f"""
        create or replace temp table check_printed as
        select report_id, section, cells, numbers, nonzero, not_counts, {counts}
        from check_figures left join ({states}) as states using (report_id, section)
    """)
    connection.execute(script("odd_cell.sql"))


def _count_figures(section: int) -> str:
    """SQL: per report, numbers, nonzero and not_counts of one section, from its star table."""
    columns = _columns(section)
    numbers = _sum_of(f"{column} is not null" for column in columns)
    nonzero = _sum_of(f"coalesce({column} <> 0, false)" for column in columns)
    faulty = _sum_of(
        f"coalesce(breaks_kind('{kind}', {column}), false)" for column, kind in columns.items()
    )
    table = {2: "disclosure", 3: "requests", 4: "proceedings"}[section]
    return f"""
        select report_id, any_value(form) as form, {section} as section,
               sum(numbers)::integer as numbers, sum(nonzero)::integer as nonzero,
               sum(not_counts)::integer as not_counts
        from (
            select report_id, form,
                   {numbers} as numbers, {nonzero} as nonzero, {faulty} as not_counts
            from {table}
        )
        group by report_id
    """


def _columns(section: int) -> dict[str, Kind]:
    """The figures of a section's star table and what kind each is, the same in both editions."""
    found: dict[str, set[Kind]] = {}
    for cell in (
        cell for edition in EDITIONS for cell in load_form(edition).section_cells(section)
    ):
        column = disclosure_column(cell.item, cell.party) if section == 2 else cell.item
        found.setdefault(column, set()).add(cell.head.kind)
    mixed = [column for column, kinds in found.items() if len(kinds) > 1]
    if mixed:
        raise ValueError(f"columns that hold figures of different kinds: {mixed}")
    return {column: kinds.pop() for column, kinds in found.items()}


def _sum_of(conditions: Iterable[str]) -> str:
    return " + ".join(f"({condition})::integer" for condition in conditions)


def _count_states(form: Form, section: int) -> str:
    """SQL: per report with a cell of this section that is no number, its states counted."""
    cells = form.section_cells(section)
    counts = ", ".join(
        f"(count(*) filter (state = '{state}'))::integer as {column}" for state, column in _STATES
    )
    return f"""
        select report_id, {section} as section, {counts}
        from (
            select report_id, unnest(cell_states[{cells[0].number}:{cells[-1].number}]) as state
            from report join reading using (reading_id)
            where report.form = '{form.edition}' and report_id in (
                select report_id from check_figures where section = {section} and numbers < cells
            )
        )
        group by report_id
    """
