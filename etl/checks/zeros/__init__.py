"""How plausible a zero is: the reasons that speak for and against it, weighed.

``functions.toml`` says which bodies have powers, ``reasons.csv`` what each reason weighs for the
three tables together and for one of them, and how it is worded. The thresholds are parameters of
the rule ``zero-against-evidence``.
"""

from __future__ import annotations

import csv
import tomllib
from importlib import resources
from typing import Any

from duckdb import DuckDBPyConnection

from etl.checks.labels import Row
from etl.checks.scratch import keep_rows
from etl.checks.settings import Settings

RULE = "zero-against-evidence"
ABOUT = ("all", "disclosure", "requests")
"""What may be zero: the three tables together, or the table of section 2 or of section 3."""

POWERS = ("strong", "some")
_SCRIPTS = ("facts.sql", "judge.sql")


def make(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Fill ``zero_grade`` for every all-zero report, and make what the rule draws on.

    ``check_zero_score`` has a row for each zero to be judged (``report_id, about``) with its
    ``score`` and whether anything was ``at_hand`` to judge it by; ``check_zero_words`` the reasons
    of those that are read by somebody. Needs ``check_printed``. ValueError where a declaration is
    not sound.
    """
    keep_rows(connection, "check_zero_function", functions())
    keep_rows(connection, "check_zero_word", words())
    keep_rows(connection, "check_zero_weight", weights())
    keep_rows(connection, "check_zero_text", texts())
    connection.execute("delete from zero_grade")
    for name in _SCRIPTS:
        connection.execute(settings.fill(RULE, _declared(name)))


def functions() -> list[Row]:
    """code, power, zh, en of every function declared."""
    unsound = [entry["code"] for entry in _functions() if entry["power"] not in POWERS]
    if unsound:
        raise ValueError(f"functions of unknown power: {unsound}")
    return [{key: entry[key] for key in ("code", "power", "zh", "en")} for entry in _functions()]


def words() -> list[Row]:
    """word, code, ordinal: what names a function; of several in a name the lowest ordinal wins."""
    return [
        {"word": word, "code": entry["code"], "ordinal": ordinal}
        for ordinal, entry in enumerate(_functions())
        for word in entry["words"]
    ]


def weights() -> list[Row]:
    """code, about, weight of every reason, where it speaks of it at all."""
    return [
        {"code": row["code"], "about": about, "weight": int(row[about])}
        for row in _reasons()
        for about in ABOUT
        if row[about]
    ]


def texts() -> list[Row]:
    """code, ordinal, zh, en of every reason, with {placeholders} for its numbers."""
    return [
        {"code": row["code"], "ordinal": ordinal, "zh": row["zh"], "en": row["en"]}
        for ordinal, row in enumerate(_reasons())
    ]


def _functions() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(_declared("functions.toml"))["function"]
    return entries


def _reasons() -> list[dict[str, str]]:
    return list(csv.DictReader(_declared("reasons.csv").splitlines()))


def _declared(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
