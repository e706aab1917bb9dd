"""Runs the checks over a warehouse: outcomes for every report, findings for what failed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from duckdb import DuckDBPyConnection

from etl.checks.catalogue import Rule, rules
from etl.checks.impact import rank_by_impact
from etl.checks.ledgers import follow_ledgers
from etl.checks.messages import message_sql
from etl.checks.offers import word_offers
from etl.checks.relations import named_relations
from etl.checks.scratch import scratch, script
from etl.checks.settings import Settings, stored_settings
from etl.checks.sum_sql import failed_sums, insert_sum_outcomes, prepare_sums
from etl.checks.suspects import name_suspects

_SPOT = (
    "doubt.section = spot.section "
    "and (doubt.item is null or spot.item is null or doubt.item = spot.item)"
)
_ABOUT_THE_READING = ("unreadable-cell", "table-missing", "all-blank")
"""Rules whose failure is itself what a doubtful reading looks like, wherever the doubt is."""

_GROUPS = """
    select * from (
        select null::bigint as report_id, null::boolean as holds, null::integer as groups,
               null::utinyint as section, null::varchar as item, null::varchar as party,
               null::double as left_value, null::double as right_value, null::json as evidence,
               false as may_be_the_reading
        limit 0
    )
    union all by name
    ({query})
"""

_OUTCOME = """
    case
        when failed > 0 then 'fail'::check_outcome
        when compared > 0 and undecided = 0 then 'pass'::check_outcome
        else 'undecided'::check_outcome
    end
"""
_TALLY = """
    (sum(coalesce(groups, 1)) filter (not holds)) as failed,
    (sum(coalesce(groups, 1)) filter (holds is not null)) as compared,
    count(*) filter (holds is null and coalesce(groups, 1) > 0) as undecided
"""


Watch = Callable[[str], AbstractContextManager[object]]
"""Told the name of each step before it: a rule, a relation or a follow-up of the rules."""


def run_checks(
    connection: DuckDBPyConnection,
    only: Collection[str] | None = None,
    watch: Watch = nullcontext,
) -> None:
    """Fill ``rule``, ``check_result`` and ``finding`` for every report of the warehouse.

    ``only`` names the rules to run; what other rules found before is then left as it is. The
    parameters are those that the warehouse stores. The caller owns the transaction. KeyError for a
    rule that isn't declared; an error inside a check is raised and never becomes a finding. Every
    step runs within what ``watch`` gives for its name.
    """
    settings = stored_settings(connection)
    chosen = tuple(_in_force(rule, settings) for rule in _chosen(only))
    with watch("clear"):
        _clear(connection, chosen, everything=only is None)
    with scratch(connection):
        queries = [rule.query for rule in chosen]
        for relations in named_relations(queries):
            with watch(relations.names[0]):
                relations.make(connection, settings)
        with watch("sums"):
            prepare_sums(connection, [rule for rule in chosen if rule.sums])
        for rule in chosen:
            with watch(rule.slug):
                _check(connection, rule)
        for follow_up in _FOLLOW_UPS:
            with watch(follow_up.__name__):
                follow_up(connection, [rule.slug for rule in chosen])


_FOLLOW_UPS: tuple[Callable[[DuckDBPyConnection, list[str]], None], ...] = (
    word_offers,
    follow_ledgers,
    name_suspects,
    rank_by_impact,
)
"""What is worked out from the findings of the rules that ran, in this order."""


def _in_force(rule: Rule, settings: Settings) -> Rule:
    """The rule with its parameters written into its query."""
    return replace(rule, query=settings.fill(rule.slug, rule.query))


def _chosen(only: Collection[str] | None) -> tuple[Rule, ...]:
    if only is None:
        return rules()
    unknown = sorted(set(only) - {rule.slug for rule in rules()})
    if unknown:
        raise KeyError(f"no such rule: {', '.join(unknown)}")
    return tuple(rule for rule in rules() if rule.slug in only)


def _clear(connection: DuckDBPyConnection, chosen: tuple[Rule, ...], *, everything: bool) -> None:
    slugs = [rule.slug for rule in chosen]
    for table in ("check_result", "finding"):
        if everything:
            connection.execute(f"delete from {table}")
        else:
            connection.execute(f"delete from {table} where rule in (select unnest(?))", [slugs])
    connection.execute("delete from rule")
    connection.executemany(
        "insert into rule values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                rule.slug,
                rule.group,
                rule.severity,
                rule.title_zh,
                rule.title_en,
                rule.basis,
                rule.basis_kind,
                rule.explanation_zh,
                rule.explanation_en,
            )
            for rule in rules()
        ],
    )


def _check(connection: DuckDBPyConnection, rule: Rule) -> None:
    if rule.sums:
        insert_sum_outcomes(connection, rule)
    else:
        _insert_outcomes(connection, rule)
    if _any_failed(connection, rule):
        failed = failed_sums(connection, rule) if rule.sums else _failed_groups(rule)
        _insert_findings(connection, rule, failed)


def _any_failed(connection: DuckDBPyConnection, rule: Rule) -> bool:
    found = connection.execute(
        f"select 1 from check_result where rule = '{rule.slug}' and outcome = 'fail' limit 1"
    )
    return found.fetchone() is not None


def _insert_outcomes(connection: DuckDBPyConnection, rule: Rule) -> None:
    groups = _GROUPS.format(query=rule.query)
    if rule.subject == "agency_year":
        source = (
            f"select null as report_id, agency_id, year, {_TALLY} from ({groups}) "
            "group by agency_id, year, scope"
        )
    else:
        source = (
            "select report_id, report.agency_id, report.year, failed, compared, undecided "
            f"from report left join (select report_id, {_TALLY} from ({groups}) group by report_id)"
            f" using (report_id) where report.form in {_listed(rule.editions)}"
        )
    # A report of which a rule finds nothing to look at is undecided with nothing compared.
    connection.execute(
        f"insert into check_result select report_id, '{rule.slug}', {_OUTCOME}, "
        f"coalesce(compared, 0), agency_id, year from ({source})"
    )


def _failed_groups(rule: Rule) -> str:
    """SQL of the failed groups of a rule that is no sum, with what a finding needs beside them."""
    failed = f"select * from ({_GROUPS.format(query=rule.query)}) where not holds"
    if rule.subject == "agency_year":
        return (
            "select *, null::varchar as form, null::integer as reading_id, "
            f"null::integer as previous_reading_id from ({failed})"
        )
    previous = "check_previous.previous_reading_id" if rule.needs == "series" else "null::integer"
    return (
        "select groups.*, report.agency_id, report.year, report.scope, report.form, "
        f"report.reading_id, {previous} as previous_reading_id "
        f"from ({failed}) as groups join report using (report_id) "
        "left join check_previous using (report_id) "
        f"where report.form in {_listed(rule.editions)}"
    )


def _insert_findings(connection: DuckDBPyConnection, rule: Rule, failed: str) -> None:
    connection.execute(
        script("finding.sql").format(
            failed=failed,
            rule=rule.slug,
            severity=rule.severity,
            doubt_counts="true" if rule.slug in _ABOUT_THE_READING else _SPOT,
            message_zh=message_sql(rule.message_zh),
            message_en=message_sql(rule.message_en),
        )
    )


def _listed(codes: Collection[str]) -> str:
    return "(" + ", ".join(repr(code) for code in codes) + ")"
