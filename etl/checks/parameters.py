"""A rule's parameters: thresholds declared with a default, which an office may set otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = bool | int | float | str
_NAMED = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One threshold; ``least`` and ``most`` bound a number, ``pattern`` shapes a text."""

    name: str
    default: Value
    label_zh: str
    label_en: str
    least: float | None = None
    most: float | None = None
    pattern: str = ".*"

    def accepted(self, value: object) -> Value:
        """``value`` in the default's type; ValueError that says what would be right."""
        if isinstance(self.default, bool) or isinstance(value, bool):
            if isinstance(self.default, bool) and isinstance(value, bool):
                return value
        elif isinstance(self.default, str):
            if isinstance(value, str) and re.fullmatch(self.pattern, value):
                return value
        elif isinstance(value, int | float) and self._within(value):
            if isinstance(self.default, float):
                return float(value)
            if value == int(value):
                return int(value)
        raise ValueError(self._wanted())

    def _within(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def _wanted(self) -> str:
        if isinstance(self.default, bool):
            return "true, false"
        if isinstance(self.default, str):
            return f"text /{self.pattern}/"
        kind = "number" if isinstance(self.default, float) else "whole number"
        lower = "" if self.least is None else f" ≥ {self.least:g}"
        upper = "" if self.most is None else f" ≤ {self.most:g}"
        return f"{kind}{lower}{upper}"


def declared_parameter(slug: str, entry: Mapping[str, Any]) -> Parameter:
    """The parameter written in a rule's declaration; ValueError when its default won't do."""
    parameter = Parameter(**entry)
    try:
        parameter.accepted(parameter.default)
    except ValueError as error:
        raise ValueError(f"rules: {slug}: default of {parameter.name}: {error}") from error
    return parameter


def fill_in(sql: str, values: Mapping[str, Value]) -> str:
    """``sql`` with each ``$name`` written as a literal; KeyError for a name without a value."""
    return _NAMED.sub(lambda found: _literal(values[found.group(1)]), sql)


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)
