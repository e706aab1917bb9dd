"""The checks as declared in ``declared/*.toml`` and, for the form's own sums, in ``etl.form``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from etl.checks.parameters import Parameter, declared_parameter
from etl.checks.sums import Sum, declared_sum, form_sum
from etl.form import EDITIONS, Edition

Severity = Literal["error", "query", "note"]
Needs = Literal["report", "series", "roster", "peers"]
Subject = Literal["report", "agency_year"]
Basis = Literal["law", "form", "practice"]
About = Literal["figures", "rates", "form"]


@dataclass(frozen=True)
class Rule:
    """One check; ``needs`` says how much of the warehouse it looks at.

    ``subject`` is what an outcome is about: a report, or an agency's year whether or not there is
    a report. ``sums`` holds what the rule adds up in each edition, and ``query`` the SQL of a rule
    that is no sum; one of the two is empty. ``parameters`` are the thresholds an office may set.
    ``about`` says what a failure throws doubt on: printed figures, rates made from them, or the
    form alone, when every figure may well be right.
    """

    slug: str
    group: str
    severity: Severity
    needs: Needs
    title_zh: str
    title_en: str
    explanation_zh: str
    explanation_en: str
    basis_kind: Basis
    basis: str
    message_zh: str
    message_en: str
    editions: tuple[Edition, ...] = EDITIONS
    subject: Subject = "report"
    always_decided: bool = False
    about: About = "figures"
    parameters: tuple[Parameter, ...] = ()
    sums: tuple[tuple[Edition, Sum], ...] = ()
    query: str = ""

    def sum_in(self, edition: Edition) -> Sum | None:
        """What the rule adds up in this edition; None where it doesn't apply or is no sum."""
        return dict(self.sums).get(edition)


@dataclass(frozen=True)
class RuleGroup:
    """A heading under which rules are listed."""

    code: str
    label_zh: str
    label_en: str


@cache
def rules() -> tuple[Rule, ...]:
    """Every check, by group as declared; ValueError where a declaration is not sound."""
    found = tuple(rule for group in rule_groups() for rule in _group_rules(group.code))
    for rule in found:
        _refuse_unsound(rule)
    if len({rule.slug for rule in found}) < len(found):
        raise ValueError("rules: a slug stands twice")
    return found


@cache
def rule_groups() -> tuple[RuleGroup, ...]:
    """The groups of rules, in the order of ``groups.toml``."""
    return tuple(RuleGroup(**entry) for entry in _declared("groups")["group"])


def _group_rules(group: str) -> Iterator[Rule]:
    return (_rule(entry, group) for entry in _declared(group).get("rule", []))


def _rule(entry: dict[str, Any], group: str) -> Rule:
    fields = dict(entry, group=group)
    slug = fields["slug"]
    fields["editions"] = tuple(fields.get("editions", EDITIONS))
    fields["parameters"] = tuple(
        declared_parameter(slug, parameter) for parameter in fields.pop("parameter", ())
    )
    declared = fields.pop("sum", None)
    if fields.pop("sql", False):
        return Rule(**fields, query=_query(slug))
    sums = tuple(
        (edition, declared_sum(declared) if declared else form_sum(slug, edition))
        for edition in fields["editions"]
    )
    return Rule(**fields, sums=sums)


def _refuse_unsound(rule: Rule) -> None:
    choices = (
        (rule.severity, get_args(Severity)),
        (rule.needs, get_args(Needs)),
        (rule.subject, get_args(Subject)),
        (rule.basis_kind, get_args(Basis)),
        (rule.about, get_args(About)),
    )
    for value, allowed in choices:
        if value not in allowed:
            raise ValueError(f"rules: {rule.slug}: {value!r} is none of {sorted(allowed)}")
    if not set(rule.editions) <= set(EDITIONS):
        raise ValueError(f"rules: {rule.slug}: unknown edition in {rule.editions}")


def _query(slug: str) -> str:
    return resources.files("etl.checks.sql").joinpath(f"{slug}.sql").read_text("utf-8")


@cache
def _declared(name: str) -> dict[str, Any]:
    return tomllib.loads(
        resources.files("etl.checks.declared").joinpath(f"{name}.toml").read_text("utf-8")
    )
