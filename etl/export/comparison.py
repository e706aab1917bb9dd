"""Agencies × years × measures: one row per report and measure, each with its state.

``figures`` gives the long frame; ``arrange`` lays it out for reading. A figure that is missing
keeps the reason why (``marks.csv``) from the cell to the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd
from duckdb import DuckDBPyConnection

from etl.form import EDITIONS, as_edition, load_form
from etl.measures import SMALL_DENOMINATOR, Measure, Term
from etl.warehouse.schema import disclosure_column

Where = tuple[str, list[object]]
"""A condition on the columns that every star table carries, with its parameters."""

Query = Callable[[str, Sequence[object]], pd.DataFrame]
"""Runs SQL with ``?`` parameters and gives the rows."""

EVERYTHING: Final[Where] = ("true", [])
MAX_FIGURES = 3_000_000
"""Reports times measures that one file takes; a million need about 0.9 GB of memory."""
REPORT_COLUMNS = (
    "report_id", "agency_id", "agency", "scope", "region", "level", "kind", "year", "form",
)  # fmt: skip
_DIMENSIONS = "report_id, agency_id, scope::varchar as scope, year, form, region, level, kind"
TABLES = {2: "disclosure", 3: "requests", 4: "proceedings"}


def query_of(connection: DuckDBPyConnection) -> Query:
    """Give a ``Query`` that runs on this connection."""
    return lambda sql, values: connection.execute(sql, list(values)).df()


def count_figures(query: Query, measures: Sequence[Measure], where: Where = EVERYTHING) -> int:
    """Count the figures of a comparison: reports times measures."""
    condition, values = where
    reports = query(f"select count(*) as n from disclosure where {condition}", values)
    return int(reports["n"].iloc[0]) * len(measures)


def figures(query: Query, measures: Sequence[Measure], where: Where = EVERYTHING) -> pd.DataFrame:
    """Give one row per report and measure, ordered by agency, measure and year.

    Columns: those of ``REPORT_COLUMNS``, ``measure``, ``numerator``, ``denominator`` (null for
    what is no rate), ``value`` (rates in percent or per hundred) and ``state``: ``number``, a
    cell state, or another state of ``marks.csv``. ``value`` is null unless the state is ``number``.
    """
    wide = query(*_figures_query(measures, where))
    states = _states(query, measures, wide)
    parts = [_one_measure(wide, states, number, m) for number, m in enumerate(measures)]
    columns = [*REPORT_COLUMNS, "measure", "numerator", "denominator", "value", "state"]
    if not parts:
        return pd.DataFrame(columns=columns)
    long = pd.concat(parts, ignore_index=True)[columns]
    order = {m.code: number for number, m in enumerate(measures)}
    key = long["measure"].map(order)
    order_by = ["agency", "scope", "_order", "year"]
    return long.assign(_order=key).sort_values(order_by, ignore_index=True)[columns]


def add_changes(long: pd.DataFrame, measures: Sequence[Measure]) -> pd.DataFrame:
    """Add ``change`` (value less last year's), ``change_percent`` and their states.

    ``change`` of a rate is in percentage points. It is refused across the change of the form
    (``series_break``), without a figure last year (``no_previous``) and, for rates, on a
    denominator below 10 (``small``); ``change_percent`` also on a figure below 10 last year. A
    roll-up changes on last year's roll-up, never on the government's own report.
    """
    keys = ["agency_id", "scope", "measure", "year"]
    before = long[[*keys, "form", "value", "denominator"]].copy()
    before["year"] += 1
    merged = long.merge(
        before, on=keys, how="left", suffixes=("", "_before"), validate="one_to_one"
    )
    broken = {m.code for m in measures if m.breaks}
    rates = {m.code for m in measures if m.is_rate}
    is_rate = merged["measure"].isin(rates)
    other_form = merged["form_before"].notna() & (merged["form_before"] != merged["form"])
    state = pd.Series("number", index=merged.index)
    small = (merged["denominator"] < SMALL_DENOMINATOR) | (
        merged["denominator_before"] < SMALL_DENOMINATOR
    )
    state = state.mask(is_rate & small, "small")
    state = state.mask(merged["value_before"].isna(), "no_previous")
    state = state.mask(merged["measure"].isin(broken) & other_form, "series_break")
    state = state.mask(merged["state"] != "number", merged["state"])
    percent_state = state.mask(
        (state == "number") & ~is_rate & (merged["value_before"] < SMALL_DENOMINATOR), "small"
    )
    change = merged["value"] - merged["value_before"]
    relative = 100 * change / merged["value_before"].where(merged["value_before"] > 0)
    return long.assign(
        change=change.where(state == "number").to_numpy(),
        change_state=state.to_numpy(),
        change_percent=relative.where((percent_state == "number") & ~is_rate).to_numpy(),
        change_percent_state=percent_state.mask(is_rate, "undefined").to_numpy(),
    )


def _figures_query(measures: Sequence[Measure], where: Where) -> tuple[str, list[object]]:
    """Give SQL of one row per report with columns n0, d0, n1, d1, … and the agency's name."""
    inner, values = report_values(measures, where)
    return f"select v.*, agency.agency from ({inner}) as v join agency using (agency_id)", values


def report_values(measures: Sequence[Measure], where: Where) -> tuple[str, list[object]]:
    """Give SQL of one row per report: the dimensions and n0, d0, n1, d1, … for the measures.

    ``n`` is the numerator or the value, ``d`` the denominator; null when a cell is no number.
    """
    condition, parameters = where
    parts = sources(measures)
    values = list(parameters)
    # Each table has one row a report and party, so any of them can stand first.
    first = (2, "") if (2, "") in parts else min(parts)
    base = _base(*first, parts.pop(first))
    joins = []
    for (section, party), items in sorted(parts.items()):
        columns = ", ".join(f"{item} as {_name(section, item, party)}" for item in sorted(items))
        joins.append(
            f"left join (select report_id, {columns} from {TABLES[section]} "
            f"where party = '{party}' and {condition}) as t{section}_{party} using (report_id)"
        )
        values += parameters
    picks = ", ".join(sql for n, m in enumerate(measures) for sql in _picks(n, m))
    return (
        f"with base as ({base} and {condition}) "
        f"select {_DIMENSIONS}, {picks} from base {' '.join(joins)}",
        values,
    )


def _base(section: int, party: str, columns: set[str]) -> str:
    """Give SQL of the dimensions and columns of one table, up to its condition."""
    if section == 2:
        named = "".join(f", {column} as c2_{column}" for column in sorted(columns))
        return f"select {_DIMENSIONS}{named} from disclosure where true"
    named = "".join(f", {item} as {_name(section, item, party)}" for item in sorted(columns))
    return f"select {_DIMENSIONS}{named} from {TABLES[section]} where party = '{party}'"


def sources(measures: Sequence[Measure]) -> dict[tuple[int, str], set[str]]:
    """List the columns needed by (section, party); section 2 stands under one key."""
    found: dict[tuple[int, str], set[str]] = {}
    for measure in measures:
        for edition in EDITIONS:
            for term in measure.terms(edition):
                if term.section == 2:
                    found.setdefault((2, ""), set()).add(disclosure_column(term.item, term.party))
                else:
                    found.setdefault((term.section, term.party), set()).add(term.item)
    return found


def _picks(number: int, measure: Measure) -> list[str]:
    below = measure.denominator.sql(_name) if measure.denominator else "null::double"
    return [f"{measure.numerator.sql(_name)} as n{number}", f"{below} as d{number}"]


def _name(section: int, item: str, party: str) -> str:
    if section == 2:
        return f"c2_{disclosure_column(item, party)}"
    return f"c{section}_{item}_{party}"


def _one_measure(
    wide: pd.DataFrame, states: pd.DataFrame, number: int, measure: Measure
) -> pd.DataFrame:
    part = wide[[c for c in REPORT_COLUMNS if c in wide]].copy()
    above, below = wide[f"n{number}"], wide[f"d{number}"]
    state = pd.Series("number", index=part.index, dtype=object)
    missing = above.isna() | (below.isna() if measure.is_rate else False)
    if missing.any():
        printed = part["report_id"].map(states.get(f"s{number}", pd.Series(dtype=object)))
        state = state.mask(missing, printed.fillna("unknown"))
    if measure.is_rate:
        state = state.mask(~missing & (below == 0), "undefined")
        state = state.mask(~missing & (below < 0), "contradictory")
    lacking = [edition for edition in EDITIONS if not measure.has(edition)]
    state = state.mask(part["form"].isin(lacking), "not_in_edition")
    value = 100 * above / below.where(below > 0) if measure.is_rate else above
    return part.assign(
        measure=measure.code,
        numerator=above,
        denominator=below,
        value=value.where(state == "number"),
        state=state,
    )


def _states(query: Query, measures: Sequence[Measure], wide: pd.DataFrame) -> pd.DataFrame:
    """Why a measure has no number: report_id (index) × s0, s1, …, for reports that lack one."""
    needed = [wide[f"n{n}"].isna() for n in range(len(measures))]
    needed += [wide[f"d{n}"].isna() for n, m in enumerate(measures) if m.is_rate]
    if not needed:
        return pd.DataFrame()
    lacking = wide.loc[pd.concat(needed, axis=1).any(axis=1)]
    found = [
        _edition_states(query, measures, edition, ids)
        for edition in EDITIONS
        if (ids := lacking.loc[lacking["form"] == edition, "report_id"].tolist())
    ]
    return pd.concat(found) if found else pd.DataFrame()


def _edition_states(
    query: Query, measures: Sequence[Measure], edition: str, ids: list[int]
) -> pd.DataFrame:
    form = next(e for e in EDITIONS if e == edition)
    picks = [
        f"{_state_sql(measure.terms(form), edition)} as s{number}"
        for number, measure in enumerate(measures)
        if measure.has(form)
    ]
    if not picks:
        return pd.DataFrame()
    return (
        query(
            f"select report_id, {', '.join(picks)} from report join reading using (reading_id) "
            "where report_id in (select unnest(?::bigint[]))",
            [ids],
        )
        .set_index("report_id")
        .astype(object)
    )


def _state_sql(terms: Sequence[Term], edition: str) -> str:
    """Give SQL of the one state that all cells share, or ``incomplete`` when they differ."""
    form = load_form(as_edition(edition))
    cells = dict.fromkeys(f"cell_states[{form.cell(*t.cell).number}]" for t in terms)
    if len(cells) == 1:
        return f"{next(iter(cells))}::varchar"
    listed = f"list_distinct([{', '.join(cells)}])"
    return f"case when len({listed}) = 1 then {listed}[1]::varchar else 'incomplete' end"
