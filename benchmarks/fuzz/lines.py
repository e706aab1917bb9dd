"""Damage to plain, Markdown and delimited text, line by line and field by field."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Damage = Callable[[str, Random], str | None]
"""A text and chance → the damaged text; None where there is nothing to damage."""

_FIGURE = re.compile(r"(?<![\d.])\d{4,}(?![\d.])")
_FIELD = re.compile(rf"{_FIGURE.pattern}\s*[|,\t]")
_SEPARATOR = re.compile(r"[|,\t]")


def drop_line(text: str, rng: Random) -> str | None:
    lines = text.splitlines(keepends=True)
    return _without(lines, rng.randrange(len(lines))) if len(lines) > 1 else None


def drop_figure_line(text: str, rng: Random) -> str | None:
    """A line with figures is missing: a whole row, or one cell where each has its own line."""
    lines = text.splitlines(keepends=True)
    at = [n for n, line in enumerate(lines) if _FIGURE.search(line)]
    return _without(lines, rng.choice(at)) if at else None


def duplicate_line(text: str, rng: Random) -> str | None:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def join_lines(text: str, rng: Random) -> str | None:
    return _replace_one(re.compile(r"\n+"), "", text, rng)


def break_line(text: str, rng: Random) -> str | None:
    return _insert(text, rng.randrange(len(text)), "\n")


def drop_separator(text: str, rng: Random) -> str | None:
    """Two fields run into one."""
    return _replace_one(_SEPARATOR, "", text, rng)


def add_separator(text: str, rng: Random) -> str | None:
    """One field more."""
    marks = _SEPARATOR.findall(text)
    return _insert(text, rng.randrange(len(text)), rng.choice(marks)) if marks else None


def drop_field(text: str, rng: Random) -> str | None:
    """A figure and the separator behind it are missing, so that the others move up."""
    return _replace_one(_FIELD, "", text, rng)


def drop_column(text: str, rng: Random) -> str | None:
    """The same field is missing in a run of lines, heads included."""
    lines = text.splitlines(keepends=True)
    marks = _SEPARATOR.findall(text)
    if not marks:
        return None
    mark, nth, start = rng.choice(marks), rng.randint(1, 9), rng.randrange(len(lines))
    end = start + rng.randint(2, 40)
    for number, line in enumerate(lines[start:end], start):
        fields = line.split(mark)
        if len(fields) > nth + 1:
            lines[number] = mark.join([*fields[:nth], *fields[nth + 1 :]])
    return "".join(lines)


LINE_DAMAGE: tuple[Damage, ...] = (
    drop_line, drop_figure_line, duplicate_line, join_lines, break_line,
    drop_separator, add_separator, drop_field, drop_column,
)  # fmt: skip


def drop_figure(text: str, rng: Random) -> str | None:
    """A figure is missing and its cell stays."""
    return _replace_one(_FIGURE, "", text, rng)


def split_figure(text: str, rng: Random) -> str | None:
    """A figure with a space or a line break in it."""
    found = [match.start() for match in _FIGURE.finditer(text)]
    return (
        _insert(text, rng.choice(found) + rng.randint(1, 3), rng.choice(" \n")) if found else None
    )


def alter_digit(text: str, rng: Random) -> str | None:
    """Another digit, a letter or a sign within a figure."""
    found = [match.start() for match in _FIGURE.finditer(text)]
    if not found:
        return None
    at = rng.choice(found) + rng.randrange(4)
    return text[:at] + rng.choice("0123456789OlI.,-+/余") + text[at + 1 :]


FIGURE_DAMAGE: tuple[Damage, ...] = (
    drop_figure, split_figure, alter_digit,
)  # fmt: skip


def _without(lines: list[str], at: int) -> str:
    return "".join([*lines[:at], *lines[at + 1 :]])


def _insert(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at:]


def _replace_one(pattern: re.Pattern[str], new: str, text: str, rng: Random) -> str | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + new + text[match.end() :]
