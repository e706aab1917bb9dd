"""The data files beside this package: who there is, what they write, and with which weights."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of this package."""
    return tuple(csv.DictReader(_text(name).splitlines()))


@cache
def read_toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of this package."""
    return tomllib.loads(_text(name))


@cache
def weights(group: str) -> dict[str, float]:
    """Code → weight of one group of ``weights.csv``."""
    rows = (row for row in read_rows("weights.csv") if row["group"] == group)
    return {row["code"]: float(row["weight"]) for row in rows}


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
