"""A warehouse of made-up reports at any size, generated inside DuckDB without any file being read.

    python -m benchmarks.synthetic OUT [--agencies 10000] [--years 2019-2028] [--seed 1]

About 81 % of the figures are 0. All identities and ledgers hold at first; then 3 % of the reports
get one arithmetic slip, 1 % become all zero, and 2 % have some zeros printed as blanks or dashes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

import etl
from benchmarks.figures import Figures, column_name, hash_of, load_settings
from etl.form import FormCell, edition_for_year, load_form
from etl.warehouse.schema import create_schema, schema_version
from etl.warehouse.star import fill_star_tables

BATCH = 20_000
"""Agencies a statement: the lists of one batch take about 300 MB."""

COMMIT = 120_000
"""Reports a transaction, a row group: smaller ones would each rewrite the part-filled last one."""

MEMORY_LIMIT = "6GB"

YEARS = (2019, 2028)

SLIP_OF_1000, ALL_ZERO_OF_1000, SPOTTY_OF_1000 = 30, 10, 20


def build_synthetic(path: Path, agencies: int, years: tuple[int, int], seed: int) -> None:
    """Write a warehouse with one report for each agency and year from the first to the last.

    The star tables are filled; ``check_result``, ``finding`` and ``suspect`` stay empty. Replaces
    an existing file. Raises ValueError for years before the form existed.
    """
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        create_schema(connection)
        fill_raw_tables(connection, agencies, years, seed)
        fill_star_tables(connection)
        _fill_snapshot(connection)
        connection.execute("checkpoint")


def fill_raw_tables(
    connection: DuckDBPyConnection, agencies: int, years: tuple[int, int], seed: int
) -> None:
    """Fill agency, source, reading, reading_claim, prose and report in an empty schema."""
    _fill_agencies(connection, agencies, seed)
    connection.begin()
    pending = 0
    for year in range(years[0], years[1] + 1):
        figures = Figures(load_form(edition_for_year(year)), year, seed, load_settings())
        offset = (year - years[0]) * agencies
        for first in range(1, agencies + 1, BATCH):
            last = min(first + BATCH - 1, agencies)
            _fill_readings(connection, figures, (first, last), offset)
            pending += last - first + 1
            if pending >= COMMIT:
                connection.commit()
                connection.begin()
                pending = 0
    connection.commit()
    _fill_reports(connection)
    _fill_prose(connection, seed)


def _fill_agencies(connection: DuckDBPyConnection, agencies: int, seed: int) -> None:
    """Agencies over 100 regions, the first of each region its government."""
    names = load_settings()["names"]
    draw = hash_of(f"{seed} agency")
    connection.execute(f"""
        insert into agency
        select agency_id,
               case kind when '政府' then region || '人民政府'
                    else region || '第' || agency_id || case kind
                        when '部门' then list_extract({names["bureaus"]}, (draw % 12 + 1)::bigint)
                        else kind end end,
               null, level, kind, region, (430000 + region_no)::varchar,
               case when agency_id > 100 then region_no + 1 end, true, null, null
        from (
            select *,
                   list_extract({names["regions_first"]}, region_no // 10 + 1)
                   || list_extract({names["regions_second"]}, region_no % 10 + 1) || '市' as region,
                   case when agency_id <= 100 then '市级' when draw % 100 < 10 then '市级'
                        when draw % 100 < 60 then '县级' else '乡级' end as level,
                   case when agency_id <= 100 then '政府' when draw % 100 < 60 then '部门'
                        when draw % 100 < 85 then '乡镇' else '街道' end as kind
            from (select agency_id, (agency_id - 1) % 100 as region_no, {draw} as draw
                  from range(1, {agencies} + 1) as numbers(agency_id))
        )""")
    connection.execute("""
        insert into roster
        select child.agency, null, child.level, child.kind, child.region, parent.agency, [], null,
               null
        from agency as child left join agency as parent on parent.agency_id = child.parent_id
    """)


def _fill_readings(
    connection: DuckDBPyConnection, figures: Figures, span: tuple[int, int], offset: int
) -> None:
    connection.execute(f"create or replace temp table wide as {_wide_query(figures, span)}")
    cells = figures.form.cells
    connection.execute(f"""
        insert into reading
        select agency_id + {offset}, sha256((agency_id + {offset})::varchar), 1, agency,
               {figures.year}, '{figures.form.edition}', 'agency',
               agency || '{figures.year}年政府信息公开工作年度报告',
               make_date({figures.year + 1}, 1, (5 + draw % 25)::bigint), [1, 2, 3, 4, 5, 6],
               {_list_of(_number(c) for c in cells)},
               {_list_of(_state(c) for c in cells)},
               {_list_of(_raw(c) for c in cells)},
               [{", ".join(repr(place) for place in _places(cells))}],
               sha256((agency_id + {offset})::varchar)
        from wide""")
    received, made = column_name(3, "received", "total"), column_name(3, "concluded", "total")
    connection.execute(f"""
        insert into reading_claim
        select agency_id + {offset}, claimed.measure, null, claimed.value, false, false,
               claimed.quote, '段 ' || claimed.paragraph
        from wide, lateral (values
            ('disclosed_items', 40 + draw % 900, '公开政府信息' || (40 + draw % 900) || '条', 2),
            ('requests_received', {received}, '新收申请' || {received}::bigint || '件', 3),
            ('requests_concluded', {made}, '办结' || {made}::bigint || '件', 3)
        ) as claimed(measure, value, quote, paragraph)
        where claimed.value is not null""")


def _wide_query(figures: Figures, span: tuple[int, int]) -> str:
    """One row per agency: its figures, determined ones after those that determine them."""
    draw = hash_of(f"{figures.seed} draw", figures.year)
    busy = hash_of(f"{figures.seed} busy")
    query = f"""
        select agency_id, agency, {draw} as draw, {", ".join(figures.base_columns())}
        from (select agency_id, agency, kind = '政府' as rulemaker,
                     case when {busy} % 100 < 40 then 0.3 when {busy} % 100 < 85 then 0.9
                          else 1.8 end as busy
              from agency where agency_id between {span[0]} and {span[1]})"""
    for stage in figures.determined_columns():
        columns = ", ".join(f"{expression} as {name}" for name, expression in stage.items())
        query = f"select *, {columns} from ({query})"
    return f"select agency_id, agency, draw, {', '.join(_spoilt(figures))} from ({query})"


def _spoilt(figures: Figures) -> Iterator[str]:
    """Each figure as printed: null where a zero is left out, off where the report has a slip."""
    fate = "(draw % 1000)"
    zero = SLIP_OF_1000 + ALL_ZERO_OF_1000
    spotty = zero + SPOTTY_OF_1000
    tables = [cell for cell in figures.form.cells if cell.section > 2]
    slips = {cell.number: place for place, cell in enumerate(tables)}
    for cell in figures.form.cells:
        name = column_name(cell.section, cell.item, cell.party)
        cases = [
            f"when {fate} < {zero} and {fate} >= {SLIP_OF_1000} then 0",
            f"when {fate} < {spotty} and {fate} >= {zero} and {name} = 0 "
            f"and draw // 65536 % 7 = {cell.number % 7} then null",
        ]
        if cell.number in slips:
            slip = f"draw // 1024 % {len(tables)} = {slips[cell.number]}"
            cases.append(f"when {fate} < {SLIP_OF_1000} and {slip} then {name} + 1 + draw % 9")
        yield f"case {' '.join(cases)} else {name} end::double as {name}"


def _number(cell: FormCell) -> str:
    return column_name(cell.section, cell.item, cell.party)


def _state(cell: FormCell) -> str:
    name = _number(cell)
    missing = "case when draw % 2 = 0 then 'blank' else 'dash' end"
    return f"(case when {name} is null then {missing} else 'number' end)::cell_state"


def _raw(cell: FormCell) -> str:
    name = _number(cell)
    figure = name if cell.head.kind == "amount" else f"{name}::bigint"
    return f"coalesce({figure}::varchar, case when draw % 2 = 0 then '' else '/' end)"


def _places(cells: tuple[FormCell, ...]) -> Iterator[str]:
    for cell in cells:
        yield f"表{cell.section - 1} {cell.item} {cell.party}"


def _list_of(expressions: Iterator[str]) -> str:
    return f"[{', '.join(expressions)}]"


def _fill_reports(connection: DuckDBPyConnection) -> None:
    connection.execute("""
        insert into report
        select reading_id, agency_id, agency, year, form, scope, title, published_on, source_id,
               reading_id
        from reading join agency on agency.agency = reading.agency_printed""")
    connection.execute("""
        insert into source
        select source_id, 'made-up/' || year || '/' || reading_id || '.html', 'html', 40960,
               'loaded', null, make_timestamp(year + 1, 2, 1, 0, 0, 0.0), null, null, null, '1', '',
               source_id
        from reading""")


def _fill_prose(connection: DuckDBPyConnection, seed: int) -> None:
    """Three paragraphs a report out of stock sentences; sections 2 to 4 are their tables."""
    words = load_settings()["prose"]
    for ordinal, section, kinds in (
        (1, 1, ("opening", "work", "work", "work")),
        (2, 5, ("problem", "remedy")),
        (3, 6, ("closing",)),
    ):
        sentences = " || ".join(_sentence(words[kind], f"{seed} {section} {n}")
                                for n, kind in enumerate(kinds))  # fmt: skip
        connection.execute(f"""
            insert into prose
            select reading_id, {ordinal}, {section}, {sentences}, '段 {ordinal}'
            from (select reading_id, reading_id::bigint as agency_id from reading)""")


def _sentence(choices: list[str], name: str) -> str:
    return f"list_extract({choices}, ({hash_of(name)} % {len(choices)} + 1)::bigint)"


def _fill_snapshot(connection: DuckDBPyConnection) -> None:
    connection.execute(
        """insert into snapshot
        select 'synthetic', now()::timestamp, ?, (select count(*) from report),
               (select count(*) from source), ?""",
        [etl.__version__, schema_version()],
    )


def parse_years(text: str) -> tuple[int, int]:
    """``2019-2028`` → (2019, 2028)."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--years", type=parse_years, default=YEARS, metavar="A-B")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    build_synthetic(chosen.out, chosen.agencies, chosen.years, chosen.seed)


if __name__ == "__main__":
    main()
