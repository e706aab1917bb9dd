"""SQL for the sum rules: all sums of an edition in one pass over its readings.

A reading's values lie in one list in printed order, so a sum is arithmetic over list positions;
on a million reports that takes about a third of the time of grouping the star table's rows. A
figure that isn't there is null and makes the whole side null: undecided, never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from duckdb import DuckDBPyConnection

from etl.checks.catalogue import Rule
from etl.checks.labels import Row, item_labels, party_labels
from etl.checks.scratch import keep_rows, script
from etl.checks.sums import CellTerm, Relation, SumGroup, sum_groups
from etl.form import EDITIONS, Axis, Edition, load_form

TOLERANCE = 1e-6
"""Far below any printed decimal, far above what adding doubles loses; whole numbers are exact."""

_VIOLATED: dict[Relation, str] = {
    "=": f"abs({{delta}}) > {TOLERANCE}",
    "<=": f"{{delta}} > {TOLERANCE}",
    ">=": f"{{delta}} < -{TOLERANCE}",
}

CellSql = Callable[[CellTerm], str]


def prepare_sums(connection: DuckDBPyConnection, chosen: Sequence[Rule]) -> None:
    """Scratch tables of the sum rules: ``check_sum_group``, ``check_series``, ``check_*_tally``.

    A tally has a row for each report and, for each rule, how many groups failed, were compared
    and were there to compare.
    """
    if not chosen:
        return
    rows = [row for rule in chosen for row in _group_rows(rule)]
    keep_rows(connection, "check_sum_group", rows)
    for needs in ("report", "series"):
        own = [rule for rule in chosen if rule.needs == needs]
        if not own:
            continue
        if needs == "series":
            _keep_series(connection, own)
        tallies = " union all ".join(_tally(own, edition) for edition in EDITIONS)
        connection.execute(
            f"create or replace temp table check_{needs}_tally as "
            "select report.report_id, report.agency_id, report.year, tally.* "
            f"from report join ({tallies}) as tally using (reading_id)"
        )


def insert_sum_outcomes(connection: DuckDBPyConnection, rule: Rule) -> None:
    """One ``check_result`` row for each report of the rule's editions."""
    name = _name(rule)
    connection.execute(
        f"insert into check_result select report_id, '{rule.slug}', "
        f"case when {name}_failed > 0 then 'fail'::check_outcome "
        f"when {name}_compared > 0 and {name}_compared = {name}_groups then 'pass'::check_outcome "
        f"else 'undecided'::check_outcome end, {name}_compared, agency_id, year "
        f"from check_{rule.needs}_tally where {name}_groups is not null"
    )


def failed_sums(connection: DuckDBPyConnection, rule: Rule) -> str:
    """SQL of the failed groups of a sum rule, with terms, words and what a finding needs.

    Keeps the failed groups' figures in ``check_failed`` first, so that labels and evidence are
    made for these alone.
    """
    groups = " union all ".join(_failed_groups(rule, edition) for edition, _ in rule.sums)
    connection.execute(f"create or replace temp table check_failed as {groups}")
    return script("sum_terms.sql").format(rule=rule.slug)


def _tally(chosen: Iterable[Rule], edition: Edition) -> str:
    """SQL: per reading of an edition, failed, compared and groups of each rule."""
    rules = list(chosen)
    deltas = [
        f"{_delta(group, _cell_sql(rule, edition))} as {_name(rule)}_{group.number}"
        for rule in rules
        if (wanted := rule.sum_in(edition))
        for group in sum_groups(wanted, edition)
    ]
    counts = [_counts(rule, edition) for rule in rules]
    return (
        f"select reading_id, {', '.join(counts)} "
        f"from (select {', '.join(['reading_id', *deltas])} "
        f"from {_source(rules[0])} where form = '{edition}')"
    )


def _counts(rule: Rule, edition: Edition) -> str:
    name = _name(rule)
    wanted = rule.sum_in(edition)
    if wanted is None:
        return ", ".join(f"null::integer as {name}_{n}" for n in ("failed", "compared", "groups"))
    deltas = [f"{name}_{group.number}" for group in sum_groups(wanted, edition)]
    violated = [_VIOLATED[wanted.relation].format(delta=delta) for delta in deltas]
    failed = " + ".join(f"coalesce({condition}, false)::integer" for condition in violated)
    compared = " + ".join(f"({delta} is not null)::integer" for delta in deltas)
    return (
        f"{failed} as {name}_failed, {compared} as {name}_compared, {len(deltas)} as {name}_groups"
    )


def _failed_groups(rule: Rule, edition: Edition) -> str:
    """SQL: position and both sides of the groups that failed in reports of an edition."""
    wanted = dict(rule.sums)[edition]
    cell = _cell_sql(rule, edition)
    structs = ", ".join(
        f"{{'number': {group.number}, 'section': {group.section}, "
        f"'item': {_code(group.item)}, 'party': {_code(group.party)}, "
        f"'left_figures': {_figures_of(group.left, cell)}, "
        f"'left_value': {_side(group.left, cell)}, "
        f"'right_figures': {_figures_of(group.right, cell)}, "
        f"'right_value': {_side(group.right, cell)}}}"
        for group in sum_groups(wanted, edition)
    )
    delta = "(grp.left_value - grp.right_value)"
    previous = "check_previous.previous_reading_id" if rule.needs == "series" else "null::integer"
    return f"""
        select report.report_id, report.agency_id, report.year, report.scope, report.form,
               reading_id, {previous} as previous_reading_id,
               grp.number as number, grp.section as section, grp.item as item,
               grp.party as party, grp.left_value as left_value, grp.right_value as right_value,
               grp.left_figures as left_figures, grp.right_figures as right_figures
        from (
            select reading_id, unnest([{structs}]) as grp
            from {_source(rule)}
            where form = '{edition}' and reading_id in (
                select reading_id from check_{rule.needs}_tally where {_name(rule)}_failed > 0
            )
        )
        join report using (reading_id)
        left join check_previous using (report_id)
        where {_VIOLATED[wanted.relation].format(delta=delta)}
    """


def _keep_series(connection: DuckDBPyConnection, chosen: Sequence[Rule]) -> None:
    """Keep, beside each report's figures that sums across years need, the year before's."""
    terms = dict.fromkeys(
        term
        for rule in chosen
        for edition, wanted in rule.sums
        for group in sum_groups(wanted, edition)
        for term in group.left + group.right
    )
    figures = " union all ".join(_figures(tuple(terms), edition) for edition in EDITIONS)
    connection.execute(f"create or replace temp table check_figure as {figures}")
    columns = ", ".join(
        f"{'past' if term.previous else 'now'}.{_column(term)} as {_series_column(term)}"
        for term in terms
    )
    connection.execute(f"""
        create or replace temp table check_series as
        select report.reading_id, report.form, {columns}
        from report
        join check_figure as now using (reading_id)
        left join check_previous using (report_id)
        left join check_figure as past on past.reading_id = check_previous.previous_reading_id
    """)


def _figures(terms: Iterable[CellTerm], edition: Edition) -> str:
    numbers = load_form(edition).numbers
    columns = {_column(term): numbers.get((term.section, term.item, term.party)) for term in terms}
    picked = ", ".join(
        (f"cell_values[{number}]" if number else "null::double") + f" as {column}"
        for column, number in columns.items()
    )
    return f"select reading_id, {picked} from reading where form = '{edition}'"


def _group_rows(rule: Rule) -> list[Row]:
    """``check_sum_group``: every group's terms, as lists in the order of its figures."""
    return [
        {"rule": rule.slug, "form": edition, "number": group.number}
        | _side_row("left", edition, wanted.axis, group.left)
        | _side_row("right", edition, wanted.axis, group.right)
        for edition, wanted in rule.sums
        for group in sum_groups(wanted, edition)
    ]


def _side_row(side: str, edition: Edition, axis: Axis, terms: Sequence[CellTerm]) -> Row:
    labels = [
        _labels(axis)[edition, term.section, term.item if axis == "item" else term.party]
        for term in terms
    ]
    return {
        f"{side}_terms": [
            {
                "section": term.section, "item": term.item, "party": term.party,
                "weight": term.weight, "previous": int(term.previous),
                "label_zh": label["label_zh"], "label_en": label["label_en"],
            }
            for term, label in zip(terms, labels, strict=True)
        ]
    }  # fmt: skip


@cache
def _labels(axis: Axis) -> dict[tuple[str | int, ...], Row]:
    rows = item_labels() if axis == "item" else party_labels()
    return {(row["form"], row["section"], row[axis]): row for row in rows}


def _delta(group: SumGroup, cell: CellSql) -> str:
    return f"({_side(group.left, cell)}) - ({_side(group.right, cell)})"


def _side(terms: Iterable[CellTerm], cell: CellSql) -> str:
    return " ".join(f"{'-' if term.weight < 0 else '+'} {cell(term)}" for term in terms)


def _figures_of(terms: Iterable[CellTerm], cell: CellSql) -> str:
    return f"[{', '.join(map(cell, terms))}]"


def _cell_sql(rule: Rule, edition: Edition) -> CellSql:
    """How a term is written: a scratch column across years, else a position in the list."""
    if rule.needs == "series":
        return _series_column
    numbers = load_form(edition).numbers
    return lambda term: f"cell_values[{numbers[term.section, term.item, term.party]}]"


def _source(rule: Rule) -> str:
    if rule.needs == "series":
        return "check_series"
    return "reading"


def _name(rule: Rule) -> str:
    return rule.slug.replace("-", "_")


def _code(code: str | None) -> str:
    return f"'{code}'" if code else "null::varchar"


def _column(term: CellTerm) -> str:
    return f"s{term.section}_{term.item}_{term.party}"


def _series_column(term: CellTerm) -> str:
    return f"{'past' if term.previous else 'now'}_{_column(term)}"
