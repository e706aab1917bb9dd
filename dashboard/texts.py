"""Every text on screen in both languages, from the CSV files in ``texts/`` beside this module."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).with_suffix("")


def text(key: str, language: Language, **values: object) -> str:
    """The text of ``key`` with its ``{slots}`` filled from ``values``.

    Raises KeyError for a key that no file declares and for a slot without a value.
    """
    wording = all_texts()[key][language]
    return wording.format(**values) if values else wording


@dataclass(frozen=True)
class Wording:
    """The texts of one language, called with a key and the values of its slots."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` in this language."""
        return text(key, self.language, **values)


@cache
def all_texts() -> dict[str, dict[Language, str]]:
    """Key → language → wording over all files; ValueError for a repeated key or a lacking one."""
    found: dict[str, dict[Language, str]] = {}
    for file in sorted(_FOLDER.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["key"] in found:
                    raise ValueError(f"{file.name}: {row['key']} is declared twice")
                if not (row["zh"] and row["en"]):
                    raise ValueError(f"{file.name}: {row['key']} lacks a language")
                found[row["key"]] = {"zh": row["zh"], "en": row["en"]}
    return found


def has_text(key: str) -> bool:
    """Whether some file declares ``key``."""
    return key in all_texts()


def escape_markdown(data: str) -> str:
    """``data`` so that Markdown shows it as written: names and quotes are data, never markup."""
    return "".join(f"\\{char}" if char in _MARKUP else char for char in data).replace("\n", " ")


_MARKUP = frozenset("\\`*_{}[]<>()#+-.!|~$:&^=")
