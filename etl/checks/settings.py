"""The rules' parameters as an office has set them, in a small TOML file or in the warehouse."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from rapidfuzz import process

from etl.checks.catalogue import Rule, rules
from etl.checks.parameters import Parameter, Value, fill_in
from etl.errors import UsageError
from etl.office_csv import decode_office_text

_SENTENCE = "{path}：{spot} {zh} / {en}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office has set: rule → parameter → value; everything else is at its default."""

    given: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def of(self, slug: str) -> dict[str, Value]:
        """Every parameter of a rule with the value in force; KeyError for an unknown rule."""
        rule = _rules()[slug]
        defaults = {parameter.name: parameter.default for parameter in rule.parameters}
        return {**defaults, **self.given.get(slug, {})}

    def fill(self, slug: str, sql: str) -> str:
        """``sql`` with the rule's ``$parameters`` written as literals."""
        return fill_in(sql, self.of(slug))


def read_settings(path: Path) -> Settings:
    """The settings of a TOML file: a table for each rule, a key for each parameter.

    UsageError that names the key when the file is no TOML, names a rule or a parameter that isn't
    there, gives a value that won't do or a pair the wrong way round.
    """
    try:
        entries = tomllib.loads(decode_office_text(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}：无法读取参数文件 / can't read the settings: {error}") from error
    return Settings({slug: _checked(path, slug, entry) for slug, entry in entries.items()})


def store_settings(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Write every parameter, whether set or at its default, into ``setting``."""
    connection.execute("delete from setting")
    rows = [
        (
            rule.slug, parameter.name, json.dumps(settings.of(rule.slug)[parameter.name]),
            json.dumps(parameter.default), parameter.name in settings.given.get(rule.slug, {}),
            parameter.label_zh, parameter.label_en,
        )
        for rule, parameter in _every_parameter()
    ]  # fmt: skip
    if rows:
        connection.executemany("insert into setting values (?, ?, ?, ?, ?, ?, ?)", rows)


def stored_settings(connection: DuckDBPyConnection) -> Settings:
    """What the warehouse was told to use; what no rule declares any longer is left out."""
    known = {(rule.slug, parameter.name) for rule, parameter in _every_parameter()}
    given: dict[str, dict[str, Value]] = {}
    rows = connection.execute("select rule, parameter, value from setting where given").fetchall()
    for slug, name, value in rows:
        if (slug, name) in known:
            given.setdefault(slug, {})[name] = json.loads(value)
    return Settings(given)


def _checked(path: Path, slug: str, entry: object) -> dict[str, Value]:
    rule = _rules().get(slug)
    if rule is None:
        raise _refused(path, f"[{slug}]", "没有这条规则", "no such rule", slug, _rules())
    if not isinstance(entry, dict):
        raise _refused(path, slug, "应为一节 [规则]", "should be a [rule] table")
    parameters = {parameter.name: parameter for parameter in rule.parameters}
    found = {}
    for name, value in entry.items():
        spot = f"[{slug}] {name}"
        if name not in parameters:
            raise _refused(path, spot, "没有这个参数", "no such parameter", name, parameters)
        try:
            found[name] = parameters[name].accepted(value)
        except ValueError as error:
            zh, en = parameters[name].wanted()
            raise _refused(path, f"{spot} = {value!r}", f"应为{zh}", f"should be {en}") from error
    _require_order(path, rule, {**Settings().of(slug), **found})
    return found


def _require_order(path: Path, rule: Rule, values: Mapping[str, Any]) -> None:
    """Refuse a pair of thresholds the wrong way round, with which a check would find nothing."""
    for lower in rule.parameters:
        if (upper := lower.not_above) and values[lower.name] > values[upper]:
            spot = f"[{rule.slug}] {lower.name} = {values[lower.name]!r}"
            told = f"{upper} = {values[upper]!r}"
            raise _refused(path, spot, f"不应大于 {told}", f"should not be above {told}")


def _refused(
    path: Path, spot: str, zh: str, en: str, name: str = "", known: Iterable[str] = ()
) -> UsageError:
    likely = process.extractOne(name, list(known))
    hint = f" ({likely[0]}?)" if likely else ""
    return UsageError(_SENTENCE.format(path=path, spot=spot, zh=zh + hint, en=en + hint))


def _rules() -> dict[str, Rule]:
    return {rule.slug: rule for rule in rules()}


def _every_parameter() -> Iterator[tuple[Rule, Parameter]]:
    return ((rule, parameter) for rule in rules() for parameter in rule.parameters)
