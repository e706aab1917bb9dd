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

_EXACT = 1e9
"""Up to here figures and their sums are exact."""


def make(connection: DuckDBPyConnection, _settings: Settings) -> None:
    """Make ``check_printed``, a row for each report and table section, and ``check_odd_cell``.

    The latter holds the cells that are unreadable or no count, with raw text and place.

    Columns of the former: ``report_id, section``; ``cells`` the section has in the report's
    edition; ``numbers`` among them, ``nonzero`` among these, and ``not_counts`` that break their
    kind; ``blanks, dashes, unreadables, absents``, which with ``numbers`` make up ``cells``.
    """
    counted = " union all ".join(
        _count_figures(load_form(edition), section)
        for edition in EDITIONS
        for section in TABLE_SECTIONS
    )
    connection.execute(f"create or replace temp table check_figures as {counted}")
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


def _count_figures(form: Form, section: int) -> str:
    """SQL: per report, cells, numbers, nonzero and not_counts of one section, of its star table.

    Most rows are full and many are zero throughout, which a few sums over the row tell; its cells
    are counted one by one only where those don't.
    """
    columns = _columns(form, section)
    numbers = _sum_of(f"{column} is not null" for column in columns)
    nonzero = _sum_of(f"coalesce({column} <> 0, false)" for column in columns)
    faulty = _sum_of(
        f"coalesce(breaks_kind('{kind}', {column}), false)" for column, kind in columns.items()
    )
    whole = f"least >= 0 and greatest < {_EXACT} and floors = total"
    table = {2: "disclosure", 3: "requests", 4: "proceedings"}[section]
    return f"""
        select report_id, {section} as section, {len(form.section_cells(section))} as cells,
               sum(if(total is null, {numbers}, {len(columns)}))::integer as numbers,
               sum(if(least = 0 and greatest = 0, 0, {nonzero}))::integer as nonzero,
               sum(if({whole}, 0, {faulty}))::integer as not_counts
        from (
            select *, {" + ".join(columns)} as total,
                   {" + ".join(f"floor({column})" for column in columns)} as floors,
                   least({", ".join(columns)}) as least, greatest({", ".join(columns)}) as greatest
            from {table}
            where form = '{form.edition}'
        )
        group by report_id
    """


def _columns(form: Form, section: int) -> dict[str, Kind]:
    """The figures of a section in its star table and what kind each is; ValueError for two kinds.

    In sections 3 and 4 a column is a line, its cells in several rows.
    """
    found: dict[str, Kind] = {}
    for cell in form.section_cells(section):
        column = disclosure_column(cell.item, cell.party) if section == 2 else cell.item
        if found.setdefault(column, cell.head.kind) != cell.head.kind:
            raise ValueError(f"figures of different kinds in column {column}")
    return found


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
