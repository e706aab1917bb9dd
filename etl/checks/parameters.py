"""A rule's parameters: thresholds declared with a default, which an office may set otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = bool | int | float | str
_LARGEST = 1e15
"""Beyond any figure of a report; keeps out inf, and nan is not within anything."""
_NAMED = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One threshold; ``least`` and ``most`` bound a number, ``pattern`` shapes a text.

    ``example`` shows a text of that shape, ``not_above`` names a parameter of the same rule that
    this one may not exceed.
    """

    name: str
    default: Value
    label_zh: str
    label_en: str
    least: float | None = None
    most: float | None = None
    pattern: str = ".*"
    example: str | None = None
    not_above: str | None = None

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
        raise ValueError(" / ".join(self.wanted()))

    def _within(self, value: float) -> bool:
        return (
            -_LARGEST <= value <= _LARGEST
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
        )

    def wanted(self) -> tuple[str, str]:
        """What a value should be, in Chinese and English."""
        if isinstance(self.default, bool):
            return "true 或 false", "true or false"
        if isinstance(self.default, str):
            if self.example is None:
                return "文字", "text"
            like = f'"{self.example}"'
            return (
                f"形如 {like} 的文字（{self.label_zh}）",
                f"text such as {like} ({self.label_en})",
            )
        zh, en = ("数", "number") if isinstance(self.default, float) else ("整数", "whole number")
        bounds = (("不小于", "≥", self.least), ("不大于", "≤", self.most))
        told = [(words, sign, bound) for words, sign, bound in bounds if bound is not None]
        limits = "、".join(f"{words} {bound:g}" for words, _, bound in told)
        signs = "".join(f" {sign} {bound:g}" for _, sign, bound in told)
        return f"{limits}{' 的' if told else ''}{zh}", f"{en}{signs}"


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
